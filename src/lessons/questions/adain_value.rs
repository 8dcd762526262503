//! What AdaIN makes of a value.

use normlab_engine::method::InstanceNorm;
use normlab_engine::{Error, Method, moments};
use normlab_plot::number::{format4, full};
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Template, TracedValue, array_grid, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "adain-value",
    topic: Topic::Others,
    spoken: "How does adaptive instance normalization transfer a style?",
    points: &[
        "It normalizes each channel of the content image over its pixels,",
        "then multiplies by the standard deviation of the style\u{2019}s channel and adds its mean.",
        "So contrast and brightness of each channel become those of the style.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let positions = chance.whole(4, 5) as usize;
    let content = array_grid(chance, (1, 1, positions));
    let (sd, mean) = (chance.decimal(0.5, 4.0, 1), chance.decimal(-3.0, 6.0, 1));
    let method = Method::InstanceNorm(InstanceNorm { gamma: sd, beta: mean, ..InstanceNorm::default() });
    let value = TracedValue::of(&method, &content, None, content.cell())?;
    let of = moments(&content.array.iter().copied().collect::<Vec<_>>());
    let normalized = (value.output - mean) / sd;
    Ok(Draft::new(format!("One channel of a content image with {positions} positions."), &content)
        .given("mean of the style", mean)
        .given("standard deviation of the style", sd)
        .given("eps", 1e-5)
        .number(format!("AdaIN gives this channel the style\u{2019}s mean and standard deviation. What does {} become?", full(content.value())), "", value.output)
        .because("It is as many of the style\u{2019}s standard deviations from the style\u{2019}s mean as it was of its own from its own.")
        .slip(normalized, "the style is left out: only InstanceNorm is done")
        .slip((normalized + mean) * sd, "the mean is added before multiplying")
        .slip(content.value() * sd + mean, "the content is not normalized first")
        .worked([line("normalized", format!("({} \u{2212} {}) / {}", full(content.value()), format4(of.mean), format4(of.sd)), normalized), line("in the style", format!("{} \u{d7} {} + {}", format4(normalized), full(sd), full(mean)), value.output)])
        .in_explore(explore(&content, &method)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, given, marked, mean, variance};

    #[test]
    fn the_channel_gets_mean_and_deviation_of_the_style() {
        every_number(&super::TEMPLATE, |item| {
            let channel = &item.data.values[0];
            let normal = (marked(item) - mean(channel)) / (variance(channel) + given(item, "eps")).sqrt();
            normal * given(item, "standard deviation of the style") + given(item, "mean of the style")
        });
    }
}
