//! A picked value is followed through all compared methods.

use normlab::caption::followed;
use normlab::data::DataCell;
use normlab::engine::Method;
use normlab::figure::comparison_scenes as small;
use normlab::plot::Mark;
use normlab::protocol::{FitOn, Followed, MethodComparison, Pick};
use normlab::state::{Action, CompareChoice};

use crate::compare::{compare, set};
use crate::explorer::Explorer;

fn pick(explorer: &mut Explorer, cell: DataCell) {
    explorer.act(Action::Pick(Some(Pick::Cell(cell))));
}

fn cell(explorer: &Explorer, row: u64, name: &str) -> DataCell {
    let column = explorer.info.columns.iter().position(|column| column.name == name).unwrap() as u32;
    DataCell { row, column, position: 0 }
}

/// Where the small pictures have a dashed line.
fn rules(comparison: &MethodComparison) -> Vec<Option<f64>> {
    let rule = |mark: &Mark| if let Mark::Rule { at, .. } = mark { Some(*at) } else { None };
    small(comparison, false).iter().map(|scene| scene.as_ref().unwrap().marks.iter().find_map(rule)).collect()
}

#[test]
fn what_each_method_makes_of_it_is_what_its_own_view_says() {
    for fit in [FitOn::All, FitOn::Train { share: 0.5, seed: 7 }] {
        let mut explorer = Explorer::sample("wine");
        explorer.act(Action::SetFit(fit));
        follow_all(&mut explorer, &[(0, "alcohol", 0), (11, "magnesium", 0), (177, "alcohol", 0)]);
    }
    let mut explorer = Explorer::sample("activations-before");
    let names = explorer.info.columns.iter().map(|column| column.name.as_str());
    let (first, last) = (names.clone().next().unwrap().to_string(), names.clone().next_back().unwrap().to_string());
    let end = explorer.info.rows - 1;
    follow_all(&mut explorer, &[(0, &first, 3), (end, &last, 0)]);
}

/// Follows these values (row, name, position) through all methods, first as they are, then with gamma and beta, and compares
/// with what each method's own view says of them.
fn follow_all(explorer: &mut Explorer, values: &[(u64, &str, u32)]) {
    let all = Method::all();
    let slugs: Vec<_> = all.iter().map(|method| method.info().slug).collect();
    set(explorer, CompareChoice::default().with_methods(&slugs));
    for gamma in [None, Some("1.7")] {
        for method in all.iter().filter(|_| gamma.is_some()) {
            explorer.act(Action::ChooseMethod(method.info().slug));
            for (key, text) in [("gamma", gamma.unwrap()), ("beta", "-0.3")] {
                if method.parameters().iter().any(|one| one.field.key == key) {
                    explorer.act(Action::SetMethod { key, text: text.into() });
                }
            }
        }
        explorer.act(Action::Pick(None));
        assert_eq!(compare(explorer).followed, None);
        for &(row, name, position) in values {
            let cell = DataCell { position, ..cell(explorer, row, name) };
            pick(explorer, cell);
            // The second time, what was measured of the methods is known.
            let [comparison, again] = [compare(explorer), compare(explorer)];
            // In words: numbers that are none are equal there.
            let said = |comparison: &MethodComparison| format!("{:?} {:?}", comparison.panels, comparison.pair_plot);
            assert!(said(&again) == said(&comparison), "row {row}, {name}");
            let Followed { cell: told, feature, value } = comparison.followed.unwrap();
            assert_eq!((told, comparison.features[feature as usize].as_str()), (cell, name));
            let results: Vec<_> = comparison.panels.iter().map(|panel| panel.value).collect();
            assert_eq!(rules(&comparison), results, "the dashed lines are where the values are");
            let state = explorer.state.clone();
            for panel in &comparison.panels {
                let slug = panel.method.info().slug;
                explorer.act(Action::ChooseMethod(slug)).view();
                let trace = explorer.session.trace(cell).unwrap().trace;
                assert_eq!((trace.value, Some(trace.output)), (value, panel.value), "{slug}, row {row}, {name}");
            }
            explorer.state = state;
        }
    }
}

#[test]
fn a_feature_that_is_not_drawn_has_no_line_but_values() {
    let mut explorer = Explorer::sample("wine");
    let cell = cell(&explorer, 4, "proline");
    pick(&mut explorer, cell);
    let comparison = compare(&mut explorer);
    assert!(rules(&comparison).iter().all(Option::is_none), "the first ten of thirteen are drawn");
    assert!(comparison.panels.iter().all(|panel| panel.value.is_some_and(f64::is_finite)));
    assert_eq!(
        followed(&comparison),
        "Row 5: proline 735. Its value after each method is shown beside the name of the method."
    );
    set(&mut explorer, CompareChoice { feature: Some("proline".into()), ..CompareChoice::default() });
    let comparison = compare(&mut explorer);
    assert!(rules(&comparison).iter().all(Option::is_some));
    assert!(followed(&comparison).ends_with("beside the name of the method; the dashed line marks it."));
    set(&mut explorer, CompareChoice { feature: Some("proline".into()), zoom: true, ..CompareChoice::default() });
    assert!(followed(&compare(&mut explorer)).ends_with("unless it is among the hidden extreme 2%."));
}

#[test]
fn what_is_missing_or_not_chosen_is_said() {
    let mut explorer = Explorer::text("a,b,c\n7,1,\n6,5,2\n9,9,3\n");
    assert!(followed(&compare(&mut explorer)).starts_with("Choose a value"));
    let missing = cell(&explorer, 0, "c");
    pick(&mut explorer, missing);
    let comparison = compare(&mut explorer);
    assert_eq!(followed(&comparison), "Row 1: c is missing.");
    assert!(comparison.panels.iter().all(|panel| panel.value.is_some_and(f64::is_nan)));
    for cell in [DataCell { row: 3, ..missing }, DataCell { position: 1, ..missing }, DataCell { column: 9, ..missing }]
    {
        pick(&mut explorer, cell);
        assert_eq!(compare(&mut explorer).followed, None, "{cell:?}");
    }
    explorer.act(Action::ChooseColumns(Some(vec!["a".into(), "b".into()])));
    pick(&mut explorer, missing);
    let comparison = compare(&mut explorer);
    assert!(comparison.followed.is_none() && comparison.panels.iter().all(|panel| panel.value.is_none()));
}
