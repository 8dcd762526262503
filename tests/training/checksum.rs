//! A hundred steps of small networks, and one number of all bits of what they learnt. Natively and in a browser it is the same:
//! `tests/training.rs` and `tests/browser.rs` both ask for it.

use normlab::data::random::Stream;
use normlab_training::{
    Activation, Convolution, Examples, Initialization, Linear, MeanPooling, Network, NetworkOptimizer, NormKind,
    NormLayer, Recurrent, Schedule, Training,
};

const CLASSES: usize = 3;

/// Norm layer, optimizer, and the checksum of the parameters after a hundred steps.
pub fn cases() -> [(Option<NormKind>, NetworkOptimizer, u64); 6] {
    [
        (None, NetworkOptimizer::Sgd, 0xa70c_85a0_e405_748b),
        (Some(NormKind::Batch), NetworkOptimizer::Sgd, 0x35f9_af1b_99b6_adb5),
        (Some(NormKind::Layer), NetworkOptimizer::adam(0.9, 0.98), 0x68b8_91e5_95cc_2464),
        (Some(NormKind::Rms), NetworkOptimizer::momentum(0.9), 0x0e04_1333_5d6f_1709),
        (Some(NormKind::Group(4)), NetworkOptimizer::adam(0.9, 0.999), 0x5128_5383_ee63_b3ad),
        (Some(NormKind::Instance), NetworkOptimizer::Sgd, 0x90b8_d0f5_612d_0f91),
    ]
}

/// Three classes of examples of ten numbers.
fn examples() -> Examples {
    const ROWS: usize = 100;
    let mut stream = Stream::new(5, 0);
    let class: Vec<u32> = (0..ROWS).map(|_| stream.below(CLASSES as u64) as u32).collect();
    let x = class
        .iter()
        .flat_map(|class| (0..10).map(|_| (stream.normal() + f64::from(*class)) as f32).collect::<Vec<_>>());
    Examples { width: 10, x: x.collect(), class }
}

/// The checksum of a recurrent network with BatchNorm after a hundred steps, and what it was when this was written.
pub fn recurrent_after_a_hundred_steps() -> (u64, u64) {
    let data = examples();
    let mut network = Network::new(10);
    let norm = NormLayer::new(NormKind::Batch, 12, 1).unwrap();
    network.push(Recurrent::new(5, 2, Activation::tanh(12), 1.0).with_norm(norm));
    network.push(Linear::new(12, CLASSES, Initialization::LeCun));
    let optimizer = NetworkOptimizer::adam(0.9, 0.999);
    let mut training = Training::new(network, optimizer, Schedule::constant(0.01), (&data, 16), 7).clipped(0.5);
    (0..100).for_each(|_| {
        training.step();
    });
    (training.network.checksum(), 0xe391_dc9b_2bd6_0b9d)
}

/// Trains with a residual sum, ReLU, tanh and sigmoid, so that every kind of layer takes part.
pub fn after_a_hundred_steps(kind: Option<NormKind>, optimizer: NetworkOptimizer) -> u64 {
    let data = examples();
    let mut network = Network::new(10);
    network.push(Linear::new(10, 24, Initialization::LeCun));
    for activation in [Activation::relu(24), Activation::tanh(24), Activation::sigmoid(24)] {
        let start = network.last();
        network.push(Linear::new(24, 24, Initialization::He));
        if let Some(kind) = kind {
            // InstanceNorm needs positions.
            network.push(NormLayer::new(kind, 8, 3).unwrap());
        }
        network.push(activation);
        network.push_sum(start);
    }
    network.push(Linear::new(24, CLASSES, Initialization::LeCun));
    let schedule = Schedule { rate: 0.01, warm_up: 10 };
    let mut training = Training::new(network, optimizer, schedule, (&data, 16), 7);
    (0..100).for_each(|_| {
        training.step();
    });
    assert_eq!(training.diverged(), None);
    training.network.checksum()
}

/// The same of a network of convolutions.
pub const OF_CONVOLUTIONS: u64 = 0x7e5b_1e45_3b23_8808;

/// Trains two convolutions, each with a norm and mean pooling, on random pictures of 8 by 8 in three kinds of grey.
pub fn after_a_hundred_steps_of_convolutions() -> u64 {
    let mut stream = Stream::new(5, 1);
    let class: Vec<u32> = (0..100).map(|_| stream.below(3) as u32).collect();
    let pixels = |class: &u32| (0..64).map(|_| (stream.normal() + f64::from(*class)) as f32).collect::<Vec<_>>();
    let x = class.iter().flat_map(pixels).collect();
    let data = Examples { width: 64, x, class };
    let mut network = Network::new(64);
    for (kind, from, to, side) in [(NormKind::Group(2), 1, 4, 8), (NormKind::Instance, 4, 6, 4)] {
        network.push(Convolution::new(from, to, (side, side), Initialization::He));
        network.push(NormLayer::new(kind, to, side * side).unwrap());
        network.push(Activation::relu(to * side * side));
        network.push(MeanPooling::new(to, (side, side), 2));
    }
    network.push(Linear::new(24, 3, Initialization::LeCun));
    let mut training = Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(0.05), (&data, 8), 7);
    (0..100).for_each(|_| {
        training.step();
    });
    assert_eq!(training.diverged(), None);
    training.network.checksum()
}
