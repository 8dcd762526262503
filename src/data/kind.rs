//! What a file is, told by its content, whatever it is called.

use super::csv::ReadError;

/// A kind of file that is no table of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// With its article.
    pub name: &'static str,
    /// What its owner can do to bring the numbers here.
    pub advice: &'static str,
}

impl FileKind {
    /// What to tell somebody who wanted a table.
    pub fn refusal(&self) -> ReadError {
        ReadError::NotText { found: self.name.into(), advice: self.advice.into() }
    }
}

const SAVE: &str = "Open it in the program it comes from and save the table as CSV.";
const SHEET: &str = "Open it in a spreadsheet and save it as .xlsx or CSV.";
const UNLOCK: &str = "Open it in a spreadsheet and save it as .xlsx or CSV, without a password.";
const UNPACK: &str = "Unpack it and open the table that is inside.";
const PICTURE: &str = "A picture has no columns: copy the numbers from where it was made.";
const JSON: &str = "In pandas: pd.read_json(name).to_csv(\"table.csv\", index=False).";
const PAGE: &str = "Copy the table from the page and paste it here.";
const TORCH: &str = "In PyTorch: numpy.save(\"x.npy\", torch.load(name).numpy()).";
const PANDAS: &str = "In pandas: read it and call .to_csv(\"table.csv\", index=False).";

const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "a zip archive", UNPACK),
    (b"PK\x05\x06", "an empty zip archive", UNPACK),
    (b"\x1f\x8b", "a compressed file (.gz)", UNPACK),
    (b"BZh", "a compressed file (.bz2)", UNPACK),
    (b"\xfd7zXZ", "a compressed file (.xz)", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a compressed file (.zst)", UNPACK),
    (b"7z\xbc\xaf", "an archive (.7z)", UNPACK),
    (b"Rar!", "an archive (.rar)", UNPACK),
    (b"\x89HDF", "an HDF5 file", PANDAS),
    (b"PAR1", "a Parquet file", PANDAS),
    (b"ARROW1", "an Arrow file", PANDAS),
    (b"SQLite format 3", "an SQLite database", SAVE),
    (b"%PDF", "a PDF document", "Copy the table from it and paste it here."),
    (b"{\\rtf", "a text document (.rtf)", SAVE),
    (b"\x89PNG", "a picture (PNG)", PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    (b"GIF8", "a picture (GIF)", PICTURE),
    (b"II*\0", "a picture (TIFF)", PICTURE),
    (b"MM\0*", "a picture (TIFF)", PICTURE),
];

/// The kind of a file that begins with these bytes; `None` when it may be a table of text.
pub fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    if let Some(&(_, name, advice)) = BEGINNINGS.iter().find(|(beginning, ..)| bytes.starts_with(beginning)) {
        return Some(FileKind { name, advice });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(compound(bytes));
    }
    let inside = |from: usize, part: &[u8]| bytes.get(from..from + part.len()) == Some(part);
    let name = match bytes {
        _ if inside(0, b"RIFF") && inside(8, b"WEBP") => "a picture (WebP)",
        _ if inside(4, b"ftyp") => "a picture or a film",
        _ if inside(0, b"BM") && inside(6, &[0; 4]) => "a picture (BMP)",
        _ => return marked_up(bytes),
    };
    Some(FileKind { name, advice: PICTURE })
}

/// What of Microsoft's compound files: their directory names the parts, in UTF-16, if it is among these bytes.
fn compound(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    let (name, advice) = match () {
        () if has("EncryptedPackage") => ("an encrypted workbook", UNLOCK),
        () if has("Workbook") || has("Book") => ("an old Excel workbook (.xls)", SHEET),
        () => ("an old Excel workbook (.xls) or an encrypted one", UNLOCK),
    };
    FileKind { name, advice }
}

/// JSON, HTML, XML.
fn marked_up(bytes: &[u8]) -> Option<FileKind> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let next = text.get(1..).unwrap_or_default().trim_ascii_start().first();
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let (name, advice) = match (text.first()?, next) {
        (b'{', Some(b'"' | b'}')) | (b'[', Some(b'{' | b'[' | b']')) => ("a JSON file", JSON),
        // A list in one piece; a table may well have names in brackets.
        (b'[', Some(b'-' | b'"' | b'0'..=b'9')) if text.trim_ascii_end().ends_with(b"]") => ("a JSON file", JSON),
        _ if begins(b"<!doctype html") || begins(b"<html") => ("a web page (HTML)", PAGE),
        _ if begins(b"<svg") => ("a picture (SVG)", PICTURE),
        _ if begins(b"<?xml") => ("an XML file", SAVE),
        _ => return None,
    };
    Some(FileKind { name, advice })
}

/// What a zip archive holds, told by the end of it, where the names of its files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zip {
    /// An Excel workbook (.xlsx, .xlsm) or one of OpenDocument (.ods).
    Workbook,
    /// NumPy arrays (.npz).
    Arrays,
    Other(FileKind),
}

/// What the zip archive of this end (a megabyte is plenty) is.
pub fn kind_of_zip(end: &[u8]) -> Zip {
    let has = |name: &[u8]| memchr::memmem::find(end, name).is_some();
    let (name, advice) = match () {
        // A sheet of OpenDocument has its kind of content in the part that comes first, `mimetype`.
        () if has(b"xl/workbook.xml") => return Zip::Workbook,
        () if has(b"content.xml") && has(b"mimetype") && !has(b"word/") => return Zip::Workbook,
        () if has(b".npy") => return Zip::Arrays,
        () if has(b"/data.pkl") => ("a file of PyTorch (.pt)", TORCH),
        () if has(b"xl/workbook.bin") => ("a binary Excel workbook (.xlsb)", SHEET),
        () if has(b"word/document.xml") => ("a Word document (.docx)", "Copy the table from it and paste it here."),
        () if has(b"ppt/presentation.xml") => ("a presentation (.pptx)", "Copy the table from it and paste it here."),
        () if has(b"Index/Document.iwa") => ("a Numbers, Pages or Keynote file", SHEET),
        () => ("a zip archive", UNPACK),
    };
    Zip::Other(FileKind { name, advice })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        let json = ["{\"a\": 1}", " [\n {\"a\":1}]", "[[1,2],[3,4]]", "[1, 2, 3]\n", "{}", "\u{feff}[]"];
        for text in json {
            assert_eq!(kind_of(text.as_bytes()).map(|kind| kind.name), Some("a JSON file"), "{text}");
        }
        for (text, name) in [
            ("<!DOCTYPE html><html>", "a web page (HTML)"),
            ("<?xml version=\"1.0\"?>", "an XML file"),
            ("RIFF\u{1}\u{1}\u{1}\u{1}WEBP", "a picture (WebP)"),
            ("GIF89a", "a picture (GIF)"),
            ("<SVG width=\"1\">", "a picture (SVG)"),
        ] {
            assert_eq!(kind_of(text.as_bytes()).map(|kind| kind.name), Some(name), "{text}");
        }
        for text in
            ["", "a,b\n1,2\n", "[a],[b]\n1,2\n", "[1],b\n1,2\n", "BMI,age\n1,2\n", "<5,3\n", "{a},b\n1,2\n", "PKW,b\n"]
        {
            assert_eq!(kind_of(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn an_encrypted_workbook_is_none_of_old_excel() {
        let bytes = include_bytes!("../../tests/fixtures/cases/68-encrypted.xlsx");
        assert_eq!(kind_of(bytes).map(|kind| kind.name), Some("an encrypted workbook"));
        let old = [b"\xd0\xcf\x11\xe0....".as_slice(), b"W\0o\0r\0k\0b\0o\0o\0k\0"].concat();
        assert_eq!(kind_of(&old).map(|kind| kind.name), Some("an old Excel workbook (.xls)"));
        assert!(kind_of(b"\xd0\xcf\x11\xe0").is_some_and(|kind| kind.name.ends_with("or an encrypted one")));
    }

    #[test]
    fn archives_are_told_by_the_names_in_them() {
        assert_eq!(kind_of_zip(b"...xl/workbook.xml..."), Zip::Workbook);
        assert_eq!(kind_of_zip(b"...mimetype...content.xml..."), Zip::Workbook, "of OpenDocument");
        assert_eq!(kind_of_zip(b"...x.npy..."), Zip::Arrays);
        for (end, name) in [("word/document.xml", "(.docx)"), ("x/data.pkl", "(.pt)"), ("a.csv", "a zip archive")] {
            assert!(matches!(kind_of_zip(end.as_bytes()), Zip::Other(kind) if kind.name.contains(name)), "{name}");
        }
    }
}
