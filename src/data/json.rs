//! Reading JSON (RFC 8259): as much as a file of fitted parameters needs, with the place of what is wrong.

use std::iter::Peekable;
use std::str::Chars;

/// Nothing here is nested deeper; what is, is not ours.
const DEEPEST: u32 = 16;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    /// Finite.
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a text.
    ///
    /// # Errors
    /// Line, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = JsonReader { rest: text.chars().peekable(), line: 1 };
        let value = reader.value(0).and_then(|value| match reader.peek() {
            None => Ok(value),
            Some(_) => Err("the end"),
        });
        value.map_err(|expected| format!("line {}: expected {expected}", reader.line))
    }

    /// The value of a key of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(pairs) => pairs.iter().find(|(other, _)| other == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// A text as JSON writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '.. => out.push(c),
            _ => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

struct JsonReader<'a> {
    rest: Peekable<Chars<'a>>,
    line: u32,
}

type JsonResult<T> = Result<T, &'static str>;

impl JsonReader<'_> {
    /// What comes next that is no white space.
    fn peek(&mut self) -> Option<char> {
        while let Some(space) = self.rest.next_if(|c| matches!(c, ' ' | '\t' | '\n' | '\r')) {
            self.line += u32::from(space == '\n');
        }
        self.rest.peek().copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        self.peek() == Some(wanted) && self.rest.next().is_some()
    }

    fn value(&mut self, depth: u32) -> JsonResult<Json> {
        if depth > DEEPEST {
            return Err("values that are nested less deeply");
        }
        match self.peek() {
            Some('"') => self.string().map(Json::Text),
            Some('[') => {
                self.rest.next();
                let mut list = Vec::new();
                while !self.take(']') {
                    if !list.is_empty() && !self.take(',') {
                        return Err("a comma or ]");
                    }
                    list.push(self.value(depth + 1)?);
                }
                Ok(Json::List(list))
            }
            Some('{') => {
                self.rest.next();
                let mut pairs = Vec::new();
                while !self.take('}') {
                    if !pairs.is_empty() && !self.take(',') {
                        return Err("a comma or }");
                    }
                    if self.peek() != Some('"') {
                        return Err("a name in quotes");
                    }
                    let key = self.string()?;
                    if !self.take(':') {
                        return Err("a colon");
                    }
                    pairs.push((key, self.value(depth + 1)?));
                }
                Ok(Json::Object(pairs))
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> JsonResult<Json> {
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|c| c.is_ascii_alphanumeric() || "+-.".contains(*c)) {
            word.push(c);
        }
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Bool(true)),
            "false" => Ok(Json::Bool(false)),
            _ if word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                let number = word.parse().ok().filter(|number: &f64| number.is_finite());
                number.map(Json::Number).ok_or("a finite number")
            }
            _ => Err("a value"),
        }
    }

    fn string(&mut self) -> JsonResult<String> {
        self.rest.next();
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) if c >= ' ' => text.push(c),
                _ => return Err("the closing quote"),
            }
        }
    }

    fn escape(&mut self) -> JsonResult<char> {
        match self.rest.next() {
            Some(c @ ('"' | '\\' | '/')) => Ok(c),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => {
                let first = self.hex()?;
                let code = if (0xd800..0xdc00).contains(&first) {
                    let low = (self.rest.next() == Some('\\') && self.rest.next() == Some('u')).then(|| self.hex());
                    let low = low.transpose()?.filter(|low| (0xdc00..0xe000).contains(low));
                    0x10000 + ((first - 0xd800) << 10) + (low.ok_or("the second half of a character")? - 0xdc00)
                } else {
                    first
                };
                char::from_u32(code).ok_or("a character")
            }
            _ => Err("an escape that JSON knows"),
        }
    }

    fn hex(&mut self) -> JsonResult<u32> {
        (0..4).try_fold(0, |code, _| {
            let digit = self.rest.next().and_then(|c| c.to_digit(16)).ok_or("four hexadecimal digits")?;
            Ok(code << 4 | digit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(ours: &Json, theirs: &serde_json::Value) -> bool {
        use serde_json::Value;
        match (ours, theirs) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Number(a), Value::Number(b)) => b.as_f64().is_some_and(|b| a.to_bits() == b.to_bits() || *a == b),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Json::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
            }
            _ => false,
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, part) in [
            ("{\n\"a\": 1,\n\"b\" 2}", "line 3: expected a colon"),
            ("[1 2]", "line 1: expected a comma or ]"),
            ("{\"a\": 1e999}", "a finite number"),
            ("\"abc", "the closing quote"),
            ("[] []", "the end"),
            ("", "a value"),
            ("\"\\ud800\"", "the second half"),
            (&"[".repeat(10_000), "less deeply"),
        ] {
            let error = Json::parse(text).unwrap_err();
            assert!(error.contains(part), "{text:.20}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]{}\",:\\\\a-u0-9 .eE+-]{0,40}|.{0,40}") {
            let ours = Json::parse(&text);
            if let (Ok(ours), Ok(theirs)) = (&ours, serde_json::from_str::<serde_json::Value>(&text)) {
                // Of a name that is repeated serde_json keeps the last, and we the first.
                prop_assert!(same(ours, &theirs) || text.matches(':').count() > 1, "{text}: {ours:?} {theirs:?}");
            }
        }

        #[test]
        fn any_string_comes_back(text in ".*") {
            let written = quoted(&text);
            prop_assert_eq!(Json::parse(&written), Ok(Json::Text(text.clone())));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }

        #[test]
        fn any_number_comes_back(number in any::<f64>().prop_filter("finite", |number| number.is_finite())) {
            let Ok(Json::Number(again)) = Json::parse(&format!("{number:?}")) else { panic!("{number:?}") };
            prop_assert_eq!(again.to_bits(), number.to_bits());
        }
    }
}
