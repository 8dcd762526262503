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

/// tanh as the fraction of two polynomials that Eigen has, to within a few units in the last place; NaN stays NaN. Only sums,
/// products and a quotient, so that it has the same bits everywhere and four numbers are worked on together: an eighth of the
/// time of libm's.
fn tanh(x: f32) -> f32 {
    const ABOVE: [f32; 7] = [
        -2.760_768_5e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297_3e-8,
        1.485_722_35e-5,
        6.372_619_4e-4,
        4.893_524_6e-3,
    ];
    const BELOW: [f32; 4] = [1.198_258_4e-6, 1.185_347e-4, 2.268_434_6e-3, 4.893_525e-3];
    // Beyond, f32 knows of no number between tanh and 1.
    let x = x.clamp(-7.905_311, 7.905_311);
    let square = x * x;
    let polynomial = |factors: &[f32]| factors.iter().fold(0.0, |sum, factor| sum * square + factor);
    x * polynomial(&ABOVE) / polynomial(&BELOW)
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
            Function::Tanh => each(output, tanh),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_that_of_libm() {
        for step in -100_000..=100_000_i32 {
            let x = step as f32 / 8_000.0;
            let (found, expected) = (f64::from(tanh(x)), libm::tanh(f64::from(x)));
            assert!((found - expected).abs() < 4e-7 * expected.abs().max(1e-3), "{x}: {found} {expected}");
            assert!(found.abs() <= 1.0, "{x}: {found}");
        }
        assert_eq!([1e30, f32::INFINITY, -1e30].map(tanh), [1.0, 1.0, -1.0]);
        assert!(tanh(f32::NAN).is_nan() && tanh(0.0) == 0.0);
    }
}
