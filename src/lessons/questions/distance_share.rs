//! How much of a distance one feature has.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method};
use normlab_plot::number::format4;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, explore, line};

pub const TEMPLATE: Template = Template {
    slug: "distance-share",
    topic: Topic::Tables,
    spoken: "Why do nearest neighbours need scaled features?",
    points: &[
        "Squared differences are added, so the feature with the largest numbers decides.",
        "Its unit is an accident: in other units another feature would decide.",
        "After scaling each feature counts in proportion to how unusual a difference is.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let columns = ["age (years)", "income (euros)", "children"];
    let row = |chance: &mut Chance| {
        vec![chance.decimal(20.0, 70.0, 0), chance.decimal(400.0, 640.0, 0) * 5.0, chance.decimal(0.0, 5.0, 0)]
    };
    let (scaled, mut rows) = (chance.index(2) == 1, Vec::new());
    while rows.len() < 5 {
        let next: Vec<f64> = row(chance);
        // Different in every column from the first, so that every feature has a share.
        if rows.first().is_none_or(|first: &Vec<f64>| first.iter().zip(&next).all(|(a, b)| a != b)) {
            rows.push(next);
        }
    }
    let grid = Grid { row_name: "person", ..Grid::table("row", columns.map(String::from).to_vec(), &rows) };
    let method = Method::ZScore(ZScore::default());
    let values = if scaled { method.run(grid.view(), None)?.values } else { grid.array.clone() };
    let squares: Vec<f64> = (0..3).map(|c| (values[[0, c, 0]] - values[[1, c, 0]]).powi(2)).collect();
    let shares: Vec<f64> = squares.iter().map(|square| 100.0 * square / squares.iter().sum::<f64>()).collect();
    let feature = chance.index(2);
    let when = if scaled { "After z-scoring every column (divisor n)" } else { "In the table as it is" };
    let prompt = format!(
        "{when}: how much of the squared distance between persons 1 and 2 comes from \u{201c}{}\u{201d}, in %?",
        columns[feature]
    );
    let lines = (0..3).map(|c| {
        let how = format!(
            "({} \u{2212} {})\u{b2} = {}",
            format4(values[[0, c, 0]]),
            format4(values[[1, c, 0]]),
            format4(squares[c])
        );
        line(columns[c], format!("{how}, in % of the sum"), shares[c])
    });
    let roots: f64 = squares.iter().map(|square| square.sqrt()).sum();
    let why = if scaled {
        "Each difference is counted in standard deviations of its column."
    } else {
        "The column with the large numbers decides, whatever its unit."
    };
    Ok(Draft::new("Five persons.", &grid)
        .number(prompt, "%", shares[feature])
        .because(why)
        .slip(100.0 / 3.0, "every feature is taken to count the same")
        .slip(100.0 * squares[feature].sqrt() / roots, "differences are added without squaring them")
        .worked(lines.collect::<Vec<_>>())
        .in_experiment("nearest")
        .in_explore(explore(&grid, &method).with("cols", &named(&columns))))
}

/// All columns: whole numbers might be taken for categories.
fn named(columns: &[&str]) -> String {
    let escaped = columns.iter().map(|name| name.replace(' ', "%20").replace('(', "%28").replace(')', "%29"));
    escaped.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, variance};

    #[test]
    fn the_share_is_that_of_the_squares() {
        every_number(&super::TEMPLATE, |item| {
            let scaled = item.prediction.prompt.starts_with("After");
            let square = |index: usize| {
                let values = column(item, index);
                let by = if scaled { variance(&values) } else { 1.0 };
                (values[0] - values[1]).powi(2) / by
            };
            let asked = item.data.columns.iter().position(|name| item.prediction.prompt.contains(name)).unwrap();
            100.0 * square(asked) / (0..3).map(square).sum::<f64>()
        });
    }
}
