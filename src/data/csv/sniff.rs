//! How a table is written down, found out from its beginning.

use std::cmp::Ordering;

use super::marks::marked;
use super::number::{self, Kind as Holds};
use super::quoted::{LineCounter, Quoted};
use super::{Decimal, Delimiter, Dialect, ReadError, ReadOptions};
use crate::data::kind::{Kind, kind_of};
use crate::engine::sort;

/// So many bytes are looked at.
pub(super) const SAMPLE: usize = 1 << 16;

/// When they hold fewer lines, more are looked at.
pub(super) const LINES: usize = 4;
pub(super) const LARGEST_SAMPLE: usize = 1 << 22;

/// And of these so many records, with every delimiter.
const RECORDS: usize = 200;

/// A file with a zero byte and fewer other bytes is not called a text.
const FEWEST_LETTERS: usize = 8;

/// What the first bytes tell.
pub(super) struct Sniffed {
    pub dialect: Dialect,
    /// Of each column its decimal mark, when they differ.
    pub decimals: Vec<Decimal>,
    /// Bytes of a record, on average.
    pub record_bytes: f64,
}

/// What stands in the way of a dialect in its own right: bytes that are no table of text.
pub(super) fn check_text(sample: &[u8]) -> Result<(), ReadError> {
    if let Some(kind) = kind_of(sample) {
        return Err(kind.refusal());
    }
    let Some(first) = memchr::memchr(0, sample) else { return Ok(()) };
    // A text with zeros in it, as a crash or a faulty disk leaves behind, is nearly all letters, digits and line breaks.
    let others = sample.iter().filter(|&&byte| byte != 0);
    let (mut n, mut n_control) = (0_usize, 0_usize);
    for byte in others {
        n += 1;
        n_control += usize::from(byte.is_ascii_control() && !byte.is_ascii_whitespace());
    }
    let mut lines = LineCounter::default();
    lines.count(&sample[..first]);
    if n >= FEWEST_LETTERS && n_control == 0 && lines.lines > 0 && std::str::from_utf8(&sample[..first]).is_ok() {
        return Err(ReadError::ZeroByte { line: lines.lines + 1 });
    }
    Err(Kind { name: "a binary file", advice: "" }.refusal())
}

/// Finds out what the options leave open. `whole` says that the sample is all there is.
pub(super) fn sniff(sample: &[u8], whole: bool, options: &ReadOptions) -> Sniffed {
    let read = |delimiter| Candidate::read(sample, whole, delimiter, options);
    let best = match options.delimiter {
        Some(delimiter) => read(delimiter),
        None if sample.trim_ascii().is_empty() => read(Delimiter::Comma),
        None => {
            // One that is nowhere explains nothing, and of equals the first is taken.
            let looked_at = |delimiter: &&Delimiter| {
                **delimiter == Delimiter::ALL[0] || memchr::memchr(delimiter.byte(), sample).is_some()
            };
            let candidates = Delimiter::ALL.iter().filter(looked_at).map(|&delimiter| read(delimiter));
            candidates
                .reduce(|best, next| if next.score() > best.score() { next } else { best })
                .unwrap_or_else(|| read(Delimiter::Comma))
        }
    };
    Sniffed {
        dialect: Dialect {
            delimiter: best.delimiter,
            header: options.header.unwrap_or_else(|| best.header()),
            decimal: best.decimal,
        },
        decimals: best.decimals,
        record_bytes: best.n_bytes as f64 / best.records.len().max(1) as f64,
    }
}

/// The sample, as one delimiter explains it.
struct Candidate {
    delimiter: Delimiter,
    decimal: Decimal,
    decimals: Vec<Decimal>,
    /// The fields of the first record.
    first: Vec<Vec<u8>>,
    /// What the fields of every record hold, the first included.
    records: Vec<Vec<Kinds>>,
    /// So many bytes they take.
    n_bytes: usize,
}

/// What a field holds, with a decimal point and with a decimal comma; a number with marks is a number here.
#[derive(Clone, Copy)]
struct Kinds {
    point: Holds,
    comma: Holds,
    /// Only marks make it a number with this decimal separator, such as those of thousands.
    weak: Option<Decimal>,
}

impl Kinds {
    fn of(field: &[u8]) -> Self {
        let (point, point_marked) = Self::with_marks(field, Decimal::Point);
        if memchr::memchr2(b',', b'.', field).is_none() {
            return Self { point, comma: point, weak: None };
        }
        let (comma, comma_marked) = Self::with_marks(field, Decimal::Comma);
        let weak = match (point_marked, comma_marked) {
            (true, false) => Some(Decimal::Point),
            (false, true) => Some(Decimal::Comma),
            _ => None,
        };
        Self { point, comma, weak }
    }

    fn with_marks(field: &[u8], decimal: Decimal) -> (Holds, bool) {
        match number::classify(field, decimal) {
            Holds::Text => {
                marked(field, decimal).map_or((Holds::Text, false), |(value, _)| (Holds::Number(value), true))
            }
            kind => (kind, false),
        }
    }

    fn with(self, decimal: Decimal) -> Holds {
        match decimal {
            Decimal::Point => self.point,
            Decimal::Comma => self.comma,
        }
    }
}

impl Candidate {
    fn read(sample: &[u8], whole: bool, delimiter: Delimiter, options: &ReadOptions) -> Self {
        let mut quoted = Quoted::new(delimiter);
        let (mut first, mut records) = (Vec::new(), Vec::new());
        let mut rest = sample;
        while records.len() < RECORDS
            && let Some(start) = rest.iter().position(|&byte| byte != b'\n' && byte != b'\r')
        {
            rest = &rest[start..];
            let (taken, complete) = quoted.feed(rest);
            rest = &rest[taken..];
            // The last record may be cut off; it counts when it is all there is.
            if !complete && (!(whole || records.is_empty()) || !quoted.feed(b"\n").1) {
                break;
            }
            if quoted.fields().nth(1).is_none() && quoted.fields().all(|only| only.trim_ascii().is_empty()) {
                continue;
            }
            if records.is_empty() {
                first = quoted.fields().map(<[u8]>::to_vec).collect();
            }
            records.push(quoted.fields().map(Kinds::of).collect());
        }
        let (decimal, decimals) = match options.decimal {
            Some(decimal) => (decimal, Vec::new()),
            None => decimals(&records, delimiter),
        };
        Self { delimiter, decimal, decimals, first, records, n_bytes: sample.len() - rest.len() }
    }

    /// How well it explains the sample: the share of records with as many fields as most have, more if the fields are
    /// numbers; nothing when most have a single field.
    fn score(&self) -> f64 {
        let mut counts: Vec<usize> = self.records.iter().map(Vec::len).collect();
        sort(&mut counts);
        let runs = counts.chunk_by(|a, b| a == b);
        let Some(most) = runs.max_by_key(|run| run.len()).filter(|run| run[0] > 1) else { return 0.0 };
        let fields = self.records.iter().flatten();
        let (mut n_fields, mut n_numbers) = (0, 0);
        for field in fields {
            n_fields += 1;
            n_numbers += usize::from(field.with(self.decimal) != Holds::Text);
        }
        let regular = most.len() as f64 / self.records.len() as f64;
        regular * (1.0 + n_numbers as f64 / n_fields as f64)
    }

    /// Whether the first record holds names: each column votes. Text above numbers is for, a number above numbers is
    /// against, anything else abstains. Without votes, a record of different texts is a header.
    fn header(&self) -> bool {
        let Some((first, rest)) = self.records.split_first() else { return false };
        let kind = |column: usize, field: &Kinds| field.with(*self.decimals.get(column).unwrap_or(&self.decimal));
        let (mut votes_for, mut votes_against) = (0, 0);
        for (column, name) in first.iter().enumerate() {
            let below = rest.iter().filter_map(|record| record.get(column)).map(|field| kind(column, field));
            let (mut n_text, mut n_numbers) = (0, 0);
            for kind in below {
                match kind {
                    Holds::Text => n_text += 1,
                    Holds::Number(_) | Holds::Infinite => n_numbers += 1,
                    Holds::Missing => {}
                }
            }
            match kind(column, name) {
                Holds::Text if n_numbers > n_text => votes_for += 1,
                Holds::Number(_) | Holds::Infinite if n_text == 0 => votes_against += 1,
                _ => {}
            }
        }
        if votes_for + votes_against > 0 {
            return votes_for >= votes_against;
        }
        let mut names: Vec<_> = self.first.iter().map(|name| name.trim_ascii()).collect();
        sort(&mut names);
        first.iter().enumerate().all(|(column, name)| kind(column, name) == Holds::Text)
            && names.windows(2).all(|pair| pair[0] != pair[1])
    }
}

/// The decimal mark, and that of each column where they differ. A number that is one with a single of the two marks is
/// evidence: most of it decides, in a column for the column and in all for the rest, the point before the comma. Where all
/// could be thousands (`1,234` or `1.234`), the mark is taken to be decimal if it is a point, or if semicolons separate
/// the fields, as they do where commas are decimal.
fn decimals(records: &[Vec<Kinds>], delimiter: Delimiter) -> (Decimal, Vec<Decimal>) {
    // Only with a point, only with a comma.
    let mut evidence: Vec<(usize, usize)> = Vec::new();
    let (mut perhaps_point, mut perhaps_comma) = (false, false);
    for record in records {
        evidence.resize(evidence.len().max(record.len()), (0, 0));
        for (field, (point, comma)) in record.iter().zip(&mut evidence) {
            match (field.point, field.comma, field.weak) {
                (Holds::Number(_), Holds::Text, _) => *point += 1,
                (Holds::Text, Holds::Number(_), _) => *comma += 1,
                (_, _, Some(Decimal::Comma)) => perhaps_point = true,
                (_, _, Some(Decimal::Point)) => perhaps_comma = true,
                _ => {}
            }
        }
    }
    let (points, commas) = evidence.iter().fold((0, 0), |all, column| (all.0 + column.0, all.1 + column.1));
    let semicolons = delimiter == Delimiter::Semicolon;
    let decimal = match points.cmp(&commas) {
        Ordering::Less => Decimal::Comma,
        Ordering::Equal if points == 0 && perhaps_comma && !perhaps_point && semicolons => Decimal::Comma,
        _ => Decimal::Point,
    };
    let of_column = |&(points, commas): &(usize, usize)| match points.cmp(&commas) {
        Ordering::Less => Decimal::Comma,
        Ordering::Equal => decimal,
        Ordering::Greater => Decimal::Point,
    };
    let decimals: Vec<Decimal> = evidence.iter().map(of_column).collect();
    let mixed = decimals.iter().any(|&column| column != decimal);
    (decimal, if mixed { decimals } else { Vec::new() })
}
