//! The beginning of a table, as one delimiter explains it.

use std::cmp::Ordering;

use super::number::{self, FieldKind as Holds};
use super::number_marks::marked;
use super::options::Rules;
use super::quoted::Quoted;
use super::{Decimal, Delimiter, ReadOptions};
use normlab_engine::sort;

/// So many records are looked at, with every delimiter.
const RECORDS: usize = 200;

/// The sample, as one delimiter explains it.
pub(super) struct DelimiterCandidate {
    pub delimiter: Delimiter,
    pub decimal: Decimal,
    pub decimals: Vec<Decimal>,
    /// What the fields of every record hold.
    pub records: Vec<Vec<Kinds>>,
    /// The fields themselves.
    pub texts: Vec<Vec<Vec<u8>>>,
    /// Where in the sample each record begins.
    pub starts: Vec<usize>,
    /// So many bytes they take.
    pub n_bytes: usize,
}

/// What a field holds, with a decimal point and with a decimal comma; a number with marks is a number here.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    point: Holds,
    comma: Holds,
    /// Only marks make it a number with this decimal separator, such as those of thousands.
    weak: Option<Decimal>,
}

impl Kinds {
    pub fn of(field: &[u8]) -> Self {
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
            Holds::Text => marked(field, decimal, Rules::USUAL)
                .map_or((Holds::Text, false), |(value, _)| (Holds::Number(value), true)),
            kind => (kind, false),
        }
    }

    pub fn with(self, decimal: Decimal) -> Holds {
        match decimal {
            Decimal::Point => self.point,
            Decimal::Comma => self.comma,
        }
    }
}

impl DelimiterCandidate {
    pub fn read(sample: &[u8], whole: bool, delimiter: Delimiter, options: &ReadOptions) -> Self {
        let mut quoted = Quoted::new(delimiter);
        let (mut starts, mut texts, mut records) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = sample;
        while records.len() < RECORDS
            && let Some(start) = rest.iter().position(|&byte| byte != b'\n' && byte != b'\r')
        {
            rest = &rest[start..];
            let start = sample.len() - rest.len();
            let (taken, complete) = quoted.feed(rest);
            rest = &rest[taken..];
            // The last record may be cut off; it counts when it is all there is.
            if !complete && (!(whole || records.is_empty()) || !quoted.feed(b"\n").1) {
                break;
            }
            if quoted.fields().nth(1).is_none() && quoted.fields().all(|only| only.trim_ascii().is_empty()) {
                continue;
            }
            starts.push(start);
            texts.push(quoted.fields().map(<[u8]>::to_vec).collect());
            records.push(quoted.fields().map(Kinds::of).collect());
        }
        let (decimal, decimals) = match options.decimal {
            Some(decimal) => (decimal, Vec::new()),
            None => decimals(&records, delimiter),
        };
        Self { delimiter, decimal, decimals, records, texts, starts, n_bytes: sample.len() - rest.len() }
    }

    /// How well it explains the sample: its regularity, more if the fields that are filled are numbers.
    pub fn score(&self) -> f64 {
        let (mut n_filled, mut n_numbers) = (0, 0);
        for field in self.records.iter().flatten().map(|field| field.with(self.decimal)) {
            n_filled += usize::from(field != Holds::Missing);
            n_numbers += usize::from(matches!(field, Holds::Number(_) | Holds::Infinite));
        }
        self.regularity() * (1.0 + n_numbers as f64 / n_filled.max(1) as f64)
    }

    /// The share of records with as many fields as most have; nothing when most have a single field.
    pub fn regularity(&self) -> f64 {
        match self.most() {
            (n, most) if n > 1 => most as f64 / self.records.len() as f64,
            _ => 0.0,
        }
    }

    /// The number of fields that most records have, and how many have it.
    pub fn most(&self) -> (usize, usize) {
        let mut counts: Vec<usize> = self.records.iter().map(Vec::len).collect();
        sort(&mut counts);
        let most = counts.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
        most.map_or((0, 0), |run| (run[0], run.len()))
    }

    /// The first of the numbers whose only mark is one of thousands or a decimal one, when all are such.
    pub fn ambiguous(&self, options: &ReadOptions) -> Option<String> {
        if options.decimal.is_some() || self.delimiter == Delimiter::Comma {
            return None;
        }
        let mut first = None;
        for (record, texts) in self.records.iter().zip(&self.texts) {
            for (field, text) in record.iter().zip(texts) {
                match (field.point, field.comma) {
                    (Holds::Number(point), Holds::Number(comma)) if point != comma => {
                        first.get_or_insert(text);
                    }
                    (Holds::Number(_), Holds::Number(_)) => {}
                    (Holds::Number(_), _) | (_, Holds::Number(_)) => return None,
                    _ => {}
                }
            }
        }
        first.map(|text| super::shown::shown(text))
    }

    pub fn kind(&self, column: usize, field: &Kinds) -> Holds {
        field.with(*self.decimals.get(column).unwrap_or(&self.decimal))
    }

    /// Whether the record `names` holds names: each column votes. Text above numbers is for, a number above numbers is
    /// against, anything else abstains. Without votes, a record of different texts is a header.
    pub fn header(&self, names: usize) -> bool {
        let Some((first, rest)) = self.records.get(names..).and_then(<[_]>::split_first) else { return false };
        let (mut votes_for, mut votes_against) = (0, 0);
        for (column, name) in first.iter().enumerate() {
            let below = rest.iter().filter_map(|record| record.get(column)).map(|field| self.kind(column, field));
            let (mut n_text, mut n_numbers) = (0, 0);
            for kind in below {
                match kind {
                    Holds::Text => n_text += 1,
                    Holds::Number(_) | Holds::Infinite => n_numbers += 1,
                    Holds::Missing => {}
                }
            }
            match self.kind(column, name) {
                Holds::Text if n_numbers > n_text => votes_for += 1,
                Holds::Number(_) | Holds::Infinite if n_text == 0 => votes_against += 1,
                _ => {}
            }
        }
        if self.numbers_as_names(names).is_some() {
            return true;
        }
        if votes_for + votes_against > 0 {
            return votes_for >= votes_against;
        }
        let mut texts: Vec<_> = self.texts[names].iter().map(|name| name.trim_ascii()).collect();
        sort(&mut texts);
        first.iter().enumerate().all(|(column, name)| self.kind(column, name) == Holds::Text)
            && texts.windows(2).all(|pair| pair[0] != pair[1])
    }

    /// The first and the last of the whole numbers that a record holds as names (years, wavelengths, pixels): they go up in
    /// even steps, those below do not, and they are years, or many, or above fractions.
    pub fn numbers_as_names(&self, names: usize) -> Option<(String, String)> {
        let steps = |record: &[Kinds]| {
            let numbers: Vec<(usize, f64)> = (record.iter().enumerate())
                .filter_map(|(column, field)| match self.kind(column, field) {
                    Holds::Number(value) => Some((column, value)),
                    _ => None,
                })
                .collect();
            let step = numbers.get(1)?.1 - numbers[0].1;
            let even = step > 0.0
                && numbers.windows(2).all(|pair| pair[1].1 - pair[0].1 == step && pair[1].0 == pair[0].0 + 1);
            even.then_some((numbers, step))
        };
        let first = self.records.get(names)?;
        let (numbers, step) = steps(first)?;
        let whole = numbers.iter().all(|(_, value)| value.fract() == 0.0 && *value >= 0.0);
        // A mark, a sign or a fraction of zero is written for values, not for names.
        let bare = |(column, _): &(usize, f64)| {
            self.texts[names][*column].trim_ascii().iter().all(|byte| byte.is_ascii_digit())
        };
        let rows = &self.records[names + 1..];
        let alike = rows.iter().filter(|row| steps(row).is_some_and(|(_, below)| below == step)).count();
        if !whole || !numbers.iter().all(bare) || rows.is_empty() || 2 * alike > rows.len() {
            return None;
        }
        let fractions_below = |&(column, _): &(usize, f64)| {
            let is_fraction = |row: &Vec<Kinds>| {
                let kind = row.get(column).map(|field| self.kind(column, field));
                matches!(kind, Some(Holds::Number(value)) if value.fract() != 0.0)
            };
            rows.iter().any(is_fraction)
        };
        let others_are_names = numbers.len() == first.len()
            || numbers.len() + 1 == first.len() && !matches!(self.kind(0, &first[0]), Holds::Number(_));
        let n = numbers.len();
        let years = numbers.iter().all(|(_, value)| (1500.0..=2200.0).contains(value));
        // Rows of years go up in even steps as well: what is below must differ.
        let differs = rows.iter().any(|row| !numbers.iter().all(|&(column, _)| {
            matches!(row.get(column).map(|field| self.kind(column, field)), Some(Holds::Number(value)) if (1500.0..=2200.0).contains(&value))
        }));
        let telling = n >= 2 && years && differs || n >= 3 && numbers.iter().all(fractions_below) || n >= 10;
        let text =
            |index: usize| String::from_utf8_lossy(self.texts[names][numbers[index].0].trim_ascii()).into_owned();
        (others_are_names && telling).then(|| (text(0), text(n - 1)))
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
