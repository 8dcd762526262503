//! How strongly the gradient reaches the last block before any training, by depth: a drawing.

use normlab_engine::Error;
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{
    Chance, Draft, Grid, NormPlace, Template, explore, last_sum, line, mean_square, normed, plain_rms_norm, plus,
    turned,
};

pub const TEMPLATE: Template = Template {
    slug: "last-block",
    topic: Topic::Others,
    spoken: "Why do deep post-norm transformers need a warm-up of the learning rate, and pre-norm ones not?",
    points: &[
        "Post-norm: the gradient of the last block does not depend on depth, so it is large in deep networks from the first step.",
        "Pre-norm: the norm behind the last block divides by a stream that has grown, so it falls with the root of depth.",
        "Warm-up keeps the first steps small until the large gradients are over.",
        "Pre-norm trains more easily, but late blocks do less, which can cost quality.",
    ],
    make,
};

/// Of a difference quotient.
const STEP: f64 = 1e-5;
const DEPTHS: [usize; 5] = [2, 4, 8, 16, 32];

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let place = chance.pick(&[NormPlace::Pre, NormPlace::Pre, NormPlace::Post]);
    let gain = chance.pick(&[0.5, 0.8, 1.0, 1.2, 1.5, 2.0]);
    let token = chance.decimals(4, -3.0, 3.0, 1);
    let mut lengths = Vec::new();
    let mut lines = Vec::new();
    for depth in DEPTHS {
        let sum = last_sum(&token, place, gain, depth)?;
        let length = gradient_length(&sum)?;
        lengths.push(length);
        let how = format!("1 / \u{221a}{}, the mean square of the last sum", format4(mean_square(&sum)));
        lines.push(line(&format!("{depth} blocks"), how, length));
    }
    let heights: Vec<f64> = lengths.iter().map(|length| (100.0 * length / lengths[0]).min(100.0)).collect();
    let (formula, why) = if place == NormPlace::Pre {
        (
            "x + F(RMSNorm(x)), with an RMSNorm behind the last one",
            "The last norm divides by the root mean square of the stream, whose square grows block by block: on logarithmic axes the \
             slope comes to \u{2212}1/2.",
        )
    } else {
        (
            "RMSNorm(x + F(x))",
            "The norm of the last block divides by a sum that is as large at every depth: the stream was scaled back before.",
        )
    };
    let labels = DEPTHS.map(|depth| format!("{depth} blocks"));
    let grid = Grid { row_name: "token", ..Grid::batch(&[token]) };
    Ok(Draft::new(
        "A token with four features enters a residual network. Each block turns what it sees by a right angle and multiplies it \
         by a gain: F(z) = gain \u{d7} (\u{2212}z2, z1, \u{2212}z4, z3).",
        &grid,
    )
    .given("gain", gain)
    .given("eps", 0.0)
    .asked(
        format!(
            "Each block is {formula}. At the output the gradient of the loss has length 1 and stands at right angles to the \
             token. How long is it at what the last block adds, in % of that in a network of {} blocks?",
            DEPTHS[0]
        ),
        PredictionKind::Curve { labels: labels.to_vec(), unit: "%".into(), most: 100 },
        FactValue::Curve(heights),
    )
    .because(why)
    .worked(lines)
    .in_experiment("pre-norm")
    .in_explore(explore(&grid, &plain_rms_norm())))
}

/// Of a gradient of length 1 at right angles to the output, in front of the norm of this sum. The matrix of derivatives of RMSNorm
/// is symmetric, so it is how far the output moves with the sum in that direction.
fn gradient_length(sum: &[f64]) -> Result<f64, Error> {
    let across = turned(sum);
    let step = STEP / length(&across);
    let (before, after) = (normed(&plus(sum, -step, &across))?, normed(&plus(sum, step, &across))?);
    Ok(length(&plus(&after, -1.0, &before)) / (2.0 * STEP))
}

fn length(x: &[f64]) -> f64 {
    (mean_square(x) * x.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, given, mean};

    #[test]
    fn it_falls_with_the_root_of_the_stream_or_stays() {
        every(&super::TEMPLATE, |item| {
            let squares: Vec<f64> = item.data.values[0].iter().map(|x| x * x).collect();
            let gain = given(item, "gain");
            let pre = item.prediction.prompt.contains("x + F(RMSNorm(x))");
            let stream = |depth: usize| if pre { mean(&squares) + depth as f64 * gain * gain } else { 1.0 };
            FactValue::Curve(super::DEPTHS.map(|depth| 100.0 * (stream(2) / stream(depth)).sqrt()).to_vec())
        });
    }
}
