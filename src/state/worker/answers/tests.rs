//! What the page knows after what happened.

use super::*;
use crate::protocol::{CompareQuery, Save, Studied, StudyQuery, WhatIfQuery};

fn info(name: &str) -> DataInfo {
    DataInfo {
        name: name.into(),
        rows: 1,
        positions: 1,
        image: None,
        columns: Vec::new(),
        reading: None,
        remarks: Vec::new(),
    }
}

fn reply(id: u64, answer: Answer) -> Event {
    Event::Replied(Box::new(Reply { id, answer }))
}

#[test]
fn stale_answers_change_nothing() {
    let answers = Answers::default().after(Event::LoadAsked { id: 2, name: "b".into() });
    assert_eq!(answers.after(reply(1, Answer::Loaded(info("a")))), answers);
    assert_eq!(answers.after(reply(1, Answer::Failed("no".into()))), answers);
    assert_eq!(answers.after(reply(1, Answer::Progress { done: 1, total: 2 })), answers);
}

#[test]
fn a_failed_load_keeps_what_was_there() {
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Loaded(info("a"))))
        .after(Event::LoadAsked { id: 2, name: "b".into() })
        .after(reply(2, Answer::Failed("no".into())));
    assert_eq!(answers.info.as_ref().map(|info| info.name.as_str()), Some("a"));
    assert_eq!(answers.load_problem, Some(Notice::new("no".into())));
    assert_eq!(answers.loading, None);
}

#[test]
fn what_did_not_come_can_be_asked_for_again() {
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Missing("404".into())));
    assert_eq!(answers.load_problem.and_then(|problem| problem.again), Some(Again::Load));
    assert_eq!(answers.loading, None);
}

#[test]
fn edits_change_what_the_data_are_until_they_are_gone() {
    let view = |id, edited: Option<DataInfo>| {
        reply(id, Answer::View(Box::new(ViewResult { edited, ..ViewResult::default() })))
    };
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Loaded(info("a"))))
        .after(Event::ViewAsked { id: 2 })
        .after(view(2, Some(DataInfo { rows: 7, ..info("a") })));
    assert_eq!(answers.info.as_ref().map(|info| info.rows), Some(7));
    assert_eq!(answers.loaded.as_ref().map(|info| info.rows), Some(1));
    let answers = answers.after(Event::ViewAsked { id: 3 }).after(view(3, None));
    assert_eq!(answers.info.as_ref().map(|info| info.rows), Some(1));
}

#[test]
fn answers_on_the_way_are_shown_in_order() {
    let view = |id| reply(id, Answer::View(Box::default()));
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Loaded(info("a"))))
        .after(Event::ViewAsked { id: 2 })
        .after(Event::ViewAsked { id: 3 })
        .after(view(2));
    assert!(answers.busy());
    assert!(answers.view.is_some());
    assert_eq!(answers.viewing, Some(3));
    let answers = answers.after(view(3));
    assert!(!answers.busy());
    assert_eq!(answers.viewing, None);
    assert_eq!(answers.after(view(2)), answers);
}

#[test]
fn loaded_data_are_not_on_the_screen_before_their_view_is() {
    let answers = Answers::default().after(Event::LoadAsked { id: 1, name: "a".into() });
    assert!(answers.busy());
    let answers = answers.after(reply(1, Answer::Loaded(info("a"))));
    assert!(answers.busy(), "nobody has asked for the view yet");
    let answers = answers.after(Event::ViewAsked { id: 2 }).after(reply(2, Answer::View(Box::default())));
    assert!(!answers.busy());
}

#[test]
fn a_file_that_could_not_be_made_is_told_of() {
    let asked = Answers::default().after(Event::SaveAsked { id: 4, name: "a.csv".into(), what: Save::Fit("a".into()) });
    let half = asked.after(reply(4, Answer::Progress { done: 1, total: 2 }));
    assert_eq!(half.saving.as_ref().and_then(|saving| saving.progress), Some((1, 2)));
    let made = half.after(reply(4, Answer::Saved("blob:x".into())));
    assert_eq!((made.saving, made.notices.len()), (None, 0));
    let dropped = half.after(reply(4, Answer::Dropped));
    assert!(dropped.saving.is_none() && dropped.notices[0].text.contains("a.csv"), "{:?}", dropped.notices);
    let stopped = half.after(Event::SaveStopped).after(reply(4, Answer::Dropped));
    assert_eq!((stopped.saving, stopped.notices.len()), (None, 0), "the visitor knows");
}

#[test]
fn each_failure_stays_with_what_was_asked() {
    let why = || "no".to_string();
    let cell = DataCell { row: 3, column: 0, position: 0 };
    let what_if = WhatIfQuery { cell, value: 5.0 };
    let study = |query| Answer::Study(Err(RefusedQuestion { query, why: why() }));
    let walked = reply(1, Answer::Study(Ok(Studied::Batches(Box::default()))));
    let answers = Answers::default().after(walked).after(reply(2, study(StudyQuery::WhatIf(what_if))));
    assert_eq!(answers.studies.what_if_problem, Some(RefusedQuestion { query: what_if, why: why() }));
    assert_eq!((&answers.studies.compare_problem, &answers.studies.walk_problem), (&None, &None));
    assert!(answers.studies.walked.is_some());
    // An answer to another study is none to this one.
    let answers = answers.after(reply(3, Answer::Study(Ok(Studied::Compare(Box::default())))));
    assert!(answers.studies.what_if_problem.is_some());
    let answers = answers.after(reply(4, study(StudyQuery::Compare(CompareQuery::default()))));
    assert_eq!(answers.studies.compare_problem, Some(why()));

    let answers = answers.after(reply(5, Answer::Trace(Err(RefusedQuestion { query: cell, why: why() }))));
    assert_eq!(answers.trace_problem.as_ref().map(|refused| refused.query), Some(cell));
    let query = RowsQuery { from: 7, ..RowsQuery::default() };
    let answers = answers.after(reply(6, Answer::Rows(Err(RefusedQuestion { query: query.clone(), why: why() }))));
    assert_eq!(answers.rows_problem.as_ref().map(|refused| &refused.query), Some(&query));
    // What was asked again, and answered, is no problem any more.
    let answers = answers.after(reply(7, Answer::Rows(Ok(RowsPage::default()))));
    assert!(answers.rows_problem.is_none() && answers.rows.is_some() && answers.trace_problem.is_some());
}

#[test]
fn a_file_that_was_being_made_when_the_worker_died_can_be_made_again() {
    let what = || Save::Fit("wine".into());
    let asked = Answers::default().after(Event::SaveAsked { id: 4, name: "a.json".into(), what: what() });
    let answers = asked.after(Event::Crashed { why: Stopped::Died, again: true, loading: false });
    assert_eq!(answers.saving, None);
    let told = &answers.notices[1];
    assert!(told.text.contains("\u{201c}a.json\u{201d} was not saved"), "{told:?}");
    assert_eq!(told.again, Some(Again::Save { name: "a.json".into(), what: what() }));
}

#[test]
fn a_load_that_kills_the_worker_is_named_and_not_tried_again() {
    let answers = Answers::default().after(Event::LoadAsked { id: 1, name: "huge.csv".into() });
    let answers = answers.after(Event::Crashed { why: Stopped::Died, again: true, loading: true });
    assert_eq!(answers.loading, None);
    assert!(answers.notices[0].text.contains("huge.csv"), "{:?}", answers.notices);
}

#[test]
fn a_worker_that_was_ended_is_not_said_to_have_died() {
    let crashed = |why, loading| {
        let answers = Answers::default().after(Event::LoadAsked { id: 1, name: "a.csv".into() });
        answers.after(Event::Crashed { why, again: true, loading }).notices[0].text.clone()
    };
    assert!(crashed(Stopped::Cancelled, true).contains("\u{201c}a.csv\u{201d} did not stop when it was cancelled"));
    assert!(crashed(Stopped::Overtaken, false).contains("did not stop when something else was asked for"));
    assert!(crashed(Stopped::Silent, false).contains("did not answer any more"));
}

#[test]
fn a_worker_that_never_came_is_not_said_to_have_died_of_data() {
    let answers = Answers::default().after(Event::Crashed { why: Stopped::Died, again: false, loading: false });
    assert!(answers.notices[0].text.contains("could not be started"), "{:?}", answers.notices);
}

#[test]
fn a_worker_that_keeps_crashing_is_left_alone() {
    let mut crashes = Crashes::default();
    assert!(crashes.another() && crashes.another());
    assert!(!crashes.another());
    crashes.forget();
    assert!(crashes.another());
}

#[test]
fn a_result_of_other_data_goes_when_the_new_data_have_none() {
    let shown = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Loaded(info("a"))))
        .after(Event::ViewAsked { id: 2 })
        .after(reply(2, Answer::View(Box::default())));
    let same = shown.after(Event::ViewAsked { id: 3 }).after(reply(3, Answer::Failed("no".into())));
    assert!(same.view.is_some(), "of the same data the last result stays");
    let other = shown
        .after(Event::LoadAsked { id: 3, name: "b".into() })
        .after(reply(3, Answer::Loaded(info("b"))))
        .after(Event::ViewAsked { id: 4 })
        .after(reply(4, Answer::Failed("it has no column x".into())));
    assert_eq!((other.view, other.rows, other.traced), (None, None, None));
    assert_eq!(other.studies, Studies::default());
    assert_eq!(other.view_problem.as_deref(), Some("it has no column x"));
}

#[test]
fn where_nothing_comes_of_a_method_the_data_alone_take_the_place_of_another_result() {
    let shown = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(reply(1, Answer::Loaded(info("a"))))
        .after(Event::ViewAsked { id: 2 })
        .after(reply(2, Answer::View(Box::default())));
    let alone = ViewResult { refused: Some("no".into()), ..ViewResult::default() };
    let refused = shown.after(Event::ViewAsked { id: 3 }).after(reply(3, Answer::View(Box::new(alone.clone()))));
    assert_eq!((refused.view.as_deref(), refused.view_problem.as_deref()), (Some(&alone), Some("no")));
    assert!(refused.seen() == 3 && !refused.busy(), "the table is asked for again");
    let mended = refused.after(Event::ViewAsked { id: 4 }).after(reply(4, Answer::View(Box::default())));
    assert!(mended.view_problem.is_none());
}
