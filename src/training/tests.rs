use normlab_data::random::Stream;
use normlab_engine::{Divisor, Momentum};

use super::*;
use crate::matrix::{Strided, multiply};

pub(crate) fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut stream = Stream::new(seed, 0);
    (0..count).map(|_| stream.normal() as f32).collect()
}

pub(crate) fn norm_layer(kind: NormKind, features: usize, positions: usize) -> NormLayer {
    NormLayer::new(kind, features, positions).unwrap()
}

fn layers() -> Vec<Box<dyn Layer>> {
    let norms = [NormKind::Batch, NormKind::Layer, NormKind::Rms, NormKind::Group(2), NormKind::Instance];
    let mut layers: Vec<Box<dyn Layer>> = vec![
        Box::new(Linear::new(6, 4, Initialization::He)),
        Box::new(Linear::new(6, 10, Initialization::LeCun).without_bias()),
        Box::new(Activation::relu(6)),
        Box::new(Activation::tanh(6)),
        Box::new(Activation::sigmoid(6)),
        Box::new(Convolution::new(1, 3, (4, 4), Initialization::He)),
        Box::new(Convolution::new(3, 10, (2, 4), Initialization::LeCun)),
        Box::new(Convolution::new(2, 1, (1, 1), Initialization::LeCun)),
        Box::new(MeanPooling::new(2, (4, 6), 2)),
    ];
    for kind in norms {
        layers.push(Box::new(norm_layer(kind, 6, 1)));
        layers.push(Box::new(norm_layer(kind, 2, 3)));
    }
    let recurrent = |function| Recurrent::new(3, 2, function, 1.0);
    layers.push(Box::new(recurrent(Activation::tanh(6))));
    layers.push(Box::new(recurrent(Activation::sigmoid(6))));
    for kind in norms {
        layers.push(Box::new(recurrent(Activation::tanh(6)).with_norm(norm_layer(kind, 6, 1))));
    }
    layers
}

/// The sum of all outputs, each times a number of its own.
fn weighted(layer: &mut dyn Layer, phase: Phase, parameters: &[f32], input: &[f32], weights: &[f32]) -> f64 {
    let mut output = vec![0.0; weights.len()];
    layer.forward(parameters, input, &mut output, phase);
    output.iter().zip(weights).map(|(y, w)| f64::from(*y) * f64::from(*w)).sum()
}

#[test]
fn every_layer_has_the_gradient_of_finite_differences() {
    for mut layer in layers() {
        check_gradient(layer.as_mut(), Phase::Training);
        // Of BatchNorm, with what it has just remembered.
        check_gradient(layer.as_mut(), Phase::TrainingFrozen);
    }
}

fn check_gradient(layer: &mut dyn Layer, phase: Phase) {
    const STEP: f32 = 3e-3;
    let examples = 5;
    // Away from the kink of ReLU, so that a step does not cross it.
    let input: Vec<f32> = numbers(examples * layer.inputs(), 1).iter().map(|x| x + 0.05 * x.signum()).collect();
    let weights = numbers(examples * layer.outputs(), 2);
    let mut parameters = vec![0.0; layer.n_parameters()];
    layer.initialize(&mut parameters, &mut Stream::new(3, 0));
    parameters.iter_mut().zip(numbers(layer.n_parameters(), 4)).for_each(|(p, more)| *p += 0.3 * more);
    let mut output = vec![0.0; weights.len()];
    layer.forward(&parameters, &input, &mut output, phase);
    let (mut d_parameters, mut d_input) = (vec![f32::NAN; parameters.len()], vec![f32::NAN; input.len()]);
    let pass = Pass { input: &input, output: &output, d_output: &weights };
    layer.backward(&parameters, pass, &mut d_parameters, Some(&mut d_input));
    let name = layer.name();
    let close = |found: f32, expected: f64, what: &str| {
        let error = (f64::from(found) - expected).abs();
        assert!(error < 5e-3 * expected.abs().max(1.0), "{name}, {phase:?}, {what}: {found} {expected}");
    };
    for index in 0..input.len() {
        let mut moved = [input.clone(), input.clone()];
        moved[0][index] += STEP;
        moved[1][index] -= STEP;
        let [up, down] = moved.map(|input| weighted(layer, phase, &parameters, &input, &weights));
        close(d_input[index], (up - down) / (2.0 * f64::from(STEP)), "input");
    }
    for index in 0..parameters.len() {
        let mut moved = [parameters.clone(), parameters.clone()];
        moved[0][index] += STEP;
        moved[1][index] -= STEP;
        let [up, down] = moved.map(|parameters| weighted(layer, phase, &parameters, &input, &weights));
        close(d_parameters[index], (up - down) / (2.0 * f64::from(STEP)), "parameter");
    }
}

/// By the definition, number by number.
#[test]
fn a_convolution_is_what_its_formula_says() {
    let (inputs, outputs, (height, width)) = (2, 3, (4, 5));
    let mut layer = Convolution::new(inputs, outputs, (height, width), Initialization::He);
    let (x, parameters) = (numbers(2 * layer.inputs(), 1), numbers(layer.n_parameters(), 2));
    let mut y = vec![f32::NAN; 2 * layer.outputs()];
    layer.forward(&parameters, &x, &mut y, Phase::Training);
    let mut d_parameters = vec![0.0; parameters.len()];
    let pass = Pass { input: &x, output: &y, d_output: &y.clone() };
    layer.backward(&parameters, pass, &mut d_parameters, Some(&mut vec![0.0; x.len()]));
    // What backward leaves behind does not matter to the next forward.
    let mut again = vec![f32::NAN; y.len()];
    layer.forward(&parameters, &x, &mut again, Phase::Evaluation);
    assert_eq!(again, y);
    for (at, found) in y.iter().enumerate() {
        let (column, line) = (at % width, at / width % height);
        let (output, example) = (at / width / height % outputs, at / width / height / outputs);
        let mut sum = f64::from(parameters[inputs * 9 * outputs + output]);
        for input in 0..inputs {
            for (vertical, horizontal) in (0..9).map(|place| (place / 3, place % 3)) {
                let (from_line, from_column) =
                    ((line + vertical).wrapping_sub(1), (column + horizontal).wrapping_sub(1));
                if from_line < height && from_column < width {
                    let weight = parameters[((input * 3 + vertical) * 3 + horizontal) * outputs + output];
                    let value = x[((example * inputs + input) * height + from_line) * width + from_column];
                    sum += f64::from(weight) * f64::from(value);
                }
            }
        }
        assert!((sum - f64::from(*found)).abs() < 1e-5, "{at}: {found} is not {sum}");
    }
}

#[test]
fn pooling_takes_the_mean_of_squares() {
    let mut y = [0.0; 4];
    let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 8.0];
    MeanPooling::new(2, (2, 4), 2).forward(&[], &x, &mut y, Phase::Training);
    assert_eq!(y, [3.5, 5.75, 1.0, 2.0]);
}

pub(crate) fn data(rows: usize, width: usize, classes: u32) -> Examples {
    let mut stream = Stream::new(11, 0);
    let class: Vec<u32> = (0..rows).map(|row| row as u32 % classes).collect();
    let x = class.iter().flat_map(|class| vec![f64::from(*class) - 1.0; width]);
    let x = x.map(|center| (center + stream.normal()) as f32).collect();
    Examples { width, x, class }
}

/// Linear, norm, ReLU, so many times, and a linear layer to the classes.
fn plain(data: &Examples, depth: usize, width: usize, kind: Option<NormKind>) -> Network {
    let mut network = Network::new(data.width);
    for _ in 0..depth {
        network.push(Linear::new(network.width(), width, Initialization::He));
        if let Some(kind) = kind {
            network.push(norm_layer(kind, width, 1));
        }
        network.push(Activation::relu(width));
    }
    network.push(Linear::new(width, 3, Initialization::He));
    network
}

/// `x + F(norm(x))`, twice, with a sum over both, too.
fn residual_network(data: &Examples) -> Network {
    let mut network = Network::new(data.width);
    network.push(Linear::new(data.width, 8, Initialization::He));
    let first = network.last();
    for _ in 0..2 {
        let start = network.last();
        network.push(norm_layer(NormKind::Layer, 8, 1));
        network.push(Linear::new(8, 8, Initialization::He));
        network.push(Activation::tanh(8));
        network.push_sum(start);
    }
    network.push_sum(first);
    network.push(Linear::new(8, 3, Initialization::LeCun));
    network
}

fn loss_of(network: &mut Network, data: &Examples, rows: &[usize]) -> f64 {
    network.forward(data, rows, Phase::Training);
    let class: Vec<u32> = rows.iter().map(|row| data.class[*row]).collect();
    let (logits, d_logits) = network.output_mut();
    softmax_cross_entropy(logits, &class, 3, d_logits)
}

#[test]
fn a_network_with_sums_has_the_gradient_of_finite_differences() {
    const STEP: f32 = 1e-2;
    let data = data(12, 5, 3);
    let rows: Vec<usize> = (0..12).collect();
    let mut network = residual_network(&data);
    network.initialize(5);
    loss_of(&mut network, &data, &rows);
    network.backward();
    let gradient = network.d_parameters().to_vec();
    for index in (0..gradient.len()).step_by(7) {
        let mut at = |step: f32| {
            network.parameters_mut().0[index] += step;
            let loss = loss_of(&mut network, &data, &rows);
            network.parameters_mut().0[index] -= step;
            loss
        };
        let slope = (at(STEP) - at(-STEP)) / (2.0 * f64::from(STEP));
        assert!((slope - f64::from(gradient[index])).abs() < 1e-3, "{index}: {slope} {}", gradient[index]);
    }
}

#[test]
fn networks_that_differ_in_their_norms_start_alike() {
    let data = data(30, 5, 3);
    let start = |kind| {
        let mut network = plain(&data, 3, 8, kind);
        network.initialize(7);
        let linear: Vec<usize> =
            network.names().enumerate().filter(|(_, name)| *name == "linear").map(|(node, _)| node).collect();
        linear.iter().flat_map(|node| network.parameters()[network.range(*node)].to_vec()).collect::<Vec<f32>>()
    };
    let none = start(None);
    assert_eq!(none.len(), 5 * 8 + 8 + 2 * (64 + 8) + 8 * 3 + 3);
    for kind in [NormKind::Batch, NormKind::Rms, NormKind::Group(4)] {
        assert_eq!(start(Some(kind)), none);
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_memory_stays() {
    let data = data(90, 5, 3);
    let run = |seed: u64| {
        let network = plain(&data, 3, 8, Some(NormKind::Batch));
        let mut training = Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(0.1), (&data, 16), seed);
        training.step();
        let place = training.network.activation(2).as_ptr();
        (0..30).for_each(|_| {
            training.step();
        });
        assert_eq!(training.network.activation(2).as_ptr(), place, "allocated again");
        assert_eq!(training.steps(), 31);
        training.network.checksum()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn it_learns_under_every_norm_and_optimizer() {
    let data = data(90, 5, 3);
    for kind in [None, Some(NormKind::Batch), Some(NormKind::Layer), Some(NormKind::Group(2)), Some(NormKind::Rms)] {
        for (optimizer, rate) in [
            (NetworkOptimizer::Sgd, 0.1),
            (NetworkOptimizer::momentum(0.9), 0.02),
            (NetworkOptimizer::adam(0.9, 0.999), 0.01),
        ] {
            let network = plain(&data, 2, 8, kind);
            let schedule = Schedule { rate, warm_up: 10 };
            let mut training = Training::new(network, optimizer, schedule, (&data, 16), 3);
            (0..200).for_each(|_| {
                training.step();
            });
            let score = evaluate(&mut training.network, &data, 16, Phase::Evaluation);
            assert!(score.accuracy() > 0.8, "{kind:?} {rate}: {score:?}");
        }
    }
}

/// Weights times 10: the loss stays, the gradient is divided by 10, and it is orthogonal to the weights.
#[test]
fn batch_norm_does_not_see_the_scale_of_weights() {
    let data = data(32, 5, 3);
    let rows: Vec<usize> = (0..32).collect();
    let mut network = plain(&data, 1, 16, Some(NormKind::Batch));
    network.initialize(1);
    // Large weights, so that eps is nothing beside the variance.
    let range = network.range(0);
    network.parameters_mut().0[range.clone()].iter_mut().for_each(|weight| *weight *= 100.0);
    let loss = loss_of(&mut network, &data, &rows);
    network.backward();
    let gradient = network.d_parameters()[range.clone()].to_vec();
    let weights = network.parameters()[range.clone()].to_vec();
    let dot: f64 = gradient.iter().zip(&weights).map(|(d, w)| f64::from(*d) * f64::from(*w)).sum();
    let size = gradient.iter().map(|d| f64::from(*d).powi(2)).sum::<f64>().sqrt()
        * weights.iter().map(|w| f64::from(*w).powi(2)).sum::<f64>().sqrt();
    assert!(dot.abs() < 1e-5 * size, "{dot} of {size}");
    network.parameters_mut().0[range.clone()].iter_mut().for_each(|weight| *weight *= 10.0);
    assert!((loss_of(&mut network, &data, &rows) - loss).abs() < 1e-6);
    network.backward();
    for (now, before) in network.d_parameters()[range].iter().zip(&gradient) {
        assert!((10.0 * now - before).abs() < 1e-4 * before.abs().max(1e-3), "{now} {before}");
    }
}

#[test]
fn what_diverges_freezes_and_names_step_and_layer() {
    let data = data(60, 5, 3);
    let network = plain(&data, 3, 8, None);
    let mut training = Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(1e30), (&data, 20), 1);
    (0..10).for_each(|_| {
        training.step();
    });
    let diverged = training.diverged().unwrap();
    assert_eq!(diverged.step, training.steps());
    assert!(diverged.step <= 3, "{diverged:?}");
    assert!(diverged.layer.is_some_and(|(place, name)| (1..=7).contains(&place) && name == "linear"), "{diverged:?}");
    let frozen = training.network.checksum();
    assert!(!training.step().is_finite());
    assert_eq!((training.network.checksum(), training.steps()), (frozen, diverged.step));
    assert_eq!(evaluate(&mut training.network, &data, 20, Phase::Evaluation).correct, 0);
}

/// REFERENCE: [1, 2, 3, 6] gives torch running_mean 0.3 and running_var 1.36667, Keras 1.025 with momentum 0.99.
#[test]
fn batch_norm_remembers_as_the_libraries_do() {
    let input = [1.0, 2.0, 3.0, 6.0];
    let after = |layer: NormLayer, phase: Phase| {
        let mut layer = layer;
        let mut output = [0.0; 4];
        layer.forward(&[1.0, 0.0], &input, &mut output, Phase::Training);
        layer.forward(&[1.0, 0.0], &input, &mut output, phase);
        (layer.running().mean[0], layer.running().variance[0], output)
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let (mean, variance, output) = after(norm_layer(NormKind::Batch, 1, 1), Phase::Evaluation);
    assert!(close(mean, 0.3) && close(variance, 0.9 + 0.1 * 14.0 / 3.0), "{mean} {variance}");
    assert!(close(f64::from(output[0]), (1.0 - mean) / (variance + 1e-5).sqrt()));
    let keras = norm_layer(NormKind::Batch, 1, 1).with_momentum(Momentum::Old(0.99), Divisor::N);
    let (mean, variance, _) = after(keras, Phase::Evaluation);
    assert!(close(mean, 0.03) && close(variance, 1.025), "{mean} {variance}");
    let (mean, _, output) = after(norm_layer(NormKind::Batch, 1, 1), Phase::EvaluationByBatch);
    assert!(close(mean, 0.3) && close(f64::from(output[0]), -2.0 / (3.5_f64 + 1e-5).sqrt()), "{output:?}");
}

#[test]
fn a_record_tells_of_every_layer() {
    let data = data(60, 5, 3);
    let network = plain(&data, 2, 8, Some(NormKind::Layer));
    let mut training =
        Training::new(network, NetworkOptimizer::Sgd, Schedule::constant(0.5), (&data, 20), 1).recorded();
    training.step();
    let records = training.records();
    let names: Vec<&str> = records.iter().map(|record| record.name).collect();
    assert_eq!(names, ["linear", "LayerNorm", "ReLU", "linear", "LayerNorm", "ReLU", "linear"]);
    let normalized = &records[1];
    assert!(normalized.mean.abs() < 1e-6 && (normalized.deviation - 1.0).abs() < 1e-3, "{normalized:?}");
    assert!(records[2].dead.is_some_and(|share| (0.0..1.0).contains(&share)) && records[0].dead.is_none());
    for record in &records {
        assert!(record.gradient > 0.0, "{record:?}");
        if let Some(learned) = record.learned {
            // Plain descent: the update is the rate times the gradient.
            assert!((learned.update / (0.5 * learned.gradient) - 1.0).abs() < 1e-3, "{record:?}");
        }
    }
    assert_eq!(records.iter().filter(|record| record.learned.is_some()).count(), 5);
}

#[test]
fn batches_cover_an_epoch() {
    let mut order = BatchOrder::new(4, 10, 3);
    assert_eq!(order.per_epoch(), 3);
    let mut seen: Vec<usize> = (0..3).flat_map(|_| order.next_batch().to_vec()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 9);
}

/// What is not a number in a matrix stays so.
#[test]
fn a_product_keeps_what_is_not_finite() {
    let mut c = [0.0];
    multiply(Strided::rows(&[0.0, f32::NAN], 2), &[1.0, 0.0], &mut c, (1, 2, 1));
    assert!(c[0].is_nan());
}

#[test]
fn a_long_gradient_is_clipped() {
    let data = data(60, 5, 3);
    let moved = |longest: f64| {
        let network = plain(&data, 2, 8, None);
        let rate = Schedule::constant(1.0);
        let mut training = Training::new(network, NetworkOptimizer::Sgd, rate, (&data, 20), 1).clipped(longest);
        let before = training.network.parameters().to_vec();
        training.step();
        let change = training.network.parameters().iter().zip(before).map(|(now, before)| f64::from(now - before));
        change.map(|change| change * change).sum::<f64>().sqrt()
    };
    let whole = moved(f64::INFINITY);
    assert!((moved(0.1) - 0.1).abs() < 1e-5 && whole > 0.1, "{whole}");
    assert_eq!(moved(2.0 * whole), whole);
}
