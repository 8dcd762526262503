//! What goes wrong changes nothing, and work that nobody waits for stops.

use normlab::data::Cell;
use normlab::protocol::{self, RowsQuery, ViewQuery};
use normlab::session::{NoPace, NoView, Session};
use normlab::state::Action;

use crate::lab::{Lab, ask, read};

#[test]
fn without_data_there_is_no_view() {
    let query = Lab::sample("wine").query();
    let answer = ask(&mut Session::default(), &query, &NoPace::default());
    assert!(matches!(answer, Err(NoView::Because(why)) if why.contains("No data")));
}

#[test]
fn stale_work_stops_wherever_it_is_and_leaves_nothing_behind() {
    let mut lab = Lab::sample("wine");
    lab.act(Action::ChooseMethod("robust"));
    let (query, expected) = (lab.query(), lab.view());
    for breaths in 0.. {
        // Nothing of it is ready beforehand: the first choice of columns takes breaths of its own.
        let mut fresh = Lab::sample("wine");
        let answer = ask(&mut fresh.session, &query, &NoPace { breaths_left: Some(breaths).into() });
        let again = ask(&mut fresh.session, &query, &NoPace::default());
        assert_eq!(again.as_ref(), Ok(&expected), "stopped after {breaths}");
        match answer {
            Err(NoView::Stale) => assert!(breaths < 1000, "never done"),
            other => {
                // Choosing 13 columns, two sides and what lies between: so often a message is let in.
                assert!(breaths > 40, "done after {breaths}");
                assert_eq!(other, Ok(expected));
                return;
            }
        }
    }
}

#[test]
fn a_refused_setting_says_what_is_allowed_and_the_session_goes_on() {
    let mut lab = Lab::sample("wine");
    let expected = lab.view();
    lab.act(Action::ChooseMethod("group-norm")).act(Action::SetMethod { key: "groups", text: "5".into() });
    let query = lab.query();
    let Err(NoView::Because(why)) = ask(&mut lab.session, &query, &NoPace::default()) else { panic!() };
    assert!(why.contains("1, 13"), "the divisors of 13 are named: {why}");
    lab.act(Action::ChooseMethod("z-score"));
    assert_eq!(lab.view(), expected);
}

#[test]
fn what_is_asked_without_a_result_is_refused_with_a_reason() {
    let mut lab = Lab::sample("wine");
    let cell = Cell { row: 3, column: 1, position: 0 };
    let first = RowsQuery { count: 10, ..RowsQuery::default() };
    let settings = [("groups".to_string(), "5".to_string())];
    let query = ViewQuery { method: "group-norm".into(), settings: settings.into(), ..lab.query() };
    ask(&mut lab.session, &query, &NoPace::default()).unwrap_err();
    let why = |found: NoView| match found {
        NoView::Because(why) => why,
        NoView::Stale => panic!("nobody would hear of it"),
    };
    let page = lab.session.rows(&first).unwrap();
    assert!(page.rows.iter().all(|row| row.after.iter().all(|value| value.is_nan())), "only the values before");
    assert!(why(lab.session.trace(cell).unwrap_err()).contains("no result"));
    lab.view();
    for cell in [Cell { row: 178, ..cell }, Cell { position: 1, ..cell }] {
        assert!(why(lab.session.trace(cell).unwrap_err()).contains("not in these data"));
    }
    assert!(why(lab.session.trace(Cell { column: 13, ..cell }).unwrap_err()).contains("not in the chosen columns"));
}

#[test]
fn unknown_names_and_columns_are_refused() {
    let mut lab = Lab::sample("penguins");
    let good = lab.query();
    let mut refused = |query| match ask(&mut lab.session, &query, &NoPace::default()) {
        Err(NoView::Because(why)) => why,
        other => panic!("{other:?}"),
    };
    let mut query = good.clone();
    query.method = "magic".into();
    assert!(refused(query).contains("magic"));
    let mut query = good.clone();
    query.settings.push(("wat".into(), "1".into()));
    assert!(refused(query).contains("wat"));
    // Columns of text, and beyond the last.
    let mut query = good.clone();
    query.columns = vec![0, 99];
    assert!(refused(query).contains("column of numbers"));
    // The rest of a choice counts.
    let mut query = good;
    query.columns = vec![0, 3, 99];
    let view = ask(&mut lab.session, &query, &NoPace::default()).unwrap();
    assert_eq!(view.features.iter().map(|feature| feature.name.as_str()).collect::<Vec<_>>(), ["bill_depth_mm"]);
}

#[test]
fn data_that_cannot_be_made_leave_the_earlier_ones() {
    let mut lab = Lab::sample("wine");
    let expected = lab.view();
    assert!(lab.session.generate("magic", &[], 1).unwrap_err().contains("magic"));
    let rows = ("rows".to_string(), "0".to_string());
    assert!(lab.session.generate("normal", &[rows], 1).unwrap_err().contains("rows"));
    assert!(read(b"a,b\n1,2\n3\n").unwrap_err().to_string().contains("Line 3"));
    assert_eq!(lab.view(), expected);
}

#[test]
fn new_data_forget_what_was_computed_of_the_old() {
    let mut lab = Lab::sample("wine");
    lab.view();
    let iris = Lab::sample("iris").view();
    let sample = normlab::data::sample::Sample::from_slug("iris").unwrap();
    let bytes = std::fs::read(format!("{}/static/data/iris.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    lab.info = lab.session.keep_sample(sample, read(&bytes).unwrap().dataset).clone();
    assert_eq!(lab.view(), iris);
}

#[test]
fn another_choice_of_columns_and_back_is_the_same() {
    let mut lab = Lab::text("a;b;c\n1,5;2;x\n2,5;4;y\n;8;x\n");
    let both = lab.view();
    assert_eq!(both.features.len(), 2);
    assert_eq!(both.features[0].before.missing, 1);
    let one = lab.act(Action::ChooseColumns(Some(vec!["b".into()]))).view();
    assert_eq!(one.features, both.features[1..]);
    // As bytes: a missing value is not equal to itself.
    let bytes = |view| protocol::encode(&view).unwrap();
    assert_eq!(bytes(lab.act(Action::ChooseColumns(None)).view()), bytes(both));
}
