//! What the page knows after what happened.

use super::*;
use crate::protocol::Save;

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

fn said(id: u64, reply: Reply<LoadedData>) -> Event {
    Event::Load { id, reply }
}

fn loaded(id: u64, name: &str) -> Event {
    said(id, Reply::Ready(LoadedData { info: info(name), content: None }))
}

fn view(id: u64, view: ViewResult) -> Event {
    Event::View { id, reply: Box::new(Reply::Ready(view)) }
}

fn no_view(id: u64, why: &str) -> Event {
    Event::View { id, reply: Box::new(Reply::Failed(why.to_owned().into())) }
}

fn saved(id: u64, reply: Reply<String>) -> Event {
    Event::Save { id, reply }
}

fn no<T>() -> Reply<T> {
    Reply::Failed("no".to_owned().into())
}

#[test]
fn stale_answers_change_nothing() {
    let answers = Answers::default().after(Event::LoadAsked { id: 2, name: "b".into() });
    assert_eq!(answers.after(loaded(1, "a")), answers);
    assert_eq!(answers.after(said(1, no())), answers);
    assert_eq!(answers.after(said(1, Reply::Progress { done: 1, total: 2 })), answers);
}

#[test]
fn a_failed_load_keeps_what_was_there() {
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(loaded(1, "a"))
        .after(Event::LoadAsked { id: 2, name: "b".into() })
        .after(said(2, no()));
    assert_eq!(answers.info.as_ref().map(|info| info.name.as_str()), Some("a"));
    assert_eq!(answers.load_problem, Some(Notice::new("no".into())));
    assert_eq!(answers.loading, None);
}

#[test]
fn what_did_not_come_can_be_asked_for_again() {
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(said(1, Reply::Failed(Failure { why: "404".into(), retry: Some(Retry::Same) })));
    assert_eq!(answers.load_problem.and_then(|problem| problem.again), Some(Again::Load));
    assert_eq!(answers.loading, None);
}

#[test]
fn edits_change_what_the_data_are_until_they_are_gone() {
    let view = |id, edited: Option<DataInfo>| view(id, ViewResult { edited, ..ViewResult::default() });
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(loaded(1, "a"))
        .after(Event::ViewAsked { id: 2 })
        .after(view(2, Some(DataInfo { rows: 7, ..info("a") })));
    assert_eq!(answers.info.as_ref().map(|info| info.rows), Some(7));
    assert_eq!(answers.loaded.as_ref().map(|info| info.rows), Some(1));
    let answers = answers.after(Event::ViewAsked { id: 3 }).after(view(3, None));
    assert_eq!(answers.info.as_ref().map(|info| info.rows), Some(1));
}

#[test]
fn answers_on_the_way_are_shown_in_order() {
    let view = |id| view(id, ViewResult::default());
    let answers = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(loaded(1, "a"))
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
    let answers = answers.after(loaded(1, "a"));
    assert!(answers.busy(), "nobody has asked for the view yet");
    let answers = answers.after(Event::ViewAsked { id: 2 }).after(view(2, ViewResult::default()));
    assert!(!answers.busy());
}

#[test]
fn a_file_that_could_not_be_made_is_told_of() {
    let asked = Answers::default().after(Event::SaveAsked { id: 4, name: "a.csv".into(), what: Save::Fit("a".into()) });
    let half = asked.after(saved(4, Reply::Progress { done: 1, total: 2 }));
    assert_eq!(half.saving.as_ref().and_then(|saving| saving.progress), Some((1, 2)));
    let made = half.after(saved(4, Reply::Ready("blob:x".into())));
    assert_eq!((made.saving, made.notices.len()), (None, 0));
    let dropped = half.after(saved(4, Reply::Dropped));
    assert!(dropped.saving.is_none() && dropped.notices[0].text.contains("a.csv"), "{:?}", dropped.notices);
    let stopped = half.after(Event::SaveStopped).after(saved(4, Reply::Dropped));
    assert_eq!((stopped.saving, stopped.notices.len()), (None, 0), "the visitor knows");
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
        .after(loaded(1, "a"))
        .after(Event::ViewAsked { id: 2 })
        .after(view(2, ViewResult::default()));
    let same = shown.after(Event::ViewAsked { id: 3 }).after(no_view(3, "no"));
    assert!(same.view.is_some(), "of the same data the last result stays");
    let other = shown
        .after(Event::LoadAsked { id: 3, name: "b".into() })
        .after(loaded(3, "b"))
        .after(Event::ViewAsked { id: 4 })
        .after(no_view(4, "it has no column x"));
    assert_eq!(same.version().result, shown.version().result);
    assert!(
        other.view.is_none() && other.version().result > shown.version().result,
        "what is known of it goes as well"
    );
    assert_eq!(other.view_problem.as_deref(), Some("it has no column x"));
}

#[test]
fn where_nothing_comes_of_a_method_the_data_alone_take_the_place_of_another_result() {
    let shown = Answers::default()
        .after(Event::LoadAsked { id: 1, name: "a".into() })
        .after(loaded(1, "a"))
        .after(Event::ViewAsked { id: 2 })
        .after(view(2, ViewResult::default()));
    let alone = ViewResult { refused: Some("no".into()), ..ViewResult::default() };
    let refused = shown.after(Event::ViewAsked { id: 3 }).after(view(3, alone.clone()));
    assert_eq!((refused.view.as_deref(), refused.view_problem.as_deref()), (Some(&alone), Some("no")));
    assert!(refused.version().seen == 3 && !refused.busy(), "the table is asked for again");
    assert!(refused.version().result > shown.version().result, "and nothing of the other result is shown");
    let mended = refused.after(Event::ViewAsked { id: 4 }).after(view(4, ViewResult::default()));
    assert!(mended.view_problem.is_none());
}
