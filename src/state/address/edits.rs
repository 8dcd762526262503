//! Edits in the address: `edits=4.2=1.5;a9;d3,7-9;n2=price;p4=2,3=1,2,3,4`.
//!
//! | part | edit |
//! |---|---|
//! | `4.2=1.5` | row 4 of column 2 is 1.5; `4.2.7=1.5` at position 7; `4.2=-` is missing |
//! | `a9` | a row is added before row 9 |
//! | `d3,7-9` | rows 3 and 7 to 9 are removed |
//! | `n2=price` | column 2 is called `price` |
//! | `p4=2,3.7=1,2,3,4` | from row 4 on, column 2 and position 7 of column 3 are pasted over: 1 and 2, then 3 and 4 |
//!
//! Everything is counted from 1, in the data as they are when the edit is made. Numbers are written so that they are read
//! again to the bit. Of edits that are too many for an address, it holds how many they are: `edits=none-of-57`.

use super::escape::{escape, unescape};
use super::limits;
use super::pair_reader::complaint;
use crate::data::{DataCell, Edit};

const LEFT_OUT: &str = "none-of-";

/// The edits as a value of the address, and whether they are all in it.
pub fn encode(edits: &[Edit]) -> (String, bool) {
    let mut text = String::new();
    let mut removed = 0;
    for edit in edits {
        if !text.is_empty() {
            text.push(';');
        }
        put(&mut text, edit);
        if let Edit::RemoveRows { rows } = edit {
            removed += rows.len() as u64;
        }
        if text.len() > limits::EDITS || removed > limits::REMOVED {
            return (format!("{LEFT_OUT}{}", edits.len()), false);
        }
    }
    (text, true)
}

/// The edits of a value of the address, and what was not understood.
pub fn decode(text: &str) -> (Vec<Edit>, Vec<String>) {
    let (mut edits, mut wrong) = (Vec::new(), Vec::new());
    if let Some(count) = text.strip_prefix(LEFT_OUT) {
        let count = count.parse::<u64>().map_or_else(|_| "The".into(), |count| format!("The {count}"));
        return (
            edits,
            vec![format!("{count} changes of the data were too many for this address, and are not in it.")],
        );
    }
    // No address is written that is longer, and a long one could keep the worker busy for minutes.
    if text.len() > limits::EDITS {
        let told = format!(
            "The changes of the data are not read: at most {} letters of an address tell of them, and these are {}.",
            limits::EDITS,
            text.len()
        );
        return (edits, vec![told]);
    }
    let mut removable = limits::REMOVED;
    for part in text.split(';').filter(|part| !part.is_empty()) {
        match take(part, &mut removable) {
            Some(edit) => edits.push(edit),
            None => wrong.push(part.to_string()),
        }
    }
    let wrong = wrong.iter().map(|part| complaint("edits", &unescape(part), "no such change of the data"));
    let wrong = wrong.collect();
    (edits, wrong)
}

fn put(text: &mut String, edit: &Edit) {
    match edit {
        Edit::Set { cell, value } => {
            text.push_str(&cell.row.saturating_add(1).to_string());
            text.push('.');
            put_place(text, (cell.column, cell.position));
            text.push('=');
            put_number(text, *value);
        }
        Edit::AddRow { at } => {
            text.push('a');
            text.push_str(&at.saturating_add(1).to_string());
        }
        Edit::RemoveRows { rows } => {
            let mut before = 'd';
            for run in rows.chunk_by(|a, b| a + 1 == *b).take(limits::EDITS) {
                text.push(before);
                text.push_str(&run[0].saturating_add(1).to_string());
                if let [_, .., last] = run {
                    text.push('-');
                    text.push_str(&last.saturating_add(1).to_string());
                }
                before = ',';
            }
        }
        Edit::Rename { column, name } => {
            text.push('n');
            text.push_str(&(u64::from(*column) + 1).to_string());
            text.push('=');
            text.push_str(&escape(name));
        }
        Edit::Paste { row, places, rows } => {
            text.push('p');
            text.push_str(&row.saturating_add(1).to_string());
            let mut before = '=';
            for place in places {
                text.push(before);
                put_place(text, *place);
                before = ',';
            }
            before = '=';
            // No more than it takes to see that it is too much: this happens at every change of the state.
            for value in rows.iter().flatten().take(limits::EDITS) {
                text.push(before);
                put_number(text, *value);
                before = ',';
            }
        }
    }
}

fn put_place(text: &mut String, (column, position): (u32, u32)) {
    text.push_str(&(u64::from(column) + 1).to_string());
    if position > 0 {
        text.push('.');
        text.push_str(&(u64::from(position) + 1).to_string());
    }
}

/// The shorter of two ways to write a number; a dash for a missing one, since some programs take the last comma of a link
/// for the sentence's.
fn put_number(text: &mut String, value: f64) {
    if value.is_nan() {
        return text.push('-');
    }
    let (plain, scientific) = (value.to_string(), format!("{value:e}"));
    text.push_str(if plain.len() <= scientific.len() { &plain } else { &scientific });
}

fn take(part: &str, removable: &mut u64) -> Option<Edit> {
    let rest = part.get(1..)?;
    Some(match part.as_bytes()[0] {
        b'a' => Edit::AddRow { at: counted(rest)? },
        b'd' => {
            let mut rows = Vec::new();
            for run in rest.split(',') {
                let (first, last) = run.split_once('-').unwrap_or((run, run));
                let (first, last) = (counted(first)?, counted(last)?);
                *removable = removable.checked_sub(last.checked_sub(first)?.checked_add(1)?)?;
                rows.extend(first..=last);
            }
            Edit::RemoveRows { rows }
        }
        b'n' => {
            let (column, name) = rest.split_once('=')?;
            Edit::Rename { column: small(column)?, name: unescape(name) }
        }
        b'p' => {
            let mut parts = rest.split('=');
            let row = counted(parts.next()?)?;
            let places: Vec<_> = parts.next()?.split(',').map(place).collect::<Option<_>>()?;
            let values: Vec<f64> = parts.next()?.split(',').map(number).collect::<Option<_>>()?;
            if values.len() > limits::PASTED || !values.len().is_multiple_of(places.len()) || parts.next().is_some() {
                return None;
            }
            Edit::Paste { row, rows: values.chunks(places.len()).map(<[f64]>::to_vec).collect(), places }
        }
        _ => {
            let (cell, value) = part.split_once('=')?;
            let (row, at) = cell.split_once('.')?;
            let (column, position) = place(at)?;
            Edit::Set { cell: DataCell { row: counted(row)?, column, position }, value: number(value)? }
        }
    })
}

fn place(text: &str) -> Option<(u32, u32)> {
    let (column, position) = text.split_once('.').unwrap_or((text, "1"));
    Some((small(column)?, small(position)?))
}

/// A number counted from 1.
fn counted(text: &str) -> Option<u64> {
    text.parse::<u64>().ok()?.checked_sub(1)
}

fn small(text: &str) -> Option<u32> {
    counted(text)?.try_into().ok()
}

fn number(text: &str) -> Option<f64> {
    if text.is_empty() || text == "-" {
        return Some(f64::NAN);
    }
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_to_be_written_is_not_read() {
        let (edits, told) = decode(&"a1;".repeat(5000));
        assert_eq!((edits.len(), told.len()), (0, 1), "{told:?}");
        assert!(told[0].contains("4000"), "{told:?}");
        // The longest that is written is read.
        let most: Vec<_> = (0..1333).map(|_| Edit::AddRow { at: 0 }).collect();
        let (text, whole) = encode(&most);
        assert!(whole && text.len() == 3998, "{}", text.len());
        assert_eq!(decode(&text), (most, Vec::new()));
    }
}
