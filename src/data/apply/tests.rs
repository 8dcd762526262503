//! Every edit can be taken back to the bit, and what makes no sense changes nothing.

use proptest::prelude::*;

use super::*;
use crate::DataCell;

/// Rows of a plain table, or of a sequence of three positions; text with a gap; a label.
fn data(positions: usize) -> Dataset {
    let text = TextColumn { dictionary: vec!["a".into(), "b".into()], codes: vec![0, TextColumn::MISSING, 1, 0] };
    let wide = (0..4 * positions).map(|i| if i == 2 { f64::NAN } else { i as f64 }).collect();
    let columns = vec![
        Column::number("x", wide).with_positions(positions),
        Column::text("t", text),
        Column::number("y", vec![-0.0, 8.0, 9.0, 9.0]),
        Column::number("same", vec![5.0; 4]),
    ];
    Dataset { positions, ..Dataset::table("test", 4, columns) }
}

/// Equal to the bit; NaN and the sign of zero count.
fn text(data: &Dataset) -> String {
    format!("{data:?}")
}

fn set(row: u64, column: u32, value: f64) -> Edit {
    Edit::Set { cell: DataCell { row, column, position: 0 }, value }
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![Just(f64::NAN), Just(-0.0), Just(f64::INFINITY), -9.0..9.0]
}

fn edit() -> impl Strategy<Value = Edit> {
    let row = 0u64..7;
    let cell = (row.clone(), 0u32..5, 0u32..4).prop_map(|(row, column, position)| DataCell { row, column, position });
    prop_oneof![
        (cell, number()).prop_map(|(cell, value)| Edit::Set { cell, value }),
        row.clone().prop_map(|at| Edit::AddRow { at }),
        proptest::collection::vec(row.clone(), 0..5).prop_map(|rows| Edit::RemoveRows { rows }),
        (0u32..5, "( |x|y|same|y \\(2\\)|column 2){0,2}").prop_map(|(column, name)| Edit::Rename { column, name }),
        (row, proptest::collection::vec((0u32..4, 0u32..3), 1..4), proptest::collection::vec(number(), 0..9)).prop_map(
            |(row, places, values)| {
                let rows = values.chunks_exact(places.len()).map(<[f64]>::to_vec).collect();
                Edit::Paste { row, places, rows }
            }
        ),
    ]
}

proptest! {
    #[test]
    fn what_is_done_can_be_undone(positions in 1usize..4, edits in proptest::collection::vec(edit(), 1..9)) {
        let mut data = data(positions);
        let mut steps = Vec::new();
        for edit in &edits {
            let before = text(&data);
            match data.apply(edit) {
                Ok(undo) => steps.push((before, undo)),
                Err(_) => prop_assert_eq!(text(&data), before, "a refused edit changes nothing"),
            }
            for column in &data.columns {
                let others = data.columns.iter().filter(|other| other.name == column.name).count();
                prop_assert!(others == 1 && !column.name.is_empty(), "{:?} is no name of its own", column.name);
                let values = match &column.values {
                    Values::Number(values) => values.len(),
                    Values::Text(text) => text.codes.len(),
                };
                prop_assert_eq!(values, data.rows * column.positions);
            }
        }
        for (before, undo) in steps.into_iter().rev() {
            data.undo(undo);
            prop_assert_eq!(text(&data), before);
        }
    }
}

#[test]
fn edits_do_what_they_say() {
    let mut table = data(1);
    table.apply(&set(1, 0, 70.0)).unwrap();
    table.apply(&Edit::AddRow { at: 1 }).unwrap();
    table.apply(&Edit::RemoveRows { rows: vec![3, 0, 3] }).unwrap();
    let rows = vec![vec![1.0, 2.0], vec![3.0, 4.0]];
    table.apply(&Edit::Paste { row: 2, places: vec![(2, 0), (0, 0)], rows }).unwrap();
    assert_eq!(table.rows, 4);
    assert_eq!(format!("{:?}", table.columns[0].numbers().unwrap()), "[NaN, 70.0, 2.0, 4.0]");
    assert_eq!(format!("{:?}", table.columns[2].numbers().unwrap()), "[NaN, 8.0, 1.0, 3.0]");
    let Values::Text(text) = &table.columns[1].values else { panic!() };
    assert_eq!([0, 1, 2, 3].map(|row| text.get(row)), [None, None, Some("a"), None]);
}

#[test]
fn a_name_steps_aside_for_the_others() {
    let mut table = data(1);
    for (name, expected) in [("same", "same (2)"), ("  ", "column 1"), (" new ", "new"), ("new", "new")] {
        table.apply(&Edit::Rename { column: 0, name: name.into() }).unwrap();
        assert_eq!(table.columns[0].name, expected);
        assert_eq!(table.columns[3].name, "same", "nobody else is renamed");
    }
}

#[test]
fn a_role_follows_but_a_feature_stays() {
    let mut table = data(1);
    assert_eq!(table.columns[3].role, Role::Constant);
    let undo = table.apply(&set(0, 3, 6.0)).unwrap();
    assert_eq!(table.columns[3].role, Role::Feature);
    table.undo(undo);
    assert_eq!(table.columns[3].role, Role::Constant);
    for row in 0..4 {
        table.apply(&set(row, 0, 1.0)).unwrap();
    }
    assert_eq!(table.columns[0].role, Role::Feature, "a dragged point must not take its plot away");
    let said = table.columns[2].clone().with_role(Role::Identifier);
    table.columns[2] = said;
    table.apply(&set(0, 2, 3.0)).unwrap();
    assert_eq!(table.columns[2].role, Role::Identifier, "what was said and not guessed stays");
}

#[test]
fn refusals_name_what_is_wrong() {
    let mut table = data(3);
    let paste = |rows: Vec<Vec<f64>>| Edit::Paste { row: 0, places: vec![(0, 1)], rows };
    let cases = [
        (set(4, 0, 1.0), "no row 5, the data have 4 rows"),
        (set(u64::MAX, 0, 1.0), "no row 18446744073709551615"),
        (set(0, 9, 1.0), "no column 10, the data have 4"),
        (set(0, 1, 1.0), "\u{201c}t\u{201d} holds text"),
        (set(2, 2, f64::INFINITY), "row 3, \u{201c}y\u{201d}: an infinite value"),
        (
            Edit::Set { cell: DataCell { row: 0, column: 2, position: 1 }, value: 1.0 },
            "no position 2 in \u{201c}y\u{201d}, it has 1",
        ),
        (Edit::AddRow { at: 5 }, "no row 6"),
        (Edit::RemoveRows { rows: vec![0, 7] }, "no row 8"),
        (Edit::RemoveRows { rows: vec![0, 1, 2, 3] }, "one row must stay"),
        (Edit::Rename { column: 0, name: "n".repeat(NAME_AT_MOST + 1) }, "a name of 10001 letters is too long, 10000"),
        (paste(vec![vec![1.0], vec![]]), "row 2 of the block has 0 values, 1 are needed"),
        (paste(vec![vec![1.0]; PASTE_AT_MOST + 1]), "a block of 100001 values is too large, 100000"),
    ];
    for (edit, expected) in cases {
        let before = text(&table);
        let why = table.apply(&edit).unwrap_err().to_string();
        assert!(why.contains(expected), "{why}");
        assert_eq!(text(&table), before);
    }
}

#[test]
fn a_missing_value_equals_itself() {
    assert_eq!(set(0, 0, f64::NAN), set(0, 0, -f64::NAN));
    assert_ne!(set(0, 0, 0.0), set(0, 0, -0.0));
}
