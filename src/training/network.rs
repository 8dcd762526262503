//! Layers in a row, in one piece of memory.

use std::ops::Range;

use normlab_data::random::Stream;

use crate::examples::Examples;
use crate::layer::{Layer, Pass, Phase};
use crate::residual;
use crate::time_record::TimeRecord;

/// What makes an activation of those before it.
enum Work {
    Layer(Box<dyn Layer>),
    /// The activation before it plus an earlier one.
    Sum {
        with: usize,
    },
}

/// A network: activation 0 is the input, and node `k` makes activation `k + 1` of activation `k`.
///
/// Activations, their gradients, parameters and their gradients are four pieces of memory; none is allocated again as long as
/// batches do not grow.
pub struct Network {
    nodes: Vec<Work>,
    /// Numbers of an example in each activation.
    widths: Vec<usize>,
    /// Where the parameters of each node are.
    ranges: Vec<Range<usize>>,
    parameters: Vec<f32>,
    d_parameters: Vec<f32>,
    /// For how many examples there is room.
    room: usize,
    /// How many examples went through last.
    examples: usize,
    activations: Vec<f32>,
    d_activations: Vec<f32>,
}

impl Network {
    /// A network without layers, for examples of so many numbers.
    pub fn new(inputs: usize) -> Self {
        Self {
            nodes: Vec::new(),
            widths: vec![inputs],
            ranges: Vec::new(),
            parameters: Vec::new(),
            d_parameters: Vec::new(),
            room: 0,
            examples: 0,
            activations: Vec::new(),
            d_activations: Vec::new(),
        }
    }

    /// Adds a layer, whose inputs must be as many as what came out last.
    pub fn push(&mut self, layer: impl Layer + 'static) {
        debug_assert_eq!(layer.inputs(), self.width(), "{} does not fit", layer.name());
        let first = self.parameters.len();
        self.parameters.resize(first + layer.n_parameters(), 0.0);
        self.d_parameters.resize(self.parameters.len(), 0.0);
        self.ranges.push(first..self.parameters.len());
        self.widths.push(layer.outputs());
        self.nodes.push(Work::Layer(Box::new(layer)));
    }

    /// Adds the sum with an earlier activation, which must be as wide.
    pub fn push_sum(&mut self, with: usize) {
        debug_assert_eq!(self.widths[with], self.width(), "activation {with} does not fit");
        self.ranges.push(self.parameters.len()..self.parameters.len());
        self.widths.push(self.width());
        self.nodes.push(Work::Sum { with });
    }

    /// The number of the last activation there is so far.
    pub fn last(&self) -> usize {
        self.nodes.len()
    }

    /// Numbers of an example in the last activation.
    pub fn width(&self) -> usize {
        self.widths[self.nodes.len()]
    }

    /// Numbers of an example in activation `index`.
    pub fn width_of(&self, index: usize) -> usize {
        self.widths[index]
    }

    /// Units (or channels) and positions of an example in activation `index`; the input has no positions.
    pub fn shape_of(&self, index: usize) -> (usize, usize) {
        let positions = match index.checked_sub(1).map(|node| &self.nodes[node]) {
            None => 1,
            Some(Work::Layer(layer)) => layer.positions(),
            Some(Work::Sum { with }) => return self.shape_of(*with),
        };
        (self.widths[index] / positions, positions)
    }

    /// What makes each activation but the input.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.nodes.iter().map(|node| match node {
            Work::Layer(layer) => layer.name(),
            Work::Sum { .. } => "sum",
        })
    }

    /// Sets all parameters to where training starts. Random ones depend on the seed and on which random layer it is alone.
    pub fn initialize(&mut self, seed: u64) {
        let mut number = 0;
        for (node, range) in self.nodes.iter().zip(&self.ranges) {
            if let Work::Layer(layer) = node {
                layer.initialize(&mut self.parameters[range.clone()], &mut Stream::new(seed, number));
                number += u64::from(layer.is_random());
            }
        }
    }

    /// All parameters, node by node.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// All parameters, to be changed, and their gradients.
    pub fn parameters_mut(&mut self) -> (&mut [f32], &mut [f32]) {
        (&mut self.parameters, &mut self.d_parameters)
    }

    /// The parameters of a node.
    pub fn range(&self, node: usize) -> Range<usize> {
        self.ranges[node].clone()
    }

    /// The gradients of all parameters, node by node.
    pub fn d_parameters(&self) -> &[f32] {
        &self.d_parameters
    }

    /// What the recurrent layer found in each step of time, of the last examples; empty without one.
    pub fn time_record(&self) -> TimeRecord {
        let of_node = |node: &Work| match node {
            Work::Layer(layer) => layer.time_record(),
            Work::Sum { .. } => None,
        };
        self.nodes.iter().find_map(of_node).unwrap_or_default()
    }

    /// Activation `index` of the last examples, an example after the other.
    pub fn activation(&self, index: usize) -> &[f32] {
        &self.activations[self.place(index)]
    }

    /// The gradient of the loss by activation `index`; of the input it is not computed.
    pub fn d_activation(&self, index: usize) -> &[f32] {
        &self.d_activations[self.place(index)]
    }

    /// The last activation, and its gradient to be set before [`Self::backward`].
    pub fn output_mut(&mut self) -> (&[f32], &mut [f32]) {
        let place = self.place(self.nodes.len());
        (&self.activations[place.clone()], &mut self.d_activations[place])
    }

    fn place(&self, index: usize) -> Range<usize> {
        let start = self.start(index);
        start..start + self.examples * self.widths[index]
    }

    fn start(&self, index: usize) -> usize {
        self.room * self.widths[..index].iter().sum::<usize>()
    }

    fn make_room(&mut self, examples: usize) {
        self.examples = examples;
        if examples > self.room {
            self.room = examples;
            let numbers = examples * self.widths.iter().sum::<usize>();
            self.activations.resize(numbers, 0.0);
            self.d_activations.resize(numbers, 0.0);
        }
    }

    /// Sends these rows through.
    pub fn forward(&mut self, data: &Examples, rows: &[usize], phase: Phase) {
        self.make_room(rows.len());
        data.gather(rows, &mut self.activations[..rows.len() * self.widths[0]]);
        for node in 0..self.nodes.len() {
            let (from, to) = (self.place(node), self.place(node + 1));
            let (before, after) = self.activations.split_at_mut(to.start);
            let (input, output) = (&before[from], &mut after[..to.len()]);
            match &mut self.nodes[node] {
                Work::Layer(layer) => layer.forward(&self.parameters[self.ranges[node].clone()], input, output, phase),
                Work::Sum { with } => {
                    let start = self.room * self.widths[..*with].iter().sum::<usize>();
                    residual::forward(input, &before[start..][..output.len()], output);
                }
            }
        }
    }

    /// Sends the gradient of the last activation back to all parameters and activations, but not to the input.
    pub fn backward(&mut self) {
        for node in (0..self.nodes.len()).rev() {
            let (from, to) = (self.place(node), self.place(node + 1));
            let (before, after) = self.d_activations.split_at_mut(to.start);
            let d_output = &after[..to.len()];
            let d_input = &mut before[from.clone()];
            match &mut self.nodes[node] {
                Work::Layer(layer) => {
                    let pass = Pass {
                        input: &self.activations[from.clone()],
                        output: &self.activations[to.clone()],
                        d_output,
                    };
                    let range = self.ranges[node].clone();
                    let d_parameters = &mut self.d_parameters[range.clone()];
                    layer.backward(&self.parameters[range], pass, d_parameters, (node > 0).then_some(d_input));
                }
                Work::Sum { .. } => d_input.copy_from_slice(d_output),
            }
            // What reads this activation later has given its gradient before.
            for later in node + 1..self.nodes.len() {
                if matches!(self.nodes[later], Work::Sum { with } if with == node) {
                    let sum = self.place(later + 1);
                    let (before, after) = self.d_activations.split_at_mut(sum.start);
                    residual::backward(&after[..sum.len()], &mut before[from.clone()]);
                }
            }
        }
    }

    /// One number of all bits of all parameters: equal for equal networks. FNV-1a, 64 bits.
    pub fn checksum(&self) -> u64 {
        let bytes = self.parameters.iter().flat_map(|parameter| parameter.to_bits().to_le_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}
