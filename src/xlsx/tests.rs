//! Workbooks as people have them, and hostile ones.

use std::io::Write;

use zip::write::SimpleFileOptions;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/fixtures/xlsx/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn all(bytes: &[u8], sheet: Option<&str>) -> Result<(String, Vec<SheetEvent>), String> {
    let (mut text, mut rest) = (String::new(), Vec::new());
    read(bytes, sheet, &mut |told| match told {
        SheetEvent::Text(part) => text.push_str(&part),
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
    assert_eq!(told, [SheetEvent::Sheets { names, chosen: 0 }, SheetEvent::Dates(3)]);
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

/// A workbook of a case in tests/fixtures/cases.
fn case(name: &str) -> Vec<u8> {
    fixture(&format!("../cases/{name}"))
}

#[test]
fn rows_and_cells_stored_out_of_order_are_placed_by_their_reference() {
    let (text, _) = all(&case("order_rows.xlsx"), None).unwrap();
    assert_eq!(text, "a,b\n20,4\n30,9\n40,16\n50,25\n60,36\n");
    let (text, _) = all(&case("order_cells.xlsx"), None).unwrap();
    assert_eq!(text, "a,b\n20,4\n30,9\n40,16\n");
}

#[test]
fn a_cell_that_is_stored_twice_is_refused_by_name() {
    for rows in [
        "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",
        "<row r='2'><c r='AB2'><v>1</v></c></row><row r='1'><c r='A1'><v>3</v></c></row><row r='2'><c r='AB2'><v>2</v></c></row>",
    ] {
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let error = all(&with_part("xl/worksheets/sheet1.xml", &mut sheet.as_bytes()), Some("Prices")).unwrap_err();
        assert!(error.contains("The cell A1 is stored twice") || error.contains("The cell AB2 is"), "{error}");
    }
}

#[test]
fn a_sheet_with_numbers_is_taken_where_the_first_is_text() {
    let (text, told) = all(&case("67-sheets.xlsx"), None).unwrap();
    assert_eq!(text, "t,y\n0,0.5\n1,1.5\n2,4.5\n3,9.5\n");
    let names = ["ReadMe", "Run 1", "Run 2"].map(String::from).to_vec();
    assert!(told.contains(&SheetEvent::Sheets { names, chosen: 1 }), "{told:?}");
    let (text, _) = all(&case("67-sheets.xlsx"), Some("ReadMe")).unwrap();
    assert!(text.contains("see the other sheets"));
}

#[test]
fn formulas_without_stored_results_are_counted_and_named() {
    let (text, told) = all(&case("61-formulas-uncached.xlsx"), None).unwrap();
    assert!(text.starts_with("a,b,sum,ratio\n1,2,"), "{text}");
    assert!(told.contains(&SheetEvent::Formulas { count: 6, first: "C2".into() }), "{told:?}");
    let sheet = "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>sum</t></is></c></row>\
        <row r='2'><c r='A2'><f>1+1</f></c></row><row r='3'><c r='A3'><f>A2+1</f><v></v></c></row></sheetData></worksheet>";
    let error = all(&with_part("xl/worksheets/sheet1.xml", &mut sheet.as_bytes()), None).unwrap_err();
    assert!(
        error.contains("formulas whose results are not stored, such as A2") && error.contains("save it"),
        "{error}"
    );
}

/// A workbook as LibreOffice writes it: a sheet to read, then one with a table.
fn open_document(manifest: &str) -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |value: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>x</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows =
        [row(&[text("a"), text("b")]), row(&[number("1"), number("2.5")]), row(&[number("3"), number("-4")])].concat();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
         <office:body><office:spreadsheet><table:table table:name=\"Read me\">{}</table:table>\
         <table:table table:name=\"Data\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        row(&[text("Made up.")])
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", manifest),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_sheet_of_open_document_is_read() {
    let book = open_document("<manifest:manifest/>");
    let (text, told) = all(&book, None).unwrap();
    assert_eq!(text, "a,b\n1,2.5\n3,-4\n");
    assert_eq!(told[0], SheetEvent::Sheets { names: vec!["Read me".into(), "Data".into()], chosen: 1 });
    assert_eq!(all(&book, Some("Read me")).unwrap().0, "Made up.\n");
    let locked =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let error = all(&open_document(locked), None).unwrap_err();
    assert!(error.contains("OpenDocument sheet is damaged or encrypted"), "{error}");
    let broken =
        std::fs::read(format!("{}/../../tests/fixtures/cases/66-sheet.ods", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let error = all(&broken, None).unwrap_err();
    assert!(error.contains("OpenDocument sheet is damaged") && error.contains("manifest.xml"), "{error}");
}
