use normlab_data::random::Stream;

use super::*;
use crate::tests::{data, norm_layer, numbers};
use crate::{Linear, Network, NormKind};

fn recurrent_network(kind: Option<NormKind>) -> Network {
    let mut network = Network::new(8);
    let layer = Recurrent::new(4, 2, Activation::tanh(6), 1.0);
    network.push(match kind {
        Some(kind) => layer.with_norm(norm_layer(kind, 6, 1)),
        None => layer,
    });
    network.push(Linear::new(6, 3, Initialization::LeCun));
    network
}

/// The formula, step by step, for one example.
#[test]
fn a_recurrent_layer_does_what_its_formula_says() {
    let mut layer = Recurrent::new(3, 2, Activation::tanh(4), 0.7);
    let mut parameters = vec![0.0; layer.n_parameters()];
    layer.initialize(&mut parameters, &mut Stream::new(3, 0));
    parameters[24..].copy_from_slice(&[0.1, -0.2, 0.3, 0.4]);
    let input = numbers(6, 5);
    let mut output = [0.0; 4];
    layer.forward(&parameters, &input, &mut output, Phase::Training);
    let mut state = [0.0_f64; 4];
    for step in 0..3 {
        let weight = |row: usize, unit: usize| f64::from(parameters[row * 4 + unit]);
        state = std::array::from_fn(|unit| {
            let of_input = (0..2).map(|place| f64::from(input[step * 2 + place]) * weight(place, unit)).sum::<f64>();
            let of_state = (0..4).map(|from| state[from] * weight(2 + from, unit)).sum::<f64>();
            (of_input + of_state + f64::from(parameters[24 + unit])).tanh()
        });
    }
    for (found, expected) in output.iter().zip(state) {
        assert!((f64::from(*found) - expected).abs() < 1e-6, "{output:?} {state:?}");
    }
    // The recurrent weights start as 0.7 times a rotation.
    let of_state = &parameters[8..24];
    for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
        let dot: f32 = (0..4).map(|unit| of_state[a * 4 + unit] * of_state[b * 4 + unit]).sum();
        assert!((dot - if a == b { 0.49 } else { 0.0 }).abs() < 1e-6, "{a} {b}: {dot}");
    }
}

/// Every step of time has statistics of its own; the shared ones take in one step of time after the other.
#[test]
fn batch_norm_remembers_steps_of_time_by_themselves_and_together() {
    let data = data(30, 8, 3);
    let rows: Vec<usize> = (0..30).collect();
    let mut network = recurrent_network(Some(NormKind::Batch));
    network.initialize(1);
    network.forward(&data, &rows, Phase::Training);
    let record = network.time_record();
    // After one batch, of what was 1 a tenth is the variance of the batch.
    assert_eq!((record.sums.len(), record.states.len(), record.mean_distance.len()), (4, 4, 4));
    assert!(record.remembered.iter().zip(&record.sums).all(|(remembered, sums)| {
        // Units differ, so that the spread over all of them is more than the mean variance within each.
        let most = (0.9 + 0.1 * sums * sums * 30.0 / 29.0).sqrt();
        *remembered <= most + 1e-6 && *remembered > 0.9_f64.sqrt()
    }));
    let mut shared = 1.0;
    for remembered in &record.remembered {
        shared = 0.9 * shared + (remembered * remembered - 0.9);
    }
    assert!((record.shared.unwrap() - shared.sqrt()).abs() < 1e-9, "{record:?} {shared}");
    let ask = |network: &mut Network, phase| {
        network.forward(&data, &rows, phase);
        network.activation(2).to_vec()
    };
    let [own, together] = [Phase::Evaluation, Phase::EvaluationShared].map(|phase| ask(&mut network, phase));
    assert_ne!(own, together);
    // Asking remembers nothing, and without BatchNorm both are the same.
    assert_eq!(ask(&mut network, Phase::Evaluation), own);
    for kind in [None, Some(NormKind::Layer)] {
        let mut network = recurrent_network(kind);
        network.initialize(1);
        assert_eq!(ask(&mut network, Phase::Evaluation), ask(&mut network, Phase::EvaluationShared));
        assert!(network.time_record().shared.is_none());
    }
}

#[test]
fn recurrent_networks_that_differ_in_their_norms_start_alike() {
    let start = |kind| {
        let mut network = recurrent_network(kind);
        network.initialize(7);
        let [recurrent, linear] = [0, 1].map(|node| network.parameters()[network.range(node)].to_vec());
        (recurrent[..8 * 6].to_vec(), linear)
    };
    for kind in [NormKind::Batch, NormKind::Layer, NormKind::Rms] {
        assert_eq!(start(Some(kind)), start(None));
    }
}
