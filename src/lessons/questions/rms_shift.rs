//! Whether an output moves when a row is shifted or stretched.

use normlab_engine::method::{LayerNorm, RmsNorm};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Template, TracedValue, batch_grid, explore, line};

const WORDS: [&str; 3] = ["it falls", "it stays as it is", "it rises"];

pub const TEMPLATE: Template = Template {
    slug: "rms-shift",
    topic: Topic::Others,
    spoken: "Which changes of its input does RMSNorm not see, and which LayerNorm?",
    points: &[
        "Both ignore a positive factor, but for eps.",
        "LayerNorm also ignores a constant that is added to all features.",
        "RMSNorm does see that constant: no mean is subtracted.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let c = chance.whole(3, 5) as usize;
    let grid = batch_grid(chance, 1, c);
    let rms = chance.index(3) > 0;
    let method = if rms {
        Method::RmsNorm(RmsNorm { eps: 0.0, ..RmsNorm::default() })
    } else {
        Method::LayerNorm(LayerNorm { eps: 0.0, ..LayerNorm::default() })
    };
    let shift = chance.index(3) > 0;
    let by = if shift { chance.pick(&[-5.0, -3.0, 3.0, 5.0]) } else { chance.pick(&[2.0, 7.0, 10.0]) };
    let changed = grid.map(|x| if shift { x + by } else { x * by });
    let [before, after] = [&grid, &changed].map(|grid| TracedValue::of(&method, grid, None, grid.cell()));
    let (before, after) = (before?, after?);
    let difference = after.output - before.output;
    let difference = if difference.abs() < 1e-9 { 0.0 } else { difference };
    let change = if shift {
        format!("{} is added to every feature of this example", full(by))
    } else {
        format!("every feature of this example is multiplied by {}", full(by))
    };
    let name = method.info().name;
    let why = match (rms, shift) {
        (_, false) => "The divisor grows by the same factor, which cancels.",
        (false, true) => "The mean grows by the same number and is subtracted again.",
        (true, true) => "No mean is subtracted, so the number added stays, and the divisor changes as well.",
    };
    Ok(Draft::new(format!("One example with {c} features; one value is marked."), &grid)
        .given("eps", 0.0)
        .asked(
            format!("{name}: {change}. What happens to the output of the marked value?"),
            PredictionKind::Sign(WORDS.map(String::from)),
            FactValue::Sign(difference),
        )
        .because(why)
        .worked([line("output before", "", before.output), line("output after", "", after.output)])
        .in_explore(explore(&changed, &method)))
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{every, marked, mean, place, variance};

    #[test]
    fn both_outputs_are_those_of_the_formula() {
        every(&super::TEMPLATE, |item| {
            let prompt = &item.prediction.prompt;
            let number = |text: &str| text.replace('\u{2212}', "-").parse::<f64>().unwrap();
            let shifted = prompt.contains("is added");
            let by = if shifted {
                number(prompt.split(": ").nth(1).unwrap().split(" is added").next().unwrap())
            } else {
                number(prompt.split("multiplied by ").nth(1).unwrap().split(". What").next().unwrap())
            };
            let changed = |x: f64| if shifted { x + by } else { x * by };
            let output = |row: &[f64], x: f64| {
                if prompt.starts_with("RMSNorm") {
                    x / mean(&row.iter().map(|x| x * x).collect::<Vec<_>>()).sqrt()
                } else {
                    (x - mean(row)) / variance(row).sqrt()
                }
            };
            let row = &item.data.values[place(item).0];
            let after: Vec<f64> = row.iter().map(|x| changed(*x)).collect();
            let moved = output(&after, changed(marked(item))) - output(row, marked(item));
            FactValue::Sign(if moved.abs() < 1e-9 { 0.0 } else { moved })
        });
    }
}
