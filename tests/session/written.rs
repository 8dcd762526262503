//! Files of the fixtures, and what was read of them, written down for comparison.

use normlab::data::Values;
use normlab::data::csv::{CsvRead, ReadOptions};

use crate::explorer::{read, read_with};

pub fn bytes_of(file: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/cases/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

pub fn file(name: &str) -> CsvRead {
    file_with(name, ReadOptions::default())
}

pub fn file_with(name: &str, options: ReadOptions) -> CsvRead {
    read_with(&bytes_of(name), options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn text(text: &str) -> CsvRead {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// A line for each column: its name, and its numbers or strings.
pub fn shown(read: &CsvRead) -> String {
    let cells = |values: &Values| -> Vec<String> {
        match values {
            Values::Number(numbers) => numbers.iter().map(f64::to_string).collect(),
            Values::Text(text) => {
                (0..text.codes.len()).map(|row| format!("{:?}", text.get(row).unwrap_or_default())).collect()
            }
        }
    };
    let columns = read.dataset.columns.iter();
    columns.map(|column| format!("{}: {}", column.name, cells(&column.values).join(" "))).collect::<Vec<_>>().join("\n")
}

pub fn notes(read: &CsvRead) -> String {
    read.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[track_caller]
pub fn assert_notes(read: &CsvRead, parts: &[&str]) {
    let notes = notes(read);
    for part in parts {
        assert!(notes.contains(part), "{part:?} is not in {notes:?}");
    }
}
