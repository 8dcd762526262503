//! Edits: made, taken back, and nothing else computed than what they change.

use normlab::data::{DataCell, Edit};
use normlab::protocol::{ColumnKind, ViewResult};
use normlab::session::NoYield;
use normlab::state::Action;

use crate::explorer::{Explorer, ask};

const TABLE: &str = "a,b,kind,same\n1,10,x,5\n2,20,y,5\n3,40,x,5\n";

fn set(row: u64, column: u32, value: f64) -> Action {
    Action::Edit(Edit::Set { cell: DataCell { row, column, position: 0 }, value })
}

fn undone(explorer: &mut Explorer, edits: usize) -> ViewResult {
    let mut state = explorer.state.clone();
    state.edits = state.edits[..edits].to_vec().into();
    explorer.act(Action::Open(Box::new(state))).view()
}

/// What was computed, without the question.
fn result(view: &ViewResult) -> String {
    format!("{:?}", ViewResult { query: Default::default(), edited: None, ..view.clone() })
}

#[test]
fn every_statistic_follows_an_edit_and_comes_back() {
    let mut explorer = Explorer::text(TABLE);
    let loaded = explorer.view();
    assert_eq!(loaded.edited, None);
    let view = explorer.act(set(2, 1, 60.0)).view();
    assert_eq!((view.features[1].before.max, view.features[1].before.mean), (60.0, 30.0));
    assert_eq!(view.features[0], loaded.features[0]);
    assert_eq!(explorer.first_rows().rows[2].before, [3.0, 60.0]);
    // The same from the beginning.
    let mut fresh = Explorer::text(&TABLE.replace("40", "60"));
    assert_eq!(result(&fresh.view()), result(&view));
    assert_eq!(result(&undone(&mut explorer, 0)), result(&loaded));
}

#[test]
fn many_edits_let_messages_in_and_can_be_given_up_anywhere() {
    let edits: Vec<_> = (0..60)
        .map(|index| match index % 3 {
            0 => Edit::AddRow { at: index / 2 },
            1 => Edit::Rename { column: 1, name: format!("b{index}") },
            _ => Edit::Set { cell: DataCell { row: index / 2, column: 0, position: 0 }, value: index as f64 },
        })
        .collect();
    let mut explorer = Explorer::text(TABLE);
    let loaded = explorer.view();
    let before = explorer.query();
    for edit in edits {
        explorer.act(Action::Edit(edit)).act(Action::Release);
    }
    let (query, expected) = (explorer.query(), explorer.view());
    assert!(query.edits.len() >= 60, "{}", query.edits.len());
    let mut stopped = 0;
    for yields in 0..60 {
        let mut fresh = Explorer::text(TABLE);
        let given_up = |fresh: &mut Explorer, query| {
            ask(&mut fresh.session, query, &NoYield { yields_left: Some(yields).into() }).is_err()
        };
        stopped += u32::from(given_up(&mut fresh, &query));
        let whole = ask(&mut fresh.session, &query, &NoYield::default()).unwrap();
        assert_eq!(result(&whole), result(&expected), "given up after {yields}");
        // And on the way back.
        stopped += u32::from(given_up(&mut fresh, &before));
        if yields % 2 == 0 {
            let back = ask(&mut fresh.session, &before, &NoYield::default()).unwrap();
            assert_eq!((result(&back), back.edited), (result(&loaded), None), "given up after {yields}");
        } else {
            let again = ask(&mut fresh.session, &query, &NoYield::default()).unwrap();
            assert_eq!(result(&again), result(&expected), "given up after {yields}");
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
    let mut explorer = Explorer::text(TABLE);
    let mut views = vec![explorer.view()];
    for edit in &edits {
        views.push(explorer.act(edit.clone()).view());
    }
    for end in (0..=edits.len()).rev() {
        let mut straight = Explorer::text(TABLE);
        for edit in &edits[..end] {
            straight.act(edit.clone());
        }
        let expected = straight.view();
        assert_eq!(result(&views[end]), result(&expected), "{end} edits, one after the other");
        let back = undone(&mut explorer, end);
        assert_eq!(result(&back), result(&expected), "back to {end} edits");
        assert_eq!(back.edited, expected.edited);
    }
}

#[test]
fn a_dragged_point_is_patched_and_nothing_gathered_again() {
    let mut explorer = Explorer::sample("wine");
    // Summarising a feature yields once, and so does drawing one of a side.
    let yields = |explorer: &mut Explorer| {
        let (query, yielder) = (explorer.query(), normlab::session::NoYield { yields_left: Some(10_000).into() });
        crate::explorer::ask(&mut explorer.session, &query, &yielder).unwrap();
        10_000 - yielder.yields_left.get().unwrap()
    };
    let first = yields(&mut explorer);
    let again = yields(&mut explorer);
    assert_eq!(again + 2 * 13, first);
    for value in [20.0, 21.0, 22.0] {
        explorer.act(set(5, 2, value));
        assert_eq!(yields(&mut explorer), again + 13);
    }
    explorer.act(Action::Edit(Edit::AddRow { at: 0 }));
    assert_eq!(yields(&mut explorer), first);
}

#[test]
fn what_the_data_are_follows() {
    let mut explorer = Explorer::text(TABLE);
    let info = explorer.act(set(0, 0, f64::NAN)).view().edited.unwrap();
    assert_eq!((info.columns[0].missing, info.columns[3].default), (1, false));
    let info = explorer.act(set(0, 3, 6.0)).view().edited.unwrap();
    assert!(info.columns[3].default, "no longer constant");
    let info = explorer.act(Action::Edit(Edit::RemoveRows { rows: vec![1] })).view().edited.unwrap();
    assert_eq!((info.rows, info.columns[2].kind), (2, ColumnKind::Text(1)));
    let info = explorer.act(Action::Edit(Edit::Rename { column: 0, name: "kind".into() })).view().edited.unwrap();
    assert_eq!((info.columns[0].name.as_str(), info.columns[0].key.as_str()), ("kind (2)", "a"));
    // The choice of a column outlives its name.
    explorer.info = info;
    let view = explorer.act(Action::ChooseColumns(Some(vec!["a".into()]))).view();
    assert_eq!(view.features[0].name, "kind (2)");
    let view = explorer.act(Action::ResetEdits).view();
    assert_eq!((view.edited, view.shape.examples), (None, 3));
}

#[test]
fn an_edit_without_sense_is_named_and_the_others_stay() {
    let mut explorer = Explorer::text(TABLE);
    let good = explorer.act(set(0, 0, 5.0)).view();
    let view = explorer.act(set(99, 0, 1.0)).act(set(0, 2, 1.0)).act(set(0, 1, f64::INFINITY)).view();
    assert_eq!(view.features, good.features);
    for (warning, part) in
        view.warnings.iter().zip(["Change 2 was not made: there is no row 100", "Change 3", "infinite"])
    {
        assert!(warning.contains(part), "{:?}", view.warnings);
    }
    let view = explorer.act(set(0, 1, 30.0)).view();
    assert_eq!(view.features[1].before.max, 40.0);
    assert_eq!(view.features[1].before.min, 20.0, "edits behind a refused one are made");
    assert!(undone(&mut explorer, 1).warnings.is_empty());
}

#[test]
fn fitted_rows_and_repeated_labels_follow() {
    // A split, and a label that is repeated over the positions of an image.
    for positions in [false, true] {
        let make = || if positions { Explorer::sample("digits") } else { Explorer::sample("wine") };
        let label = make().info.columns.iter().position(|column| !column.default).unwrap() as u32;
        let prepare = |explorer: &mut Explorer| {
            let names = explorer.info.columns.iter().map(|column| column.key.clone()).collect();
            explorer.act(Action::ChooseColumns(Some(names)));
            explorer.act(Action::SetFit(normlab::protocol::FitOn::Train { share: 0.5, seed: 3 }));
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
    let mut explorer = Explorer::sample("penguins");
    let first = explorer.act(Action::SetColor(Some("year".into()))).view().before;
    assert_eq!(explorer.act(Action::ChooseMethod("robust")).view().before, first);
    // The year of a penguin is no chosen value's neighbour, but its colour.
    let year = explorer.info.columns.iter().position(|column| column.name == "year").unwrap();
    let columns = vec!["bill_length_mm".to_string()];
    let before = explorer.act(Action::ChooseColumns(Some(columns))).view().before;
    let recoloured = explorer.act(set(0, year as u32, 2009.0)).view().before;
    assert_ne!(recoloured, before);
    let finer = explorer.act(Action::SetBins(Some(99))).view().before;
    assert_ne!(finer, recoloured);
    assert_ne!(explorer.act(Action::SetColor(None)).view().before, finer);
}
