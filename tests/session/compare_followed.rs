//! A picked value is followed through all compared methods.

use normlab::caption::followed;
use normlab::data::Cell;
use normlab::engine::Method;
use normlab::figure::compared as small;
use normlab::plot::Mark;
use normlab::protocol::{Compared, Fit, Followed, Pick};
use normlab::state::{Action, CompareChoice};

use crate::compare::{compare, set};
use crate::lab::Lab;

fn pick(lab: &mut Lab, cell: Cell) {
    lab.act(Action::Pick(Some(Pick::Cell(cell))));
}

fn cell(lab: &Lab, row: u64, name: &str) -> Cell {
    let column = lab.info.columns.iter().position(|column| column.name == name).unwrap() as u32;
    Cell { row, column, position: 0 }
}

/// Where the small pictures have a dashed line.
fn rules(compared: &Compared) -> Vec<Option<f64>> {
    let rule = |mark: &Mark| if let Mark::Rule { at, .. } = mark { Some(*at) } else { None };
    small(compared, false).iter().map(|scene| scene.as_ref().unwrap().marks.iter().find_map(rule)).collect()
}

#[test]
fn what_each_method_makes_of_it_is_what_its_own_view_says() {
    for fit in [Fit::All, Fit::Train { share: 0.5, seed: 7 }] {
        let mut lab = Lab::sample("wine");
        let slugs: Vec<_> = Method::all().iter().map(|method| method.info().slug).collect();
        set(&mut lab, CompareChoice::default().with_methods(&slugs));
        lab.act(Action::SetFit(fit));
        assert_eq!(compare(&mut lab).followed, None);
        // The second time, what was measured of the methods is known.
        for (row, name) in [(0, "alcohol"), (11, "magnesium"), (177, "alcohol")] {
            let cell = cell(&lab, row, name);
            pick(&mut lab, cell);
            let compared = compare(&mut lab);
            let Followed { cell: told, feature, value } = compared.followed.unwrap();
            assert_eq!((told, compared.features[feature as usize].as_str()), (cell, name));
            let values: Vec<_> = compared.panels.iter().map(|panel| panel.value).collect();
            assert_eq!(rules(&compared), values, "the dashed lines are where the values are");
            let mut other = Lab::sample("wine");
            other.state = lab.state.clone();
            for panel in &compared.panels {
                let slug = Method::from_slug(&panel.method.slug).unwrap().info().slug;
                other.act(Action::ChooseMethod(slug)).view();
                let trace = other.session.trace(cell).unwrap().trace;
                assert_eq!((trace.value, Some(trace.output)), (value, panel.value), "{slug}, row {row}, {name}");
            }
        }
    }
}

#[test]
fn a_feature_that_is_not_drawn_has_no_line_but_values() {
    let mut lab = Lab::sample("wine");
    let cell = cell(&lab, 4, "proline");
    pick(&mut lab, cell);
    let compared = compare(&mut lab);
    assert!(rules(&compared).iter().all(Option::is_none), "the first ten of thirteen are drawn");
    assert!(compared.panels.iter().all(|panel| panel.value.is_some_and(f64::is_finite)));
    assert_eq!(followed(&compared), "Row 5: proline 735. What each method makes of it stands beside its name.");
    set(&mut lab, CompareChoice { feature: Some("proline".into()), ..CompareChoice::default() });
    let compared = compare(&mut lab);
    assert!(rules(&compared).iter().all(Option::is_some));
    assert!(followed(&compared).ends_with("stands beside its name; the dashed line is where it lies."));
    set(&mut lab, CompareChoice { feature: Some("proline".into()), zoom: true, ..CompareChoice::default() });
    assert!(followed(&compare(&mut lab)).ends_with("unless that is outside of the central 98%."));
}

#[test]
fn what_is_missing_or_not_chosen_is_said() {
    let mut lab = Lab::text("a,b,c\n7,1,\n6,5,2\n9,9,3\n");
    assert!(followed(&compare(&mut lab)).contains("is followed"));
    let missing = cell(&lab, 0, "c");
    pick(&mut lab, missing);
    let compared = compare(&mut lab);
    assert_eq!(followed(&compared), "Row 1: c is missing.");
    assert!(compared.panels.iter().all(|panel| panel.value.is_some_and(f64::is_nan)));
    for cell in [Cell { row: 3, ..missing }, Cell { position: 1, ..missing }, Cell { column: 9, ..missing }] {
        pick(&mut lab, cell);
        assert_eq!(compare(&mut lab).followed, None, "{cell:?}");
    }
    lab.act(Action::ChooseColumns(Some(vec!["a".into(), "b".into()])));
    pick(&mut lab, missing);
    let compared = compare(&mut lab);
    assert!(compared.followed.is_none() && compared.panels.iter().all(|panel| panel.value.is_none()));
}
