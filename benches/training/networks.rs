//! The networks that are timed, in Normlab: those of `networks.js` and `networks.py`, number for number.

use normlab_training::{
    Activation, Convolution, Examples, Initialization, Layer, Linear, MeanPooling, Network, NetworkOptimizer, NormKind,
    NormLayer, Recurrent, Schedule, Training,
};

const INPUTS: usize = 64;
const CLASSES: usize = 10;
/// Of the MLP and the residual network: units, and hidden layers or blocks.
const WIDTH: usize = 64;
const HIDDEN: usize = 5;
const BLOCKS: usize = 48;
/// Of the recurrent network: steps of time, numbers in each, units.
const TIME: (usize, usize, usize) = (32, 2, 48);
/// Of the convolutional network: sides of the pictures, channels before and after.
const CONVOLUTIONS: [(usize, usize, usize); 2] = [(8, 1, 8), (4, 8, 16)];
/// So low that no network diverges, however long it is timed: all see one batch again and again.
const RATE: f64 = 1e-3;
const MOMENTUM: f32 = 0.9;

/// A network that is timed.
#[derive(Clone, Copy)]
pub struct Work {
    pub id: &'static str,
    kind: Kind,
    norm: Option<NormKind>,
    batch: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Mlp,
    Recurrent,
    Convolution,
    Pre,
    Post,
}

pub const WORKS: [Work; 9] = [
    Work { id: "mlp-none-64", kind: Kind::Mlp, norm: None, batch: 64 },
    Work { id: "mlp-batch-64", kind: Kind::Mlp, norm: Some(NormKind::Batch), batch: 64 },
    Work { id: "mlp-layer-64", kind: Kind::Mlp, norm: Some(NormKind::Layer), batch: 64 },
    Work { id: "mlp-batch-2", kind: Kind::Mlp, norm: Some(NormKind::Batch), batch: 2 },
    Work { id: "recurrent-none-64", kind: Kind::Recurrent, norm: None, batch: 64 },
    Work { id: "recurrent-layer-64", kind: Kind::Recurrent, norm: Some(NormKind::Layer), batch: 64 },
    Work { id: "convolution-batch-64", kind: Kind::Convolution, norm: Some(NormKind::Batch), batch: 64 },
    Work { id: "residual-pre-32", kind: Kind::Pre, norm: Some(NormKind::Layer), batch: 32 },
    Work { id: "residual-post-32", kind: Kind::Post, norm: Some(NormKind::Layer), batch: 32 },
];

/// Numbers from -1 to 1 that are the same in all three languages: a linear congruential generator.
fn numbers(seed: u32) -> impl Iterator<Item = f64> {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let states = std::iter::successors(Some(seed.wrapping_mul(2_654_435_761)), next);
    states.skip(1).map(|state| f64::from(state) / 2f64.powi(31) - 1.0)
}

/// A network while it is put together, and where the weights of its layers are: node, inputs, outputs.
struct Builder {
    network: Network,
    weights: Vec<(usize, usize, usize)>,
    norm: Option<NormKind>,
}

impl Builder {
    fn push(&mut self, layer: impl Layer + 'static, inputs: usize, outputs: usize) {
        self.weights.push((self.network.last(), inputs, outputs));
        self.network.push(layer);
    }

    fn linear(&mut self, outputs: usize) {
        let inputs = self.network.width();
        self.push(Linear::new(inputs, outputs, Initialization::He), inputs, outputs);
    }

    fn norm(&mut self, features: usize, positions: usize) {
        self.norm.iter().for_each(|kind| self.network.push(norm(*kind, features, positions)));
    }

    fn relu(&mut self) {
        self.network.push(Activation::relu(self.network.width()));
    }

    fn block(&mut self, pre: bool) {
        let start = self.network.last();
        if pre {
            self.norm(WIDTH, 1);
        }
        self.linear(WIDTH);
        self.relu();
        self.linear(WIDTH);
        self.network.push_sum(start);
        if !pre {
            self.norm(WIDTH, 1);
        }
    }

    fn build(&mut self, kind: Kind) {
        match kind {
            Kind::Mlp => {
                for _ in 0..HIDDEN {
                    self.linear(WIDTH);
                    self.norm(WIDTH, 1);
                    self.relu();
                }
            }
            Kind::Recurrent => {
                let (steps, inputs, width) = TIME;
                let layer = Recurrent::new(steps, inputs, Activation::tanh(width), 1.0);
                let layer = match self.norm {
                    Some(kind) => layer.with_norm(norm(kind, width, 1)),
                    None => layer,
                };
                self.push(layer, inputs + width, width);
            }
            Kind::Convolution => {
                for (side, inputs, outputs) in CONVOLUTIONS {
                    let layer = Convolution::new(inputs, outputs, (side, side), Initialization::He);
                    self.push(layer, inputs * 9, outputs);
                    self.norm(outputs, side * side);
                    self.relu();
                    self.network.push(MeanPooling::new(outputs, (side, side), 2));
                }
            }
            Kind::Pre | Kind::Post => {
                let pre = matches!(kind, Kind::Pre);
                self.linear(WIDTH);
                (0..BLOCKS).for_each(|_| self.block(pre));
                if pre {
                    self.norm(WIDTH, 1);
                }
            }
        }
        self.linear(CLASSES);
    }
}

fn norm(kind: NormKind, features: usize, positions: usize) -> NormLayer {
    NormLayer::new(kind, features, positions).expect("a norm that fits")
}

/// The training of a network, before its first step. What it learns from stays in memory.
pub fn training(work: Work) -> Training<'static> {
    let Work { kind, norm, batch, .. } = work;
    let x = numbers(1000).take(batch * INPUTS).map(|value| value as f32).collect();
    let class = (0..batch as u32).map(|row| row % CLASSES as u32).collect();
    let data: &'static Examples = Box::leak(Box::new(Examples { width: INPUTS, x, class }));
    let mut builder = Builder { network: Network::new(INPUTS), weights: Vec::new(), norm };
    builder.build(kind);
    let Builder { network, weights, .. } = builder;
    let mut training =
        Training::new(network, NetworkOptimizer::momentum(MOMENTUM), Schedule::constant(RATE), (data, batch), 0);
    for ((node, inputs, outputs), seed) in weights.into_iter().zip(1..) {
        let first = training.network.range(node).start;
        let (parameters, _) = training.network.parameters_mut();
        let bound = (3.0 / inputs as f64).sqrt();
        for (to, from) in parameters[first..][..inputs * outputs].iter_mut().zip(numbers(seed)) {
            *to = (bound * from) as f32;
        }
    }
    training
}
