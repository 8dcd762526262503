//! A window of the table, before and after.

use super::{Loaded, NoView, Session};
use crate::data::{Column, Role, Values};
use crate::plot::number::format4;
use crate::protocol::{Row, RowsPage, RowsQuery, TableColumns};

/// So many columns of numbers are shown; an image has more positions than a table has room.
const COLUMNS_AT_MOST: usize = 32;

impl Session {
    /// A window of the table, before and after by the method of the last view.
    ///
    /// # Errors
    /// When there has been no view yet.
    pub fn rows(&mut self, query: &RowsQuery) -> Result<RowsPage, NoView> {
        let loaded = self.loaded.as_mut().ok_or(NoView::Stale)?;
        window(loaded, query).ok_or(NoView::Stale)
    }
}

/// Text columns, and the chosen features position by position.
fn window(loaded: &Loaded, query: &RowsQuery) -> Option<RowsPage> {
    let Loaded { dataset, chosen, info, .. } = loaded;
    let chosen = chosen.as_ref()?;
    let names: Vec<&str> = chosen.columns.iter().map(|&column| info.columns[column].name.as_str()).collect();
    let (examples, features, positions) = chosen.before.dim();
    let cells: Vec<(usize, usize)> = (0..features)
        .flat_map(|feature| (0..positions).map(move |position| (feature, position)))
        .take(COLUMNS_AT_MOST)
        .collect();
    let heading = |&(feature, position): &(usize, usize)| {
        if positions == 1 { names[feature].to_string() } else { format!("{} [{}]", names[feature], position + 1) }
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
    let from = (query.from as usize).min(examples);
    let rows = (from..examples.min(from + query.count as usize)).map(|example| Row {
        number: example as u64 + 1,
        labels: labels.iter().map(|(_, column)| label(column, example)).collect(),
        before: cells.iter().map(|&(feature, position)| chosen.before[[example, feature, position]]).collect(),
        after: cells.iter().map(|&(feature, position)| chosen.after[[example, feature, position]]).collect(),
    });
    let rows = rows.collect();
    Some(RowsPage { query: query.clone(), columns, total: examples as u64, rows })
}

fn label(column: &Column, example: usize) -> String {
    match &column.values {
        Values::Text(text) => text.get(example).unwrap_or_default().into(),
        Values::Number(values) => {
            values.get(example * column.positions).map(|value| format4(*value)).unwrap_or_default()
        }
    }
}
