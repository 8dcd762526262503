//! Which models predict something else once the features are scaled.

use normlab_engine::method::ZScore;
use normlab_engine::{Error, Method, order, sort};
use normlab_plot::number::{format4, full};
use normlab_report::{Topic, WorkingLine};

use crate::frame::{Chance, Draft, Grid, Template, covariance, eigenvalues, explore};

pub const TEMPLATE: Template = Template {
    slug: "models-that-change",
    topic: Topic::Tables,
    spoken: "Which models need scaled features?",
    points: &[
        "Distances (nearest neighbours, k-means, kernels), penalties (ridge, lasso) and principal components depend on units.",
        "Least squares without a penalty predicts the same: its coefficients take the inverse factor.",
        "Trees ask only which value is larger, so they stay as they are.",
        "What can change need not change for every row.",
    ],
    make,
};

#[derive(Clone, Copy)]
enum SmallModel {
    LeastSquares,
    Ridge,
    Tree,
    Nearest(usize),
    PrincipalComponent,
}

const MODELS: [(SmallModel, &str); 6] = [
    (SmallModel::LeastSquares, "least squares"),
    (SmallModel::Ridge, "ridge regression (penalty 4 \u{d7} sum of squared coefficients)"),
    (SmallModel::Tree, "a regression tree with one split"),
    (SmallModel::Nearest(1), "the nearest neighbour"),
    (SmallModel::Nearest(2), "the mean of the 2 nearest neighbours"),
    (SmallModel::PrincipalComponent, "least squares on the first principal component"),
];
const PENALTY: f64 = 4.0;
/// Rows of the table.
const ROWS: usize = 6;
/// Distances nearer to each other than this, and correlations nearer to 0, are not asked about.
const APART: f64 = 0.02;

fn make(chance: &mut Chance) -> Result<Draft, Error> {
    let method = Method::ZScore(ZScore::default());
    loop {
        let stories = chance.stories(2);
        let columns = stories.iter().map(|story| story.title()).chain(["y".into()]).collect();
        let of: Vec<Vec<f64>> = stories.iter().map(|story| story.values(chance, ROWS)).collect();
        // Between the values that a tree can split at.
        let new: Vec<f64> =
            stories.iter().map(|story| (story.values(chance, 1)[0] * 100.0 + 3.0).round() / 100.0).collect();
        let y = chance.decimals(ROWS, 1.0, 30.0, 1);
        let rows: Vec<Vec<f64>> = (0..ROWS).map(|row| vec![of[0][row], of[1][row], y[row]]).collect();
        let grid = Grid::table("row", columns, &rows);
        let features = |rows: &[Vec<f64>]| Grid::batch(&rows.iter().map(|row| row[..2].to_vec()).collect::<Vec<_>>());
        let train = features(&rows);
        let with_new: Vec<Vec<f64>> = rows.iter().cloned().chain([new.clone()]).collect();
        let all = features(&with_new);
        let scaled = Grid { array: method.run(all.view(), Some(train.view()))?.values, ..all.clone() };
        if !clear(&all) || !clear(&scaled) {
            continue;
        }
        let chosen: Vec<(SmallModel, &str)> =
            chance.choose(MODELS.len(), 4).into_iter().map(|index| MODELS[index]).collect();
        let predictions: Vec<[f64; 2]> =
            chosen.iter().map(|(model, _)| [&all, &scaled].map(|grid| predicted(*model, grid, &y))).collect();
        let changed = |[raw, scaled]: &[f64; 2]| (raw - scaled).abs() > 1e-9;
        let count = predictions.iter().filter(|pair| changed(pair)).count();
        let can =
            chosen.iter().filter(|(model, _)| !matches!(model, SmallModel::LeastSquares | SmallModel::Tree)).count();
        let lines = chosen.iter().zip(&predictions).map(|((_, name), pair)| WorkingLine {
            name: (*name).into(),
            how: format!("{} from the features as they are, {} from z-scores", format4(pair[0]), format4(pair[1])),
            result: if changed(pair) { "changes" } else { "stays" }.into(),
        });
        let names: Vec<&str> = chosen.iter().map(|(_, name)| *name).collect();
        return Ok(Draft::new("Six rows of two features and a target y, from which models learn.", &grid)
            .given(&format!("new row: {}", stories[0].inside()), new[0])
            .given(&format!("new row: {}", stories[1].inside()), new[1])
            .count(
                format!(
                    "Both features are z-scored by the mean and the standard deviation of the six rows. How many of these \
                     predict another y for the new row ({}, {}) than before: {}; {}; {}; {}?",
                    full(new[0]),
                    full(new[1]),
                    names[0],
                    names[1],
                    names[2],
                    names[3]
                ),
                "",
                count,
            )
            .because(
                "Units do not matter to least squares and to trees. They do to distances, penalties and principal components, \
                 though nearest neighbours can stay the same.",
            )
            .slip(4.0, "every model is taken to depend on units")
            .slip(0.0, "no model is taken to depend on units")
            .slip(can as f64, "what can change is taken to change for this row")
            .worked(lines.collect::<Vec<_>>())
            .in_experiment("nearest")
            .in_explore(explore(&grid, &method).with("view", "scatter")));
    }
}

fn at(grid: &Grid, row: usize) -> [f64; 2] {
    [grid.array[[row, 0, 0]], grid.array[[row, 1, 0]]]
}

/// Distances of the rows to the new one, which is the last.
fn distances(grid: &Grid) -> Vec<f64> {
    let new = at(grid, ROWS);
    (0..ROWS).map(|row| libm::hypot(at(grid, row)[0] - new[0], at(grid, row)[1] - new[1])).collect()
}

/// Whether no two rows are equally near, and the features are correlated.
fn clear(grid: &Grid) -> bool {
    let mut sorted = distances(grid);
    sort(&mut sorted);
    let train = grid.rows(&[0, 1, 2, 3, 4, 5]);
    let [a, b, off] = [(0, 0), (1, 1), (0, 1)].map(|(one, other)| covariance(&train.view(), one, other));
    sorted.windows(2).all(|pair| pair[1] > (1.0 + APART) * pair[0]) && off.abs() > APART * (a * b).sqrt()
}

/// For the last row, by a model of the others.
fn predicted(model: SmallModel, grid: &Grid, y: &[f64]) -> f64 {
    let train = grid.rows(&[0, 1, 2, 3, 4, 5]);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let middle = [0, 1].map(|feature| mean(&train.feature(feature)));
    let new = [0, 1].map(|feature| at(grid, ROWS)[feature] - middle[feature]);
    let [a, b, off] = [(0, 0), (1, 1), (0, 1)].map(|(one, other)| covariance(&train.view(), one, other));
    let middle_of_y = mean(y);
    let toward = [0, 1].map(|feature| {
        let values = train.feature(feature);
        let products = values.iter().zip(y).map(|(x, y)| (x - middle[feature]) * (y - middle_of_y));
        products.sum::<f64>() / ROWS as f64
    });
    let linear = |penalty: f64| {
        let (a, b) = (a + penalty / ROWS as f64, b + penalty / ROWS as f64);
        let determinant = a * b - off * off;
        middle_of_y
            + (new[0] * (b * toward[0] - off * toward[1]) + new[1] * (a * toward[1] - off * toward[0])) / determinant
    };
    match model {
        SmallModel::LeastSquares => linear(0.0),
        SmallModel::Ridge => linear(PENALTY),
        SmallModel::Tree => tree(&train, y, at(grid, ROWS)),
        SmallModel::Nearest(k) => {
            let nearest = order(&distances(grid), false);
            mean(&nearest[..k].iter().map(|row| y[*row as usize]).collect::<Vec<_>>())
        }
        SmallModel::PrincipalComponent => {
            let direction = [off, eigenvalues(a, b, off).0 - a];
            let along = |pair: [f64; 2]| direction[0] * pair[0] + direction[1] * pair[1];
            let variance = direction[0] * direction[0] * a
                + 2.0 * direction[0] * direction[1] * off
                + direction[1] * direction[1] * b;
            middle_of_y + along(new) * along(toward) / variance
        }
    }
}

/// By the split with the smallest sum of squares; of equal ones the first.
fn tree(train: &Grid, y: &[f64], new: [f64; 2]) -> f64 {
    let (mut least, mut found) = (f64::INFINITY, 0.0);
    for (feature, new) in new.into_iter().enumerate() {
        let values = train.feature(feature);
        let mut sorted = values.clone();
        sort(&mut sorted);
        for pair in sorted.windows(2) {
            let split = (pair[0] + pair[1]) / 2.0;
            let side = |left: bool| -> Vec<f64> {
                values.iter().zip(y).filter(|(x, _)| (**x < split) == left).map(|(_, y)| *y).collect()
            };
            let squares = |side: &[f64]| {
                let middle = side.iter().sum::<f64>() / side.len() as f64;
                side.iter().map(|y| (y - middle) * (y - middle)).sum::<f64>()
            };
            let (left, right) = (side(true), side(false));
            let sum = squares(&left) + squares(&right);
            if sum < least - 1e-9 {
                let own = if new < split { &left } else { &right };
                (least, found) = (sum, own.iter().sum::<f64>() / own.len() as f64);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use normlab_report::PracticeItem;

    use crate::checks::{column, every_number, mean, variance};

    /// Least squares with a penalty, as least squares with a row more for each coefficient, by Gram and Schmidt.
    fn linear(x: &[Vec<f64>; 2], y: &[f64], new: [f64; 2], penalty: f64) -> f64 {
        let centred = |values: &[f64], more: [f64; 2]| -> Vec<f64> {
            values.iter().map(|x| x - mean(values)).chain(more).collect()
        };
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let root = penalty.sqrt();
        let (a, b, target) = (centred(&x[0], [root, 0.0]), centred(&x[1], [0.0, root]), centred(y, [0.0, 0.0]));
        let share = dot(&a, &b) / dot(&a, &a);
        let rest: Vec<f64> = b.iter().zip(&a).map(|(b, a)| b - share * a).collect();
        let second = dot(&rest, &target) / dot(&rest, &rest);
        let left: Vec<f64> = target.iter().zip(&b).map(|(y, b)| y - second * b).collect();
        let first = dot(&a, &left) / dot(&a, &a);
        mean(y) + first * (new[0] - mean(&x[0])) + second * (new[1] - mean(&x[1]))
    }

    fn predicted(model: &str, x: &[Vec<f64>; 2], y: &[f64], new: [f64; 2]) -> f64 {
        let nearest = |k: usize| {
            let mut pairs: Vec<(f64, f64)> =
                (0..6).map(|row| ((x[0][row] - new[0]).powi(2) + (x[1][row] - new[1]).powi(2), y[row])).collect();
            pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
            mean(&pairs[..k].iter().map(|pair| pair.1).collect::<Vec<_>>())
        };
        match model {
            "least squares" => linear(x, y, new, 0.0),
            "the nearest neighbour" => nearest(1),
            "the mean of the 2 nearest neighbours" => nearest(2),
            name if name.starts_with("ridge") => linear(x, y, new, 4.0),
            name if name.contains("principal") => {
                let products: Vec<f64> =
                    x[0].iter().zip(&x[1]).map(|(a, b)| (a - mean(&x[0])) * (b - mean(&x[1]))).collect();
                let angle = (2.0 * mean(&products)).atan2(variance(&x[0]) - variance(&x[1])) / 2.0;
                let score = |a: f64, b: f64| angle.cos() * (a - mean(&x[0])) + angle.sin() * (b - mean(&x[1]));
                let scores: Vec<f64> = x[0].iter().zip(&x[1]).map(|(a, b)| score(*a, *b)).collect();
                let toward =
                    mean(&scores.iter().zip(y).map(|(score, value)| score * (value - mean(y))).collect::<Vec<_>>());
                mean(y) + score(new[0], new[1]) * toward / variance(&scores)
            }
            // Of the tree: what each side explains, over all sets of the k smallest values.
            _ => {
                let mut best = (f64::MIN, 0.0);
                for feature in 0..2 {
                    let mut order: Vec<usize> = (0..6).collect();
                    order.sort_by(|one, other| x[feature][*one].total_cmp(&x[feature][*other]));
                    for k in 1..6 {
                        let side = |rows: &[usize]| rows.iter().map(|row| y[*row]).collect::<Vec<_>>();
                        let (left, right) = (side(&order[..k]), side(&order[k..]));
                        let gain = mean(&left).powi(2) * k as f64 + mean(&right).powi(2) * (6 - k) as f64;
                        if gain > best.0 + 1e-9 {
                            let split = (x[feature][order[k - 1]] + x[feature][order[k]]) / 2.0;
                            best = (gain, if new[feature] < split { mean(&left) } else { mean(&right) });
                        }
                    }
                }
                best.1
            }
        }
    }

    fn models(item: &PracticeItem) -> Vec<String> {
        let list = item.prediction.prompt.split("than before: ").nth(1).unwrap().trim_end_matches('?');
        list.split("; ").map(String::from).collect()
    }

    #[test]
    fn other_algorithms_count_the_same() {
        every_number(&super::TEMPLATE, |item| {
            let x = [0, 1].map(|index| column(item, index));
            let (y, new) = (column(item, 2), [item.given[0].1, item.given[1].1]);
            let scale = |feature: usize, value: f64| (value - mean(&x[feature])) / variance(&x[feature]).sqrt();
            let scaled = [0, 1].map(|feature| x[feature].iter().map(|value| scale(feature, *value)).collect());
            let new_scaled = [scale(0, new[0]), scale(1, new[1])];
            let changes = |model: &&String| {
                (predicted(model, &x, &y, new) - predicted(model, &scaled, &y, new_scaled)).abs() > 1e-9
            };
            models(item).iter().filter(changes).count() as f64
        });
    }

    /// Units are nothing to least squares and to a tree, whatever the row.
    #[test]
    fn least_squares_and_trees_never_change() {
        for item in crate::checks::items(&super::TEMPLATE) {
            for line in &item.working {
                if line.name == "least squares" || line.name.contains("tree") {
                    assert_eq!(line.result, "stays", "{}", item.id.text());
                }
            }
        }
    }
}
