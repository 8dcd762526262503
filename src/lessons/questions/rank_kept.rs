//! How many ranks in a column change by scaling.

use normlab_engine::method::{LayerNorm, MinMax, Robust, UnitLength, ZScore};
use normlab_engine::{Error, Method, order};
use normlab_report::{Topic, WorkingLine};

use crate::frame::{Chance, Draft, Grid, Template, explore};

pub const TEMPLATE: Template = Template {
    slug: "rank-kept",
    topic: Topic::Tables,
    spoken: "Do decision trees need scaled features?",
    points: &[
        "No: a split asks whether a value is below a threshold, so only the order within a column counts.",
        "Every scaling of a column with a positive factor keeps the order, so the tree is the same.",
        "Scaling by rows, as unit length or LayerNorm, mixes columns and does change the order.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let n = chance.whole(5, 7) as usize;
    let columns: Vec<Vec<f64>> = (0..3).map(|_| chance.decimals(n, 1.0, 9.0, 1)).collect();
    let rows: Vec<Vec<f64>> = (0..n).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
    let grid = Grid::table("row", ["a", "b", "c"].map(String::from).to_vec(), &rows);
    let method = match chance.index(6) {
        0 => Method::ZScore(ZScore::default()),
        1 => Method::MinMax(MinMax::default()),
        2 => Method::Robust(Robust::default()),
        3 => Method::LayerNorm(LayerNorm::default()),
        _ => Method::UnitLength(UnitLength::default()),
    };
    let after = Grid { array: method.run(grid.view(), None)?.values, ..grid.clone() };
    let ranks = |values: &[f64]| {
        let mut ranks = vec![0; values.len()];
        for (rank, row) in order(values, false).into_iter().enumerate() {
            ranks[row as usize] = rank + 1;
        }
        ranks
    };
    let (before, then) = (ranks(&grid.feature(0)), ranks(&after.feature(0)));
    let moved = before.iter().zip(&then).filter(|(a, b)| a != b).count();
    let texts = |ranks: &[usize]| ranks.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let why = if method.shares_examples() {
        "Each column is shifted and divided by a positive number: the order within it stays."
    } else {
        "Each row has its own statistics, so a value can overtake another of its column."
    };
    Ok(Draft::new(format!("A table of {n} rows and three columns."), &grid)
        .count(
            format!(
                "Column a is ranked from smallest to largest. After {}, how many rows have another rank in column a?",
                match method {
                    Method::Robust(_) => "robust scaling",
                    Method::UnitLength(_) => "scaling to unit length",
                    _ => method.info().name,
                }
            ),
            "rows",
            moved,
        )
        .because(why)
        .slip(n as f64, "every rank is taken to change")
        .slip(0.0, "every scaling is taken to keep the order of a column")
        .worked([
            WorkingLine { name: "ranks before".into(), how: "row by row".into(), result: texts(&before) },
            WorkingLine { name: "ranks after".into(), how: "row by row".into(), result: texts(&then) },
        ])
        .in_experiment("nearest?model=tree")
        .in_explore(explore(&grid, &method)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{every_number, mean, variance};

    #[test]
    fn ranks_are_counted_by_comparing() {
        every_number(&super::TEMPLATE, |item| {
            let rows = &item.data.values;
            let of_rows = |row: &Vec<f64>| {
                let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
                if item.prediction.prompt.contains("LayerNorm") {
                    (row[0] - mean(row)) / (variance(row) + 1e-5).sqrt()
                } else {
                    row[0] / length
                }
            };
            let by_rows = ["LayerNorm", "unit length"].iter().any(|name| item.prediction.prompt.contains(name));
            let before: Vec<f64> = rows.iter().map(|row| row[0]).collect();
            let after: Vec<f64> = rows.iter().map(|row| if by_rows { of_rows(row) } else { row[0] }).collect();
            let rank = |values: &[f64], row: usize| values.iter().filter(|x| **x < values[row]).count();
            (0..rows.len()).filter(|row| rank(&before, *row) != rank(&after, *row)).count() as f64
        });
    }
}
