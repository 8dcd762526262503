//! The first rows, before and after.

use super::Chosen;
use crate::data::{Column, Dataset, Role, Values};
use crate::plot::number::format4;
use crate::protocol::{Row, TableColumns};

/// So many columns of numbers are shown; an image has more positions than a table has room.
const COLUMNS_AT_MOST: usize = 32;

/// Headings and the first `count` rows: text columns, and the chosen features position by position.
pub fn first_rows(dataset: &Dataset, names: &[String], chosen: &Chosen, count: usize) -> (TableColumns, Vec<Row>) {
    let (examples, features, positions) = chosen.before.dim();
    let cells: Vec<(usize, usize)> = (0..features)
        .flat_map(|feature| (0..positions).map(move |position| (feature, position)))
        .take(COLUMNS_AT_MOST)
        .collect();
    let heading = |&(feature, position): &(usize, usize)| {
        if positions == 1 { names[feature].clone() } else { format!("{} [{}]", names[feature], position + 1) }
    };
    let unchosen = |(index, column): &(usize, &Column)| match column.values {
        Values::Text(_) => true,
        Values::Number(_) => !chosen.columns.contains(index) && column.role == Role::Label,
    };
    let labels: Vec<(usize, &Column)> = dataset.columns.iter().enumerate().filter(unchosen).collect();
    let columns = TableColumns {
        labels: labels.iter().map(|(_, column)| column.name.clone()).collect(),
        numbers: cells.iter().map(heading).collect(),
        left_out: (features * positions).saturating_sub(cells.len()) as u64,
    };
    let rows = (0..examples.min(count)).map(|example| Row {
        number: example as u64 + 1,
        labels: labels.iter().map(|(_, column)| label(column, example)).collect(),
        before: cells.iter().map(|&(feature, position)| chosen.before[[example, feature, position]]).collect(),
        after: cells.iter().map(|&(feature, position)| chosen.after[[example, feature, position]]).collect(),
    });
    (columns, rows.collect())
}

fn label(column: &Column, example: usize) -> String {
    match &column.values {
        Values::Text(text) => text.get(example).unwrap_or_default().into(),
        Values::Number(values) => {
            values.get(example * column.positions).map(|value| format4(*value)).unwrap_or_default()
        }
    }
}
