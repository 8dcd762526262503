//! Where the table is among the lines of a file: below titles and comments, with a line of units under the names or none.

use super::candidate::{DelimiterCandidate, Kinds};
use super::number::FieldKind as Holds;
use super::quoted::LineCounter;
use super::{CsvNote, Delimiter, ReadError, ReadOptions};

/// So many lines above a table may be titles.
const MOST_TITLES: usize = 20;

/// A unit is short.
const LONGEST_UNIT: usize = 16;

/// What stands above everything else in a file, and is no table.
pub(super) struct Top {
    /// Bytes and line where the rest begins.
    pub start: usize,
    pub line: u64,
    /// What a line `sep=;` says.
    pub delimiter: Option<Delimiter>,
    /// The last comment, without its mark: it may hold the names.
    pub comment: Option<(u64, Vec<u8>)>,
}

impl Top {
    /// Of a text that begins with `sample`.
    ///
    /// # Errors
    /// [`ReadError::NoSuchLine`] when the line that was chosen as the first is not in the sample.
    pub fn of(sample: &[u8], options: &ReadOptions) -> Result<Self, ReadError> {
        let mut top = Self { start: 0, line: 1, delimiter: None, comment: None };
        if let Some(line) = options.first_line {
            while top.line < line && top.start < sample.len() {
                top.pass(sample);
            }
            let found = top.line == line && top.start < sample.len();
            return if found { Ok(top) } else { Err(ReadError::NoSuchLine { asked: line, lines: top.line - 1 }) };
        }
        while let Some(end) = memchr::memchr2(b'\n', b'\r', &sample[top.start..]) {
            let line = &sample[top.start..top.start + end];
            if let Some(delimiter) = separator(line).filter(|_| top.line == 1) {
                top.delimiter = Some(delimiter);
            } else if let Some(comment) = comment(line) {
                top.comment = Some((top.line, comment.to_vec()));
            } else if !line.is_empty() || top.comment.is_none() {
                break;
            }
            top.pass(sample);
        }
        Ok(top)
    }

    /// Goes to the next line.
    fn pass(&mut self, sample: &[u8]) {
        let rest = &sample[self.start..];
        let Some(end) = memchr::memchr2(b'\n', b'\r', rest) else {
            self.start = sample.len();
            self.line += 1;
            return;
        };
        self.start += end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        self.line += 1;
    }
}

/// What `sep=;` says: a line that spreadsheets write and read.
fn separator(line: &[u8]) -> Option<Delimiter> {
    let line = line.trim_ascii();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    let (word, byte) = line.split_at_checked(4)?;
    let byte = if byte.is_empty() { b"\t" } else { byte };
    let named = |delimiter: &&Delimiter| byte == [delimiter.byte()];
    word.eq_ignore_ascii_case(b"sep=").then(|| Delimiter::ALL.iter().find(named).copied())?
}

/// The text of a comment. `#` alone in its field is the name of a column.
pub(super) fn comment(line: &[u8]) -> Option<&[u8]> {
    let text = line.trim_ascii_start();
    let rest = match text {
        [b'#' | b'%', rest @ ..] => rest,
        [b'/', b'/', rest @ ..] => rest,
        _ => return None,
    };
    let marks = rest.iter().take_while(|&&byte| byte == b'#' || byte == b'%').count();
    let rest = &rest[marks..];
    (!matches!(rest.first(), Some(b',' | b';' | b'\t' | b'|'))).then(|| rest.trim_ascii())
}

/// How the record of names differs from the rows below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pad {
    #[default]
    None,
    /// The rows begin with a field more: names of the rows.
    First,
    /// The rows end with an empty field more.
    Last,
    /// The names end with an empty field more.
    Cut,
}

/// Where the table is among the records of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TableBounds {
    /// So many records above it are left out.
    pub titles: usize,
    pub header: HeaderLines,
    pub pad: Pad,
    /// A line of units is between names and data.
    pub units: bool,
}

/// What holds the names of the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum HeaderLines {
    #[default]
    None,
    /// The first record of the table.
    Record,
    /// The last comment above it.
    Comment,
}

impl Pad {
    /// The record of names, made to fit the rows.
    fn applied(self, mut names: Vec<u8>, delimiter: u8) -> Vec<u8> {
        match self {
            Self::None => {}
            Self::First => names.insert(0, delimiter),
            Self::Last => names.push(delimiter),
            Self::Cut => drop(names.pop_if(|last| *last == delimiter)),
        }
        names
    }
}

impl DelimiterCandidate {
    /// Where the table is; `comment` is the last one above it.
    pub fn layout(&self, options: &ReadOptions, comment: Option<&[u8]>) -> TableBounds {
        let by_hand = options.first_line.is_some();
        let (most, _) = self.most();
        let mut layout = TableBounds::default();
        while !by_hand && layout.titles < MOST_TITLES && self.is_title(layout.titles, most) {
            layout.titles += 1;
        }
        layout.pad = if options.header == Some(false) { Pad::None } else { self.pad(layout.titles, most) };
        let header = options.header.unwrap_or_else(|| layout.pad != Pad::None || self.header(layout.titles));
        if header {
            layout.header = HeaderLines::Record;
            layout.units = !by_hand && self.has_units(layout.titles, most);
        } else if options.header.is_none()
            && layout.titles == 0
            && comment.is_some_and(|comment| self.names_in(comment))
        {
            layout.header = HeaderLines::Comment;
        }
        layout
    }

    /// Whether a comment holds as many names as there are columns.
    fn names_in(&self, comment: &[u8]) -> bool {
        let fields =
            comment.split(|&byte| byte == self.delimiter.byte()).map(|field| Kinds::of(field).with(self.decimal));
        let (mut n, mut n_text) = (0, 0);
        for field in fields {
            n += 1;
            n_text += usize::from(field == Holds::Text);
        }
        n == self.most().0 && 2 * n_text > n
    }

    fn fields(&self, record: usize) -> usize {
        self.records.get(record).map_or(0, Vec::len)
    }

    fn has_number(&self, record: usize) -> bool {
        let is_number = |(column, field)| matches!(self.kind(column, field), Holds::Number(_) | Holds::Infinite);
        self.records.get(record).is_some_and(|fields| fields.iter().enumerate().any(is_number))
    }

    fn n_filled(&self, record: usize) -> usize {
        let filled = |field: &&Vec<u8>| !field.trim_ascii().is_empty();
        self.texts.get(record).map_or(0, |fields| fields.iter().filter(filled).count())
    }

    /// Whether a record above the table is none of it.
    fn is_title(&self, record: usize, most: usize) -> bool {
        let fields = self.fields(record);
        let below = record + 1;
        let regular = self.records.iter().skip(below).filter(|record| record.len() == most).count();
        if most < 2 || regular < 2 || self.has_number(record) {
            return false;
        }
        let names_below = self.fields(below) == most && !self.has_number(below) && self.n_filled(below) > 1;
        match fields {
            _ if fields == most => self.n_filled(record) == 1 && names_below && self.has_number(below + 1),
            _ if fields > most => names_below && self.has_number(below + 1),
            _ => self.pad(record, most) == Pad::None,
        }
    }

    fn pad(&self, names: usize, most: usize) -> Pad {
        let rows = || self.records.iter().zip(&self.texts).skip(names + 1).filter(|(record, _)| record.len() == most);
        let Some(name) = self.texts.get(names).filter(|_| !self.has_number(names)) else { return Pad::None };
        if rows().count() < 2 || self.fields(names + 1) != most {
            return Pad::None;
        }
        if name.len() == most + 1 && name.last().is_some_and(|last| last.trim_ascii().is_empty()) {
            return Pad::Cut;
        }
        // Numbers with a decimal comma look like two fields.
        let enough = if self.delimiter == Delimiter::Comma { 2 } else { 1 };
        if name.len() + 1 != most || name.len() < enough || !self.has_number(names + 1) {
            return Pad::None;
        }
        if rows().all(|(_, texts)| texts.last().is_some_and(|last| last.trim_ascii().is_empty())) {
            return Pad::Last;
        }
        let names_a_row = |(record, _): (&Vec<_>, _)| match record.first().map(|field| self.kind(0, field)) {
            Some(Holds::Text) => true,
            Some(Holds::Number(value)) => value.fract() == 0.0,
            _ => false,
        };
        if rows().all(names_a_row) { Pad::First } else { Pad::None }
    }

    /// Whether the record below the names holds units: no number, and something short above numbers, but nothing above text
    /// unless it is in brackets.
    fn has_units(&self, names: usize, most: usize) -> bool {
        let units = names + 1;
        if self.fields(units) != most || self.fields(names) != most || self.has_number(units) {
            return false;
        }
        let Some(texts) = self.texts.get(units) else { return false };
        let mut above_numbers = 0;
        for (column, text) in texts.iter().enumerate() {
            let text = text.trim_ascii();
            let below = self.records.iter().skip(units + 1).filter_map(|record| record.get(column));
            let (mut n_numbers, mut n_others) = (0, 0);
            for field in below {
                match self.kind(column, field) {
                    Holds::Number(_) | Holds::Infinite => n_numbers += 1,
                    Holds::Text => n_others += 1,
                    Holds::Missing => {}
                }
            }
            let bracketed = matches!((text.first(), text.last()), (Some(b'['), Some(b']')) | (Some(b'('), Some(b')')));
            let is_text =
                matches!(self.records[units].get(column).map(|field| self.kind(column, field)), Some(Holds::Text));
            match is_text {
                true if n_numbers > n_others && text.len() <= LONGEST_UNIT => above_numbers += 1,
                true if !bracketed => return false,
                _ => {}
            }
        }
        above_numbers > 0
    }
}

/// What is read of a sample, in this order; and what is said about it.
pub(super) struct Cut {
    pub names: Option<(u64, Vec<u8>)>,
    /// Bytes and line where the rows begin.
    pub start: usize,
    pub line: u64,
    pub note: Option<CsvNote>,
}

impl Cut {
    /// Of the `sample` that is below `top` in the `whole`, as `candidate` explains it.
    pub fn of(whole: &[u8], top: &Top, sample: &[u8], candidate: &DelimiterCandidate, layout: TableBounds) -> Self {
        let start_of = |record: usize| candidate.starts.get(record).copied().unwrap_or(sample.len());
        let line_of = |record: usize| {
            let mut counter = LineCounter::default();
            counter.count(&sample[..start_of(record)]);
            top.line + counter.lines
        };
        let TableBounds { titles, header, pad, units } = layout;
        let named_by_comment = header == HeaderLines::Comment;
        let below = titles + usize::from(header == HeaderLines::Record);
        let data = below + usize::from(units);
        let names_line = match header {
            HeaderLines::None => None,
            HeaderLines::Record => Some(line_of(titles)),
            HeaderLines::Comment => top.comment.as_ref().map(|(line, _)| *line),
        };
        let names = if named_by_comment {
            top.comment.clone()
        } else if units || pad != Pad::None {
            let mut names = sample[start_of(titles)..start_of(below)].trim_ascii_end().to_vec();
            names.resize(names.len().max(1), b' ');
            Some((line_of(titles), pad.applied(names, candidate.delimiter.byte())))
        } else {
            None
        };
        let begin = if names.is_some() { data } else { titles };
        let (start, line) = if begin == 0 { (0, top.line) } else { (start_of(begin), line_of(begin)) };
        let data_line = line_of(data);
        let units_lines = if units { line_of(below)..data_line } else { 0..0 };
        let above = 1..names_line.unwrap_or(data_line);
        let between = if named_by_comment { names_line.unwrap_or(0) + 1..data_line } else { 0..0 };
        let lines = lines_of(whole, data_line);
        let left_out: Vec<(u64, String)> = (above.chain(between).chain(units_lines))
            .map(|line| (line, super::shown::shown(lines.get(line as usize - 1).copied().unwrap_or_default())))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let note = (!left_out.is_empty()).then_some(CsvNote::Layout { names: names_line, data: data_line, left_out });
        Self { names, start, line, note }
    }
}

/// The first so many lines.
fn lines_of(bytes: &[u8], count: u64) -> Vec<&[u8]> {
    let mut rest = bytes;
    let mut lines = Vec::new();
    while (lines.len() as u64) < count && !rest.is_empty() {
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        lines.push(&rest[..end]);
        rest = &rest[rest.len().min(end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 })..];
    }
    lines
}
