//! The momentum of another library that does the same.

use normlab_engine::method::{BatchNorm, Mode, MomentumOf};
use normlab_engine::{Divisor, Error, Method, Momentum, RunningStatistics, moments};
use normlab_plot::number::{format4, full};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, batch_grid, explore, line};

/// The mean of the batch is this far from 0 at least.
const MOVES: f64 = 0.2;

pub const TEMPLATE: Template = Template {
    slug: "momentum-elsewhere",
    topic: Topic::BatchNorm,
    spoken: "You port a model from PyTorch to Keras. What becomes of the momentum of BatchNorm?",
    points: &[
        "It becomes 1 \u{2212} momentum: one weighs the new batch, the other the old value.",
        "The epsilon differs as well: 1e-5 in PyTorch, 1e-3 in Keras.",
        "The stored variance differs: unbiased in PyTorch, biased in Keras.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    // A batch whose mean is 0 moves nothing, whatever the momentum.
    let mut grid = batch_grid(chance, 3, 1).rows(&[0, 1, 2]);
    while moments(&grid.feature(0)).mean.abs() < MOVES {
        grid = batch_grid(chance, 3, 1).rows(&[0, 1, 2]);
    }
    let (momentum, to_keras) = (chance.decimal(0.01, 0.45, 2), chance.index(2) == 0);
    let shown = if to_keras { momentum } else { ((1.0 - momentum) * 100.0).round() / 100.0 };
    let after = |momentum| {
        let mut running = RunningStatistics::new(1);
        running.update(grid.view(), momentum, Divisor::N).map(|()| running.mean[0])
    };
    // Of all hundredths the one that moves the running mean alike.
    let ours = after(if to_keras { Momentum::New(shown) } else { Momentum::Old(shown) })?;
    let mut best = (f64::MAX, 0.0);
    for hundredth in 0..=100 {
        let other = f64::from(hundredth) / 100.0;
        let theirs = after(if to_keras { Momentum::Old(other) } else { Momentum::New(other) })?;
        if (theirs - ours).abs() < best.0 {
            best = ((theirs - ours).abs(), other);
        }
    }
    let (from, to) = if to_keras { ("PyTorch", "Keras") } else { ("Keras", "PyTorch") };
    let method = Method::BatchNorm(BatchNorm {
        mode: Mode::Evaluation,
        momentum: shown,
        momentum_of: if to_keras { MomentumOf::New } else { MomentumOf::Old },
        batch: 3,
        ..BatchNorm::default()
    });
    Ok(Draft::new("A batch of three examples with one feature; the running mean starts at 0.", &grid)
        .given("momentum", shown)
        .number(
            format!(
                "A BatchNorm has momentum {} in {from}. Which momentum moves the running mean as much in {to}?",
                full(shown)
            ),
            "",
            best.1,
        )
        .because("PyTorch weighs the new batch with it, Keras the old value: the two add up to 1.")
        .slip(shown, "momentum is taken for the same thing in both")
        .worked([
            line("running mean after the batch, both ways", "", ours),
            line(&format!("momentum in {to}"), format!("1 \u{2212} {}", format4(shown)), best.1),
        ])
        .in_explore(explore(&grid, &method).with("study", "batches")))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given};

    #[test]
    fn both_add_up_to_one() {
        every_number(&super::TEMPLATE, |item| 1.0 - given(item, "momentum"));
    }
}
