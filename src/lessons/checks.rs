//! What the tests of questions have in common: many instances, each checked against a computation of its own.

use normlab_report::{FactValue, ItemId, PracticeItem};

use crate::frame::{Template, item};

/// Instances of each template.
pub const INSTANCES: u32 = 1000;

/// Many items of a template.
pub fn items(template: &Template) -> impl Iterator<Item = PracticeItem> {
    let slug = template.slug;
    (0..INSTANCES).map(move |seed| {
        item(&ItemId { template: slug.into(), seed })
            .unwrap_or_else(|| panic!("{slug}, seed {seed}: there should be an item"))
    })
}

/// Every answer is the one that `expected` computes of what is shown.
pub fn every(template: &Template, expected: impl Fn(&PracticeItem) -> FactValue) {
    for item in items(template) {
        let (found, expected) = (&item.fact.value, expected(&item));
        let same = match (found, &expected) {
            (FactValue::Number(a), FactValue::Number(b)) => close(*a, *b),
            (FactValue::Sign(a), FactValue::Sign(b)) => close(*a, *b) && (*a == 0.0) == (b.abs() < 1e-9),
            (FactValue::Order(a), FactValue::Order(b)) | (FactValue::Curve(a), FactValue::Curve(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(*a, *b))
            }
            (a, b) => a == b,
        };
        assert!(same, "{}: {found:?}, not {expected:?}; {item:#?}", item.id.text());
    }
}

/// As [`every`], of numbers.
pub fn every_number(template: &Template, expected: impl Fn(&PracticeItem) -> f64) {
    every(template, |item| FactValue::Number(expected(item)));
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// The values of a column as it is shown.
pub fn column(item: &PracticeItem, index: usize) -> Vec<f64> {
    item.data.values.iter().map(|row| row[index]).collect()
}

/// The row and the column of the marked value, and the value.
pub fn place(item: &PracticeItem) -> (usize, usize) {
    item.data.marked.unwrap_or_else(|| panic!("{}: a cell should be marked", item.id.text()))
}

pub fn marked(item: &PracticeItem) -> f64 {
    let (row, column) = place(item);
    item.data.values[row][column]
}

/// A number that is given by name.
pub fn given(item: &PracticeItem, name: &str) -> f64 {
    let found = item.given.iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("{}: {name} should be given", item.id.text())).1
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean square distance from the mean.
pub fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    values.iter().map(|x| (x - middle) * (x - middle)).sum::<f64>() / values.len() as f64
}

/// By sorting, with linear interpolation.
pub fn quantile(values: &[f64], fraction: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = fraction * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    below + (at - at.floor()) * (above - below)
}

/// How many positions a feature has: columns of one feature stand beside each other.
pub fn positions(item: &PracticeItem) -> usize {
    let of_first = |name: &&String| name.split(',').next() == item.data.columns[0].split(',').next();
    item.data.columns.iter().filter(of_first).count()
}
