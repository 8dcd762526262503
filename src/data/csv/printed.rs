//! Lists and arrays as programs print them and people paste them: of Python, NumPy, PyTorch, R, Julia and Matlab.

use super::number::{self, FieldKind};
use super::{CsvNote, Decimal, ReadError};

/// What may stand in front of a list, in parentheses around it.
const WRAPPERS: [&str; 9] =
    ["tensor", "torch.tensor", "array", "np.array", "numpy.array", "c", "list", "jnp.array", "Array"];
/// What may follow a list inside such parentheses and does not change its numbers.
const KEYWORDS: [&str; 7] = ["dtype", "device", "requires_grad", "grad_fn", "size", "layout", "weak_type"];

/// The table of a print: lines of comma separated fields.
pub(super) struct Printed {
    pub text: Vec<u8>,
    /// Whether the first line holds names.
    pub header: bool,
    pub note: CsvNote,
}

/// Rows of fields, each with the line it begins on.
#[derive(Default)]
struct Rows {
    names: Option<Vec<String>>,
    rows: Vec<(u64, Vec<String>)>,
}

/// Whether a text begins as long lists do, so that all of it should be looked at.
pub(super) fn may_be(beginning: &[u8]) -> bool {
    let text = beginning.trim_ascii_start();
    let word = text.iter().take_while(|&&byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte)).count();
    let rest = text[word..].trim_ascii_start();
    rest.starts_with(b"[") || word > 0 && (rest.starts_with(b"(") || rest.starts_with(b"=") || rest.starts_with(b"<-"))
}

/// The table of a text that is a print as a whole; `None` when it is none.
///
/// # Errors
/// [`ReadError::NotText`] when numbers are left out in it or it has more than two dimensions, [`ReadError::Ragged`] when its
/// rows differ in length.
pub(super) fn read(text: &[u8]) -> Result<Option<Printed>, ReadError> {
    let Ok(text) = std::str::from_utf8(text) else { return Ok(None) };
    let rows = match of_lines(text)? {
        Some(rows) => Some(rows),
        None => match (Parser { rest: text, line: 1 }).print() {
            Ok(rows) => Some(rows),
            Err(Some(error)) => return Err(error),
            Err(None) => None,
        },
    };
    rows.filter(|rows| !rows.rows.is_empty()).map(Rows::finish).transpose()
}

impl Rows {
    fn finish(self) -> Result<Printed, ReadError> {
        let n = self.rows[0].1.len();
        let mut text = String::new();
        let mut write = |fields: &[String]| {
            text.push_str(&fields.join(","));
            text.push('\n');
        };
        let names = self.names.filter(|names| names.len() == n);
        names.iter().for_each(|names| write(names));
        for (line, fields) in &self.rows {
            if fields.len() != n {
                let (line, found) = (*line, fields.len());
                return Err(ReadError::Ragged { line, expected: n, found, delimiter: super::Delimiter::Comma });
            }
            write(fields);
        }
        let note = CsvNote::Printed { rows: self.rows.len(), columns: n };
        Ok(Printed { text: text.into_bytes(), header: names.is_some(), note })
    }
}

/// A word of a print as a field: a number, or what stands for one; `None` for anything else.
fn field(word: &str) -> Option<String> {
    let truth = ["true", "false"].into_iter().find(|truth| word.eq_ignore_ascii_case(truth));
    match number::classify(word.as_bytes(), Decimal::Point) {
        _ if word.is_empty() => None,
        _ if word == "missing" || word == "nothing" => Some("NA".into()),
        FieldKind::Text => truth.map(|truth| if truth == "true" { "1" } else { "0" }.into()),
        _ => Some(word.into()),
    }
}

fn left_out() -> ReadError {
    ReadError::NotText {
        found: "a print in which numbers are left out (\u{2026})".into(),
        advice: "Print all of them, with np.set_printoptions(threshold=np.inf) or torch.set_printoptions(profile=\"full\"), or \
                 save the array: np.save(\"x.npy\", x)."
            .into(),
    }
}

/// What R, Julia and Matlab print line by line.
fn of_lines(text: &str) -> Result<Option<Rows>, ReadError> {
    let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let Some((first, _)) = lines.next() else { return Ok(None) };
    let rest: Vec<(&str, u64)> = lines.collect();
    let first = first.trim();
    let julia =
        first.ends_with(':') && (first.contains("-element ") || first.contains('\u{d7}')) && first.contains('{');
    let matlab = first.strip_suffix('=').is_some_and(|name| is_name(name.trim()));
    if julia || matlab {
        return of_rows(&rest);
    }
    if first.starts_with("[1] ") {
        return Ok(of_r_vector(text));
    }
    let is_row = |line: &str| index(line).is_some_and(|(index, _)| index.ends_with(','));
    if !rest.is_empty() && rest.iter().all(|(line, _)| is_row(line)) {
        let rows = rest.iter().map(|&(line, number)| (number, index(line).map_or("", |(_, row)| row)));
        let rows: Option<Vec<_>> = rows.map(|(number, row)| Some((number, fields(row)?))).collect();
        let names: Vec<String> = first.split_whitespace().map(quoted).collect();
        let named = !names.iter().any(|name| name.starts_with("\"[,"));
        return Ok(rows.map(|rows| Rows { names: named.then_some(names), rows }));
    }
    Ok(None)
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic())
        && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What is in brackets at the beginning of a line, and what follows.
fn index(line: &str) -> Option<(&str, &str)> {
    line.trim_start().strip_prefix('[')?.split_once(']')
}

fn fields(row: &str) -> Option<Vec<String>> {
    row.split_whitespace().map(field).collect()
}

/// `[1] 1.0 2.0` and the lines after it, each with the index of its first value.
fn of_r_vector(text: &str) -> Option<Rows> {
    let mut rows = Rows::default();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let (at, values) = index(line)?;
        if at.trim().parse() != Ok(rows.rows.len() + 1) {
            return None;
        }
        rows.rows.extend(fields(values)?.into_iter().map(|value| (number, vec![value])));
    }
    Some(rows)
}

/// Rows of numbers with blanks between; of Matlab also the factor above them.
fn of_rows(lines: &[(&str, u64)]) -> Result<Option<Rows>, ReadError> {
    let mut rows = Rows::default();
    let mut exponent = String::new();
    for &(line, number) in lines {
        let line = line.trim();
        if line.contains(['\u{22ee}', '\u{2026}', '\u{22f1}']) || line.starts_with("Columns ") {
            return Err(left_out());
        }
        if let Some(factor) = line.strip_suffix('*').filter(|_| rows.rows.is_empty()) {
            let Some(power) = factor.trim().strip_prefix("1.0e") else { return Ok(None) };
            exponent = format!("e{power}");
            continue;
        }
        let Some(fields) = fields(line) else { return Ok(None) };
        let scaled =
            |field: String| if field.ends_with(|c: char| c.is_ascii_digit()) { field + &exponent } else { field };
        rows.rows.push((number, fields.into_iter().map(scaled).collect()));
    }
    Ok(Some(rows))
}

/// A value of a print: lists in lists.
enum Value {
    Field(String),
    List(List),
}

struct List {
    line: u64,
    items: Vec<Value>,
}

/// Why there is no list: `None` when the text is no print at all.
type Stop = Option<ReadError>;

/// Lists in lists beyond this are no print.
const DEEPEST: usize = 8;

struct Parser<'a> {
    rest: &'a str,
    line: u64,
}

impl<'a> Parser<'a> {
    /// A list, with a name and parentheses around it or without, and nothing behind it.
    fn print(mut self) -> Result<Rows, Stop> {
        let start = self.rest;
        let name = self.word();
        if !(is_name(name) && (self.take("=") || self.take("<-"))) {
            self.rest = start;
        }
        let list = self.wrapped(0)?;
        self.take(";");
        self.skip_blanks();
        if self.rest.is_empty() { list.rows() } else { Err(None) }
    }

    fn wrapped(&mut self, depth: usize) -> Result<List, Stop> {
        let wrapper = self.word();
        if wrapper.is_empty() {
            return if self.take("[") { self.list("]", depth) } else { Err(None) };
        }
        if wrapper == "matrix" && self.rest.starts_with("(c(") {
            let (found, advice) = ("a line of R that makes a matrix", "Paste what R prints of it.");
            return Err(Some(ReadError::NotText { found: found.into(), advice: advice.into() }));
        }
        if !WRAPPERS.contains(&wrapper) || !self.take("(") || depth > DEEPEST {
            return Err(None);
        }
        if wrapper == "c" {
            return self.list(")", depth);
        }
        let list = self.wrapped(depth + 1)?;
        while self.take(",") && !self.rest.trim_start().starts_with(')') {
            let keyword = self.word();
            if !KEYWORDS.contains(&keyword) || !self.take("=") {
                return Err(None);
            }
            self.skip_value();
        }
        if self.take(")") { Ok(list) } else { Err(None) }
    }

    /// The items up to the bracket that closes; a semicolon ends a row.
    fn list(&mut self, end: &str, depth: usize) -> Result<List, Stop> {
        let line = self.line;
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        loop {
            self.skip_blanks();
            if self.rest.is_empty() || depth > DEEPEST {
                return Err(None);
            } else if self.take(end) {
                break;
            } else if self.take("[") {
                items.push(Value::List(self.list("]", depth + 1)?));
            } else if self.take("(") {
                items.push(Value::List(self.list(")", depth + 1)?));
            } else if self.take(";") {
                rows.push(Value::List(List { line: self.line, items: std::mem::take(&mut items) }));
            } else if !self.take(",") {
                items.push(Value::Field(self.field()?));
            }
        }
        if !rows.is_empty() {
            if !items.is_empty() {
                rows.push(Value::List(List { line: self.line, items }));
            }
            items = rows;
        }
        Ok(List { line, items })
    }

    fn field(&mut self) -> Result<String, Stop> {
        if let Some(quote) = self.rest.chars().next().filter(|first| ['"', '\''].contains(first)) {
            let (text, rest) = self.rest[1..].split_once(quote).ok_or(None)?;
            self.rest = rest;
            return Ok(quoted(text));
        }
        let end = self.rest.find(|c: char| c.is_whitespace() || ",;[]()\"'".contains(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word == "..." || word == "\u{2026}" {
            return Err(Some(left_out()));
        }
        self.rest = rest;
        field(word).ok_or(None)
    }

    fn word(&mut self) -> &'a str {
        self.skip_blanks();
        let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        let (word, rest) = self.rest.split_at(self.rest.find(|c| !inside(c)).unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    /// The value of a keyword: up to the comma or the bracket that ends it.
    fn skip_value(&mut self) {
        let mut open = 0_usize;
        let ends = |c: char| match c {
            '(' | '[' | '<' => {
                open += 1;
                false
            }
            ')' | ']' | '>' if open > 0 => {
                open -= 1;
                false
            }
            ')' => true,
            _ => c == ',' && open == 0,
        };
        self.rest = &self.rest[self.rest.find(ends).unwrap_or(self.rest.len())..];
    }

    fn take(&mut self, mark: &str) -> bool {
        self.skip_blanks();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest.trim_start();
        let blanks = &self.rest[..self.rest.len() - rest.len()];
        self.line += blanks.bytes().filter(|&byte| byte == b'\n').count() as u64;
        self.rest = rest;
    }
}

impl List {
    /// A list of numbers is a column, a list of such lists a table.
    fn rows(mut self) -> Result<Rows, Stop> {
        // One table in a list of its own.
        while let [Value::List(inner)] = &mut self.items[..]
            && inner.items.iter().any(|item| matches!(item, Value::List(_)))
        {
            self = List { line: inner.line, items: std::mem::take(&mut inner.items) };
        }
        let mut rows = Rows::default();
        for item in self.items {
            match item {
                Value::Field(field) => rows.rows.push((self.line, vec![field])),
                Value::List(List { line, items }) => {
                    let fields = items.into_iter().map(|item| match item {
                        Value::Field(field) => Ok(field),
                        Value::List(_) => Err(Some(too_deep())),
                    });
                    rows.rows.push((line, fields.collect::<Result<_, _>>()?));
                }
            }
        }
        Ok(rows)
    }
}

fn too_deep() -> ReadError {
    ReadError::NotText {
        found: "a print of more than two dimensions".into(),
        advice: "Paste one matrix of it, or save the array: np.save(\"x.npy\", x).".into(),
    }
}
