//! Workbooks as people have them, and hostile ones.

use std::io::Write;

use zip::write::SimpleFileOptions;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/fixtures/xlsx/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn all(bytes: &[u8], sheet: Option<&str>) -> Result<(String, Vec<Told>), String> {
    let (mut text, mut rest) = (String::new(), Vec::new());
    read(bytes, sheet, &mut |told| match told {
        Told::Text(part) => text.push_str(&part),
        told => rest.push(told),
    })?;
    Ok((text, rest))
}

/// The workbook of the fixture with one part replaced.
fn with_part(name: &str, content: &mut dyn Read) -> Vec<u8> {
    let good = fixture("prices.xlsx");
    let mut good = zip::ZipArchive::new(Cursor::new(good.as_slice())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..good.len() {
        let mut part = good.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        new.start_file(part_name.clone(), SimpleFileOptions::default()).unwrap();
        std::io::copy(if part_name == name { content } else { &mut part }, &mut new).unwrap();
    }
    new.flush().unwrap();
    new.finish().unwrap().into_inner()
}

#[test]
fn a_sheet_becomes_lines_with_its_own_numbers() {
    let (text, told) = all(&fixture("prices.xlsx"), None).unwrap();
    let expected = "name,price,share,day,note\n\
        \"tea, green\",4.5,0.12,2026-01-31,\"a \"\"quoted\"\" word\"\n\
        coffee,1234.5,0.5,2026-02-01 09:30:00,\n\
        milk,,1e-7,2026-02-02,\"two\nlines\"\n\
        \n\
        salt,#DIV/0!,NA,,\n\
        sugar,$7,TRUE,,\n";
    assert_eq!(text, expected);
    let names = ["Prices", "Größe", "Empty"].map(String::from).to_vec();
    assert_eq!(told, [Told::Sheets { names, chosen: 0 }, Told::Dates(3)]);
}

#[test]
fn another_sheet_can_be_chosen_and_begins_where_its_cells_do() {
    let (text, _) = all(&fixture("prices.xlsx"), Some("Größe")).unwrap();
    assert_eq!(text, "\n\nx,y\n1,10\n2,20\n4,30\n");
    let empty = all(&fixture("prices.xlsx"), Some("Empty")).unwrap_err();
    assert!(empty.contains("\u{201c}Empty\u{201d} is empty"), "{empty}");
    let unknown = all(&fixture("prices.xlsx"), Some("Mine")).unwrap_err();
    assert!(unknown.contains("Prices, Größe, Empty"), "{unknown}");
}

#[test]
fn a_cell_far_away_is_refused_before_anything_is_filled_up() {
    let error = all(&fixture("far.xlsx"), None).unwrap_err();
    assert!(error.contains("1048576 rows and 16384 columns") && error.contains("far away"), "{error}");
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = with_part("xl/sharedStrings.xml", &mut std::io::repeat(b' ').take(300 << 20));
    assert!(bomb.len() < 1 << 20);
    let error = all(&bomb, None).unwrap_err();
    assert!(error.contains("more than 256 MB"), "{error}");
}

#[test]
fn what_is_damaged_says_so() {
    let good = fixture("prices.xlsx");
    for bytes in
        [&good[..good.len() / 2], b"PK\x03\x04", &with_part("xl/worksheets/sheet1.xml", &mut "<a><b".as_bytes())]
    {
        let error = all(bytes, None).unwrap_err();
        assert!(error.contains("damaged") || error.contains("empty"), "{error}");
    }
}
