//! How many batches the running mean takes to arrive.

use normlab_engine::method::{BatchNorm, Mode};
use normlab_engine::{Error, Method, Momentum, RunningStatistics};
use normlab_plot::number::full;
use normlab_report::{ItemTable, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

/// Of more batches nobody is asked.
const LONGEST: usize = 3000;

pub const TEMPLATE: Template = Template {
    slug: "momentum-batches",
    topic: Topic::BatchNorm,
    spoken: "How long does BatchNorm take to learn its running statistics?",
    points: &[
        "After k batches of the same mean, 1 \u{2212} (1 \u{2212} m)\u{1d4f} of the way is done, with m the weight of the new batch.",
        "With 0.1, 22 batches reach 90%; with 0.01, 230 do.",
        "Evaluated too early, the network runs on statistics of the start.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (momentum, percent) = (chance.decimal(0.01, 0.5, 2), chance.whole(50, 99) as f64);
    let keras = chance.index(2) == 1;
    let batches = |momentum| {
        let mut running = RunningStatistics { mean: vec![0.0], variance: vec![1.0], batches: 0 };
        let mut count = 0;
        // A share that is reached but for rounding is reached.
        while running.mean[0] < percent / 100.0 - 1e-12 && count < LONGEST {
            running.update_with([Some((1.0, 1.0))], momentum);
            count += 1;
        }
        count
    };
    let shown = if keras { ((1.0 - momentum) * 100.0).round() / 100.0 } else { momentum };
    let answer = batches(if keras { Momentum::Old(shown) } else { Momentum::New(momentum) });
    let other = batches(if keras { Momentum::New(shown) } else { Momentum::Old(shown) });
    let library = if keras { "Keras" } else { "PyTorch" };
    let weight = 1.0 - momentum;
    let done = 100.0 * (1.0 - weight.powi(answer as i32));
    let grid = Grid::batch(&[vec![1.0], vec![1.0]]);
    let method = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, momentum, batch: 2, ..BatchNorm::default() });
    let nothing = ItemTable::default();
    let draft = Draft::new("The running mean starts at 0, and every batch has the mean 1.", &grid)
        .given("momentum", shown)
        .given("part of the way, in %", percent)
        .count(
            format!("In {library} with momentum {}, after how many batches has the running mean come {percent}% of the way to 1?", full(shown)),
            "batches",
            answer,
        )
        .because(format!("What is still missing is multiplied by {} with every batch.", full((weight * 100.0).round() / 100.0)))
        .slip(other as f64, "momentum is taken for the other weight")
        .slip((percent / 100.0 / momentum).ceil(), "every batch is taken to go the same distance")
        .worked([
            line(&format!("after {answer} batches, in %"), format!("100 \u{d7} (1 \u{2212} {}^{answer})", full((weight * 100.0).round() / 100.0)), done),
        ])
        .in_experiment("numerics?topic=running").in_explore(explore(&grid, &method).with("study", "batches"));
    Ok(Draft { data: nothing, ..draft })
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given};

    #[test]
    fn the_logarithm_says_the_same() {
        every_number(&super::TEMPLATE, |item| {
            let shown = given(item, "momentum");
            let kept = if item.prediction.prompt.contains("Keras") { shown } else { 1.0 - shown };
            let exact = libm::log(1.0 - given(item, "part of the way, in %") / 100.0) / libm::log(kept);
            // A whole number but for rounding is one.
            if (exact - exact.round()).abs() < 1e-9 { exact.round() } else { exact.ceil() }
        });
    }
}
