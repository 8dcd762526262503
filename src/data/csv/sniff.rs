//! How a table is written down, found out from its beginning.

use super::number::{self, Kind};
use super::quoted::Quoted;
use super::{Decimal, Delimiter, Dialect, ReadError, ReadOptions};

/// So many bytes are looked at.
pub(super) const SAMPLE: usize = 1 << 16;

/// And of these so many records, with every delimiter.
const RECORDS: usize = 200;

/// What the first bytes tell.
pub(super) struct Sniffed {
    pub dialect: Dialect,
    /// Bytes of a record, on average.
    pub record_bytes: f64,
}

/// What stands in the way of a dialect in its own right: bytes that are no table of text.
pub(super) fn check_text(sample: &[u8]) -> Result<(), ReadError> {
    const BEGINNINGS: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a zip archive or an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
        (b"\x1f\x8b", "a compressed file (.gz)"),
        (b"\x93NUMPY", "a NumPy array (.npy)"),
        (b"%PDF", "a PDF document"),
        (b"PAR1", "a Parquet file"),
        (b"\x89PNG", "a picture"),
    ];
    let found = BEGINNINGS.iter().find(|(beginning, _)| sample.starts_with(beginning)).map(|&(_, name)| name);
    let binary = memchr::memchr(0, sample).map(|_| "a binary file");
    match found.or(binary) {
        Some(found) => Err(ReadError::NotText { found: found.into() }),
        None => Ok(()),
    }
}

/// Finds out what the options leave open. `whole` says that the sample is all there is.
pub(super) fn sniff(sample: &[u8], whole: bool, options: &ReadOptions) -> Sniffed {
    let read = |delimiter| Candidate::read(sample, whole, delimiter, options);
    let best = match options.delimiter {
        Some(delimiter) => read(delimiter),
        None if sample.trim_ascii().is_empty() => read(Delimiter::Comma),
        None => {
            let candidates = Delimiter::ALL.iter().map(|&delimiter| read(delimiter));
            // Of equals the first.
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
        record_bytes: best.n_bytes as f64 / best.records.len().max(1) as f64,
    }
}

/// The sample, as one delimiter explains it.
struct Candidate {
    delimiter: Delimiter,
    decimal: Decimal,
    /// The fields of the first record.
    first: Vec<Vec<u8>>,
    /// What the fields of every record hold, the first included.
    records: Vec<Vec<Kinds>>,
    /// So many bytes they take.
    n_bytes: usize,
}

/// What a field holds, with a decimal point and with a decimal comma.
#[derive(Clone, Copy)]
struct Kinds {
    point: Kind,
    comma: Kind,
    /// Three digits after the first comma: if it is not a decimal comma, it may set off thousands.
    thousands: bool,
}

impl Kinds {
    fn of(field: &[u8]) -> Self {
        let point = number::classify(field, Decimal::Point);
        match memchr::memchr2(b',', b'.', field) {
            None => Self { point, comma: point, thousands: false },
            Some(_) => {
                let decimals = field.trim_ascii().split(|&byte| byte == b',').nth(1);
                let thousands = decimals.is_some_and(|digits| digits.len() == 3);
                Self { point, comma: number::classify(field, Decimal::Comma), thousands }
            }
        }
    }

    fn with(self, decimal: Decimal) -> Kind {
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
        let decimal = match (delimiter, options.decimal) {
            (Delimiter::Comma, _) => Decimal::Point,
            (_, Some(decimal)) => decimal,
            (_, None) => decimal(&records, delimiter),
        };
        Self { delimiter, decimal, first, records, n_bytes: sample.len() - rest.len() }
    }

    /// How well it explains the sample: the share of records with as many fields as most have, more if the fields are
    /// numbers; nothing when most have a single field.
    fn score(&self) -> f64 {
        let mut counts: Vec<usize> = self.records.iter().map(Vec::len).collect();
        counts.sort_unstable();
        let runs = counts.chunk_by(|a, b| a == b);
        let Some(most) = runs.max_by_key(|run| run.len()).filter(|run| run[0] > 1) else { return 0.0 };
        let fields = self.records.iter().flatten();
        let (mut n_fields, mut n_numbers) = (0, 0);
        for field in fields {
            n_fields += 1;
            n_numbers += usize::from(field.with(self.decimal) != Kind::Text);
        }
        let regular = most.len() as f64 / self.records.len() as f64;
        regular * (1.0 + n_numbers as f64 / n_fields as f64)
    }

    /// Whether the first record holds names: each column votes. Text above numbers is for, a number above numbers is
    /// against, anything else abstains. Without votes, a record of different texts is a header.
    fn header(&self) -> bool {
        let Some((first, rest)) = self.records.split_first() else { return false };
        let kind = |field: &Kinds| field.with(self.decimal);
        let (mut votes_for, mut votes_against) = (0, 0);
        for (column, name) in first.iter().enumerate() {
            let below = rest.iter().filter_map(|record| record.get(column)).map(kind);
            let (mut n_text, mut n_numbers) = (0, 0);
            for kind in below {
                match kind {
                    Kind::Text => n_text += 1,
                    Kind::Number(_) | Kind::Infinite => n_numbers += 1,
                    Kind::Missing => {}
                }
            }
            match kind(name) {
                Kind::Text if n_numbers > n_text => votes_for += 1,
                Kind::Number(_) | Kind::Infinite if n_text == 0 => votes_against += 1,
                _ => {}
            }
        }
        if votes_for + votes_against > 0 {
            return votes_for >= votes_against;
        }
        let mut names: Vec<_> = self.first.iter().map(|name| name.trim_ascii()).collect();
        names.sort_unstable();
        first.iter().all(|name| kind(name) == Kind::Text) && names.windows(2).all(|pair| pair[0] != pair[1])
    }
}

/// The decimal separator of fields that are not separated by commas. A comma counts as decimal unless some number has
/// a point, or all may be thousands (`1,234`) in a file that is not separated by semicolons, as those with decimal
/// commas are.
fn decimal(records: &[Vec<Kinds>], delimiter: Delimiter) -> Decimal {
    let (mut n_comma, mut n_thousands) = (0, 0);
    for field in records.iter().flatten() {
        match (field.point, field.comma) {
            (Kind::Number(_), Kind::Text) => return Decimal::Point,
            (Kind::Text, Kind::Number(_)) => {
                n_comma += 1;
                n_thousands += usize::from(field.thousands);
            }
            _ => {}
        }
    }
    let certain = n_comma > n_thousands || delimiter == Delimiter::Semicolon;
    if n_comma > 0 && certain { Decimal::Comma } else { Decimal::Point }
}
