//! Both ways of reading agree, chunks do not matter, and every error names its place.

use proptest::prelude::*;

use super::*;
use crate::csv::ReadErrorKind;
use crate::csv::{Decimal, Delimiter};
use crate::{Column, Role, Values};

fn read_with(bytes: &[u8], options: ReadOptions) -> Result<CsvRead, ReadError> {
    let mut reader = CsvReader::new(options);
    reader.push(bytes)?;
    reader.finish("test")
}

fn read(text: &str) -> Result<CsvRead, ReadError> {
    read_with(text.as_bytes(), ReadOptions::default())
}

fn good(text: &str) -> CsvRead {
    read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn columns(text: &str) -> Vec<Column> {
    good(text).dataset.columns
}

fn names(text: &str) -> Vec<String> {
    columns(text).into_iter().map(|column| column.name).collect()
}

/// NaN as None, so that results can be compared.
fn cells(column: &Column) -> Vec<Option<String>> {
    match &column.values {
        Values::Number(numbers) => numbers.iter().map(|v| (!v.is_nan()).then(|| format!("{v:?}"))).collect(),
        Values::Text(text) => (0..text.codes.len()).map(|row| text.get(row).map(str::to_owned)).collect(),
    }
}

fn strings(column: &Column) -> Vec<String> {
    cells(column).into_iter().map(|cell| cell.unwrap_or_else(|| "missing".into())).collect()
}

type Outcome = Result<(Dialect, Vec<CsvNote>, Vec<(String, Role, Vec<Option<String>>)>), ReadError>;

fn outcome(bytes: &[u8], cuts: &[usize], options: ReadOptions, all_quoted: bool) -> Outcome {
    outcome_of(CsvReader::with(options, Keep::Columns, all_quoted), bytes, cuts)
}

fn outcome_of(mut reader: CsvReader, bytes: &[u8], cuts: &[usize]) -> Outcome {
    let mut rest = bytes;
    for &cut in cuts {
        let (chunk, after) = rest.split_at(cut.min(rest.len()));
        reader.push(chunk)?;
        rest = after;
    }
    reader.push(rest)?;
    let read = reader.finish("test")?;
    let columns = read.dataset.columns.iter().map(|c| (c.name.clone(), c.role, cells(c))).collect();
    Ok((read.reading.dialect, read.notes, columns))
}

#[test]
fn a_plain_table() {
    let read = good("a,b\n1,2.5\n-3,4e2\n");
    assert_eq!(read.reading.dialect, Dialect { delimiter: Delimiter::Comma, header: true, decimal: Decimal::Point });
    assert_eq!((read.dataset.name.as_str(), read.dataset.rows, read.dataset.positions), ("test", 2, 1));
    assert_eq!(read.dataset.columns[0].values, Values::Number(vec![1.0, -3.0]));
    assert_eq!(read.dataset.columns[1].values, Values::Number(vec![2.5, 400.0]));
    assert_eq!(read.notes, []);
}

#[test]
fn delimiters_are_found() {
    for delimiter in Delimiter::ALL {
        let d = char::from(delimiter.byte());
        let read = good(&format!("first{d}second\n1{d}2\n3{d}4\n"));
        assert_eq!(read.reading.dialect.delimiter, *delimiter);
        assert_eq!(read.dataset.columns.len(), 2);
    }
    assert_eq!(good("my value\n1\n2\n").dataset.columns.len(), 1);
    assert_eq!(good("a, b\n1, 2\n").reading.dialect.delimiter, Delimiter::Comma);
    assert_eq!(good("day,x\n2020-01-01 10:00,1\n2020-01-02 10:00,2\n").reading.dialect.delimiter, Delimiter::Comma);
}

#[test]
fn decimal_commas_are_found_where_the_delimiter_is_no_comma() {
    let read = good("a;b\n1,5;2\n-0,25;3\n");
    assert_eq!(
        read.reading.dialect,
        Dialect { delimiter: Delimiter::Semicolon, header: true, decimal: Decimal::Comma }
    );
    assert_eq!(read.dataset.columns[0].values, Values::Number(vec![1.5, -0.25]));
    assert_eq!(good("a\tb\n1,5\tx\n").reading.dialect.decimal, Decimal::Comma);
    // Thousands in a file of tabs are not taken for decimals.
    assert_eq!(good("a\tb\n1,234\t1\n").reading.dialect.decimal, Decimal::Point);
    assert_eq!(good("a;b\n1.5;1,234\n").reading.dialect.decimal, Decimal::Point);
}

#[test]
fn headers_are_found() {
    assert!(!good("1,2\n3,4\n").reading.dialect.header);
    assert!(good("a,b\n3,4\n").reading.dialect.header);
    assert!(!good("Adelie,1,2\nGentoo,3,4\n").reading.dialect.header);
    assert!(!good("n.d.,1,2\n3,4,5\n6,7,8\n").reading.dialect.header);
    assert!(good(",x\n1,2\n").reading.dialect.header);
    assert_eq!(names("1,2\n3,4\n"), ["column 1", "column 2"]);
}

#[test]
fn options_overrule_what_is_found() {
    let header = |header| ReadOptions { header: Some(header), ..ReadOptions::default() };
    assert_eq!(read_with(b"1,2\n3,4\n", header(true)).unwrap().dataset.columns[1].name, "2");
    assert_eq!(read_with(b"a,2\nb,4\n", header(false)).unwrap().dataset.rows, 2);
    let semicolon = ReadOptions { delimiter: Some(Delimiter::Semicolon), ..ReadOptions::default() };
    let read = read_with(b"1,5\n2,5\n", semicolon).unwrap();
    assert_eq!(read.dataset.columns[0].values, Values::Number(vec![1.5, 2.5]));
}

#[test]
fn names_are_told_apart_and_originals_kept() {
    let read = good("x,x,\n1,2,3\n4,5,6\n");
    assert_eq!(names("x,x,\n1,2,3\n"), ["x", "x (2)", "column 3"]);
    assert_eq!(read.dataset.columns.iter().map(|c| c.original.as_str()).collect::<Vec<_>>(), ["x", "x", ""]);
    assert_eq!(read.notes.len(), 2);
}

#[test]
fn quotes() {
    let columns = columns("name,x\n\"a, \"\"b\"\"\nc\",1\n\"2\",\"3\"\n5\" pipe,4\n");
    assert_eq!(strings(&columns[0]), ["a, \"b\"\nc", "2", "5\" pipe"]);
    assert_eq!(strings(&columns[1]), ["1.0", "3.0", "4.0"]);
}

#[test]
fn line_ends_marks_and_blank_lines() {
    for text in ["a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "\u{feff}a,b\n1,2\n3,4", "\n\na,b\n1,2\n\r\n3,4\n  \n\n"] {
        let columns = columns(text);
        assert_eq!(columns[0].name, "a", "{text:?}");
        assert_eq!(columns[1].values, Values::Number(vec![2.0, 4.0]), "{text:?}");
    }
    assert_eq!(good("\n\na,b\n1,2\n\r\n3,4\n  \n\n").notes, [CsvNote::BlankLines(5)]);
    assert_eq!(names("\u{feff}\"a\",b\n1,2\n"), ["a", "b"]);
}

#[test]
fn utf16_with_a_mark() {
    let text = "größe,b\n1,2\n3,\u{1d49c}\n";
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect();
        let read = read_with(&bytes, ReadOptions::default()).unwrap();
        assert_eq!(read.dataset.columns[0].name, "größe");
        assert_eq!(strings(&read.dataset.columns[1]), ["2", "\u{1d49c}"]);
        let cut = read_with(&bytes[..bytes.len() - 1], ReadOptions::default());
        assert_eq!(cut.unwrap_err(), ReadError::NotUnicode { line: 3, found: "half a character of UTF-16".into() });
    }
}

#[test]
fn missing_values_and_text_columns_as_written() {
    let text = "z,w\n007,1\n1.50,NA\n-0.0,?\n+3,\n1e3,-\n,null\n12,n/a\nx,2\n0.10,nan\n";
    let read = good(text);
    let [z, w] = read.dataset.columns.as_slice() else { panic!() };
    assert_eq!(strings(z), ["007", "1.50", "-0.0", "+3", "1e3", "missing", "12", "x", "0.10"]);
    assert_eq!((z.n_missing(), w.n_missing()), (1, 7));
    let note = "Column \u{201c}z\u{201d}: 1 cell with other text (row 8 \u{201c}x\u{201d}). So the column is text.";
    assert_eq!(read.notes.iter().map(ToString::to_string).collect::<Vec<_>>(), [note]);
    let text = good("z,w\n1,1\nx,2\ny,3\n");
    assert_eq!(text.notes, [CsvNote::TextColumn { column: "z".into(), line: 3, found: "x".into() }]);
}

#[test]
fn errors_name_the_place() {
    let error = |text: &str| read(text).expect_err(text);
    assert_eq!(error(""), ReadError::Empty);
    assert_eq!(error("\n \n\n"), ReadError::Empty);
    assert_eq!(error("\u{feff}"), ReadError::Empty);
    assert_eq!(error("a,b\n"), ReadError::OnlyHeader { columns: 2 });
    let ragged = ReadError::Ragged { line: 4, expected: 2, found: 3, delimiter: Delimiter::Comma };
    assert_eq!(error("a,b\n1,2\n\n1,2,3\n1,2\n"), ragged);
    let short = ReadError::Ragged { line: 3, expected: 2, found: 1, delimiter: Delimiter::Comma };
    assert_eq!(error("a,b\n1,2\n1\n1,2\n"), short);
    assert_eq!(error("a,b\n1,2\n\"x\ny\",\"open\n1,2\n"), ReadError::UnclosedQuote { line: 4 });
    let infinite = ReadError::Infinite { line: 3, row: 2, column: "b".into(), found: "1e400".into() };
    assert_eq!(error("a,b\n1,2\n1,1e400\n1,inf\n"), infinite);
    let no_numbers = ReadError::NoNumbers { rows: 2, columns: 2, example: "a".into(), line: 2, found: "x".into() };
    assert_eq!(error("a,b\nx,y\nz,w\n"), no_numbers);
    assert_eq!(error("a,b\n,\nNA,?\n").kind(), ReadErrorKind::NoNumbers);
    assert_eq!(error("a,b\n,x\nNA,?\n").kind(), ReadErrorKind::NoNumbers);
    let unknown = read_with(b"a,b\n1,2\n1,gr\x81n\n", ReadOptions::default());
    assert_eq!(unknown.unwrap_err(), ReadError::NotUnicode { line: 3, found: "gr\\x81n".into() });
    assert_eq!(read_with(b"PK\x03\x04rest", ReadOptions::default()).unwrap_err().kind(), ReadErrorKind::NotText);
    assert_eq!(read_with(b"a\0b\n", ReadOptions::default()).unwrap_err().kind(), ReadErrorKind::NotText);
}

#[test]
fn infinite_words_in_a_text_column_are_text() {
    assert_eq!(strings(&columns("a,b\ninf,1\nx,2\n1e400,3\n")[0]), ["inf", "x", "1e400"]);
}

#[test]
fn an_endless_line_is_refused() {
    let mut reader = CsvReader::new(ReadOptions::default());
    let chunk = vec![b'1'; 1 << 20];
    let error = (0..20).find_map(|_| reader.push(&chunk).err()).expect("an error before the end");
    assert_eq!(error.kind(), ReadErrorKind::LongLine);
}

#[test]
fn a_line_of_ten_thousand_names_is_no_sample() {
    let row = |value: &dyn Fn(usize) -> String| (0..10_000).map(value).collect::<Vec<_>>().join(",") + "\n";
    let text = row(&|column| format!("column {column}")) + &row(&|column| (column % 97).to_string()).repeat(9);
    let read = good(&text);
    assert_eq!((read.reading.dialect.delimiter, read.dataset.columns.len()), (Delimiter::Comma, 10_000));
}

#[test]
fn text_that_comes_late_finds_the_old_strings() {
    let numbers: Vec<String> = (0..40_000).map(|n| format!("{}.{:02}", n, n % 100)).collect();
    let text = format!("a,b\n{}\nlate,1\n", numbers.iter().map(|n| format!("{n},1")).collect::<Vec<_>>().join("\n"));
    let columns = columns(&text);
    assert_eq!(strings(&columns[0])[..40_000], numbers);
    assert_eq!(columns[1].role, Role::Constant);
}

#[test]
fn numbers_row_by_row() {
    assert_eq!(parse_numbers(b"a,b\n1,2\n3,4.5\n").unwrap(), [1.0, 2.0, 3.0, 4.5]);
    assert_eq!(parse_numbers(b"1,2\n\"3\",4\n").unwrap(), [1.0, 2.0, 3.0, 4.0]);
    let error = ReadError::NotNumber { line: 3, column: 2, found: "x".into() };
    assert_eq!(parse_numbers(b"a,b\n1,2\n3,x\n").unwrap_err(), error);
}

/// Pieces of tables, well formed and not.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let plain = prop_oneof![
        "-?[0-9]{1,4}(\\.[0-9]{1,3})?",
        "[ab;é\u{1d49c} ]{0,3}",
        Just("NA".to_owned()),
        Just("inf".to_owned()),
        Just("1e400".to_owned()),
        Just("+1.50".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\"".to_owned()),
        Just("\"a,\r\n\"\"b\"".to_owned()),
        Just("\"12\"".to_owned()),
    ];
    let between = prop_oneof![4 => Just(","), 2 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 1 => Just(";")];
    let invalid = prop_oneof![60 => Just(None), 1 => Just(Some(0xff_u8))];
    (plain, between, invalid)
        .prop_map(|(text, between, invalid)| text.bytes().chain(invalid).chain(between.bytes()).collect())
}

/// Tables of two columns, mostly well formed.
fn table() -> impl Strategy<Value = Vec<u8>> {
    let field = prop_oneof![
        6 => "-?[0-9]{1,3}(\\.[0-9]{1,2})?",
        1 => "[xé]{1,2}",
        1 => Just(String::new()),
        1 => Just("\"q\"\"\n,\"".to_owned()),
        1 => Just("007".to_owned()),
        1 => Just("inf".to_owned()),
    ];
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n")];
    let row = (field.clone(), field, end).prop_map(|(a, b, end)| format!("{a},{b}{end}"));
    prop::collection::vec(row, 1..20).prop_map(|rows| rows.concat().into_bytes())
}

fn input() -> impl Strategy<Value = Vec<u8>> {
    let wild = prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![wild, table()]
}

fn options() -> impl Strategy<Value = ReadOptions> {
    let delimiter =
        prop_oneof![2 => Just(None), 3 => Just(Some(Delimiter::Comma)), 1 => Just(Some(Delimiter::Semicolon))];
    (delimiter, prop::option::of(any::<bool>())).prop_map(|(delimiter, header)| ReadOptions {
        delimiter,
        header,
        ..ReadOptions::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chunks_never_matter(bytes in input(), cuts in prop::collection::vec(0..9_usize, 0..40), sample_size in 1..12_usize, options in options()) {
        // With a small sample, the chunks reach the reader of records.
        let reader = || CsvReader { sample_size, ..CsvReader::new(options.clone()) };
        prop_assert_eq!(outcome_of(reader(), &bytes, &[]), outcome_of(reader(), &bytes, &cuts));
    }

    #[test]
    fn csv_core_agrees(bytes in input(), options in options()) {
        let ours = outcome(&bytes, &[], options.clone(), false);
        let theirs = outcome(&bytes, &[], options, true);
        match (&ours, &theirs) {
            // Of two errors in one record, one way comes upon the other first.
            (Err(ours), Err(theirs)) if ours.kind() != theirs.kind() => {}
            _ => prop_assert_eq!(ours, theirs),
        }
    }

    #[test]
    fn every_number_is_what_std_parses(numbers in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO, 1..50), scientific: bool) {
        let written: Vec<String> = numbers.iter().map(|v| if scientific { format!("{v:e}") } else { v.to_string() }).collect();
        let values = parse_numbers(format!("x\n{}", written.join("\n")).as_bytes()).unwrap();
        let expected: Vec<u64> = written.iter().map(|text| text.parse::<f64>().unwrap().to_bits()).collect();
        prop_assert_eq!(values.iter().map(|v| v.to_bits()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn chunks_never_matter_beyond_the_sample() {
    let rows: Vec<String> = (0..6000)
        .map(|n| match n % 97 {
            5 => format!("\"t{n}\r\n,\"\"\",{n}.5,é\r\n"),
            6 => format!(",{n},\n"),
            _ => format!("{n},{}.25,{}\r", n * 7, n % 3),
        })
        .collect();
    let bytes = rows.concat().into_bytes();
    assert!(bytes.len() > SAMPLE);
    let whole = outcome(&bytes, &[], ReadOptions::default(), false);
    assert!(whole.is_ok(), "{whole:?}");
    assert_eq!(whole, outcome(&bytes, &[], ReadOptions::default(), true));
    for size in [1, 2, 3, 1000, SAMPLE - 1, SAMPLE, SAMPLE + 1] {
        assert!(whole == outcome(&bytes, &vec![size; bytes.len() / size], ReadOptions::default(), false), "{size}");
    }
}

#[test]
fn errors_speak_to_people() {
    let error = read("a;b\n1;2\n1;2;3\n").unwrap_err();
    let expected = "Line 3 has 3 fields; expected 2, as in the first row. The delimiter is taken to be a semicolon; a \
                    field that contains one needs quotes around it.";
    assert_eq!(error.to_string(), expected);
    assert_eq!((error.kind(), error.line()), (ReadErrorKind::Ragged, Some(3)));
    let json = serde_json::to_string(&error).unwrap();
    assert_eq!(serde_json::from_str::<ReadError>(&json).unwrap(), error);
}
