//! Settings from which nothing can be computed: the data are shown as they are, and what is offered mends them.

use normlab::data::SavedFit;
use normlab::engine::conventions::FloatPrecision;
use normlab::engine::{Conventions, Shape};
use normlab::figure::pairs;
use normlab::plot::View;
use normlab::protocol::{RowsQuery, ViewQuery, ViewResult};
use normlab::session::{NoYield, QueryError, Session};
use normlab::state::{Action, address};

use crate::explorer::{Explorer, ask, shown};

/// The data before a method that is refused; `None` where an earlier result stays.
fn before(session: &mut Session, query: &ViewQuery) -> Option<ViewResult> {
    shown(session, query, &NoYield::default()).ok().filter(|view| view.refused.is_some())
}

/// Why there is no view.
fn why(explorer: &mut Explorer) -> String {
    let query = explorer.query();
    match ask(&mut explorer.session, &query, &NoYield::default()) {
        Err(QueryError::Because(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn offers(explorer: &Explorer) -> Vec<String> {
    explorer.state.mends(&explorer.info).into_iter().map(|mend| mend.label).collect()
}

/// Every offer leads to a result.
fn check(mut explorer: Explorer, expected: &[&str]) {
    let said = why(&mut explorer);
    assert_eq!(offers(&explorer), expected, "{said}");
    let refused = explorer.state.clone();
    for mend in refused.mends(&explorer.info) {
        explorer.state = refused.after(mend.action);
        assert!(!explorer.view().after.features.is_empty(), "{}", mend.label);
    }
}

fn at(mut explorer: Explorer, link: &str) -> Explorer {
    let (state, complaints) = address::decode(&format!("#/explore?{link}"));
    assert!(complaints.is_empty(), "{complaints:?}");
    explorer.state = state;
    explorer
}

fn wine(link: &str) -> Explorer {
    at(Explorer::sample("wine"), &format!("data=wine&{link}"))
}

fn under(mut explorer: Explorer, library: Conventions, method: &'static str) -> Explorer {
    let shape = Shape { examples: 1, features: 1, positions: 1 };
    explorer.act(Action::SetConventions(library, shape, FloatPrecision::Double)).act(Action::ChooseMethod(method));
    explorer
}

#[test]
fn the_data_are_shown_as_they_are() {
    let valid = Explorer::sample("wine").act(Action::SetView(View::Strip)).view();
    let mut explorer = wine("method=group-norm&groups=4&view=strip");
    assert_eq!(why(&mut explorer), "groups is 4; allowed: a divisor of the number of features (13): 1, 13.");
    let query = explorer.query();
    let shown = before(&mut explorer.session, &query).unwrap();
    assert!(shown.after.features.is_empty() && shown.groups.first.is_empty());
    assert_eq!(shown.before, valid.before);
    assert_eq!((shown.shape, shown.features.len()), (valid.shape, 13));
    let drawn = pairs(&shown, true, usize::MAX);
    assert_eq!(drawn[0].before.marks.len(), 13);
    let page = explorer.rows(&RowsQuery { count: 3, ..RowsQuery::default() });
    assert_eq!((page.total, page.rows[0].before[1]), (178, 1.71));
    assert!(page.rows.iter().all(|row| row.after.len() == 13 && row.after.iter().all(|value| value.is_nan())));
    // Every kind of picture.
    for view in View::ALL {
        let query = explorer.act(Action::SetView(*view)).query();
        ask(&mut explorer.session, &query, &NoYield::default()).unwrap_err();
        assert!(before(&mut explorer.session, &query).is_some());
    }
    // The next valid settings have a whole result.
    explorer.act(Action::SetView(View::Strip)).act(Action::SetMethod { key: "groups", text: "13".into() });
    assert!(!explorer.view().after.features.is_empty());
}

#[test]
fn a_result_of_the_same_columns_stays_and_one_of_others_does_not() {
    let mut explorer = wine("method=group-norm&groups=13");
    explorer.view();
    explorer.act(Action::SetMethod { key: "groups", text: "4".into() });
    why(&mut explorer);
    let query = explorer.query();
    assert!(before(&mut explorer.session, &query).is_none(), "the last result is of these columns");
    explorer.act(Action::ChooseColumns(Some(vec!["ash".into(), "alcohol".into(), "proline".into()])));
    why(&mut explorer);
    let query = explorer.query();
    assert_eq!(before(&mut explorer.session, &query).unwrap().features.len(), 3);
}

#[test]
fn numbers_of_groups_that_divide_the_features() {
    check(wine("method=group-norm&groups=4"), &["Use 1 group", "Use 13 groups"]);
    check(wine("method=custom&features=groups&groups=4"), &["Use 1 group", "Use 13 groups"]);
    check(
        at(Explorer::generated("activations", &[], 1), "data=activations&method=group-norm&groups=3"),
        &["Use 1 group", "Use 2 groups", "Use 4 groups", "Use 8 groups"],
    );
}

#[test]
fn ends_of_a_range_in_order() {
    check(wine("method=min-max&low=1&high=-1"), &["Use -1 to 1", "Use 0 to 1"]);
    check(wine("method=min-max&low=1&high=1"), &["Use 0 to 1"]);
    check(wine("method=robust&low=75&high=30"), &["Use 30% to 75%", "Use 25% to 75%"]);
    check(wine("method=robust&low=0&high=90&unit-variance=true"), &["Turn off unit variance", "Use 25% to 75%"]);
}

#[test]
fn what_only_a_library_refuses() {
    let one_row = || Explorer::text("a,b,c\n1,2,3\n");
    check(under(one_row(), Conventions::PyTorch, "batch-norm"), &["Follow Normlab\u{2019}s rules"]);
    let mut explorer = under(Explorer::sample("wine"), Conventions::PyTorch, "batch-norm");
    explorer.act(Action::SetMethod { key: "eps", text: "0".into() });
    check(explorer, &["Use eps 0.00001", "Follow Normlab\u{2019}s rules"]);
    let missing = Explorer::text("a,b,c\n1,2,3\n4,,6\n5,1,4\n");
    check(
        under(missing, Conventions::ScikitLearn, "unit-length"),
        &["Leave out features with missing values", "Follow Normlab\u{2019}s rules"],
    );
}

/// The first view of a session: nothing that was copied for it may look like a result.
#[test]
fn saved_statistics_of_other_features() {
    let mut yesterday = Explorer::text("a,c\n1,2\n3,5\n");
    yesterday.view();
    let saved = SavedFit::from_json(&yesterday.session.save_fit("old.csv").unwrap()).unwrap();
    let mut today = Explorer::text("a,b\n1,2\n3,5\n4,4\n");
    today.act(Action::UseFit(saved.into())).act(Action::ChooseColumns(None));
    assert!(why(&mut today).contains("have no column"));
    let page = today.first_rows();
    assert!(page.rows.iter().flat_map(|row| &row.after).all(|value| value.is_nan()), "{:?}", page.rows);
    let query = today.query();
    assert!(before(&mut today.session, &query).is_some());
    check(today, &["Fit on these data", "Use only features with saved statistics"]);
}
