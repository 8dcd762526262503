//! A recurrent layer: one cell, applied step after step to a sequence.

use normlab_data::random::Stream;
use normlab_engine::moments;

use crate::activation::Activation;
use crate::layer::{Layer, Pass, Phase};
use crate::linear::Initialization;
use crate::matrix::{Strided, multiply, transpose};
use crate::norm::NormLayer;
use crate::time_record::TimeRecord;

/// A simple recurrent layer (Elman 1990, "Finding Structure in Time"): for `t` from 1 to `T`,
///
/// `a_t = x_t W + h_(t-1) U + b`, `h_t = f(norm(a_t))`, with `h_0 = 0`; what comes out is `h_T`.
///
/// An example is the `T` inputs `x_t` of `inputs` numbers each, one after the other; `W` is inputs x width, `U` is width x width
/// (row by row, one behind the other), `b` has one number a unit. With a norm there is no `b`, because beta stands in its place;
/// gamma and beta are the same in every step of time. Source of the place of the norm: Ba et al. 2016, "Layer Normalization".
///
/// Backward, through time: with `da_t` the gradient by `a_t`, `dW = sum of x_t' da_t`, `dU = sum of h_(t-1)' da_t`,
/// `db = sum of da_t`, `dx_t = da_t W'`, and `dh_(t-1) = da_t U'`, which goes on through the step before.
///
/// BatchNorm takes the statistics of each step of time by themselves in training. It remembers them twice: for each step of
/// time, and in one set that every step updates in its turn, as one layer does that is called again and again. Which of
/// them is used is a matter of the [`Phase`].
#[derive(Clone, Debug)]
pub struct Recurrent {
    steps: usize,
    inputs: usize,
    width: usize,
    /// What the initial `U` multiplies lengths by.
    gain: f64,
    function: Activation,
    norms: Option<TimeNorms>,
    /// `x_t` and `h_(t-1)` side by side, `a_t`, and `h_t`: step by step, each of all examples.
    joined: Vec<f32>,
    sums: Vec<f32>,
    states: Vec<f32>,
    /// The gradient by `a_t`, step by step.
    d_sums: Vec<f32>,
    /// Of one step of all examples.
    normalized: Vec<f32>,
    d_state: Vec<f32>,
    /// `U'` or `W'`.
    transposed: Vec<f32>,
}

/// The norm layers of a recurrent layer.
#[derive(Clone, Debug)]
struct TimeNorms {
    /// One for each step of time, with what it remembers of that step.
    of_step: Vec<NormLayer>,
    /// With what it remembers of all steps together.
    shared: NormLayer,
}

impl Recurrent {
    /// A layer for sequences of `steps` times `inputs` numbers; `W` starts with variance `1 / inputs`, and `U` as `gain` times a
    /// random rotation: Saxe et al. 2013, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks".
    pub fn new(steps: usize, inputs: usize, function: Activation, gain: f64) -> Self {
        let width = function.outputs();
        Self {
            steps,
            inputs,
            width,
            gain,
            function,
            norms: None,
            joined: Vec::new(),
            sums: Vec::new(),
            states: Vec::new(),
            d_sums: Vec::new(),
            normalized: Vec::new(),
            d_state: Vec::new(),
            transposed: Vec::new(),
        }
    }

    /// The same layer with this norm before its function; it must be as wide as the layer.
    #[must_use]
    pub fn with_norm(self, norm: NormLayer) -> Self {
        debug_assert_eq!(norm.inputs(), self.width, "the norm does not fit");
        Self { norms: Some(TimeNorms { of_step: vec![norm.clone(); self.steps], shared: norm }), ..self }
    }

    /// How many numbers `W` and `U` are.
    fn n_weights(&self) -> usize {
        (self.inputs + self.width) * self.width
    }

    fn make_room(&mut self, examples: usize) {
        let numbers = self.steps * examples * self.width;
        self.joined.resize(self.steps * examples * (self.inputs + self.width), 0.0);
        for numbers_of_time in [&mut self.sums, &mut self.states, &mut self.d_sums] {
            numbers_of_time.resize(numbers, 0.0);
        }
        self.normalized.resize(examples * self.width, 0.0);
        self.d_state.resize(examples * self.width, 0.0);
    }
}

/// A random orthogonal matrix, row by row: normal numbers, of each row of which the part along the rows before is taken away
/// (Gram and Schmidt).
fn rotation(width: usize, stream: &mut Stream) -> Vec<f64> {
    let mut rows: Vec<f64> = Vec::with_capacity(width * width);
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    for _ in 0..width {
        let mut row: Vec<f64> = (0..width).map(|_| stream.normal()).collect();
        for before in rows.chunks_exact(width) {
            let along = dot(&row, before);
            row.iter_mut().zip(before).for_each(|(value, before)| *value -= along * before);
        }
        let length = dot(&row, &row).sqrt();
        rows.extend(row.iter().map(|value| value / length));
    }
    rows
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1) as f64;
    values.sum::<f64>() / count
}

impl Layer for Recurrent {
    fn name(&self) -> &'static str {
        "recurrent"
    }

    fn inputs(&self) -> usize {
        self.steps * self.inputs
    }

    fn outputs(&self) -> usize {
        self.width
    }

    fn n_parameters(&self) -> usize {
        self.n_weights() + self.norms.as_ref().map_or(self.width, |norms| norms.shared.n_parameters())
    }

    fn is_random(&self) -> bool {
        true
    }

    fn initialize(&self, parameters: &mut [f32], stream: &mut Stream) {
        let (weights, others) = parameters.split_at_mut(self.n_weights());
        let (of_input, of_state) = weights.split_at_mut(self.inputs * self.width);
        let deviation = Initialization::LeCun.deviation(self.inputs);
        of_input.iter_mut().for_each(|weight| *weight = (deviation * stream.normal()) as f32);
        let rotation = rotation(self.width, stream);
        of_state.iter_mut().zip(rotation).for_each(|(weight, value)| *weight = (self.gain * value) as f32);
        match &self.norms {
            Some(norms) => norms.shared.initialize(others, stream),
            None => others.fill(0.0),
        }
    }

    fn time_record(&self) -> Option<TimeRecord> {
        let deviations = |numbers: &[f32]| {
            let numbers_of_step = (numbers.len() / self.steps).max(1);
            numbers.chunks_exact(numbers_of_step).map(|numbers| moments(numbers).sd).collect()
        };
        let mut record =
            TimeRecord { sums: deviations(&self.sums), states: deviations(&self.states), ..TimeRecord::default() };
        if let Some(norms) = self.norms.as_ref().filter(|norms| norms.shared.running().batches > 0) {
            let shared = norms.shared.running();
            record.shared = Some(mean(shared.variance.iter().copied()).sqrt());
            for norm in &norms.of_step {
                let running = norm.running();
                record.remembered.push(mean(running.variance.iter().copied()).sqrt());
                let of_unit = running.mean.iter().zip(&shared.mean).zip(&shared.variance);
                let mean_distance = of_unit.map(|((own, shared), variance)| (own - shared).abs() / variance.sqrt());
                record.mean_distance.push(mean(mean_distance));
            }
        }
        Some(record)
    }

    fn forward(&mut self, parameters: &[f32], input: &[f32], output: &mut [f32], phase: Phase) {
        let Self { steps, inputs, width, .. } = *self;
        let examples = input.len() / (steps * inputs);
        self.make_room(examples);
        let (weights, others) = parameters.split_at(self.n_weights());
        for step in 0..steps {
            let here = step * examples * width..(step + 1) * examples * width;
            let joined = &mut self.joined[step * examples * (inputs + width)..][..examples * (inputs + width)];
            for (example, row) in joined.chunks_exact_mut(inputs + width).enumerate() {
                row[..inputs].copy_from_slice(&input[(example * steps + step) * inputs..][..inputs]);
                match step {
                    0 => row[inputs..].fill(0.0),
                    _ => row[inputs..]
                        .copy_from_slice(&self.states[here.start - (examples - example) * width..][..width]),
                }
            }
            let sums = &mut self.sums[here.clone()];
            let size = (examples, inputs + width, width);
            multiply(Strided::rows(joined, inputs + width), weights, sums, size);
            let state = &mut self.states[here];
            match &mut self.norms {
                Some(norms) => {
                    let norm = match phase {
                        Phase::EvaluationShared => &mut norms.shared,
                        _ => &mut norms.of_step[step],
                    };
                    norm.forward(others, sums, &mut self.normalized, phase);
                    if phase == Phase::Training {
                        norms.shared.remember_batch_of(&norms.of_step[step]);
                    }
                    self.function.forward(&[], &self.normalized, state, phase);
                }
                None => {
                    for row in sums.chunks_exact_mut(width) {
                        row.iter_mut().zip(others).for_each(|(sum, bias)| *sum += bias);
                    }
                    self.function.forward(&[], sums, state, phase);
                }
            }
        }
        output.copy_from_slice(&self.states[(steps - 1) * examples * width..]);
    }

    fn backward(&mut self, parameters: &[f32], pass: Pass<'_>, d_parameters: &mut [f32], d_input: Option<&mut [f32]>) {
        let Self { steps, inputs, width, .. } = *self;
        let examples = pass.input.len() / (steps * inputs);
        let (weights, others) = parameters.split_at(self.n_weights());
        let (d_weights, d_others) = d_parameters.split_at_mut(self.n_weights());
        let (of_input, of_state) = weights.split_at(inputs * width);
        let mut d_norm = vec![0.0; others.len()];
        d_others.fill(0.0);
        self.d_state.copy_from_slice(pass.d_output);
        self.transposed.resize(width * width, 0.0);
        transpose(of_state, &mut self.transposed, (width, width));
        for step in (0..steps).rev() {
            let here = step * examples * width..(step + 1) * examples * width;
            let (sums, state) = (&self.sums[here.clone()], &self.states[here.clone()]);
            let d_sums = &mut self.d_sums[here];
            let through = Pass { input: sums, output: state, d_output: &self.d_state };
            match &mut self.norms {
                Some(norms) => {
                    self.function.backward(&[], through, &mut [], Some(&mut self.normalized));
                    let through = Pass { input: sums, output: state, d_output: &self.normalized };
                    norms.of_step[step].backward(others, through, &mut d_norm, Some(d_sums));
                    d_others.iter_mut().zip(&d_norm).for_each(|(sum, more)| *sum += more);
                }
                None => {
                    self.function.backward(&[], through, &mut [], Some(d_sums));
                    for row in d_sums.chunks_exact(width) {
                        d_others.iter_mut().zip(row).for_each(|(sum, more)| *sum += more);
                    }
                }
            }
            if step > 0 {
                multiply(Strided::rows(d_sums, width), &self.transposed, &mut self.d_state, (examples, width, width));
            }
        }
        let size = (inputs + width, steps * examples, width);
        multiply(Strided::transposed(&self.joined, inputs + width), &self.d_sums, d_weights, size);
        if let Some(d_input) = d_input {
            self.transposed.resize(width * inputs, 0.0);
            transpose(of_input, &mut self.transposed[..width * inputs], (inputs, width));
            let mut by_step = vec![0.0; steps * examples * inputs];
            let size = (steps * examples, width, inputs);
            multiply(Strided::rows(&self.d_sums, width), &self.transposed[..width * inputs], &mut by_step, size);
            for (place, from) in by_step.chunks_exact(inputs).enumerate() {
                let (step, example) = (place / examples, place % examples);
                d_input[(example * steps + step) * inputs..][..inputs].copy_from_slice(from);
            }
        }
    }
}

#[cfg(test)]
mod tests;
