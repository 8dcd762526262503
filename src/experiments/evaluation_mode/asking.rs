//! Asking a trained network in one company or another.

use std::collections::BTreeSet;

use normlab_data::random::Stream;
use normlab_training::{Examples, Network, Phase};

use super::EvaluationMode;
use super::outcome::{Companies, EvaluationOutcome, TestMode, TestScore};
use crate::networks::ClassificationTask;
use crate::{Refusal, RunControl};

/// Companies in which one row is asked.
pub const COMPANIES: usize = 200;
/// How many times as large a stray row is.
pub const STRAY: f32 = 20.0;
/// Streams of random numbers: those of networks count from 0.
const STREAM: u64 = 1 << 36;

/// The class with the largest of so many numbers; the first of equal ones.
fn answer(logits: &[f32]) -> usize {
    let mut best = 0;
    for (index, logit) in logits.iter().enumerate() {
        if *logit > logits[best] {
            best = index;
        }
    }
    best
}

/// Asks all test rows in batches of `size`.
pub fn ask(network: &mut Network, task: &ClassificationTask, mode: TestMode, size: usize) -> TestScore {
    let mut order: Vec<usize> = (0..task.test.len()).collect();
    if mode == TestMode::OneClass {
        order.sort_by_key(|row| task.test.class[*row]);
    }
    let mut data = task.test.clone();
    if mode == TestMode::Stray {
        // The first test row, much larger, at the end.
        let stray: Vec<f32> = task.test.row(0).iter().map(|value| STRAY * value).collect();
        data.x.extend(stray);
        data.class.push(task.test.class[0]);
    }
    let phase = if mode == TestMode::Evaluation { Phase::Evaluation } else { Phase::EvaluationByBatch };
    let size = if mode == TestMode::OneByOne { 1 } else { size };
    let mut asked = TestScore { rows: order.len(), ..TestScore::default() };
    let mut answers = BTreeSet::new();
    for batch in batches(&order, &task.test, mode, size) {
        let mut rows = batch.to_vec();
        if mode == TestMode::Stray {
            rows.push(task.test.len());
        }
        network.forward(&data, &rows, phase);
        let classes = network.width();
        let (logits, _) = network.output_mut();
        for (logits, row) in logits.chunks_exact(classes).zip(batch) {
            let answer = answer(logits);
            answers.insert(answer);
            asked.correct += usize::from(answer == data.class[*row] as usize);
        }
    }
    asked.answers = answers.len();
    asked
}

/// Rows in batches; where each is to be of one class, a batch ends with its class.
fn batches<'a>(order: &'a [usize], data: &Examples, mode: TestMode, size: usize) -> Vec<&'a [usize]> {
    if mode != TestMode::OneClass {
        return order.chunks(size).collect();
    }
    order.chunk_by(|a, b| data.class[*a] == data.class[*b]).flat_map(|class| class.chunks(size)).collect()
}

/// The probability of a class by softmax.
fn probability(logits: &[f32], class: u32) -> f64 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exp = |z: f32| libm::exp(f64::from(z) - f64::from(largest));
    exp(logits[class as usize]) / logits.iter().map(|z| exp(*z)).sum::<f64>()
}

/// Asks one test row together with random others, many times.
pub async fn companies(
    settings: &EvaluationMode,
    network: &mut Network,
    task: &ClassificationTask,
    seed: u64,
    control: &RunControl<'_, EvaluationOutcome>,
    outcome: &mut EvaluationOutcome,
) -> Result<(), Refusal> {
    let n = task.test.len();
    let row = (settings.row as usize - 1).min(n - 1);
    let class = task.test.class[row];
    let classes = network.width();
    let mut found = Companies { row: row + 1, ..Companies::default() };
    network.forward(&task.test, &[row], Phase::Evaluation);
    found.evaluation = probability(network.activation(network.last()), class);
    let mut stream = Stream::new(seed, STREAM);
    for company in 0..COMPANIES {
        let mut rows = vec![row];
        rows.extend((1..settings.asked).map(|_| stream.below(n as u64) as usize));
        network.forward(&task.test, &rows, Phase::EvaluationByBatch);
        let logits = &network.activation(network.last())[..classes];
        found.probabilities.push(probability(logits, class));
        found.correct += usize::from(answer(logits) == class as usize);
        control.yield_now(0.75 + 0.1 * company as f32 / COMPANIES as f32).await?;
    }
    outcome.companies = Some(found);
    Ok(())
}
