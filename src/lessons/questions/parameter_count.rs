//! How many numbers a norm layer trains and stores.

use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Grouping, Method, RunningStatistics, Shape};
use normlab_report::{ItemTable, Topic, WorkingLine};

use crate::frame::{Chance, Draft, Grid, Template, explore};

pub const TEMPLATE: Template = Template {
    slug: "parameter-count",
    topic: Topic::BatchNorm,
    spoken: "How many parameters does BatchNorm2d(64) have? LayerNorm(768)?",
    points: &[
        "BatchNorm: gamma and beta for each channel are trained, running mean and variance for each are stored.",
        "LayerNorm: gamma and beta for each feature, nothing stored.",
        "RMSNorm: gamma only.",
        "InstanceNorm in PyTorch has none unless affine=True.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let channels = chance.whole(3, 1024) as usize;
    let (height, width) = (chance.pick(&[7, 14, 28, 56]), chance.pick(&[7, 14, 28, 56]));
    let kind = chance.index(5);
    let shape = Shape { examples: 32, features: channels, positions: height * width };
    // One gamma and one beta for each group of a layer that takes features apart.
    let per_channel = Grouping::FEATURE.count(shape);
    let running = RunningStatistics::new(channels);
    let stored = running.mean.len() + running.variance.len();
    let (layer, what, answer, how, slips): (&str, &str, usize, String, [usize; 3]) = match kind {
        0 => (
            "BatchNorm2d",
            "train",
            2 * per_channel,
            format!("{channels} gamma + {channels} beta"),
            [2 * per_channel + stored, per_channel, 2 * channels * height * width],
        ),
        1 => (
            "BatchNorm2d",
            "store without training them (not counting the batch counter)",
            stored,
            format!("{channels} running means + {channels} running variances"),
            [2 * per_channel + stored, channels, 0],
        ),
        2 => (
            "LayerNorm",
            "train",
            2 * channels,
            format!("{channels} gamma + {channels} beta"),
            [2, channels, 4 * channels],
        ),
        3 => (
            "RMSNorm",
            "train",
            channels,
            format!("{channels} gamma; there is no beta"),
            [2 * channels, 1, 4 * channels],
        ),
        _ => (
            "GroupNorm with 1 group (affine)",
            "train",
            2 * per_channel,
            format!("{channels} gamma + {channels} beta: one of each a channel, whatever the groups"),
            [2, channels, 4 * channels],
        ),
    };
    let images = kind == 0 || kind == 1 || kind == 4;
    let input = if images {
        format!("Images of {channels} channels and {height} \u{d7} {width} pixels, 32 in a batch.")
    } else {
        format!("Vectors of {channels} features, 32 in a batch.")
    };
    let grid = Grid::batch(&[vec![0.5, 1.0], vec![2.0, -1.0]]);
    let draft = Draft::new(input, &grid)
        .given(if images { "channels" } else { "features" }, channels as f64)
        .count(format!("For these inputs, how many numbers does {layer} {what}?"), "numbers", answer)
        .because("What is trained or stored is per channel (feature), not per pixel or example.")
        .slip(
            slips[0] as f64,
            "something is counted that is not asked for: trained and stored together, or what this layer does not have",
        )
        .slip(slips[1] as f64, "one of the two for each channel is forgotten")
        .slip(slips[2] as f64, "the wrong things are counted")
        .worked([WorkingLine { name: what.to_owned(), how, result: answer.to_string() }])
        .in_explore(explore(&grid, &Method::BatchNorm(BatchNorm::default())).with("study", "map"));
    Ok(Draft { data: ItemTable::default(), ..draft })
}

#[cfg(test)]
mod tests {
    use crate::checks::every_number;

    #[test]
    fn two_numbers_a_channel_and_one_for_rms_norm() {
        every_number(&super::TEMPLATE, |item| {
            let channels = item.given[0].1;
            if item.prediction.prompt.contains("RMSNorm") { channels } else { 2.0 * channels }
        });
    }
}
