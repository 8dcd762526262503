//! `y = x W + b`.

use normlab_data::random::Stream;

use crate::layer::{Layer, Pass, Phase};
use crate::matrix::{Strided, multiply, transpose};

/// How weights start: normal numbers of this standard deviation. Biases start at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initialization {
    /// `sqrt(2 / inputs)`: He et al. 2015, "Delving Deep into Rectifiers".
    He,
    /// `sqrt(1 / inputs)`: LeCun et al. 1998, "Efficient BackProp".
    LeCun,
    /// `sqrt(1 / (3 inputs))`: that of PyTorch's `Linear` where nothing is said (whose numbers are uniform).
    Torch,
    /// This number, whatever the layer.
    Fixed(f64),
}

impl Initialization {
    /// The standard deviation of the weights of a layer with so many inputs.
    pub fn deviation(self, inputs: usize) -> f64 {
        match self {
            Self::He => (2.0 / inputs as f64).sqrt(),
            Self::LeCun => (1.0 / inputs as f64).sqrt(),
            Self::Torch => (1.0 / (3.0 * inputs as f64)).sqrt(),
            Self::Fixed(deviation) => deviation,
        }
    }
}

/// A linear layer: `x` is examples x inputs, `W` inputs x outputs (row by row), `b` has one number an output.
///
/// Backward: `dW = x' dy`, `db = sum of dy over the examples`, `dx = dy W'`.
#[derive(Clone, Debug)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    has_bias: bool,
    initialization: Initialization,
    transposed: Vec<f32>,
}

impl Linear {
    pub fn new(inputs: usize, outputs: usize, initialization: Initialization) -> Self {
        Self { inputs, outputs, has_bias: true, initialization, transposed: vec![0.0; inputs * outputs] }
    }

    /// The same layer without `b`.
    #[must_use]
    pub fn without_bias(self) -> Self {
        Self { has_bias: false, ..self }
    }
}

impl Layer for Linear {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn inputs(&self) -> usize {
        self.inputs
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn n_parameters(&self) -> usize {
        self.inputs * self.outputs + if self.has_bias { self.outputs } else { 0 }
    }

    fn is_random(&self) -> bool {
        true
    }

    fn initialize(&self, parameters: &mut [f32], stream: &mut Stream) {
        let (weights, bias) = parameters.split_at_mut(self.inputs * self.outputs);
        let deviation = self.initialization.deviation(self.inputs);
        weights.iter_mut().for_each(|weight| *weight = (deviation * stream.normal()) as f32);
        bias.fill(0.0);
    }

    fn forward(&mut self, parameters: &[f32], input: &[f32], output: &mut [f32], _: Phase) {
        let (weights, bias) = parameters.split_at(self.inputs * self.outputs);
        let examples = input.len() / self.inputs;
        multiply(Strided::rows(input, self.inputs), weights, output, (examples, self.inputs, self.outputs));
        if self.has_bias {
            for row in output.chunks_exact_mut(self.outputs) {
                row.iter_mut().zip(bias).for_each(|(value, bias)| *value += bias);
            }
        }
    }

    fn backward(&mut self, parameters: &[f32], pass: Pass<'_>, d_parameters: &mut [f32], d_input: Option<&mut [f32]>) {
        let Self { inputs, outputs, .. } = *self;
        let examples = pass.input.len() / inputs;
        let (weights, _) = parameters.split_at(inputs * outputs);
        let (d_weights, d_bias) = d_parameters.split_at_mut(inputs * outputs);
        multiply(Strided::transposed(pass.input, inputs), pass.d_output, d_weights, (inputs, examples, outputs));
        if self.has_bias {
            d_bias.fill(0.0);
            for row in pass.d_output.chunks_exact(outputs) {
                d_bias.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
        }
        if let Some(d_input) = d_input {
            transpose(weights, &mut self.transposed, (inputs, outputs));
            multiply(Strided::rows(pass.d_output, outputs), &self.transposed, d_input, (examples, outputs, inputs));
        }
    }
}
