//! One column of a table, its values in order.

use normlab_engine::sort;
use normlab_plot::number::whole;

use crate::{ExperimentTable, Refusal};

/// More values than these are not needed to see what happens.
const VALUES_AT_MOST: usize = 10_000;

/// The finite values of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    pub name: String,
    /// Ascending.
    pub values: Vec<f64>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

impl Sorted {
    /// A column, from 1, with `least` values or more. Of very many values some are taken, evenly by rank.
    ///
    /// # Errors
    /// What the data lack.
    pub fn of(data: &ExperimentTable, column: u64, least: usize) -> Result<Self, Refusal> {
        let Some(last) = data.features.len().checked_sub(1) else {
            return Err(Refusal::because("This needs a column of numbers. None is chosen."));
        };
        let index = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
        let (name, values) = &data.features[index.min(last)];
        let mut notes = Vec::new();
        if index > last {
            notes.push(format!("There is no column {}, so the last one, {name}, is used.", whole(column)));
        }
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let (n, n_all) = (sorted.len(), values.len());
        if n < n_all {
            notes.push(format!(
                "{} of {} values are left out because they are missing or infinite.",
                whole((n_all - n) as u64),
                whole(n_all as u64)
            ));
        }
        if n < least {
            return Err(Refusal::because(format!(
                "This needs at least {least} values in \u{201c}{name}\u{201d}, and there are {n}."
            )));
        }
        sort(&mut sorted);
        if n > VALUES_AT_MOST {
            sorted = evenly(&sorted, VALUES_AT_MOST);
            notes.push(format!(
                "Of {} values {} are used, evenly by rank.",
                whole(n as u64),
                whole(VALUES_AT_MOST as u64)
            ));
        }
        Ok(Self { name: name.clone(), values: sorted, notes })
    }
}

/// At most so many (2 or more) of these, evenly by place, both ends included.
pub fn evenly<T: Copy>(values: &[T], at_most: usize) -> Vec<T> {
    let count = values.len().min(at_most);
    (0..count).map(|index| values[index * (values.len() - 1) / (count - 1).max(1)]).collect()
}
