//! What goes wrong changes nothing, and work that nobody waits for stops.

use normlab::data::DataCell;
use normlab::engine::Method;
use normlab::engine::method::GroupNorm;
use normlab::protocol::{self, RowsQuery, ViewQuery};
use normlab::session::{NoYield, QueryError, Session};
use normlab::state::Action;

use crate::explorer::{Explorer, ask, read};

#[test]
fn without_data_there_is_no_view() {
    let query = Explorer::sample("wine").query();
    let answer = ask(&mut Session::default(), &query, &NoYield::default());
    assert!(matches!(answer, Err(QueryError::Because(why)) if why.contains("No data")));
}

#[test]
fn stale_work_stops_wherever_it_is_and_leaves_nothing_behind() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod("robust"));
    let (query, expected) = (explorer.query(), explorer.view());
    for yields in 0.. {
        // Nothing of it is ready beforehand: the first choice of columns takes yields of its own.
        let mut fresh = Explorer::sample("wine");
        let answer = ask(&mut fresh.session, &query, &NoYield { yields_left: Some(yields).into() });
        let again = ask(&mut fresh.session, &query, &NoYield::default());
        assert_eq!(again.as_ref(), Ok(&expected), "stopped after {yields}");
        match answer {
            Err(QueryError::Cancelled) => assert!(yields < 1000, "never done"),
            other => {
                // Choosing 13 columns, two sides and what lies between: so often a message is let in.
                assert!(yields > 40, "done after {yields}");
                assert_eq!(other, Ok(expected));
                return;
            }
        }
    }
}

#[test]
fn a_refused_setting_says_what_is_allowed_and_the_session_goes_on() {
    let mut explorer = Explorer::sample("wine");
    let expected = explorer.view();
    explorer.act(Action::ChooseMethod("group-norm")).act(Action::SetMethod { key: "groups", text: "5".into() });
    let query = explorer.query();
    let Err(QueryError::Because(why)) = ask(&mut explorer.session, &query, &NoYield::default()) else { panic!() };
    assert!(why.contains("1, 13"), "the divisors of 13 are named: {why}");
    explorer.act(Action::ChooseMethod("z-score"));
    assert_eq!(explorer.view(), expected);
}

#[test]
fn what_is_asked_without_a_result_is_refused_with_a_reason() {
    let mut explorer = Explorer::sample("wine");
    let cell = DataCell { row: 3, column: 1, position: 0 };
    let first = RowsQuery { count: 10, ..RowsQuery::default() };
    let method = Method::GroupNorm(GroupNorm { groups: 5, ..GroupNorm::default() });
    let query = ViewQuery { method, ..explorer.query() };
    ask(&mut explorer.session, &query, &NoYield::default()).unwrap_err();
    let why = |found: QueryError| match found {
        QueryError::Because(why) => why,
        QueryError::Cancelled => panic!("nobody would hear of it"),
    };
    let page = explorer.session.rows(&first).unwrap();
    assert!(page.rows.iter().all(|row| row.after.iter().all(|value| value.is_nan())), "only the values before");
    assert!(why(explorer.session.trace(cell).unwrap_err()).contains("no result"));
    explorer.view();
    for cell in [DataCell { row: 178, ..cell }, DataCell { position: 1, ..cell }] {
        assert!(why(explorer.session.trace(cell).unwrap_err()).contains("not in these data"));
    }
    assert!(
        why(explorer.session.trace(DataCell { column: 13, ..cell }).unwrap_err()).contains("not in the chosen columns")
    );
}

#[test]
fn unknown_columns_are_refused() {
    let mut explorer = Explorer::sample("penguins");
    let good = explorer.query();
    let mut refused = |query| match ask(&mut explorer.session, &query, &NoYield::default()) {
        Err(QueryError::Because(why)) => why,
        other => panic!("{other:?}"),
    };
    // Columns of text, and beyond the last.
    let mut query = good.clone();
    query.columns = vec![0, 99];
    assert!(refused(query).contains("column of numbers"));
    // The rest of a choice counts.
    let mut query = good;
    query.columns = vec![0, 3, 99];
    let view = ask(&mut explorer.session, &query, &NoYield::default()).unwrap();
    assert_eq!(view.features.iter().map(|feature| feature.name.as_str()).collect::<Vec<_>>(), ["bill_depth_mm"]);
}

#[test]
fn data_that_cannot_be_made_leave_the_earlier_ones() {
    let mut explorer = Explorer::sample("wine");
    let expected = explorer.view();
    assert!(explorer.session.generate("magic", &[], 1).unwrap_err().contains("magic"));
    let rows = ("rows".to_string(), "0".to_string());
    assert!(explorer.session.generate("normal", &[rows], 1).unwrap_err().contains("rows"));
    assert!(read(b"a,b\n1,2\n3\n").unwrap_err().to_string().contains("Line 3"));
    assert_eq!(explorer.view(), expected);
}

#[test]
fn new_data_forget_what_was_computed_of_the_old() {
    let mut explorer = Explorer::sample("wine");
    explorer.view();
    let iris = Explorer::sample("iris").view();
    let sample = normlab::data::sample::Sample::from_slug("iris").unwrap();
    let bytes = std::fs::read(format!("{}/static/data/iris.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    explorer.info = explorer.session.keep_sample(sample, read(&bytes).unwrap().dataset).clone();
    assert_eq!(explorer.view(), iris);
}

#[test]
fn another_choice_of_columns_and_back_is_the_same() {
    let mut explorer = Explorer::text("a;b;c\n1,5;2;x\n2,5;4;y\n;8;x\n");
    let both = explorer.view();
    assert_eq!(both.features.len(), 2);
    assert_eq!(both.features[0].before.missing, 1);
    let one = explorer.act(Action::ChooseColumns(Some(vec!["b".into()]))).view();
    assert_eq!(one.features, both.features[1..]);
    // As bytes: a missing value is not equal to itself.
    let bytes = |view| protocol::encode(&view).unwrap();
    assert_eq!(bytes(explorer.act(Action::ChooseColumns(None)).view()), bytes(both));
}
