//! BatchNorm in a recurrent layer, with the same statistics for all time steps: what it makes of each of them, as a drawing.

use ndarray::Array3;
use normlab_engine::method::BatchNorm;
use normlab_engine::{Error, Method, moments};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "shared-over-time",
    topic: Topic::BatchNorm,
    spoken: "Why is BatchNorm awkward in recurrent networks?",
    points: &[
        "Mean and variance of the same unit differ from time step to time step, most of all at the beginning.",
        "Statistics shared by all steps fit none of them; statistics of each step need a large batch and a longest sequence.",
        "LayerNorm takes its statistics within one example and one step, so neither matters.",
    ],
    make,
};

const SEQUENCES: usize = 4;
const STEPS: usize = 4;

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let method = Method::BatchNorm(BatchNorm { eps: 0.0, ..BatchNorm::default() });
    let (input, recurrent) = (chance.decimal(0.3, 1.5, 1), chance.pick(&[-1.5, -0.8, 0.8, 1.2, 1.6, 2.0]));
    let mut array = Array3::zeros((SEQUENCES, 1, STEPS));
    for sequence in 0..SEQUENCES {
        let mut state = 0.0;
        for step in 0..STEPS {
            let activation = input * chance.normal() + recurrent * state;
            state = libm::tanh(activation);
            array[[sequence, 0, step]] = (activation * 100.0).round() / 100.0;
        }
    }
    let grid = Grid { row_name: "sequence", ..Grid::array(array) };
    let after = method.run(grid.view(), None)?.values;
    let of_step = |values: &Array3<f64>, step: usize| -> Vec<f64> {
        (0..SEQUENCES).map(|sequence| values[[sequence, 0, step]]).collect()
    };
    let heights: Vec<f64> = (0..STEPS).map(|step| 100.0 * moments(&of_step(&after, step)).sd).collect();
    let all = moments(&grid.array.iter().copied().collect::<Vec<_>>());
    let lines: Vec<_> = (0..STEPS)
        .map(|step| {
            let own = moments(&of_step(&grid.array, step)).sd;
            line(
                &format!("step {}", step + 1),
                format!("100 \u{d7} {} / {}", format4(own), format4(all.sd)),
                heights[step],
            )
        })
        .collect();
    let labels = (1..=STEPS).map(|step| format!("step {step}")).collect();
    Ok(Draft::new(
        "One unit of a recurrent layer before its tanh: four sequences, whose positions are time steps. The state before the \
         first step is 0.",
        &grid,
    )
    .given("weight of the input", input)
    .given("recurrent weight", recurrent)
    .asked(
        "BatchNorm (gamma 1, beta 0, eps 0) takes one mean and one standard deviation for all four steps. What is the standard \
         deviation of its outputs within each step, in %?",
        PredictionKind::Curve { labels, unit: "%".into(), most: 200 },
        FactValue::Curve(heights),
    )
    .because(
        "Only over all steps together is it 100%: every step keeps the spread it had beside the others. Statistics of each step \
         would make all of them 100%.",
    )
    .worked(lines)
    .in_explore(explore(&grid, &method)))
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, variance};

    #[test]
    fn spreads_keep_their_ratios() {
        every(&super::TEMPLATE, |item| {
            let all: Vec<f64> = item.data.values.iter().flatten().copied().collect();
            let of = |step: usize| 100.0 * (variance(&column(item, step)) / variance(&all)).sqrt();
            FactValue::Curve((0..super::STEPS).map(of).collect())
        });
    }
}
