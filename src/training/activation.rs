//! Functions of single numbers: ReLU, tanh, sigmoid.

use crate::layer::{Layer, Pass, Phase};

/// What is done to every number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Relu,
    Tanh,
    Sigmoid,
}

/// `y = f(x)`, number by number; `dx = dy * f'(x)`, which for each of them is known from `y`:
///
/// | | y | f'(x) |
/// |---|---|---|
/// | ReLU | max(x, 0) | 1 where y > 0, else 0 |
/// | tanh | tanh(x) | 1 - y^2 |
/// | sigmoid | 1 / (1 + exp(-x)) | y (1 - y) |
#[derive(Clone, Debug)]
pub struct Activation {
    function: Function,
    width: usize,
}

impl Activation {
    pub fn relu(width: usize) -> Self {
        Self { function: Function::Relu, width }
    }

    pub fn tanh(width: usize) -> Self {
        Self { function: Function::Tanh, width }
    }

    pub fn sigmoid(width: usize) -> Self {
        Self { function: Function::Sigmoid, width }
    }
}

impl Layer for Activation {
    fn name(&self) -> &'static str {
        match self.function {
            Function::Relu => "ReLU",
            Function::Tanh => "tanh",
            Function::Sigmoid => "sigmoid",
        }
    }

    fn inputs(&self) -> usize {
        self.width
    }

    fn outputs(&self) -> usize {
        self.width
    }

    fn forward(&mut self, _: &[f32], input: &[f32], output: &mut [f32], _: Phase) {
        let each = |output: &mut [f32], f: fn(f32) -> f32| {
            output.iter_mut().zip(input).for_each(|(y, x)| *y = f(*x));
        };
        match self.function {
            // NaN stays NaN, so that a diverged run shows.
            Function::Relu => each(output, |x| if x <= 0.0 { 0.0 } else { x }),
            Function::Tanh => each(output, libm::tanhf),
            Function::Sigmoid => each(output, |x| 1.0 / (1.0 + libm::expf(-x))),
        }
    }

    fn backward(&mut self, _: &[f32], pass: Pass<'_>, _: &mut [f32], d_input: Option<&mut [f32]>) {
        let Some(d_input) = d_input else { return };
        let mut each = |slope: fn(f32) -> f32| {
            let values = pass.output.iter().zip(pass.d_output);
            d_input.iter_mut().zip(values).for_each(|(dx, (y, dy))| *dx = dy * slope(*y));
        };
        match self.function {
            Function::Relu => each(|y| if y > 0.0 { 1.0 } else { 0.0 }),
            Function::Tanh => each(|y| 1.0 - y * y),
            Function::Sigmoid => each(|y| y * (1.0 - y)),
        }
    }
}
