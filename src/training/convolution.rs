//! Convolution: every position of every output channel looks at a square of 3 x 3 positions of all input channels.

use normlab_data::random::Stream;

use crate::layer::{Layer, Pass, Phase};
use crate::linear::Initialization;
use crate::matrix::{Strided, multiply, transpose};

/// Rows and columns of the square.
const KERNEL: usize = 3;

/// A convolution of 3 x 3 with as many positions after it as before ("same"): `x` is examples x inputs x height x width, `y`
/// examples x outputs x height x width, and beyond the edge of a picture there are zeros.
///
/// `y[o] = sum over i, v, h of W[i, v, h, o] x[i] shifted by (v - 1, h - 1), + b[o]`. As libraries do, the convolution is a product
/// of matrices: the squares of an example are the columns `X` of a matrix of `inputs * 9` rows (im2col), and `y = W' X + b`.
///
/// Backward, over the examples: `dW = sum of X dy'`, `db = sum of dy`, and `dX = W dy`, whose numbers are added up where they
/// came from. Source: Chellapilla, Puri and Simard, High Performance Convolutional Neural Networks for Document Processing (2006).
#[derive(Clone, Debug)]
pub struct Convolution {
    inputs: usize,
    outputs: usize,
    size: (usize, usize),
    initialization: Initialization,
    /// The squares of one example.
    columns: Vec<f32>,
    /// The weights, transposed.
    transposed: Vec<f32>,
    /// The gradient of one example, transposed, and what it gives to that of the weights.
    d_output: Vec<f32>,
    d_weights: Vec<f32>,
}

impl Convolution {
    /// From so many channels to so many, over pictures of this height and width.
    pub fn new(inputs: usize, outputs: usize, size: (usize, usize), initialization: Initialization) -> Self {
        let positions = size.0 * size.1;
        let rows = inputs * KERNEL * KERNEL;
        Self {
            inputs,
            outputs,
            size,
            initialization,
            columns: vec![0.0; rows * positions],
            transposed: vec![0.0; rows * outputs],
            d_output: vec![0.0; outputs * positions],
            d_weights: vec![0.0; rows * outputs],
        }
    }

    /// Rows of the matrix of squares: the weights of an output channel.
    fn rows(&self) -> usize {
        self.inputs * KERNEL * KERNEL
    }
}

/// Calls `visit(row, from, to, length)` for each piece of a line that a shift moves: `row` is that of the matrix of squares, `from`
/// a place in the picture, `to` one among the positions.
fn shifted(channels: usize, (height, width): (usize, usize), mut visit: impl FnMut(usize, usize, usize, usize)) {
    for row in 0..channels * KERNEL * KERNEL {
        let (channel, vertical, horizontal) = (row / (KERNEL * KERNEL), row / KERNEL % KERNEL, row % KERNEL);
        let (first, last) = (1_usize.saturating_sub(horizontal), (width + 1 - horizontal).min(width));
        for line in 1_usize.saturating_sub(vertical)..(height + 1 - vertical).min(height) {
            let from = channel * height * width + (line + vertical - 1) * width + first + horizontal - 1;
            visit(row, from, line * width + first, last.saturating_sub(first));
        }
    }
}

impl Layer for Convolution {
    fn name(&self) -> &'static str {
        "convolution"
    }

    fn inputs(&self) -> usize {
        self.inputs * self.positions()
    }

    fn outputs(&self) -> usize {
        self.outputs * self.positions()
    }

    fn positions(&self) -> usize {
        self.size.0 * self.size.1
    }

    fn n_parameters(&self) -> usize {
        self.rows() * self.outputs + self.outputs
    }

    fn is_random(&self) -> bool {
        true
    }

    fn initialize(&self, parameters: &mut [f32], stream: &mut Stream) {
        let (weights, bias) = parameters.split_at_mut(self.rows() * self.outputs);
        let deviation = self.initialization.deviation(self.rows());
        weights.iter_mut().for_each(|weight| *weight = (deviation * stream.normal()) as f32);
        bias.fill(0.0);
    }

    fn forward(&mut self, parameters: &[f32], input: &[f32], output: &mut [f32], _: Phase) {
        let (rows, outputs, positions, size) = (self.rows(), self.outputs, self.positions(), self.size);
        let (weights, bias) = parameters.split_at(rows * outputs);
        transpose(weights, &mut self.transposed, (rows, outputs));
        let examples = input.chunks_exact(self.inputs * positions).zip(output.chunks_exact_mut(outputs * positions));
        for (x, y) in examples {
            // What is beyond the edge stays 0.
            shifted(self.inputs, size, |row, from, to, length| {
                self.columns[row * positions + to..][..length].copy_from_slice(&x[from..][..length]);
            });
            multiply(Strided::rows(&self.transposed, rows), &self.columns, y, (outputs, rows, positions));
            for (channel, bias) in y.chunks_exact_mut(positions).zip(bias) {
                channel.iter_mut().for_each(|value| *value += bias);
            }
        }
    }

    fn backward(&mut self, parameters: &[f32], pass: Pass<'_>, d_parameters: &mut [f32], d_input: Option<&mut [f32]>) {
        let (rows, outputs, positions, size) = (self.rows(), self.outputs, self.positions(), self.size);
        let (weights, _) = parameters.split_at(rows * outputs);
        let (d_weights, d_bias) = d_parameters.split_at_mut(rows * outputs);
        d_weights.fill(0.0);
        d_bias.fill(0.0);
        let Self { inputs, columns, d_output, .. } = self;
        let of_example = *inputs * positions;
        for (x, dy) in pass.input.chunks_exact(of_example).zip(pass.d_output.chunks_exact(outputs * positions)) {
            shifted(*inputs, size, |row, from, to, length| {
                columns[row * positions + to..][..length].copy_from_slice(&x[from..][..length]);
            });
            transpose(dy, d_output, (outputs, positions));
            multiply(Strided::rows(columns, positions), d_output, &mut self.d_weights, (rows, positions, outputs));
            d_weights.iter_mut().zip(&self.d_weights).for_each(|(sum, value)| *sum += value);
            for (sum, channel) in d_bias.iter_mut().zip(dy.chunks_exact(positions)) {
                *sum += channel.iter().sum::<f32>();
            }
        }
        let Some(d_input) = d_input else { return };
        d_input.fill(0.0);
        for (dx, dy) in d_input.chunks_exact_mut(of_example).zip(pass.d_output.chunks_exact(outputs * positions)) {
            multiply(Strided::rows(weights, outputs), dy, columns, (rows, outputs, positions));
            shifted(*inputs, size, |row, from, to, length| {
                let squares = &columns[row * positions + to..][..length];
                dx[from..][..length].iter_mut().zip(squares).for_each(|(sum, value)| *sum += value);
            });
        }
        // The next forward counts on zeros beyond the edge.
        columns.fill(0.0);
    }
}
