//! Making a change of a data set, and taking it back to the bit.

use std::fmt;

use super::edit::PASTE_AT_MOST;
use super::{Column, Dataset, Edit, NAME_AT_MOST, Role, TextColumn, Values, free_name, long_name};

/// What takes an edit back. It fits the data only as they are right after that edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    change: AppliedChange,
    /// Roles that the edit changed, as they were.
    roles: Vec<(usize, Role)>,
}

#[derive(Clone, Debug, PartialEq)]
enum AppliedChange {
    /// Values from `row` on, and how many rows were added at the end to hold the new ones.
    Values {
        row: usize,
        places: Vec<(u32, u32)>,
        rows: Vec<Vec<f64>>,
        added: usize,
    },
    Added(usize),
    Removed {
        rows: Vec<usize>,
        kept: Vec<Values>,
    },
    Name {
        column: usize,
        name: String,
        original: String,
    },
}

/// Why an edit was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusedEdit {
    NoRow { row: u64, rows: usize },
    NoColumn { column: u32, columns: usize },
    NoPosition { position: u32, column: String, positions: usize },
    Text { column: String },
    Infinite { row: u64, column: String },
    Ragged { row: u64, expected: usize, found: usize },
    TooMuch { cells: usize },
    LastRow,
    LongName { letters: usize },
}

impl fmt::Display for RefusedEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRow { row, rows } => {
                write!(f, "there is no row {}, the data have {rows} rows", row.saturating_add(1))
            }
            Self::NoColumn { column, columns } => {
                write!(f, "there is no column {}, the data have {columns} columns", u64::from(*column) + 1)
            }
            Self::NoPosition { position, column, positions } => write!(
                f,
                "there is no position {} in \u{201c}{column}\u{201d}, it has {positions}",
                u64::from(*position) + 1
            ),
            Self::Text { column } => write!(f, "\u{201c}{column}\u{201d} holds text, only numbers can be changed"),
            Self::Infinite { row, column } => {
                write!(f, "row {}, \u{201c}{column}\u{201d}: an infinite value is not allowed", row.saturating_add(1))
            }
            Self::Ragged { row, expected, found } => {
                write!(f, "row {row} of the block has {found} values, {expected} are needed")
            }
            Self::TooMuch { cells } => write!(
                f,
                "a block of {cells} values is too large, {PASTE_AT_MOST} are allowed: load larger data as a file"
            ),
            Self::LastRow => write!(f, "at least one row must stay"),
            Self::LongName { letters } => {
                write!(f, "a name of {letters} letters is too long, {NAME_AT_MOST} are allowed")
            }
        }
    }
}

impl Dataset {
    /// Makes an edit; gives what takes it back. Nothing has changed when it is refused.
    ///
    /// A role that was guessed follows the edit (a constant column that is no longer constant becomes a feature), but
    /// what is a feature stays one: dragging a point must not take its own plot away.
    ///
    /// # Errors
    /// Names the row, the column or the value that is not there or not allowed.
    pub fn apply(&mut self, edit: &Edit) -> Result<Undo, RefusedEdit> {
        let guessed = match edit {
            Edit::Set { cell, .. } => self.guessed(&[(cell.column, 0)]),
            Edit::Rename { column, .. } => self.guessed(&[(*column, 0)]),
            Edit::Paste { places, .. } => self.guessed(places),
            Edit::AddRow { .. } | Edit::RemoveRows { .. } => {
                self.guessed(&(0..self.columns.len() as u32).map(|column| (column, 0)).collect::<Vec<_>>())
            }
        };
        let change = match edit {
            Edit::Set { cell, value } if cell.row < self.rows as u64 => {
                self.write(cell.row, &[(cell.column, cell.position)], &[vec![*value]])?
            }
            Edit::Set { cell, .. } => return Err(self.no_row(cell.row)),
            Edit::Paste { row, places, rows } => self.write(*row, places, rows)?,
            Edit::AddRow { at } => {
                let at = self.row_or_end(*at)?;
                self.put(&[at], None);
                AppliedChange::Added(at)
            }
            Edit::RemoveRows { rows } => self.remove(rows)?,
            Edit::Rename { column, name } => self.rename(*column, name)?,
        };
        let mut roles = Vec::new();
        for index in guessed {
            let column = &mut self.columns[index];
            let role = Role::guess(&column.original, &column.values);
            if role != column.role {
                roles.push((index, std::mem::replace(&mut column.role, role)));
            }
        }
        Ok(Undo { change, roles })
    }

    /// Takes back the edit that gave this.
    pub fn undo(&mut self, undo: Undo) {
        match undo.change {
            AppliedChange::Values { row, places, rows, added } => {
                for (row, values) in (row..).zip(rows) {
                    for (&place, value) in places.iter().zip(values) {
                        if let Some(cell) = self.cell(row, place) {
                            *cell = value;
                        }
                    }
                }
                let end: Vec<usize> = (self.rows.saturating_sub(added)..self.rows).collect();
                self.take(&end);
            }
            AppliedChange::Added(at) => drop(self.take(&[at])),
            AppliedChange::Removed { rows, kept } => self.put(&rows, Some(&kept)),
            AppliedChange::Name { column, name, original } => {
                if let Some(column) = self.columns.get_mut(column) {
                    (column.name, column.original) = (name, original);
                }
            }
        }
        for (index, role) in undo.roles {
            if let Some(column) = self.columns.get_mut(index) {
                column.role = role;
            }
        }
    }

    /// The columns of these places whose role is the one that would be guessed.
    fn guessed(&self, places: &[(u32, u32)]) -> Vec<usize> {
        let mut indices: Vec<usize> = places.iter().map(|(column, _)| *column as usize).collect();
        indices.dedup();
        let follows = |index: &usize| {
            self.columns.get(*index).is_some_and(|column| {
                !matches!(column.role, Role::Feature | Role::Text)
                    && column.role == Role::guess(&column.original, &column.values)
            })
        };
        indices.into_iter().filter(follows).collect()
    }

    fn no_row(&self, row: u64) -> RefusedEdit {
        RefusedEdit::NoRow { row, rows: self.rows }
    }

    fn row_or_end(&self, row: u64) -> Result<usize, RefusedEdit> {
        usize::try_from(row).ok().filter(|row| *row <= self.rows).ok_or_else(|| self.no_row(row))
    }

    fn column(&self, index: u32) -> Result<&Column, RefusedEdit> {
        let missing = RefusedEdit::NoColumn { column: index, columns: self.columns.len() };
        self.columns.get(index as usize).ok_or(missing)
    }

    /// A number in a row that exists.
    fn cell(&mut self, row: usize, (column, position): (u32, u32)) -> Option<&mut f64> {
        let column = self.columns.get_mut(column as usize)?;
        match &mut column.values {
            Values::Number(values) => values.get_mut(row * column.positions + position as usize),
            Values::Text(_) => None,
        }
    }

    fn write(&mut self, row: u64, places: &[(u32, u32)], rows: &[Vec<f64>]) -> Result<AppliedChange, RefusedEdit> {
        let first = self.row_or_end(row)?;
        for &(index, position) in places {
            let column = self.column(index)?;
            if !column.is_numeric() {
                return Err(RefusedEdit::Text { column: column.name.clone() });
            }
            if position as usize >= column.positions {
                let (column, positions) = (column.name.clone(), column.positions);
                return Err(RefusedEdit::NoPosition { position, column, positions });
            }
        }
        let cells = places.len() * rows.len();
        if cells > PASTE_AT_MOST {
            return Err(RefusedEdit::TooMuch { cells });
        }
        for (at, values) in (row..).zip(rows) {
            if values.len() != places.len() {
                return Err(RefusedEdit::Ragged { row: at - row + 1, expected: places.len(), found: values.len() });
            }
            if let Some(wrong) = values.iter().position(|value| value.is_infinite()) {
                return Err(RefusedEdit::Infinite { row: at, column: self.column(places[wrong].0)?.name.clone() });
            }
        }
        let existed = self.rows.min(first + rows.len());
        let added: Vec<usize> = (self.rows..first + rows.len()).collect();
        self.put(&added, None);
        let mut old = Vec::with_capacity(existed - first);
        for (at, values) in (first..).zip(rows) {
            let mut before = Vec::new();
            for (&place, &value) in places.iter().zip(values) {
                if let Some(cell) = self.cell(at, place) {
                    before.push(std::mem::replace(cell, value));
                }
            }
            if at < existed {
                old.push(before);
            }
        }
        // A place that is named twice was overwritten by its neighbour first: taking back goes from the right.
        let places = places.iter().rev().copied().collect();
        old.iter_mut().for_each(|row| row.reverse());
        Ok(AppliedChange::Values { row: first, places, rows: old, added: added.len() })
    }

    fn remove(&mut self, rows: &[u64]) -> Result<AppliedChange, RefusedEdit> {
        if let Some(row) = rows.iter().find(|row| **row >= self.rows as u64) {
            return Err(self.no_row(*row));
        }
        // In ascending order and each once, without one more sort in the program.
        let mut gone = vec![false; self.rows];
        rows.iter().for_each(|row| gone[*row as usize] = true);
        let rows: Vec<usize> = (0..self.rows).filter(|row| gone[*row]).collect();
        if rows.len() == self.rows {
            return Err(RefusedEdit::LastRow);
        }
        let kept = self.take(&rows);
        Ok(AppliedChange::Removed { rows, kept })
    }

    fn rename(&mut self, column: u32, name: &str) -> Result<AppliedChange, RefusedEdit> {
        self.column(column)?;
        if let Some((_, letters)) = long_name([name]) {
            return Err(RefusedEdit::LongName { letters });
        }
        let index = column as usize;
        let others: Vec<&str> =
            self.columns.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, column)| &*column.name).collect();
        let unique = free_name(index, name, |name| others.contains(&name));
        let column = &mut self.columns[index];
        let original = std::mem::replace(&mut column.original, name.into());
        let name = std::mem::replace(&mut column.name, unique);
        Ok(AppliedChange::Name { column: index, name, original })
    }

    /// Takes rows out, given in ascending order; gives their values, column by column.
    fn take(&mut self, rows: &[usize]) -> Vec<Values> {
        self.rows -= rows.len();
        let take = |column: &mut Column| match &mut column.values {
            Values::Number(values) => Values::Number(take_rows(values, rows, column.positions)),
            Values::Text(text) => {
                Values::Text(TextColumn { dictionary: Vec::new(), codes: take_rows(&mut text.codes, rows, 1) })
            }
        };
        self.columns.iter_mut().map(take).collect()
    }

    /// Puts rows in where they will be, in ascending order: these values, or missing ones.
    fn put(&mut self, rows: &[usize], kept: Option<&[Values]>) {
        self.rows += rows.len();
        for (index, column) in self.columns.iter_mut().enumerate() {
            match (&mut column.values, kept.and_then(|kept| kept.get(index))) {
                (Values::Number(values), Some(Values::Number(kept))) => {
                    put_rows(values, rows, column.positions, kept, f64::NAN);
                }
                (Values::Number(values), _) => put_rows(values, rows, column.positions, &[], f64::NAN),
                (Values::Text(text), Some(Values::Text(kept))) => {
                    put_rows(&mut text.codes, rows, 1, &kept.codes, TextColumn::MISSING);
                }
                (Values::Text(text), _) => put_rows(&mut text.codes, rows, 1, &[], TextColumn::MISSING),
            }
        }
    }
}

fn take_rows<T: Copy>(values: &mut Vec<T>, rows: &[usize], width: usize) -> Vec<T> {
    let Some(&first) = rows.first() else { return Vec::new() };
    let mut taken = Vec::with_capacity(rows.len() * width);
    let mut end = first * width;
    for (index, &row) in rows.iter().enumerate() {
        taken.extend_from_slice(&values[row * width..(row + 1) * width]);
        let until = rows.get(index + 1).map_or(values.len(), |next| next * width);
        values.copy_within((row + 1) * width..until, end);
        end += until - (row + 1) * width;
    }
    values.truncate(end);
    taken
}

fn put_rows<T: Copy>(values: &mut Vec<T>, rows: &[usize], width: usize, kept: &[T], missing: T) {
    let Some(&first) = rows.first() else { return };
    let tail = values.split_off((first * width).min(values.len()));
    values.reserve(tail.len() + rows.len() * width);
    let mut tail = tail.as_slice();
    for (index, &row) in rows.iter().enumerate() {
        let (before, behind) = tail.split_at((row * width - values.len()).min(tail.len()));
        values.extend_from_slice(before);
        tail = behind;
        let end = (row + 1) * width;
        values.extend(kept.iter().skip(index * width).take(width));
        values.resize(end, missing);
    }
    values.extend_from_slice(tail);
}

#[cfg(test)]
mod tests;
