//! Text files as people have them, each for its kind, with the right values.

use normlab::data::csv::{Decimal, ReadOptions};

use crate::explorer::read_with;
use crate::written::{assert_notes, bytes_of, file, shown, text};

#[test]
fn a_plus_before_marked_numbers_is_a_sign() {
    let german = file("02-german-thousands.csv");
    assert_eq!(german.reading.dialect.decimal, Decimal::Comma);
    assert!(
        shown(&german).contains("Faelle: 2155 812 1034 10450 97\nDifferenz: 546 91 120 1020 4\nInzidenz: 19.47 6.21")
    );
    let stock = file("93-stock-plus.csv");
    assert!(shown(&stock).contains("change: 1.25 -0.4 0.75 -2.1 0 3.1"));
    assert_notes(&stock, &["6 cells with a percent sign"]);
}

#[test]
fn one_cell_does_not_swing_the_decimal_mark_of_a_file() {
    let read = text("a;b\n1,5;2,5\n2,5;3,5\n12.05;4,5\n");
    assert_eq!(read.reading.dialect.decimal, Decimal::Comma);
    assert!(shown(&read).contains("b: 2.5 3.5 4.5"));
    assert_notes(&read, &["1 cell with other text (row 3 \u{201c}12.05\u{201d})"]);
}

#[test]
fn each_column_is_read_by_its_own_decimal_mark() {
    let read = file("v12-mixed-by-column.csv");
    assert!(shown(&read).contains("In/Out: -100 -100 250.5\nSum: 900 800 1050.5"));
    assert_notes(&read, &["The decimal mark is a point, but a comma in \u{201c}In/Out\u{201d}."]);
    let read = read_with(
        &bytes_of("v12-mixed-by-column.csv"),
        ReadOptions { decimal: Some(Decimal::Comma), ..Default::default() },
    );
    assert!(shown(&read.unwrap()).contains("In/Out: -100 -100 250.5\nSum: \"900.00\""), "what was asked for is done");
    // Plain numbers in a column of the other mark are not read by the mark of the file.
    let rows = "1.5;2,5\n".repeat(3) + "2;1.250\n3;250\n";
    assert!(shown(&text(&format!("a;b\n{rows}"))).contains("b: 2.5 2.5 2.5 1250 250"));
}

#[test]
fn no_break_spaces_and_exponents_of_fortran_are_read_and_counted() {
    let read = file("x18-nbsp-only.csv");
    assert!(shown(&read).contains("b: 2 5 9"));
    assert_notes(&read, &["\u{201c}b\u{201d}: 3 cells with a no-break space"]);
    let read = file("v05-dexp.csv");
    assert!(shown(&read).contains("a: 150 0.25 -3.141"));
    assert_notes(&read, &["\u{201c}a\u{201d}: 3 cells with an exponent of Fortran (D)"]);
}

#[test]
fn windows_1252_is_read_with_a_note() {
    let read = file("22b-nbsp-cp1252.csv");
    assert_eq!(
        shown(&read),
        "Ville: \"Paris\" \"Lyon\" \"Lille\"\nSalaire: 2340.5 1980 12345.75\nPrénom: \"René\" \"Zoé\" \"Léa\""
    );
    assert_notes(&read, &["read as Windows-1252"]);
    let euro = read_with(b"a;b\n5 \x80;1\n6 \x80;2\n", ReadOptions::default()).unwrap();
    assert!(shown(&euro).contains("a: 5 6"));
    // Text in UTF-8 with one damaged byte is no Windows-1252.
    let damaged = read_with("é,ü\n1,2\nö,\u{e9}".as_bytes(), ReadOptions::default());
    assert!(damaged.is_ok());
    let mut bytes = "é,ü\n1,ö\n2,".as_bytes().to_vec();
    bytes.extend_from_slice(b"\xe9x\n");
    assert!(read_with(&bytes, ReadOptions::default()).unwrap_err().to_string().contains("Line 3 is not valid UTF-8"));
}

#[test]
fn every_usual_mark_of_a_missing_value_is_one() {
    let read = file("x07-missing-marks.csv");
    let shown = shown(&read);
    for line in ["a: 1 NaN 3 4", "b: 2 NaN 4 5", "c: 3 NaN 5 6", "f: 6 NaN 8 9", "h: 8 NaN 1 2", "i: 9 NaN 2 3"] {
        assert!(shown.contains(line), "{line:?} is not in {shown:?}");
    }
    for mark in ["<NA>", "n.a.", "\u{2013}", "..."] {
        assert!(self::shown(&text(&format!("a,b\n1,2\n{mark},3\n"))).starts_with("a: 1 NaN"), "{mark}");
    }
    // A category may well be called so.
    assert!(self::shown(&text("a,b\nNone,2\nlow,3\n")).starts_with("a: \"None\" \"low\""));
    assert!(self::shown(&text("a,b\nlow,2\nNone,3\n")).starts_with("a: \"low\" \"None\""));
}
