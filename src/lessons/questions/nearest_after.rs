//! Which row is nearest after scaling.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::{FactValue, PredictionKind, Topic};

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

/// The nearest is nearer than the next by this factor at least.
const APART: f64 = 1.15;

pub const TEMPLATE: Template = Template {
    slug: "nearest-after",
    topic: Topic::Tables,
    spoken: "Can scaling change who is whose nearest neighbour?",
    points: &[
        "Yes: dividing each column by its own spread changes every distance by another factor.",
        "Subtracting a centre changes no distance.",
        "So k is to be chosen after the scaling, and the scaling inside the cross-validation.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let scaled = chance.index(2) == 1;
    let columns = ["height (m)", "weight (kg)"];
    let method = Method::ZScore(ZScore::default());
    loop {
        let rows: Vec<Vec<f64>> =
            (0..5).map(|_| vec![chance.decimal(1.5, 2.0, 2), chance.decimal(48.0, 98.0, 1)]).collect();
        let grid = Grid { row_name: "person", ..Grid::table("row", columns.map(String::from).to_vec(), &rows) };
        let values = if scaled { method.run(grid.view(), None)?.values } else { grid.array.clone() };
        let distance =
            |row: usize| libm::hypot(values[[row, 0, 0]] - values[[0, 0, 0]], values[[row, 1, 0]] - values[[0, 1, 0]]);
        let distances: Vec<f64> = (1..5).map(distance).collect();
        let nearest = (0..4).reduce(|a, b| if distances[b] < distances[a] { b } else { a }).unwrap_or(0);
        let clear = |other: usize| other == nearest || distances[other] > APART * distances[nearest];
        if !(0..4).all(clear) {
            continue;
        }
        let when = if scaled { "After z-scoring both columns" } else { "By the numbers as they are" };
        let names: Vec<String> = (2..6).map(|person| format!("person {person}")).collect();
        let lines = names
            .iter()
            .zip(&distances)
            .map(|(name, distance)| line(name, "distance from person 1 (root of the sum of squares)", *distance));
        return Ok(Draft::new("Five persons.", &grid)
            .asked(
                format!("{when}, who is nearest to person 1?"),
                PredictionKind::Choice(names.clone()),
                FactValue::Choice(nearest),
            )
            .because(format!("The distance to {} is {}, the smallest.", names[nearest], format4(distances[nearest])))
            .worked(lines.collect::<Vec<_>>())
            .in_experiment("nearest?k=1")
            .in_explore(explore(&grid, &method).with("view", "scatter")));
    }
}

#[cfg(test)]
mod tests {
    use normlab_report::FactValue;

    use crate::checks::{column, every, variance};

    #[test]
    fn the_nearest_has_the_smallest_sum_of_squares() {
        every(&super::TEMPLATE, |item| {
            let scaled = item.prediction.prompt.starts_with("After");
            let square = |row: usize| -> f64 {
                let of = |index: usize| {
                    let values = column(item, index);
                    let by = if scaled { variance(&values) } else { 1.0 };
                    (values[row] - values[0]).powi(2) / by
                };
                of(0) + of(1)
            };
            let nearest = (1..5).min_by(|a, b| square(*a).total_cmp(&square(*b))).unwrap();
            FactValue::Choice(nearest - 1)
        });
    }
}
