//! Gradients before any step: random tokens through random networks.

use normlab_data::random::Stream;
use normlab_training::{Examples, Initialization, Linear, Network, Phase, softmax_cross_entropy};

use super::network::{Placement, push_blocks};
use super::outcome::{DEPTHS, PreNormOutcome, StartAtDepth};
use crate::{Refusal, RunControl};

/// Width of the residual stream.
pub const WIDTH: usize = 64;
const CLASSES: usize = 10;
/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 34;

/// Random tokens, each with a random class.
fn tokens(count: usize, seed: u64) -> Examples {
    let mut stream = Stream::new(seed, STREAM);
    let x = (0..count * WIDTH).map(|_| stream.normal() as f32).collect();
    let class = (0..count).map(|_| stream.below(CLASSES as u64) as u32).collect();
    Examples { width: WIDTH, x, class }
}

/// The norm of the gradient of the last block's second matrix, and the mean square of the last sum.
fn measure_network(placement: Placement, depth: usize, data: &Examples, seed: u64) -> (f64, f64) {
    let mut network = Network::new(WIDTH);
    let places = push_blocks(&mut network, placement, depth, WIDTH);
    network.push(Linear::new(WIDTH, CLASSES, Initialization::LeCun));
    network.initialize(seed);
    let rows: Vec<usize> = (0..data.len()).collect();
    network.forward(data, &rows, Phase::Training);
    let (logits, d_logits) = network.output_mut();
    softmax_cross_entropy(logits, &data.class, CLASSES, d_logits);
    network.backward();
    let squares = |values: &[f32]| values.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>();
    // Without the bias, which is at the end.
    let weights = &network.d_parameters()[network.range(places.last_weights)][..WIDTH * WIDTH];
    let sum = network.activation(places.last_sum);
    (squares(weights).sqrt(), squares(sum) / sum.len() as f64)
}

/// Looks at so many networks of every depth by so many tokens, with post-norm and pre-norm from the same weights; this is the
/// first `share` of the run.
pub async fn measure(
    (n_tokens, draws): (u64, u64),
    seed: u64,
    share: f32,
    control: &RunControl<'_, PreNormOutcome>,
    outcome: &mut PreNormOutcome,
) -> Result<(), Refusal> {
    outcome.start = DEPTHS.map(|depth| StartAtDepth { depth, ..StartAtDepth::default() }).to_vec();
    for draw in 0..draws {
        let seed = seed.wrapping_mul(1000).wrapping_add(draw);
        let data = tokens(n_tokens as usize, seed);
        for (place, depth) in DEPTHS.into_iter().enumerate() {
            let (post, post_stream) = measure_network(Placement::Post, depth, &data, seed);
            control.yield_now(share * draw as f32 / draws as f32).await?;
            let (pre, pre_stream) = measure_network(Placement::Pre, depth, &data, seed);
            control.yield_now(share * draw as f32 / draws as f32).await?;
            let start = &mut outcome.start[place];
            start.draws += 1;
            let weight = 1.0 / start.draws as f64;
            let mean = |old: &mut f64, new: f64| *old += (new - *old) * weight;
            mean(&mut start.post, post);
            mean(&mut start.pre, pre);
            mean(&mut start.post_stream, post_stream);
            mean(&mut start.pre_stream, pre_stream);
        }
        control.partial(outcome);
    }
    Ok(())
}
