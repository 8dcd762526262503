//! How good a network is on examples.

use crate::examples::Examples;
use crate::layer::Phase;
use crate::loss::softmax_cross_entropy;
use crate::network::Network;

/// What came of asking a network.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NetworkScore {
    /// Examples whose class has the largest output, the first of equal ones. One with an output that is not finite is wrong.
    pub correct: usize,
    pub examples: usize,
    /// Mean cross-entropy.
    pub loss: f64,
}

impl NetworkScore {
    /// The share of examples that are right.
    pub fn accuracy(self) -> f64 {
        self.correct as f64 / self.examples.max(1) as f64
    }
}

/// Asks a network in batches of `size`; the last may be smaller. It matters only where BatchNorm uses the batch.
pub fn evaluate(network: &mut Network, data: &Examples, size: usize, phase: Phase) -> NetworkScore {
    let rows: Vec<usize> = (0..data.len()).collect();
    let mut score = NetworkScore { examples: data.len(), ..NetworkScore::default() };
    for rows in rows.chunks(size.max(1)) {
        network.forward(data, rows, phase);
        let classes = network.width();
        let (logits, d_logits) = network.output_mut();
        let class = &data.class[rows[0]..][..rows.len()];
        score.loss += softmax_cross_entropy(logits, class, classes, d_logits) * rows.len() as f64;
        score.correct +=
            logits.chunks_exact(classes).zip(class).filter(|(logits, class)| is_right(logits, **class)).count();
    }
    score.loss /= data.len().max(1) as f64;
    score
}

fn is_right(logits: &[f32], class: u32) -> bool {
    let mut best = 0;
    for (index, logit) in logits.iter().enumerate() {
        if !logit.is_finite() {
            return false;
        }
        if *logit > logits[best] {
            best = index;
        }
    }
    best == class as usize
}
