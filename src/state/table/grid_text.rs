//! Cells of the table as text: typed, copied, pasted.

use crate::data::csv::read_number;
use crate::data::edit::PASTE_AT_MOST;
use crate::protocol::RowsPage;
use crate::state::table::grid::Selection;

/// What can be typed into a cell.
pub const ALLOWED: &str = "Allowed: a number such as 3.5, 3,5 or 1e-3, or nothing for a missing value.";

/// The number of a cell as it is edited and copied: all digits, nothing for a missing one.
pub fn text(value: f64) -> String {
    if value.is_nan() {
        return String::new();
    }
    let (plain, scientific) = (value.to_string(), format!("{value:e}"));
    // As spreadsheets do: 300 digits are not read.
    if plain.len() > 21 { scientific } else { plain }
}

/// The selected cells as a spreadsheet takes them; `None` when the window does not hold them all.
pub fn copy(page: &RowsPage, selection: &Selection) -> Option<String> {
    let from = usize::try_from(selection.from.checked_sub(page.from)?).ok()?;
    let rows = page.rows.get(from..from + selection.rows() as usize)?;
    let mut copied = String::new();
    for row in rows {
        let numbers = if selection.after { &row.after } else { &row.before };
        for column in selection.first as usize..=selection.last as usize {
            if column > selection.first as usize {
                copied.push('\t');
            }
            match numbers.get(column) {
                Some(value) => copied.push_str(&text(*value)),
                None => copied.push_str(row.labels.get(column - numbers.len()).map_or("", String::as_str)),
            }
        }
        copied.push('\n');
    }
    Some(copied)
}

/// The block of numbers that was pasted, rows of one length.
///
/// # Errors
/// Names the row and column of a text that is no number, and what is too large.
pub fn pasted(text: &str) -> Result<Vec<Vec<f64>>, String> {
    let lines: Vec<&str> = text.trim_end_matches(['\r', '\n']).lines().collect();
    let cells = lines.iter().map(|line| line.split('\t').count()).max().unwrap_or_default();
    if cells * lines.len() > PASTE_AT_MOST {
        let size = format!("{} rows of {cells} values", lines.len());
        return Err(format!("Nothing was pasted: {size} are more than {PASTE_AT_MOST} cells. Load them as a file."));
    }
    let mut rows = Vec::with_capacity(lines.len());
    for (line, number) in lines.iter().zip(1..) {
        let mut row = Vec::with_capacity(cells);
        for (field, column) in line.split('\t').zip(1..) {
            let Some(value) = read_number(field) else {
                let field: String = field.chars().take(30).collect();
                return Err(format!(
                    "Nothing was pasted: row {number}, column {column} of the block is \u{201c}{field}\u{201d}. {ALLOWED}"
                ));
            };
            row.push(value);
        }
        row.resize(cells, f64::NAN);
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Row;

    #[test]
    fn what_was_copied_can_be_pasted() {
        let row = |number, before: [f64; 2]| Row {
            number,
            labels: vec!["red wine".into()],
            before: before.to_vec(),
            after: vec![0.0, 0.0],
            held_out: false,
        };
        let rows = vec![row(1, [0.1, f64::NAN]), row(2, [-1e300, 1.0 / 3.0])];
        let page = RowsPage { from: 5, total: 9, rows, ..RowsPage::default() };
        let all = Selection { from: 5, to: 6, first: 0, last: 1, after: false };
        let copied = copy(&page, &all).unwrap();
        assert_eq!(copied, "0.1\t\n-1e300\t0.3333333333333333\n");
        let back = pasted(&copied).unwrap();
        assert_eq!((back[0][0], back[1][0], back[1][1]), (0.1, -1e300, 1.0 / 3.0));
        assert!(back[0][1].is_nan());
        assert_eq!(copy(&page, &Selection { first: 1, last: 2, to: 5, ..all }).unwrap(), "\tred wine\n");
        assert_eq!(copy(&page, &Selection { to: 7, ..all }), None);
    }

    #[test]
    fn a_block_is_read_as_spreadsheets_write_it() {
        let read = |text: &str| pasted(text).map(|rows| format!("{rows:?}"));
        assert_eq!(read("1,5\t2.5\r\n\u{2212}3\t\r\n").unwrap(), "[[1.5, 2.5], [-3.0, NaN]]");
        assert_eq!(read("7").unwrap(), "[[7.0]]");
        assert_eq!(read("1\t2\n3").unwrap(), "[[1.0, 2.0], [3.0, NaN]]");
        let why = read("1\t2\n3\tabc").unwrap_err();
        assert!(why.contains("row 2, column 2") && why.contains("abc"), "{why}");
        assert!(read("inf").is_err() && read("1e400").is_err() && read("1.234,5").is_err());
        assert!(read(&"1\t2\n".repeat(60_000)).unwrap_err().contains("60000 rows of 2 values"));
    }
}
