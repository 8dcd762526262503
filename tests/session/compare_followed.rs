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
        lab.act(Action::SetFit(fit));
        follow_all(&mut lab, &[(0, "alcohol", 0), (11, "magnesium", 0), (177, "alcohol", 0)]);
    }
    let mut lab = Lab::sample("activations-before");
    let names = lab.info.columns.iter().map(|column| column.name.as_str());
    let (first, last) = (names.clone().next().unwrap().to_string(), names.clone().next_back().unwrap().to_string());
    let end = lab.info.rows - 1;
    follow_all(&mut lab, &[(0, &first, 3), (end, &last, 0)]);
}

/// Follows these values (row, name, position) through all methods, first as they are, then with gamma and beta, and compares
/// with what each method's own view says of them.
fn follow_all(lab: &mut Lab, values: &[(u64, &str, u32)]) {
    let all = Method::all();
    let slugs: Vec<_> = all.iter().map(|method| method.info().slug).collect();
    set(lab, CompareChoice::default().with_methods(&slugs));
    for gamma in [None, Some("1.7")] {
        for method in all.iter().filter(|_| gamma.is_some()) {
            lab.act(Action::ChooseMethod(method.info().slug));
            for (key, text) in [("gamma", gamma.unwrap()), ("beta", "-0.3")] {
                if method.parameters().iter().any(|one| one.field.key == key) {
                    lab.act(Action::SetMethod { key, text: text.into() });
                }
            }
        }
        lab.act(Action::Pick(None));
        assert_eq!(compare(lab).followed, None);
        for &(row, name, position) in values {
            let cell = Cell { position, ..cell(lab, row, name) };
            pick(lab, cell);
            // The second time, what was measured of the methods is known.
            let [compared, again] = [compare(lab), compare(lab)];
            // In words: numbers that are none are equal there.
            let said = |compared: &Compared| format!("{:?} {:?}", compared.panels, compared.against);
            assert!(said(&again) == said(&compared), "row {row}, {name}");
            let Followed { cell: told, feature, value } = compared.followed.unwrap();
            assert_eq!((told, compared.features[feature as usize].as_str()), (cell, name));
            let results: Vec<_> = compared.panels.iter().map(|panel| panel.value).collect();
            assert_eq!(rules(&compared), results, "the dashed lines are where the values are");
            let state = lab.state.clone();
            for panel in &compared.panels {
                let slug = Method::from_slug(&panel.method.slug).unwrap().info().slug;
                lab.act(Action::ChooseMethod(slug)).view();
                let trace = lab.session.trace(cell).unwrap().trace;
                assert_eq!((trace.value, Some(trace.output)), (value, panel.value), "{slug}, row {row}, {name}");
            }
            lab.state = state;
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
    assert_eq!(
        followed(&compared),
        "Row 5: proline 735. Its value after each method is shown beside the name of the method."
    );
    set(&mut lab, CompareChoice { feature: Some("proline".into()), ..CompareChoice::default() });
    let compared = compare(&mut lab);
    assert!(rules(&compared).iter().all(Option::is_some));
    assert!(followed(&compared).ends_with("beside the name of the method; the dashed line marks it."));
    set(&mut lab, CompareChoice { feature: Some("proline".into()), zoom: true, ..CompareChoice::default() });
    assert!(followed(&compare(&mut lab)).ends_with("unless it is among the hidden extreme 2%."));
}

#[test]
fn what_is_missing_or_not_chosen_is_said() {
    let mut lab = Lab::text("a,b,c\n7,1,\n6,5,2\n9,9,3\n");
    assert!(followed(&compare(&mut lab)).starts_with("Choose a value"));
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
