//! A window of the table, before and after.

use ndarray::Array3;

use super::{Chosen, Loaded, QueryError, Session};
use normlab_data::{Column, Dataset, Role, Values};
use normlab_engine::{order, sort_by};
use normlab_plot::number::format4;
use normlab_protocol::{DataInfo, Row, RowsPage, RowsQuery, Sort, SortBy, TableColumns};

/// So many columns of numbers are shown; an image has more positions than a table has room.
const COLUMNS_AT_MOST: usize = 64;
/// More rows than a table shows, or somebody copies.
const ROWS_AT_MOST: usize = 10_000;

impl Session {
    /// A window of the table, before and after by the method of the last view.
    ///
    /// # Errors
    /// When there is no view.
    pub fn rows(&mut self, query: &RowsQuery) -> Result<RowsPage, QueryError> {
        let loaded = self.loaded.as_mut().ok_or(QueryError::Cancelled)?;
        let Loaded { dataset, chosen, info, .. } = loaded;
        let chosen = chosen.as_mut().ok_or_else(QueryError::no_result)?;
        let table = TableView::of(dataset, chosen);
        // Columns may have gone since that order was asked for.
        let sort = query.sort.filter(|sort| table.has(sort.by));
        if let Some(sort) = sort
            && chosen.order.as_ref().is_none_or(|(by, _)| *by != sort)
        {
            chosen.order = Some((sort, order(&table.keys(chosen, sort), sort.descending)));
        }
        let order = chosen.order.as_ref().filter(|_| sort.is_some()).map(|(_, order)| order.as_slice());
        Ok(table.window(chosen, info, order, query))
    }
}

/// Columns that say what an example is: text, and labels that are not chosen.
pub fn labels<'a>(dataset: &'a Dataset, chosen: &Chosen) -> Vec<&'a Column> {
    let unchosen = |(index, column): &(usize, &Column)| match column.values {
        Values::Text(_) => true,
        Values::Number(_) => !chosen.columns.contains(index) && column.role == Role::Label,
    };
    dataset.columns.iter().enumerate().filter(unchosen).map(|(_, column)| column).collect()
}

/// The columns of the table: chosen features position by position, and those that say what an example is.
struct TableView<'a> {
    numbers: Vec<(usize, usize)>,
    left_out: usize,
    labels: Vec<&'a Column>,
}

impl<'a> TableView<'a> {
    fn of(dataset: &'a Dataset, chosen: &Chosen) -> Self {
        let (_, features, positions) = chosen.before.dim();
        let numbers: Vec<(usize, usize)> = (0..features)
            .flat_map(|feature| (0..positions).map(move |position| (feature, position)))
            .take(COLUMNS_AT_MOST)
            .collect();
        Self { left_out: features * positions - numbers.len(), numbers, labels: labels(dataset, chosen) }
    }

    fn has(&self, by: SortBy) -> bool {
        match by {
            SortBy::Before(index) | SortBy::After(index) => (index as usize) < self.numbers.len(),
            SortBy::Label(index) => (index as usize) < self.labels.len(),
        }
    }

    /// Numbers to sort the rows by; the column must exist.
    fn keys(&self, chosen: &Chosen, sort: Sort) -> Vec<f64> {
        let numbers = |array: &Array3<f64>, index: u32| {
            let (feature, position) = self.numbers[index as usize];
            let of = |example: usize| array.get([example, feature, position]).copied().unwrap_or(f64::NAN);
            (0..chosen.before.dim().0).map(of).collect()
        };
        match sort.by {
            SortBy::Before(index) => numbers(&chosen.before, index),
            SortBy::After(index) => numbers(&chosen.after, index),
            SortBy::Label(index) => match &self.labels[index as usize].values {
                Values::Number(values) => {
                    values.iter().step_by(self.labels[index as usize].positions).copied().collect()
                }
                Values::Text(text) => {
                    let mut sorted: Vec<u32> = (0..text.dictionary.len() as u32).collect();
                    sort_by(&mut sorted, |a, b| text.dictionary[*a as usize] < text.dictionary[*b as usize]);
                    let mut ranks = vec![0.0; sorted.len()];
                    for (rank, code) in sorted.into_iter().enumerate() {
                        ranks[code as usize] = rank as f64;
                    }
                    text.codes.iter().map(|code| ranks.get(*code as usize).copied().unwrap_or(f64::NAN)).collect()
                }
            },
        }
    }

    fn window(&self, chosen: &Chosen, info: &DataInfo, order: Option<&[u32]>, query: &RowsQuery) -> RowsPage {
        let (examples, _, positions) = chosen.before.dim();
        let count = (query.count as usize).min(ROWS_AT_MOST);
        let from = match query.row.map(|row| row as usize) {
            Some(row) => {
                let place = match order {
                    Some(order) => order.iter().position(|index| *index as usize == row).unwrap_or_default(),
                    None => row,
                };
                place.saturating_sub(count / 2)
            }
            None => query.from as usize,
        };
        let from = from.min(examples.saturating_sub(count));
        let row = |place: usize| {
            let example = order.map_or(place, |order| order[place] as usize);
            let numbers = |array: &Array3<f64>| {
                let of = |&(feature, position): &(usize, usize)| array.get([example, feature, position]).copied();
                self.numbers.iter().map(|place| of(place).unwrap_or(f64::NAN)).collect()
            };
            Row {
                number: example as u64 + 1,
                labels: self.labels.iter().map(|column| label(column, example)).collect(),
                before: numbers(&chosen.before),
                after: numbers(&chosen.after),
                held_out: chosen.train.as_ref().is_some_and(|train| train.leaves_out(example)),
            }
        };
        let heading = |&(feature, position): &(usize, usize)| {
            let name = &info.columns[chosen.columns[feature]].name;
            if positions == 1 { name.clone() } else { format!("{name} [{}]", position + 1) }
        };
        let place = |&(feature, position): &(usize, usize)| (chosen.columns[feature] as u32, position as u32);
        RowsPage {
            query: query.clone(),
            columns: TableColumns {
                labels: self.labels.iter().map(|column| column.name.clone()).collect(),
                numbers: self.numbers.iter().map(heading).collect(),
                places: self.numbers.iter().map(place).collect(),
                left_out: self.left_out as u64,
            },
            from: from as u64,
            total: examples as u64,
            rows: (from..examples.min(from + count)).map(row).collect(),
        }
    }
}

fn label(column: &Column, example: usize) -> String {
    match &column.values {
        Values::Text(text) => text.get(example).unwrap_or_default().into(),
        Values::Number(values) => {
            values.get(example * column.positions).map(|value| format4(*value)).unwrap_or_default()
        }
    }
}
