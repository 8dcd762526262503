//! What is taken away is what was shown, to the last bit.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use normlab::data::csv::{CsvReader, ReadOptions};
use normlab::data::{Dataset, SavedFit, Values};
use normlab::protocol::SaveTable;
use normlab::session::{NoYield, QueryError};
use normlab::state::Action;
use proptest::prelude::*;

use crate::explorer::Explorer;

fn saved(explorer: &mut Explorer, before: bool, yielder: &NoYield) -> Result<String, QueryError> {
    let mut text = String::new();
    let save = SaveTable { before, method: "z-score".into() };
    let mut context = Context::from_waker(Waker::noop());
    let done =
        match pin!(explorer.session.save_table(&save, yielder, |piece, _| text.push_str(piece))).poll(&mut context) {
            Poll::Ready(done) => done,
            Poll::Pending => panic!("a session without a browser never waits"),
        };
    done.map(|_| text)
}

fn table(explorer: &mut Explorer, before: bool) -> String {
    explorer.view();
    saved(explorer, before, &NoYield::default()).unwrap()
}

fn read(text: &str) -> Dataset {
    let mut reader = CsvReader::new(ReadOptions::default());
    reader.push(text.as_bytes()).unwrap();
    reader.finish("again").unwrap().dataset
}

#[test]
fn wine_comes_back_bit_for_bit() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.view();
    let again = read(&table(&mut explorer, true));
    assert_eq!(again.rows, 178);
    let rows = explorer.rows(&normlab::protocol::RowsQuery { count: 178, ..Default::default() });
    for (index, name) in rows.columns.numbers.iter().enumerate() {
        let numbers = |name: &str| again.columns[again.column_index(name).unwrap()].numbers().unwrap().to_vec();
        let (before, after) = (numbers(name), numbers(&format!("{name} (z-score)")));
        for (place, row) in rows.rows.iter().enumerate() {
            assert_eq!(before[place].to_bits(), row.before[index].to_bits(), "{name} {place}");
            assert_eq!(after[place].to_bits(), row.after[index].to_bits(), "{name} {place}");
        }
    }
    assert_eq!(view.features.len() * 2 + 1, again.columns.len(), "and the label");
    let after = read(&table(&mut explorer, false));
    assert_eq!(after.columns.len(), view.features.len() + 1);
    assert_eq!(after.columns[1].name, view.features[0].name);
}

#[test]
fn text_is_quoted_and_formulas_are_not_run() {
    let hostile =
        "\"=cmd|' /C calc'!A0\",\"a \"\"b\"\", c\",x\n\"@SUM(1)\",\"two\nlines\",1\n-3,+1,2\n\"-x\",\" b \",4\n,,8\n";
    let text = table(&mut Explorer::text(hostile), false);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\"'=cmd|' /C calc'!A0\",\"a \"\"b\"\", c\",x");
    assert!(text.contains("\n'@SUM(1),\"two\nlines\","), "{text}");
    assert!(text.contains("\n-3,+1,"), "numbers are no formulas: {text}");
    assert!(text.contains("\n'-x,\" b \"") || text.contains("\n'-x,b"), "{text}");
    assert!(text.contains("\n,,"), "missing stays missing: {text}");
}

#[test]
fn a_missing_value_alone_in_its_row_stays_a_row() {
    let text = table(&mut Explorer::text("x\n1\nNA\n3\n"), false);
    let again = read(&text);
    assert_eq!((again.rows, again.columns[0].n_missing()), (3, 1), "{text}");
}

#[test]
fn every_position_has_a_column_of_its_own() {
    let mut explorer = Explorer::generated("activations", &[("rows", "4"), ("channels", "2"), ("positions", "3")], 1);
    let text = table(&mut explorer, false);
    let head = text.lines().next().unwrap();
    assert!(head.contains("[1],") && head.ends_with("[3]"), "{head}");
    assert_eq!(text.lines().count(), 5);
}

#[test]
fn a_saved_fit_applies_to_another_file_by_the_names_of_columns() {
    let mut yesterday = Explorer::text("a,b\n0,10\n2,30\n4,50\n");
    let view = yesterday.act(Action::ChooseMethod("min-max")).view();
    let saved = SavedFit::from_json(&yesterday.session.save_fit("old.csv").unwrap()).unwrap();
    // The columns in another order, one more, and values beyond the fitted ones.
    let mut today = Explorer::text("c,b,a\n1,50,8\n2,10,0\n7,20,3\n");
    let after = today.act(Action::UseFit(saved.clone().into())).view();
    assert_eq!(after.features.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    let rows = today.first_rows();
    assert_eq!(rows.rows[0].after, [1.0, 2.0]);
    assert_eq!(after.fitted_rows, 3);
    assert_eq!((after.groups.first[1].center, after.groups.first[1].scale), (0.0, 4.0));
    assert_eq!(view.groups.first[0].scale, 4.0);
    assert!(after.warnings.iter().any(|text| text.contains("outside the fitted range")), "{:?}", after.warnings);
    assert!(normlab::caption::caption(&after).detail.contains("found from 3 rows of old.csv"));
    // A range of another kind still has an effect; a column that was not fitted has no statistics.
    today.act(Action::SetMethod { key: "high", text: "2".into() }).view();
    assert_eq!(today.first_rows().rows[0].after, [2.0, 4.0]);
    today.act(Action::ChooseColumns(Some(vec!["c".into()])));
    let query = today.query();
    let QueryError::Because(why) = crate::explorer::ask(&mut today.session, &query, &NoYield::default()).unwrap_err()
    else {
        panic!()
    };
    assert!(why.contains("no column \u{201c}c\u{201d}, only a, b."), "{why}");
}

#[test]
fn it_can_be_stopped_and_wants_a_view() {
    let mut explorer = Explorer::sample("wine");
    assert_eq!(saved(&mut explorer, false, &NoYield::default()), Err(QueryError::Cancelled));
    explorer.view();
    let stopped = NoYield { yields_left: Some(0).into() };
    assert_eq!(saved(&mut explorer, false, &stopped), Err(QueryError::Cancelled));
    explorer.act(Action::ChooseMethod("layer-norm")).view();
    assert!(saved(&mut explorer, false, &NoYield::default()).is_ok());
}

proptest! {
    #[test]
    fn any_number_comes_back(numbers in proptest::collection::vec(any::<f64>().prop_filter("finite", |x| x.is_finite()), 2..40)) {
        let text: String = numbers.iter().map(|number| format!("{number:e},0\n")).collect();
        let mut explorer = Explorer::text(&format!("a,b\n{text}"));
        explorer.state = explorer.state.after(Action::ChooseColumns(Some(vec!["a".into()])));
        let written = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| table(&mut explorer, true))) {
            Ok(written) => written,
            Err(_) => return Ok(()),
        };
        let again = read(&written);
        let Values::Number(values) = &again.columns[again.column_index("a").unwrap()].values else { panic!("{written}") };
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(values), bits(&numbers));
    }
}
