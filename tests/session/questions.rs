//! Readings that had to choose: what is told, and that the other reading is one step away.

use normlab::data::csv::{CsvRead, OtherReading, ReadOptions};
use normlab::data::{Role, Unread};

use crate::explorer::read_with;
use crate::written::{assert_notes, bytes_of, file, notes, shown, text};

/// Reads a file or a text otherwise, as the button of that label does.
fn otherwise(bytes: &[u8], read: &CsvRead, label: &str) -> CsvRead {
    let mut others = read.notes.iter().filter_map(|note| note.other(&read.options));
    let other = others.find(|other| other.label == label);
    let OtherReading { options, .. } = other.unwrap_or_else(|| panic!("{label} is not offered: {}", notes(read)));
    read_with(bytes, options).unwrap()
}

fn file_otherwise(name: &str, read: &CsvRead, label: &str) -> CsvRead {
    otherwise(&bytes_of(name), read, label)
}

#[test]
fn numbers_far_from_all_others_may_stand_for_missing_values() {
    let read = file("x07-missing-marks.csv");
    assert!(shown(&read).contains("j: 1 -9999 3 4"));
    assert_notes(&read, &["-9999 in \u{201c}j\u{201d} (1 cell)"]);
    let missing = file_otherwise("x07-missing-marks.csv", &read, "Take as missing");
    assert!(shown(&missing).contains("j: 1 NaN 3 4"));
    assert_notes(&missing, &["-9999 in \u{201c}j\u{201d} (1 cell) is taken as missing."]);
    assert_eq!(shown(&file_otherwise("x07-missing-marks.csv", &missing, "Take as numbers")), shown(&read));
    let temperatures = "t,p\n-99.99,1013\n-12.5,999\n31,1020\n-99.99,998\n12,1001\n";
    assert_notes(&text(temperatures), &["-99.99 in \u{201c}t\u{201d} (2 cells). Does"]);
    for usual in ["a\n-999\n-1000\n-1001\n", "a\n990\n995\n999\n", "a\n-99\n1\n200\n"] {
        assert_eq!(notes(&text(usual)), "", "{usual:?}");
    }
}

#[test]
fn percent_and_plain_numbers_in_a_column_are_counted() {
    let read = file("x04-percent-mix.csv");
    assert!(shown(&read).contains("rate: 45 0.3 12 0.5"));
    assert_notes(&read, &["mixes 2 numbers with a percent sign and 2 without: \u{201c}45%\u{201d} is read as 45."]);
    let fraction = file_otherwise("x04-percent-mix.csv", &read, "Read 45% as 0.45");
    assert!(shown(&fraction).contains("rate: 0.45 0.3 0.12 0.5"));
    assert_notes(&fraction, &["is read as 0.45."]);
    let exact = read_with(b"a\n0.1%\n-7%\n(3%)\n", ReadOptions { percent_as_fraction: true, ..Default::default() });
    assert_eq!(shown(&exact.unwrap()), "a: 0.001 -0.07 -0.03");
}

#[test]
fn words_for_true_and_false_can_be_numbers() {
    let read = file("26-bools.csv");
    assert!(shown(&read).contains("smoker: \"TRUE\" \"FALSE\""));
    assert_notes(&read, &["kept as text: \u{201c}smoker\u{201d}, \u{201c}vip\u{201d}."]);
    let numbers = file_otherwise("26-bools.csv", &read, "Use 1 and 0");
    assert!(shown(&numbers).contains("smoker: 1 0 1 0 1\nvip: 1 0 0 1 0\nage: 31 45 28 60 52"));
    let gap = read_with(b"a,b\ntrue,1\n,2\nFalse,3\n", ReadOptions { words_as_numbers: true, ..Default::default() });
    assert_eq!(shown(&gap.unwrap()), "a: 1 NaN 0\nb: 1 2 3");
    assert_eq!(notes(&text("a,b\ntrue,1\nmaybe,2\n")), "", "not only such words");
}

#[test]
fn one_row_is_offered_as_a_column_and_any_table_can_be_turned() {
    let read = file("x21-onerow.txt");
    assert_eq!((read.dataset.rows, read.dataset.columns.len()), (1, 4));
    assert_notes(&read, &["There is one row of 4 values"]);
    let column = file_otherwise("x21-onerow.txt", &read, "Make it one column");
    assert_eq!(shown(&column), "value: 3 5 9 100");
    assert_eq!(shown(&file_otherwise("x21-onerow.txt", &column, "Swap them back")), shown(&read));
    let turned = read_with(
        b"gene,kind,s1,s2\nA,x,1,2\nB,x,3,4\nC,y,5,\n",
        ReadOptions { transposed: true, ..ReadOptions::default() },
    );
    let turned = turned.unwrap();
    assert_eq!(shown(&turned), "name: \"s1\" \"s2\"\nA: 1 2\nB: 3 4\nC: 5 NaN");
    assert_notes(&turned, &["the text of \u{201c}kind\u{201d} is left out"]);
    let long: String = (0..20_001).map(|row| format!("{row}\n")).collect();
    let error = read_with(long.as_bytes(), ReadOptions { transposed: true, ..ReadOptions::default() }).unwrap_err();
    assert!(error.to_string().contains("20001 rows, which would become columns; up to 20000"), "{error}");
}

#[test]
fn an_unnamed_first_column_of_distinct_whole_numbers_is_an_index() {
    let read = file("95-index-shuffled.csv");
    assert_eq!(read.dataset.columns[0].role, Role::Identifier);
    assert_eq!(read.dataset.default_features(), [1, 2]);
    assert_notes(&read, &["\u{201c}column 1\u{201d} is taken as the index of the rows"]);
    for other in [",a\n1,2\n1,3\n2,4\n", ",a\n1.5,2\n2.5,3\n", "1,2\n5,9\n"] {
        assert_eq!(text(other).dataset.default_features(), [0, 1], "{other:?}");
    }
}

#[test]
fn infinite_values_can_be_taken_as_missing() {
    let bytes = b"a,b\n1,2\ninf,3\n4,-Infinity\n";
    let error = read_with(bytes, ReadOptions::default()).unwrap_err();
    let other = error.other(&ReadOptions::default()).unwrap();
    assert_eq!(other.label, "Take infinite values as missing");
    let read = read_with(bytes, other.options).unwrap();
    assert_eq!(shown(&read), "a: 1 NaN 4\nb: 2 3 NaN");
    assert_notes(&read, &["1 cell with an infinite value (row 2 \u{201c}inf\u{201d}), taken as missing"]);
    let bytes = bytes_of("55-inf16.npy");
    let array = |options: ReadOptions| {
        let mut reader = normlab::data::Reader::new(&bytes, bytes.len() as u64, options);
        reader.push(&bytes).and_then(|()| reader.finish("x"))
    };
    let error = array(ReadOptions::default()).unwrap_err();
    assert!(matches!(error, Unread::Array(_)) && error.to_string().contains("inf"), "{error}");
    let read = array(error.other(&ReadOptions::default()).unwrap().options).unwrap();
    assert!(read.remarks.iter().any(|remark| remark.text.contains("infinite value is taken as missing: inf at [")));
    assert_eq!(read.dataset.columns.iter().map(normlab::data::Column::n_missing).sum::<usize>(), 1);
}

#[test]
fn a_mark_that_may_be_of_thousands_is_told() {
    let bytes = "a;b\n1.234;5\n5.678;6\n";
    let read = text(bytes);
    assert!(shown(&read).contains("a: 1.234 5.678"));
    assert_notes(&read, &["In numbers like \u{201c}1.234\u{201d}, the mark is taken for a decimal point"]);
    assert!(shown(&otherwise(bytes.as_bytes(), &read, "It marks thousands")).contains("a: 1234 5678"));
    for clear in ["a;b\n1.234;5\n5.67;6\n", "a;b\n0.123;5\n0.678;6\n", "a,b\n1.234,5\n2.345,6\n"] {
        assert_eq!(notes(&text(clear)), "", "{clear:?}");
    }
}

#[test]
fn lines_that_were_left_out_can_be_brought_back() {
    let read = file("x28-title-row.csv");
    let whole = file_otherwise("x28-title-row.csv", &read, "Start on line 1");
    assert!(shown(&whole).starts_with("Field trial 2018 (made up): "));
    let read = file("16-year-headers.csv");
    let data = file_otherwise("16-year-headers.csv", &read, "They are data");
    assert!(shown(&data).contains("2023 100 90 130"));
}
