//! From the table that was read to the data set: which columns are numbers, and what is worth knowing.

use super::column::{ColumnReader, FieldPlace, Weight};
use super::note::Unusual;
use super::number_marks::NumberMark;
use super::table::TableReader;
use super::{CsvNote, ReadError, ReadOptions, Treatment, questions};
use crate::{Column, Dataset, Values, unique_names};

/// Of notes of one kind so many are told one by one.
const TOLD: usize = 8;

/// A data set, and how it came about.
pub(super) struct Finished {
    pub dataset: Dataset,
    pub notes: Vec<CsvNote>,
    /// What became of cells with marks, and of other text among numbers, when there were any.
    pub marked: Option<Treatment>,
    pub words: Option<Treatment>,
}

impl TableReader {
    /// The data set, and what is worth knowing: with [`super::table::Keep::Columns`]. Text among numbers makes a column
    /// text unless `words` says otherwise, or no column of numbers would be left.
    pub fn finish(mut self, name: &str, options: &ReadOptions) -> Result<Finished, ReadError> {
        self.check_rows()?;
        self.deal();
        let rules = self.rules;
        let marked = rules.marked;
        let mut weights: Vec<Option<Weight>> =
            (self.columns.iter().enumerate()).map(|(index, column)| column.weigh(self.decimal(index), rules)).collect();
        let words = options.words.unwrap_or_else(|| {
            let mut both = self.columns.iter().zip(&weights);
            let numbers = both.any(|(column, weight)| match weight {
                Some(weight) => weight.as_numbers(marked, Treatment::Text),
                None => column.has_numbers(),
            });
            if numbers { Treatment::Text } else { Treatment::Missing }
        });
        let (mut has_marked, mut has_words) = (false, false);
        let mut notes = Notes::default();
        let mut truths = Vec::new();
        let names = unique_names(&self.names);
        for ((column, weight), name) in self.columns.iter_mut().zip(&mut weights).zip(&names) {
            if weight.as_ref().is_some_and(|weight| weight.of_truths) {
                truths.push(name.clone());
            }
            let of_numbers =
                |weight: &mut Weight| weight.as_numbers(marked, words) || weight.of_truths && rules.words_as_numbers;
            if let Some(weight) = weight.take_if(of_numbers) {
                column.turn_into_numbers(weight, marked);
            }
            let cells = match weight {
                Some(weight) if weight.of_numbers => &weight.unusual,
                Some(weight) => {
                    if let Some(place) = column.text.as_ref().filter(|_| weight.mixed) {
                        let (column, found) = (name.clone(), place.found.clone());
                        notes.text.add(|| CsvNote::TextColumn { column, line: place.line, found });
                    }
                    continue;
                }
                None => &column.unusual,
            };
            has_marked |= cells.iter().any(|cell| cell.mark.is_of_numbers());
            has_words |= cells.iter().any(|cell| cell.mark == NumberMark::Words);
            if !cells.is_empty() {
                let (column, cells): (_, Vec<Unusual>) = (name.clone(), cells.clone());
                notes.unusual.add(|| CsvNote::Unusual { column, cells, marked, words });
            }
        }
        self.check_numbers(&names)?;
        let mixed = self.mixed_decimals(&names);
        let mut columns = Vec::with_capacity(names.len());
        let header = self.dialect.header;
        for ((name, original), column) in names.into_iter().zip(self.names).zip(self.columns) {
            let unusual = column.unusual.clone();
            if header && name != original.trim() {
                notes.renamed.add(|| CsvNote::Renamed { original: original.trim().into(), name: name.clone() });
            }
            let column = match column.finish() {
                Values::Number(values) => Column::number(name, values),
                Values::Text(text) => Column::text(name, text),
            };
            notes.asked.extend(questions::mixed_percent(&column, &unusual, options));
            columns.push(Column { original, ..column });
        }
        if header {
            if let Some(empty) = questions::take_empty_end(&mut columns) {
                notes
                    .renamed
                    .notes
                    .retain(|note| !matches!(note, CsvNote::Renamed { name, .. } if *name == empty.name));
                notes.asked.push(CsvNote::EmptyEnd);
            }
            notes.asked.extend(questions::mark_index(&mut columns));
        }
        notes.asked.extend(questions::ask_about_sentinels(&mut columns, options));
        if !truths.is_empty() {
            notes.asked.push(CsvNote::Truths { columns: truths, numbers: rules.words_as_numbers });
        }
        let mut dataset = Dataset::table(name, self.rows, columns);
        if options.transposed {
            let (transposed, note) = questions::transpose(dataset, header)?;
            dataset = transposed;
            notes.asked.push(note);
        } else if dataset.rows == 1 && dataset.columns.len() > 1 {
            notes.asked.push(CsvNote::OneRow { columns: dataset.columns.len() });
        }
        Ok(Finished {
            dataset,
            notes: mixed.into_iter().chain(notes.finish()).collect(),
            marked: has_marked.then_some(marked),
            words: has_words.then_some(words),
        })
    }

    /// Which columns have another decimal mark than the rest.
    fn mixed_decimals(&self, names: &[String]) -> Option<CsvNote> {
        let decimal = self.dialect.decimal;
        let other = |index: usize| !self.columns[index].is_text() && self.decimal(index) != decimal;
        let columns: Vec<String> =
            (0..names.len()).filter(|&index| other(index)).map(|index| names[index].clone()).collect();
        (!columns.is_empty()).then_some(CsvNote::MixedDecimals { columns, decimal })
    }

    /// There must be a column with a number in it, and no such column may hold an infinite one.
    fn check_numbers(&self, names: &[String]) -> Result<(), ReadError> {
        let infinite = self.columns.iter().enumerate().filter(|(_, column)| !column.is_text());
        let infinite = infinite.filter_map(|(index, column)| Some((index, column.infinite.as_ref()?)));
        if let Some((index, place)) = infinite.min_by_key(|(_, place)| place.line) {
            return Err(self.infinite(index, place));
        }
        if self.columns.iter().any(ColumnReader::has_numbers) {
            return Ok(());
        }
        // One with text, if there is one, says more than an empty one.
        let text = self.columns.iter().zip(names).find_map(|(column, name)| Some((name.clone(), column.text.clone()?)));
        let (example, place) = text.unwrap_or_else(|| {
            let line = 1 + u64::from(self.dialect.header);
            (names.first().cloned().unwrap_or_default(), FieldPlace { line, row: 1, found: String::new() })
        });
        let (rows, columns, FieldPlace { line, found, .. }) = (self.n_rows(), self.n_columns(), place);
        Err(ReadError::NoNumbers { rows, columns, example, line, found })
    }
}

/// Notes by kind, the first few of each.
#[derive(Default)]
struct Notes {
    /// What could be read otherwise.
    asked: Vec<CsvNote>,
    unusual: Few,
    text: Few,
    renamed: Few,
}

#[derive(Default)]
struct Few {
    notes: Vec<CsvNote>,
    more: u64,
}

impl Few {
    fn add(&mut self, note: impl FnOnce() -> CsvNote) {
        if self.notes.len() < TOLD {
            self.notes.push(note());
        } else {
            self.more += 1;
        }
    }
}

impl Notes {
    fn finish(self) -> Vec<CsvNote> {
        let all = [self.unusual, self.text, self.renamed];
        let asked = self.asked.into_iter();
        asked
            .chain(
                all.into_iter()
                    .flat_map(|few| few.notes.into_iter().chain((few.more > 0).then_some(CsvNote::More(few.more)))),
            )
            .collect()
    }
}
