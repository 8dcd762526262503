//! Mean pooling: pictures become smaller.

use std::ops::Range;

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
        debug_assert!(
            size.0.is_multiple_of(window) && size.1.is_multiple_of(window),
            "squares do not fill the picture"
        );
        Self { channels, size, window }
    }

    /// Lines of the pictures before, of all channels and examples, with the line of the pictures after that each belongs to.
    fn lines(&self, numbers: usize) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + use<> {
        let Self { size: (_, width), window, .. } = *self;
        let after = width / window;
        (0..numbers / width).map(move |line| {
            let (from, to) = (line * width, line / window * after);
            (from..from + width, to..to + after)
        })
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

    fn positions(&self) -> usize {
        self.inputs() / self.channels / (self.window * self.window)
    }

    fn forward(&mut self, _: &[f32], input: &[f32], output: &mut [f32], _: Phase) {
        let share = self.share();
        output.fill(0.0);
        for (before, after) in self.lines(input.len()) {
            let squares = input[before].chunks_exact(self.window);
            output[after].iter_mut().zip(squares).for_each(|(sum, square)| *sum += square.iter().sum::<f32>());
        }
        output.iter_mut().for_each(|mean| *mean *= share);
    }

    fn backward(&mut self, _: &[f32], pass: Pass<'_>, _: &mut [f32], d_input: Option<&mut [f32]>) {
        let Some(d_input) = d_input else { return };
        let share = self.share();
        for (before, after) in self.lines(d_input.len()) {
            let squares = d_input[before].chunks_exact_mut(self.window);
            squares.zip(&pass.d_output[after]).for_each(|(square, dy)| square.fill(share * dy));
        }
    }
}
