//! How many outputs change when one value is changed.

use normlab_engine::method::{LayerNorm, MaxAbs, MinMax, ZScore};
use normlab_engine::{Error, Method};
use normlab_plot::number::full;
use normlab_report::{Topic, WorkingLine};

use crate::frame::{Chance, Draft, Grid, Template, batch_grid, explore};

pub const TEMPLATE: Template = Template {
    slug: "how-many-move",
    topic: Topic::Tables,
    spoken: "If I correct one wrong value in my table, which scaled values change?",
    points: &[
        "z-score and batch statistics: every value of that column, for mean and standard deviation move.",
        "Min-max and max-abs: only that value, unless it was or becomes an extreme.",
        "LayerNorm and unit length: every value of that row.",
    ],
    make,
};

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let (n, c) = (chance.whole(4, 6) as usize, chance.whole(3, 5) as usize);
    let grid = batch_grid(chance, n, c);
    let method = chance.pick(&[0, 1, 2, 3]);
    let method = match method {
        0 => Method::ZScore(ZScore::default()),
        1 => Method::MinMax(MinMax::default()),
        2 => Method::MaxAbs(MaxAbs::default()),
        _ => Method::LayerNorm(LayerNorm::default()),
    };
    let new = (grid.value() + chance.pick(&[-0.7, -0.3, 0.4, 0.9, 30.0])) * 10.0;
    let new = new.round() / 10.0;
    let mut other = grid.clone();
    let cell = grid.cell();
    other.array[[cell.example, cell.feature, cell.position]] = new;
    let [before, after] = [&grid, &other].map(|grid| method.run(grid.view(), None).map(|outcome| outcome.values));
    let (before, after) = (before?, after?);
    let moved = before.iter().zip(&after).filter(|(a, b)| (*a - *b).abs() > 1e-9).count();
    let name = method.info().name;
    let prompt = format!(
        "{name}: the marked value {} is corrected to {}. How many of the {} outputs change?",
        full(grid.value()),
        full(new),
        n * c
    );
    let counts: Vec<String> = (0..c)
        .map(|feature| {
            let moved = |row: &usize| (before[[*row, feature, 0]] - after[[*row, feature, 0]]).abs() > 1e-9;
            format!("{} in {}", (0..n).filter(moved).count(), grid.columns[feature])
        })
        .collect();
    Ok(Draft::new(
        format!("A table of {n} rows and {c} columns; one value is marked."),
        &Grid { row_name: "row", ..grid.clone() },
    )
    .count(prompt, "values", moved)
    .because("What shares statistics with the value changes, as far as the correction moves those statistics.")
    .slip(1.0, "only the corrected value is counted")
    .slip(n as f64, "the whole column is counted")
    .slip(c as f64, "the whole row is counted")
    .slip((n * c) as f64, "all values are counted")
    .worked([WorkingLine { name: "changed outputs".into(), how: counts.join(", "), result: moved.to_string() }])
    .in_explore(explore(&grid, &method)))
}

#[cfg(test)]
mod tests {
    use crate::checks::{column, every_number, marked, place, quantile};

    /// By what the statistics of column and row are, before and after.
    #[test]
    fn what_changes_is_what_shares_changed_statistics() {
        every_number(&super::TEMPLATE, |item| {
            let (_, feature) = place(item);
            let (n, c) = (item.data.rows.len() as f64, item.data.columns.len() as f64);
            let (name, rest) = item.prediction.prompt.split_once(':').unwrap();
            let new = rest.split("corrected to ").nth(1).unwrap().split(". How").next().unwrap();
            let new: f64 = new.replace('\u{2212}', "-").replace(',', "").parse().unwrap();
            let before = column(item, feature);
            let old = marked(item);
            let mut after = before.clone();
            after[place(item).0] = new;
            let ends = |values: &[f64]| (quantile(values, 0.0), quantile(values, 1.0));
            let largest = |values: &[f64]| values.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            assert!(new != old);
            match name {
                "z-score" => n,
                "LayerNorm" => c,
                "min-max" | "max-abs" => {
                    // Value by value.
                    let scaled = |values: &[f64], x: f64| match name {
                        "min-max" => (x - ends(values).0) / (ends(values).1 - ends(values).0),
                        _ => x / largest(values),
                    };
                    let pairs = before.iter().zip(&after);
                    pairs.filter(|(a, b)| (scaled(&before, **a) - scaled(&after, **b)).abs() > 1e-9).count() as f64
                }
                name => panic!("{name}"),
            }
        });
    }
}
