//! Fine-tuning in small batches, with the running statistics frozen and without.

use normlab_training::{Network, NetworkOptimizer, Phase, Schedule, Training, evaluate};

use super::EvaluationMode;
use super::outcome::{EvaluationOutcome, FineTuning};
use crate::networks::ClassificationTask;
use crate::{Refusal, RunControl};

pub const STEPS: u64 = 200;
/// The learning rate is so many times smaller than before.
pub const SLOWER: f64 = 10.0;

/// Trains a trained network on in small batches: first with BatchNorm frozen, which leaves its statistics alone, then from the
/// same parameters without.
pub async fn fine_tune(
    settings: &EvaluationMode,
    mut network: Network,
    (task, seed): (&ClassificationTask, u64),
    control: &RunControl<'_, EvaluationOutcome>,
) -> Result<FineTuning, Refusal> {
    let schedule = Schedule::constant(settings.rate / SLOWER);
    let parameters = network.parameters().to_vec();
    let right =
        |network: &mut Network| evaluate(network, &task.test, settings.batch as usize, Phase::Evaluation).accuracy();
    let before = right(&mut network);
    let mut after = [0.0; 2];
    for (index, phase) in [Phase::TrainingFrozen, Phase::Training].into_iter().enumerate() {
        network.parameters_mut().0.copy_from_slice(&parameters);
        let examples = (&task.train, settings.tuned as usize);
        let mut training = Training::resumed(network, NetworkOptimizer::Sgd, schedule, examples, seed).in_phase(phase);
        for step in 0..STEPS {
            training.step();
            let done = (index as u64 * STEPS + step) as f32 / (2 * STEPS) as f32;
            control.yield_now(0.85 + 0.15 * done).await?;
        }
        network = training.network;
        after[index] = right(&mut network);
    }
    let [frozen, moving] = after;
    Ok(FineTuning { before, frozen, moving })
}
