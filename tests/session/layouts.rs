//! Text files with more in them than a table: titles, comments, units, footers, blanks that align.

use normlab::data::csv::{Delimiter, ReadOptions};

use crate::explorer::{read, read_with};
use crate::written::{assert_notes, bytes_of, file, notes, shown, text};

#[test]
fn runs_of_blanks_separate_columns_that_are_aligned() {
    let read = file("v01-aligned-nohdr.dat");
    assert!(!read.reading.dialect.header);
    assert_eq!(read.reading.dialect.delimiter, Delimiter::Space);
    let columns = ["1 2 10 200", "0.9629 0.9631 0.97 -1.1", "0.1 -0.25 0.3141 12.5"];
    let found = shown(&read);
    for (line, right) in found.lines().zip(columns) {
        assert!(line.ends_with(&format!(": {right}")), "{right} is not in {found}");
    }
    assert_eq!(shown(&file("x29-double-space.txt")), "a: 1 4\nb: 2 5\nc: 3 6");
    let padded = "  name     height  weight \n  Ann        1.70      60 \n  Bob        1.82      81 \n";
    assert_eq!(shown(&text(padded)), "name: \"Ann\" \"Bob\"\nheight: 1.7 1.82\nweight: 60 81");
    // A comma with a space behind it is still a comma.
    assert_eq!(shown(&text("a,  b\n1,  2\n3,  4\n")), "a: 1 3\nb: 2 4");
    assert_eq!(
        shown(&text("name, note, x\nAnn, two  blanks, 1\nBob, one  more, 2\nCy, no  more, 3\n")).lines().count(),
        3
    );
    assert_eq!(shown(&text("x\n1\n  2\n")), "x: 1 2", "one column of numbers, padded");
}

#[test]
fn aligned_columns_do_not_depend_on_where_the_bytes_are_cut() {
    let mut long = String::from("  t     x\n");
    (0..20_000).for_each(|row| long += &format!("{row:>6}  {:>6}\n", row * 2));
    let read = text(&long);
    assert_eq!(read.dataset.columns.len(), 2);
    assert_eq!(read.dataset.rows, 20_000);
}

#[test]
fn comments_are_left_out_and_the_last_may_hold_the_names() {
    let read = file("v04-hash-header.txt");
    assert_eq!(shown(&read), "x: 1 4 7\ny: 2 5 1\nz: 3.5 6 9");
    let read = text("# made up\n# by hand\na,b\n1,2\n# half\n3,4\n");
    assert_eq!(shown(&read), "a: 1 3\nb: 2 4");
    assert_notes(&read, &["line 1 \u{201c}# made up\u{201d}, line 2", "One comment among the rows"]);
    assert_eq!(shown(&text("% a b\n1 2\n3 4\n")), "a: 1 3\nb: 2 4");
    // The name of a column.
    assert_eq!(shown(&text("#,b\n1,2\n3,4\n")), "#: 1 3\nb: 2 4");
    let read = file("04-sep-line.csv");
    assert_eq!(shown(&read), "One: 1 5 9\nTwo: 2.5 6.5 4\nThree: 3 7 1");
    assert_notes(
        &read,
        &["The names are on line 2; the data start on line 3. Left out: line 1 \u{201c}sep=;\u{201d}."],
    );
}

#[test]
fn titles_units_and_footers_are_left_out_and_named() {
    let read = file("x28-title-row.csv");
    assert_eq!(shown(&read), "Plot: 101 102 103 104\nRep: 1 1 2 2\nBiomass: 55.2 48 70.3 61.8\nN: 2.1 1.9 2.6 2.2");
    assert_notes(&read, &["The names are on line 2; the data start on line 3.", "Field trial 2018"]);
    let read = file("03-units-row.csv");
    assert!(shown(&read).contains("T_in: 21.5 22.25 23 25.25\nFlow: 0.3722 0.4011 0.3655 0.5012"), "{}", shown(&read));
    assert_notes(&read, &["The names are on line 1; the data start on line 3. Left out: line 2"]);
    let read = file("x02-footer.csv");
    assert_eq!(shown(&read), "year: 2000 2001 2002\nvalue: 1.5 2.5 4");
    assert_notes(&read, &["Line 5 below the table was left out: \u{201c}Source: made up\u{201d}."]);
    let read = file("11-trailing.csv");
    assert_eq!(shown(&read), "A: 1 2 3 10\nB: 4 5 9 2\nC: 7 8 6 1");
    assert_eq!(notes(&read), "The last field of each line is empty and has no name: it was left out.");
}

#[test]
fn the_line_of_the_names_can_be_chosen() {
    let with = |line, header| {
        let options = ReadOptions { first_line: Some(line), header, ..ReadOptions::default() };
        read_with(&bytes_of("x28-title-row.csv"), options).unwrap()
    };
    assert!(shown(&with(2, None)).starts_with("Plot: 101 102 103 104"));
    assert!(shown(&with(3, Some(false))).contains(": 101 102 103 104"));
    assert!(shown(&with(1, Some(true))).starts_with("Field trial 2018 (made up): NaN 101 102"), "as it stands");
    let options = ReadOptions { first_line: Some(90), ..ReadOptions::default() };
    let error = read_with(&bytes_of("x28-title-row.csv"), options).unwrap_err().to_string();
    assert!(error.contains("line 90"), "{error}");
}

#[test]
fn rows_that_do_not_fit_are_still_told_with_their_line() {
    for (bytes, line) in
        [("a,b\n1,2\n3\n", "Line 3"), ("a,b\n1,2\nnote\n3,4\n", "Line 3"), ("a,b\n1,2,3\n4,5\n", "Line 2")]
    {
        let error = read(bytes.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(line), "{bytes:?}: {error}");
    }
}

#[test]
fn whole_numbers_may_be_names() {
    let read = file("16-year-headers.csv");
    assert_eq!(shown(&read), "Person: \"Jon\" \"Ann\" \"Bob\"\n2023: 100 90 130\n2024: 150 120 80\n2025: 200 310 60");
    assert_notes(&read, &["2023 to 2025"]);
    let read = file("v23-years-text.csv");
    assert!(shown(&read).contains("1990: 1.2 0.9 3.1\n2000: 1.4 1.1 2.9"));
    // Rows that only look like it.
    for data in ["1,2,3\n4,5,6\n7,8,9\n", "1,2\n3,4\n", "2000,2001\n2001,2002\n2002,2003\n", "10,20,30\n1,5,7\n2,4,9\n"]
    {
        assert!(!text(data).reading.dialect.header, "{data:?}");
    }
    assert!(notes(&text("a,b\n1,2\n3,4\n")).is_empty());
}

/// Written down without looking at how they are read.
#[test]
fn ten_more_files_of_these_kinds() {
    for (bytes, right) in [
        (
            "Station: Nord\nPeriod: 2020\n\nday;temp;rain\n1;3,5;0\n2;4,1;2,2\n3;2,9;0,4\n",
            "day: 1 2 3\ntemp: 3.5 4.1 2.9\nrain: 0 2.2 0.4",
        ),
        ("time [s]\tvoltage [V]\n0.0\t1.25\n0.1\t1.30\n\nend of recording\n", "time [s]: 0 0.1\nvoltage [V]: 1.25 1.3"),
        ("mass,length\nkg,m\n1.5,0.2\n2.5,0.3\n3.5,0.7\n", "mass: 1.5 2.5 3.5\nlength: 0.2 0.3 0.7"),
        ("// exported\n// x;y\n1;2\n3;4\n", "x: 1 3\ny: 2 4"),
        ("      A      B\n   1.00   2.00\n  -3.00  40.00\n", "A: 1 -3\nB: 2 40"),
        ("id\tsepal\tpetal\n1\t5.1\t1.4\n2\t4.9\t1.3\n# n = 2\n", "id: 1 2\nsepal: 5.1 4.9\npetal: 1.4 1.3"),
        (
            "wave,400,410,420,430\ns1,0.11,0.12,0.15,0.2\ns2,0.1,0.14,0.13,0.18\n",
            "wave: \"s1\" \"s2\"\n400: 0.11 0.1\n410: 0.12 0.14\n420: 0.15 0.13\n430: 0.2 0.18",
        ),
        ("a,b,c,\n1,2,3,\n4,5,6,\n", "a: 1 4\nb: 2 5\nc: 3 6"),
        (
            "\"Umsatz in Euro\"\n\"Jahr\";\"Nord\"\n2020;\"1.234,50\"\n2021;\"2.345,75\"\n",
            "Jahr: 2020 2021\nNord: 1234.5 2345.75",
        ),
        ("sep=,\nx,y\n1,2\n3,4\nTotal: 2 rows\nPrinted on Monday\n", "x: 1 3\ny: 2 4"),
    ] {
        let read = read(bytes.as_bytes()).unwrap_or_else(|error| panic!("{bytes:?}: {error}"));
        let found = shown(&read);
        assert_eq!(found, right, "{bytes:?}");
    }
}
