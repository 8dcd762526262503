//! Mean pooling: pictures become smaller.

use crate::layer::{Layer, Pass, Phase};

/// Every channel of a picture in squares of `window x window` positions, each of which becomes its mean: examples x channels x
/// height x width numbers become examples x channels x height / window x width / window.
///
/// Backward: each position of a square gets `dy / window^2`.
#[derive(Clone, Debug)]
pub struct MeanPooling {
    channels: usize,
    size: (usize, usize),
    window: usize,
}

impl MeanPooling {
    /// Of pictures of so many channels and this height and width, both multiples of the window.
    pub fn new(channels: usize, size: (usize, usize), window: usize) -> Self {
        debug_assert!(size.0.is_multiple_of(window) && size.1.is_multiple_of(window), "squares do not fill the picture");
        Self { channels, size, window }
    }

    /// Which square each position of a picture or of several is in.
    fn squares(&self, numbers: usize) -> impl Iterator<Item = usize> + use<> {
        let Self { size: (_, width), window, .. } = *self;
        (0..numbers).map(move |at| (at / width / window) * (width / window) + at % width / window)
    }

    /// The share of a position in its square.
    fn share(&self) -> f32 {
        1.0 / (self.window * self.window) as f32
    }
}

impl Layer for MeanPooling {
    fn name(&self) -> &'static str {
        "mean pooling"
    }

    fn inputs(&self) -> usize {
        self.channels * self.size.0 * self.size.1
    }

    fn outputs(&self) -> usize {
        self.inputs() / (self.window * self.window)
    }

    fn forward(&mut self, _: &[f32], input: &[f32], output: &mut [f32], _: Phase) {
        let share = self.share();
        output.fill(0.0);
        self.squares(input.len()).zip(input).for_each(|(square, x)| output[square] += x);
        output.iter_mut().for_each(|mean| *mean *= share);
    }

    fn backward(&mut self, _: &[f32], pass: Pass<'_>, _: &mut [f32], d_input: Option<&mut [f32]>) {
        let Some(d_input) = d_input else { return };
        let share = self.share();
        self.squares(d_input.len()).zip(d_input).for_each(|(square, dx)| *dx = share * pass.d_output[square]);
    }
}
