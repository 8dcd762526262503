//! What is picked, in the address: `pick=4.2` is row 4 of column 2, `pick=4.2.7` its position 7; `pick=2b11.5~12.3` are
//! the values of column 2 from 11.5 to 12.3 before, `2a` after. Counted from 1.

use crate::data::DataCell;
use crate::protocol::{Pick, When};

pub fn encode(pick: Pick) -> String {
    match pick {
        Pick::Cell(DataCell { row, column, position }) => {
            let position = if position == 0 { String::new() } else { format!(".{}", position + 1) };
            format!("{}.{}{position}", row + 1, column + 1)
        }
        Pick::Range { column, when, from, to } => {
            // As the shortest text that is read again to the bit.
            format!("{}{}{from:?}~{to:?}", column + 1, if when == When::Before { 'b' } else { 'a' })
        }
    }
}

pub fn decode(text: &str) -> Option<Pick> {
    let counted = |text: &str| text.parse::<u32>().ok()?.checked_sub(1);
    if let Some((range, to)) = text.split_once('~') {
        let (column, from) = range.split_once(['a', 'b'])?;
        let when = if range[column.len()..].starts_with('b') { When::Before } else { When::After };
        let (from, to) = (from.parse::<f64>().ok()?, to.parse::<f64>().ok()?);
        let proper = from.is_finite() && to.is_finite() && from <= to;
        return proper.then_some(Pick::Range { column: counted(column)?, when, from, to });
    }
    let mut parts = text.split('.');
    let row = parts.next()?.parse::<u64>().ok()?.checked_sub(1)?;
    let column = counted(parts.next()?)?;
    let position = parts.next().map_or(Some(0), counted)?;
    parts.next().is_none().then_some(Pick::Cell(DataCell { row, column, position }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pick_travels_to_the_bit() {
        let cell = |row, column, position| Pick::Cell(DataCell { row, column, position });
        let range = |when, from, to| Pick::Range { column: 1, when, from, to };
        let cases = [
            ("4.2", cell(3, 1, 0)),
            ("4.2.7", cell(3, 1, 6)),
            ("2b11.5~12.3", range(When::Before, 11.5, 12.3)),
            ("2a-1e-300~1e300", range(When::After, -1e-300, 1e300)),
            ("2b0.1~0.30000000000000004", range(When::Before, 0.1, 0.1 + 0.2)),
        ];
        for (text, pick) in cases {
            assert_eq!(decode(text), Some(pick), "{text}");
            assert_eq!(decode(&encode(pick)), Some(pick), "{text}");
        }
        for wrong in ["", "4", "0.1", "1.0", "4.2.0", "4.2.1.1", "x.1", "2b5~4", "2bNaN~1", "2c1~2", "b1~2", "2b1~inf"]
        {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
