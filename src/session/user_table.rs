//! The loaded table as an experiment takes it.

use super::{QueryError, Session};
use normlab_data::{Column, Values, split};
use normlab_protocol::{FitOn, UserTableQuery};
use normlab_report::UserTable;

impl Session {
    /// The numeric columns that are chosen, and the target, a column of that name, which is none of the features then.
    ///
    /// # Errors
    /// When nothing is loaded, when the data are no plain table, or when there is no such column.
    pub fn user_table(&self, query: &UserTableQuery) -> Result<UserTable, QueryError> {
        let loaded = self.loaded.as_ref().ok_or(QueryError::Cancelled)?;
        let dataset = &loaded.dataset;
        if dataset.positions > 1 {
            return Err(QueryError::Because(format!(
                "\u{201c}{}\u{201d} has {} positions per example: experiments on tables take one value per example and column.",
                dataset.name, dataset.positions
            )));
        }
        let target = match &query.target {
            None => None,
            Some(name) => Some(dataset.columns.iter().find(|column| column.name == *name).ok_or_else(|| {
                QueryError::Because(format!(
                    "There is no column \u{201c}{name}\u{201d} in \u{201c}{}\u{201d}.",
                    dataset.name
                ))
            })?),
        };
        let chosen = loaded.chosen.as_ref().map_or_else(|| dataset.default_features(), |chosen| chosen.columns.clone());
        let columns = chosen.iter().filter_map(|&index| dataset.columns.get(index));
        let columns = columns.filter(|column| target.is_none_or(|target| column.name != target.name));
        let features = columns.filter_map(|column| Some((column.name.clone(), column.numbers()?.to_vec())));
        let fitted_on = match query.fit {
            FitOn::Train { share, seed } => {
                let mask = split::train_rows(dataset.rows, share, seed);
                Some((0..dataset.rows as u32).filter(|row| mask[*row as usize]).collect())
            }
            FitOn::All | FitOn::Saved(_) => None,
        };
        Ok(UserTable {
            name: dataset.name.clone(),
            features: features.collect(),
            target: target.map(|column| (column.name.clone(), texts(column, dataset.rows))),
            fitted_on,
        })
    }
}

/// The values of a column as text; an empty text is missing.
fn texts(column: &Column, rows: usize) -> Vec<String> {
    match &column.values {
        Values::Text(text) => (0..rows).map(|row| text.get(row).unwrap_or_default().to_owned()).collect(),
        Values::Number(numbers) => {
            numbers.iter().map(|value| if value.is_nan() { String::new() } else { value.to_string() }).collect()
        }
    }
}
