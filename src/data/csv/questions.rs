//! What the numbers of a table leave open: which of them stand for a missing value, which only count the rows, and what a
//! row is.

use super::note::{CsvNote, Sentinel, Unusual};
use super::number_marks::NumberMark;
use super::records::MOST_COLUMNS;
use super::{ReadError, ReadOptions};
use crate::{Column, Dataset, Role, TextColumn, Values};
use normlab_engine::sort;

/// What programs write for a missing value, where no true value comes near.
const SENTINELS: [f64; 13] =
    [-99.0, -999.0, -9999.0, -99_999.0, -99.9, -99.99, -999.9, -999.99, -9999.99, 999.0, 9999.0, 99_999.0, 999.99];

/// More than one such value in a column: `-999` for not measured, `-9999` for no answer.
const MOST_SENTINELS: usize = 3;

/// The values of a column that look like marks of missing ones: each of [`SENTINELS`] that is as far from all others as these
/// are from each other, and farther than half of the way to 0.
fn sentinels(numbers: &[f64]) -> Vec<f64> {
    let mut found = Vec::new();
    while found.len() < MOST_SENTINELS {
        let rest = || numbers.iter().copied().filter(|value| !value.is_nan() && !found.contains(value));
        let (lowest, highest) = rest().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let next = [lowest, highest].into_iter().filter(|value| SENTINELS.contains(value)).find(|&sentinel| {
            let others = rest().filter(|&value| value != sentinel);
            let (low, high) = others.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
            let gap = if sentinel == lowest { low - sentinel } else { sentinel - high };
            low <= high && gap >= high - low && gap >= sentinel.abs() / 2.0
        });
        let Some(sentinel) = next else { break };
        found.push(sentinel);
    }
    found
}

/// Asks about sentinels, or makes them missing.
pub(super) fn ask_about_sentinels(columns: &mut [Column], options: &ReadOptions) -> Option<CsvNote> {
    let mut cells = Vec::new();
    for column in columns.iter_mut().filter(|column| column.role != Role::Identifier) {
        let Values::Number(numbers) = &mut column.values else { continue };
        for sentinel in sentinels(numbers) {
            let count = numbers.iter().filter(|&&value| value == sentinel).count() as u64;
            cells.push(Sentinel { column: column.name.clone(), value: sentinel.to_string(), count });
            if options.sentinels_missing {
                numbers.iter_mut().filter(|value| **value == sentinel).for_each(|value| *value = f64::NAN);
            }
        }
    }
    (!cells.is_empty()).then_some(CsvNote::Sentinels { cells, missing: options.sentinels_missing })
}

/// Tells of a column in which some numbers have a percent sign and some have none.
pub(super) fn mixed_percent(column: &Column, unusual: &[Unusual], options: &ReadOptions) -> Option<CsvNote> {
    let percent = unusual.iter().find(|unusual| unusual.mark == NumberMark::Percent)?;
    let n_numbers = column.numbers()?.iter().filter(|value| !value.is_nan()).count() as u64;
    let without = n_numbers.checked_sub(percent.count).filter(|&without| without > 0)?;
    Some(CsvNote::MixedPercent {
        column: column.name.clone(),
        with: percent.count,
        without,
        found: percent.found.clone(),
        value: percent.value.clone().unwrap_or_default(),
        fraction: options.percent_as_fraction,
    })
}

/// A first column without a name whose whole numbers are all different is the index of the rows, as pandas writes it.
pub(super) fn mark_index(columns: &mut [Column]) -> Option<CsvNote> {
    let [first, _, ..] = columns else { return None };
    let numbers = first.numbers().filter(|_| first.original.trim().is_empty() && first.role == Role::Feature)?;
    if numbers.len() < 2 || numbers.iter().any(|value| value.fract() != 0.0) {
        return None;
    }
    let mut sorted = numbers.to_vec();
    sort(&mut sorted);
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    first.role = Role::Identifier;
    Some(CsvNote::Index { column: first.name.clone() })
}

/// Takes away a last column without name and value, as a delimiter at the end of every line makes it.
pub(super) fn take_empty_end(columns: &mut Vec<Column>) -> Option<Column> {
    let empty = |last: &mut Column| last.original.trim().is_empty() && last.role == Role::Empty;
    let others = columns.len() > 1;
    columns.pop_if(|last| others && empty(last))
}

/// Rows as columns. The first column of text that never repeats gives the names; other text is left out and named.
pub(super) fn transpose(dataset: Dataset, header: bool) -> Result<(Dataset, CsvNote), ReadError> {
    let n = dataset.rows;
    if n > MOST_COLUMNS {
        return Err(ReadError::TooLong { rows: n, limit: MOST_COLUMNS });
    }
    let naming =
        dataset.columns.iter().position(|column| matches!(&column.values, Values::Text(text) if distinct(text)));
    let name = |row: usize| match naming.and_then(|index| dataset.columns.get(index)).map(|column| &column.values) {
        Some(Values::Text(text)) => text.get(row).unwrap_or_default().to_owned(),
        _ if n == 1 => "value".into(),
        _ => format!("row {}", row + 1),
    };
    let mut rows: Vec<(&str, &[f64])> = Vec::new();
    let mut left_out = Vec::new();
    for (index, column) in dataset.columns.iter().enumerate() {
        match column.numbers() {
            Some(numbers) => rows.push((&column.name, numbers)),
            None if Some(index) == naming => {}
            None => left_out.push(column.name.clone()),
        }
    }
    let mut columns = Vec::with_capacity(n + 1);
    if header {
        let dictionary = rows.iter().map(|(name, _)| (*name).into()).collect();
        columns.push(Column::text("name", TextColumn { dictionary, codes: (0..rows.len() as u32).collect() }));
    }
    let names: Vec<String> = (0..n).map(name).collect();
    for (row, name) in crate::unique_names(&names).into_iter().enumerate() {
        columns.push(Column::number(name, rows.iter().map(|(_, numbers)| numbers[row]).collect()));
    }
    Ok((Dataset::table(dataset.name, rows.len(), columns), CsvNote::Transposed { left_out }))
}

/// Whether no string is missing or repeated.
fn distinct(text: &TextColumn) -> bool {
    text.dictionary.len() == text.codes.len() && !text.codes.contains(&TextColumn::MISSING)
}
