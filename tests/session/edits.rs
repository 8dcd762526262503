//! Edits: made, taken back, and nothing else computed than what they change.

use normlab::data::{Cell, Edit};
use normlab::protocol::{ColumnKind, Comparison};
use normlab::session::NoPace;
use normlab::state::Action;

use crate::lab::{Lab, ask};

const TABLE: &str = "a,b,kind,same\n1,10,x,5\n2,20,y,5\n3,40,x,5\n";

fn set(row: u64, column: u32, value: f64) -> Action {
    Action::Edit(Edit::Set { cell: Cell { row, column, position: 0 }, value })
}

fn undone(lab: &mut Lab, edits: usize) -> Comparison {
    let mut state = lab.state.clone();
    state.edits = state.edits[..edits].to_vec().into();
    lab.act(Action::Open(Box::new(state))).view()
}

/// What was computed, without the question.
fn result(view: &Comparison) -> String {
    format!("{:?}", Comparison { query: Default::default(), edited: None, ..view.clone() })
}

#[test]
fn every_statistic_follows_an_edit_and_comes_back() {
    let mut lab = Lab::text(TABLE);
    let loaded = lab.view();
    assert_eq!(loaded.edited, None);
    let view = lab.act(set(2, 1, 60.0)).view();
    assert_eq!((view.features[1].before.max, view.features[1].before.mean), (60.0, 30.0));
    assert_eq!(view.features[0], loaded.features[0]);
    assert_eq!(lab.first_rows().rows[2].before, [3.0, 60.0]);
    // The same from the beginning.
    let mut fresh = Lab::text(&TABLE.replace("40", "60"));
    assert_eq!(result(&fresh.view()), result(&view));
    assert_eq!(result(&undone(&mut lab, 0)), result(&loaded));
}

#[test]
fn many_edits_let_messages_in_and_can_be_given_up_anywhere() {
    let edits: Vec<_> = (0..60)
        .map(|index| match index % 3 {
            0 => Edit::AddRow { at: index / 2 },
            1 => Edit::Rename { column: 1, name: format!("b{index}") },
            _ => Edit::Set { cell: Cell { row: index / 2, column: 0, position: 0 }, value: index as f64 },
        })
        .collect();
    let mut lab = Lab::text(TABLE);
    let loaded = lab.view();
    let before = lab.query();
    for edit in edits {
        lab.act(Action::Edit(edit)).act(Action::Release);
    }
    let (query, expected) = (lab.query(), lab.view());
    assert!(query.edits.len() >= 60, "{}", query.edits.len());
    let mut stopped = 0;
    for breaths in 0..60 {
        let mut fresh = Lab::text(TABLE);
        let given_up = |fresh: &mut Lab, query| {
            ask(&mut fresh.session, query, &NoPace { breaths_left: Some(breaths).into() }).is_err()
        };
        stopped += u32::from(given_up(&mut fresh, &query));
        let whole = ask(&mut fresh.session, &query, &NoPace::default()).unwrap();
        assert_eq!(result(&whole), result(&expected), "given up after {breaths}");
        // And on the way back.
        stopped += u32::from(given_up(&mut fresh, &before));
        if breaths % 2 == 0 {
            let back = ask(&mut fresh.session, &before, &NoPace::default()).unwrap();
            assert_eq!((result(&back), back.edited), (result(&loaded), None), "given up after {breaths}");
        } else {
            let again = ask(&mut fresh.session, &query, &NoPace::default()).unwrap();
            assert_eq!(result(&again), result(&expected), "given up after {breaths}");
        }
    }
    assert_eq!(stopped, 120, "each edit lets messages in");
}

#[test]
fn any_way_to_the_same_edits_gives_the_same_result() {
    let edits = [
        set(0, 0, f64::NAN),
        Action::Edit(Edit::AddRow { at: 1 }),
        set(1, 0, 9.0),
        Action::Edit(Edit::RemoveRows { rows: vec![0] }),
        Action::Edit(Edit::Rename { column: 0, name: "b".into() }),
        Action::Edit(Edit::Paste { row: 2, places: vec![(0, 0), (1, 0)], rows: vec![vec![7.0, 8.0]; 3] }),
        set(3, 3, 6.0),
    ];
    let mut lab = Lab::text(TABLE);
    let mut walked = vec![lab.view()];
    for edit in &edits {
        walked.push(lab.act(edit.clone()).view());
    }
    for end in (0..=edits.len()).rev() {
        let mut straight = Lab::text(TABLE);
        for edit in &edits[..end] {
            straight.act(edit.clone());
        }
        let expected = straight.view();
        assert_eq!(result(&walked[end]), result(&expected), "{end} edits, one after the other");
        let back = undone(&mut lab, end);
        assert_eq!(result(&back), result(&expected), "back to {end} edits");
        assert_eq!(back.edited, expected.edited);
    }
}

#[test]
fn a_dragged_point_is_patched_and_nothing_gathered_again() {
    let mut lab = Lab::sample("wine");
    // Summarising a feature takes a breath, and so does drawing one of a side.
    let breaths = |lab: &mut Lab| {
        let (query, pace) = (lab.query(), normlab::session::NoPace { breaths_left: Some(10_000).into() });
        crate::lab::ask(&mut lab.session, &query, &pace).unwrap();
        10_000 - pace.breaths_left.get().unwrap()
    };
    let first = breaths(&mut lab);
    let again = breaths(&mut lab);
    assert_eq!(again + 2 * 13, first);
    for value in [20.0, 21.0, 22.0] {
        lab.act(set(5, 2, value));
        assert_eq!(breaths(&mut lab), again + 13);
    }
    lab.act(Action::Edit(Edit::AddRow { at: 0 }));
    assert_eq!(breaths(&mut lab), first);
}

#[test]
fn what_the_data_are_follows() {
    let mut lab = Lab::text(TABLE);
    let info = lab.act(set(0, 0, f64::NAN)).view().edited.unwrap();
    assert_eq!((info.columns[0].missing, info.columns[3].default), (1, false));
    let info = lab.act(set(0, 3, 6.0)).view().edited.unwrap();
    assert!(info.columns[3].default, "no longer constant");
    let info = lab.act(Action::Edit(Edit::RemoveRows { rows: vec![1] })).view().edited.unwrap();
    assert_eq!((info.rows, info.columns[2].kind), (2, ColumnKind::Text(1)));
    let info = lab.act(Action::Edit(Edit::Rename { column: 0, name: "kind".into() })).view().edited.unwrap();
    assert_eq!((info.columns[0].name.as_str(), info.columns[0].key.as_str()), ("kind (2)", "a"));
    // The choice of a column outlives its name.
    lab.info = info;
    let view = lab.act(Action::ChooseColumns(Some(vec!["a".into()]))).view();
    assert_eq!(view.features[0].name, "kind (2)");
    let view = lab.act(Action::ResetEdits).view();
    assert_eq!((view.edited, view.shape.examples), (None, 3));
}

#[test]
fn an_edit_without_sense_is_named_and_the_others_stay() {
    let mut lab = Lab::text(TABLE);
    let good = lab.act(set(0, 0, 5.0)).view();
    let view = lab.act(set(99, 0, 1.0)).act(set(0, 2, 1.0)).act(set(0, 1, f64::INFINITY)).view();
    assert_eq!(view.features, good.features);
    for (warning, part) in
        view.warnings.iter().zip(["Change 2 was not made: there is no row 100", "Change 3", "infinite"])
    {
        assert!(warning.contains(part), "{:?}", view.warnings);
    }
    let view = lab.act(set(0, 1, 30.0)).view();
    assert_eq!(view.features[1].before.max, 40.0);
    assert_eq!(view.features[1].before.min, 20.0, "edits behind a refused one are made");
    assert!(undone(&mut lab, 1).warnings.is_empty());
}

#[test]
fn fitted_rows_and_repeated_labels_follow() {
    // A split, and a label that is repeated over the positions of an image.
    for positions in [false, true] {
        let make = || if positions { Lab::sample("digits") } else { Lab::sample("wine") };
        let label = make().info.columns.iter().position(|column| !column.default).unwrap() as u32;
        let prepare = |lab: &mut Lab| {
            let names = lab.info.columns.iter().map(|column| column.key.clone()).collect();
            lab.act(Action::ChooseColumns(Some(names)));
            lab.act(Action::SetFit(normlab::protocol::Fit::Train { share: 0.5, seed: 3 }));
        };
        let (mut patched, mut fresh) = (make(), make());
        prepare(&mut patched);
        prepare(&mut fresh);
        patched.view();
        for row in 0..9 {
            patched.act(set(row, label, 70.0)).act(set(row, 0, 3.0));
            fresh.act(set(row, label, 70.0)).act(set(row, 0, 3.0));
        }
        assert_eq!(result(&patched.view()), result(&fresh.view()));
    }
}

#[test]
fn what_is_drawn_before_stays_while_methods_change_and_follows_everything_else() {
    let mut lab = Lab::sample("penguins");
    let first = lab.act(Action::SetColor(Some("year".into()))).view().before;
    assert_eq!(lab.act(Action::ChooseMethod("robust")).view().before, first);
    // The year of a penguin is no chosen value's neighbour, but its colour.
    let year = lab.info.columns.iter().position(|column| column.name == "year").unwrap();
    let columns = vec!["bill_length_mm".to_string()];
    let before = lab.act(Action::ChooseColumns(Some(columns))).view().before;
    let recoloured = lab.act(set(0, year as u32, 2009.0)).view().before;
    assert_ne!(recoloured, before);
    let finer = lab.act(Action::SetBins(Some(99))).view().before;
    assert_ne!(finer, recoloured);
    assert_ne!(lab.act(Action::SetColor(None)).view().before, finer);
}
