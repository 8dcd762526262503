//! Everything that people open by mistake, and what they are told: the table of bad input, row by row.

use normlab::data::Values;
use normlab::data::csv::{CsvRead, ReadOptions, Treatment};
use normlab::engine::Method;
use normlab::state::Action;

use crate::explorer::{Explorer, read, read_with};

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

/// What was read, with every number as it is printed.
fn columns(read: &CsvRead) -> Vec<(String, Option<Vec<String>>)> {
    let numbers = |values: &Vec<f64>| values.iter().map(f64::to_string).collect();
    let column = |column: &normlab::data::Column| match &column.values {
        Values::Number(values) => (column.name.clone(), Some(numbers(values))),
        Values::Text(_) => (column.name.clone(), None),
    };
    read.dataset.columns.iter().map(column).collect()
}

fn notes(read: &CsvRead) -> String {
    read.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_cannot_be_read_says_where_and_what_is_needed_and_the_earlier_data_stay() {
    let mut explorer = Explorer::sample("wine");
    let expected = explorer.view();
    let wide: String = (0..20_001).map(|column| format!("c{column},")).collect::<String>() + "\n";
    let table: &[(&str, &[u8], &[&str])] = &[
        ("empty", b"", &["nothing in it", "at least one row"]),
        ("blank lines", b"\n \n", &["nothing in it"]),
        ("only a header", b"a,b,c\n", &["only column names (3)", "at least one row"]),
        (
            "no numbers",
            b"a,b\nx,y\n",
            &["rows: 1, columns: 2", "a\u{201d} holds \u{201c}x\u{201d} on line 2", "column of numbers"],
        ),
        ("all missing", b"a,b\n,NA\n", &["All values are missing", "column of numbers"]),
        ("ragged, long", b"a,b\n1,2\n\n1,2,3\n", &["Line 4 has 3 fields", "expected 2", "comma"]),
        ("ragged, short", b"a;b\n1;2\n1\n", &["Line 3 has 1 field;", "expected 2", "semicolon"]),
        ("unclosed quote", b"a,b\n1,2\n3,\"4\n5,6\n", &["line 3", "Expected: another \"", "Found: the end"]),
        ("invalid UTF-8", b"a,b\n1,gr\x81n\n", &["Line 2", "gr\\x81n", "Expected: UTF-8"]),
        ("a zero byte", b"a,b\n1,2\n3,\x004\n", &["It is a text", "line 3", "NUL byte", "delete"]),
        ("half of UTF-16", b"\xff\xfea\0\n\x001\0\n\0\x00\xd8", &["Line 3", "half a character", "Expected"]),
        ("inf", b"a,b\n1,2\n3,inf\n", &["row 2", "column \u{201c}b\u{201d}", "holds inf", "finite number"]),
        ("1e400", b"a,b\n1e400,2\n", &["Line 2 (row 1)", "\u{201c}a\u{201d}", "1e400"]),
        ("too wide", wide.as_bytes(), &["Line 1", "20002 columns", "up to 20000", "swapped?"]),
        (
            "picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            &["a picture (PNG)", "Expected: a text file", "copy the numbers"],
        ),
        ("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF", &["a picture (JPEG)"]),
        ("zip", b"PK\x03\x04\x14\0\0\0", &["a zip archive", "Unpack"]),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", &["old Excel workbook", "save it as .xlsx"]),
        ("json", b"{\"a\": [1, 2]}", &["a JSON file", "pandas"]),
        ("json lines", b"[{\"a\": 1},\n {\"a\": 2}]", &["a JSON file"]),
        ("html", b"<!DOCTYPE html>\n<html>", &["a web page", "Copy the table"]),
        ("pdf", b"%PDF-1.7\n", &["a PDF document"]),
        ("gzip", b"\x1f\x8b\x08\0", &["compressed", "Unpack"]),
        ("parquet", b"PAR1\x15\x04", &["a Parquet file", "pandas"]),
        ("any bytes", b"\x07\0\0\x01\0\0\x02\xfe\0\0", &["a binary file"]),
    ];
    for (name, bytes, parts) in table {
        let error = read(bytes).map(|read| columns(&read)).expect_err(name).to_string();
        for part in *parts {
            assert!(error.contains(part), "{name}: {part:?} is not in {error:?}");
        }
        assert_eq!(explorer.view(), expected, "{name}");
    }
}

#[test]
fn a_table_that_does_not_fit_is_refused_after_its_first_chunk() {
    let row = "0.123,0.456,0.789,0.123,0.456,0.789,0.123,0.456,0.789,0.12\n";
    let size = |gigabytes: f64| ReadOptions { size: Some((gigabytes * 1e9) as u64), ..ReadOptions::default() };
    let chunk = row.repeat((1 << 20) / row.len());
    let first = |gigabytes| normlab::data::csv::CsvReader::new(size(gigabytes)).push(chunk.as_bytes());
    assert_eq!(first(0.1), Ok(()));
    let error = first(2.0).unwrap_err().to_string();
    for part in [
        "about 33 million rows of 10 columns",
        "GB of memory",
        "4 GB at most",
        "3.0 GB are the limit",
        "Leave out columns",
    ] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn utf16_is_simply_read() {
    for text in ["\u{feff}größe,b\n1,2\n3,4\n", "größe,b\n1,2\n3,4\n"] {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let read = read(&utf16(text, order)).unwrap();
            assert_eq!(columns(&read)[0], ("größe".into(), Some(vec!["1".into(), "3".into()])), "{text:?}");
        }
    }
}

#[test]
fn numbers_with_marks_are_read_counted_and_shown() {
    let read = read(b"price;share\n$1,234.50;12%\n($5);3 %\n7;4\n").unwrap();
    let numbers = |texts: &[&str]| Some(texts.iter().map(ToString::to_string).collect());
    assert_eq!(
        columns(&read),
        [("price".into(), numbers(&["1234.5", "-5", "7"])), ("share".into(), numbers(&["12", "3", "4"]))]
    );
    assert_eq!(read.reading.marked, Some(Treatment::Read));
    assert_eq!(read.reading.words, None);
    let notes = notes(&read);
    for part in [
        "\u{201c}price\u{201d}: 2 cells with a currency sign (first: row 1 \u{201c}$1,234.50\u{201d} as 1234.5), read as numbers",
        "\u{201c}share\u{201d}: 2 cells with a percent sign (first: row 1 \u{201c}12%\u{201d} as 12), read as numbers",
    ] {
        assert!(notes.contains(part), "{part:?} is not in {notes:?}");
    }
}

#[test]
fn the_visitor_chooses_what_becomes_of_marks_and_words() {
    let text = b"id;price\n1;$5\n2;6\n3;n/a?\n4;7\n";
    let with = |marked, words| {
        read_with(text, ReadOptions { marked, words, ..ReadOptions::default() })
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let price = |read: &CsvRead| columns(read)[1].1.clone().map(|numbers| numbers.join(" "));
    let kept = with(None, None);
    assert_eq!(price(&kept), None, "another column holds numbers: nothing is lost without being asked");
    assert_eq!((kept.reading.marked, kept.reading.words), (Some(Treatment::Read), Some(Treatment::Text)));
    assert!(notes(&kept).contains("1 cell with other text (row 3 \u{201c}n/a?\u{201d}). So the column is text."));
    let missing = with(None, Some(Treatment::Missing));
    assert_eq!(price(&missing).as_deref(), Some("5 6 NaN 7"));
    assert!(notes(&missing).contains("row 3 \u{201c}n/a?\u{201d}), taken as missing"));
    assert_eq!(price(&with(Some(Treatment::Missing), Some(Treatment::Missing))).as_deref(), Some("NaN 6 NaN 7"));
    assert_eq!(price(&with(Some(Treatment::Text), Some(Treatment::Missing))), None);
    // Where nothing else is left, text among numbers is missing at first.
    let alone = read(b"x\n1\nwho knows\n3\n").unwrap();
    assert_eq!(columns(&alone)[0].1, Some(vec!["1".into(), "NaN".into(), "3".into()]));
    assert_eq!(alone.reading.words, Some(Treatment::Missing));
    // A column of words with some numbers in it stays text.
    let words =
        read_with(b"n;w\n1;a\n2;b\n3;7\n", ReadOptions { words: Some(Treatment::Missing), ..ReadOptions::default() });
    assert_eq!(columns(&words.unwrap())[1].1, None);
}

#[test]
fn both_sets_of_marks_are_understood() {
    for (text, first) in [
        ("a\tb\n1,234.5\t1\n2\t1\n", 1234.5),
        ("a;b\n1.234,5;1\n2;1\n", 1234.5),
        ("a;b\n1.234;1,5\n2.000;1\n", 1234.0),
        ("a,b\n\"1.234,5\",1\n\"2,5\",1\n", 1234.5),
        ("a,b\n1 234,1\n5,1\n", 1234.0),
        ("a,b\n1'234,1\n5,1\n", 1234.0),
        ("a;b\n1,5;1\n2;1\n", 1.5),
    ] {
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read.dataset.columns[0].numbers().unwrap()[0], first, "{text:?}");
    }
}

#[test]
fn of_many_notes_the_first_few_are_told() {
    let names = vec!["x"; 10_000].join(",");
    let read = read(format!("{names}\n{}\n", vec!["1"; 10_000].join(",")).as_bytes()).unwrap();
    assert_eq!(read.notes.len(), 10, "one of them is that there is a single row");
    assert!(notes(&read).contains("9991 more columns"));
    assert_eq!(read.dataset.columns[9_999].name, "x (10000)");
}

#[test]
fn the_smallest_and_dullest_tables_work_with_every_method_and_say_what_is_special() {
    const ALONE: &str = "Each group contains only one value, so subtracting its";
    const SIGNS: &str = "only its sign is left";
    const CONSTANT: &str = "all values of a are equal";
    const NOTHING: &str = "no value at all in a";
    // What a method over the rows of a feature, over a row, and over a single value says; methods with a spread first.
    let tables: [(&str, [Option<&str>; 5]); 5] = [
        ("a,b,c\n1,2,3\n", [Some(ALONE), Some(SIGNS), None, None, Some(ALONE)]),
        ("a\n1\n2\n3\n", [None, None, Some(ALONE), Some(SIGNS), Some(ALONE)]),
        ("a\n7\n", [Some(ALONE), Some(SIGNS), Some(ALONE), Some(SIGNS), Some(ALONE)]),
        ("a,b\n5,1\n5,2\n5,3\n", [Some(CONSTANT), None, None, None, Some(ALONE)]),
        ("a,b\n,1\n,2\nNA,3\n", [Some(NOTHING), Some(NOTHING), Some(ALONE), Some(SIGNS), Some("no value at all")]),
    ];
    for (text, expected) in tables {
        for method in Method::all() {
            let slug = method.info().slug;
            let kind = match slug {
                "min-max" | "z-score" | "robust" | "batch-norm" | "custom" => 0,
                "max-abs" => 1,
                "layer-norm" | "group-norm" => 2,
                "rms-norm" | "unit-length" => 3,
                _ => 4,
            };
            let mut explorer = Explorer::text(text);
            let all = explorer.info.columns.iter().map(|column| column.name.clone()).collect();
            explorer.act(Action::ChooseColumns(Some(all))).act(Action::ChooseMethod(slug));
            let view = explorer.view();
            assert!(!view.features.is_empty(), "{text:?}, {slug}");
            let warnings = view.warnings.join(" ");
            match expected[kind] {
                Some(part) => assert!(warnings.contains(part), "{text:?}, {slug}: {part:?} is not in {warnings:?}"),
                None => assert_eq!(warnings, "", "{text:?}, {slug}"),
            }
        }
    }
}
