//! How large the residual stream is behind many blocks, with the norm before or after the sum.

use normlab_engine::Error;
use normlab_plot::number::{format4, full};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, NormPlace, Template, explore, last_sum, line, mean_square, plain_rms_norm};

pub const TEMPLATE: Template = Template {
    slug: "stream-size",
    topic: Topic::Others,
    spoken: "How does the residual stream change from block to block with pre-norm, and how with post-norm?",
    points: &[
        "Pre-norm: x + F(norm(x)). Every block adds about as much, so the mean square grows in proportion to depth.",
        "So a late block is a smaller part of the stream, and a norm is needed behind the last block.",
        "Post-norm: norm(x + F(x)). The stream is scaled back after every block, whatever the depth.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let place = chance.pick(&[NormPlace::Pre, NormPlace::Pre, NormPlace::Post]);
    let gain = chance.pick(&[0.5, 0.8, 1.0, 1.2, 1.5, 2.0]);
    let blocks = chance.pick(&[4, 6, 8, 12, 16, 24, 32, 48]);
    let token = chance.decimals(4, -3.0, 3.0, 1);
    let [pre, post] = [NormPlace::Pre, NormPlace::Post]
        .map(|place| last_sum(&token, place, gain, blocks).map(|sum| mean_square(&sum)));
    let (pre, post) = (pre?, post?);
    let is_pre = place == NormPlace::Pre;
    let start = mean_square(&token);
    let (formula, where_, why) = if is_pre {
        (
            "x + F(RMSNorm(x))",
            "What is the mean square of the stream behind the last block?",
            "What a block sees has mean square 1, so it adds gain\u{b2}, at right angles: squares add up, block by block.",
        )
    } else {
        (
            "RMSNorm(x + F(x))",
            "What is the mean square of the sum in the last block, before its norm?",
            "The norm of the block before leaves a mean square of 1, of which one block makes 1 + gain\u{b2}.",
        )
    };
    let mut lines = vec![line("token", "mean of the squares of its features", start)];
    for depth in [1, 2, blocks] {
        let sum = mean_square(&last_sum(&token, place, gain, depth)?);
        let how = if is_pre && depth > 1 {
            format!("{} + {depth} \u{d7} {}\u{b2}", format4(start), full(gain))
        } else {
            String::new()
        };
        lines.push(line(&format!("sum of block {depth}"), how, sum));
    }
    let answer = if is_pre { pre } else { post };
    let grid = Grid { row_name: "token", ..Grid::batch(&[token]) };
    Ok(Draft::new(
        "A token with four features enters a residual network. Each block turns what it sees by a right angle and multiplies it \
         by a gain: F(z) = gain \u{d7} (\u{2212}z2, z1, \u{2212}z4, z3).",
        &grid,
    )
    .given("gain", gain)
    .given("blocks", blocks as f64)
    .given("eps", 0.0)
    .number(format!("Each of the {blocks} blocks is {formula}. {where_}"), "", answer)
    .because(why)
    .slip(if is_pre { post } else { pre }, "the norm is taken to stand in the other place")
    .slip(start * (1.0 + gain * gain).powi(blocks as i32), "nothing is normalized")
    .slip(
        (start.sqrt() + blocks as f64 * gain).powi(2),
        "lengths are added, as if all blocks added in the same direction",
    )
    .slip(1.0, "the sum is taken after its norm")
    .worked(lines)
    .in_experiment("pre-norm")
    .in_explore(explore(&grid, &plain_rms_norm())))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, mean};

    /// Squares of what stands at right angles add up.
    #[test]
    fn the_stream_grows_under_pre_norm_only() {
        every_number(&super::TEMPLATE, |item| {
            let squares: Vec<f64> = item.data.values[0].iter().map(|x| x * x).collect();
            let (gain, blocks) = (given(item, "gain"), given(item, "blocks"));
            let pre = item.prediction.prompt.contains("x + F(RMSNorm(x))");
            if pre { mean(&squares) + blocks * gain * gain } else { 1.0 + gain * gain }
        });
    }
}
