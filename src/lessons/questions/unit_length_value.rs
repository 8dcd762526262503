//! What unit length (L2) makes of a value.

use normlab_engine::method::{Norm, UnitLength};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::Topic;

use crate::frame::{Chance, Draft, Grid, Template, TracedValue, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "unit-length-value",
    topic: Topic::Others,
    spoken: "What does scikit-learn\u{2019}s Normalizer do, compared with StandardScaler?",
    points: &[
        "Normalizer works on rows: each row is divided by its length.",
        "Scalers work on columns.",
        "After it, the dot product of two rows is the cosine of their angle.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (n, c) = (3, chance.whole(3, 4) as usize);
    let grid = batch_grid(chance, n, c);
    let norm = chance.pick(&[Norm::L2, Norm::L1]);
    let with = |norm| Method::UnitLength(UnitLength { norm });
    let value = TracedValue::of(&with(norm), &grid, None, grid.cell())?;
    let other = if norm == Norm::L1 { Norm::L2 } else { Norm::L1 };
    let other = TracedValue::of(&with(other), &grid, None, grid.cell())?.output;
    let column = grid.feature(grid.cell().feature);
    let of_column = if norm == Norm::L1 {
        column.iter().map(|x| x.abs()).sum::<f64>()
    } else {
        column.iter().map(|x| x * x).sum::<f64>().sqrt()
    };
    let (name, why, swapped) = if norm == Norm::L1 {
        (
            "L1",
            "The row is divided by the sum of its absolute values.",
            "the row is divided by its Euclidean length (L2)",
        )
    } else {
        ("L2", "The row is divided by its Euclidean length.", "the row is divided by the sum of absolute values (L1)")
    };
    Ok(Draft::new(format!("A table of {n} rows and {c} columns."), &Grid { row_name: "row", ..grid.clone() })
        .number(format!("Every row is scaled to unit length ({name}), as scikit-learn\u{2019}s Normalizer does: what does {} become?", full(grid.value())), "", value.output)
        .because(why)
        .slip(other, swapped)
        .slip(grid.value() / of_column, "the column is divided by its length, not the row")
        .in_explore(explore(&grid, &with(norm)))
        .traced(value))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, marked, place};

    #[test]
    fn the_row_is_divided_by_its_norm() {
        every_number(&super::TEMPLATE, |item| {
            let row = &item.data.values[place(item).0];
            let norm = if item.prediction.prompt.contains("L1") {
                row.iter().map(|x| x.abs()).sum::<f64>()
            } else {
                row.iter().map(|x| x * x).sum::<f64>().sqrt()
            };
            marked(item) / norm
        });
    }
}
