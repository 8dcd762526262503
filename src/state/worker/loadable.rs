//! An answer on its way: what is known of one call while its question changes.

use crate::protocol::{Call, Reply};
use crate::state::ByPtr;

/// What is known of a call. The last good answer stays until a better one comes.
#[derive(Debug, Default, PartialEq)]
pub enum Loadable<T> {
    /// Nothing is asked.
    #[default]
    Idle,
    Loading {
        /// So much is done of so much in all, when known.
        progress: Option<(u64, u64)>,
        last: Option<ByPtr<T>>,
        /// Why the last question has no answer: it stays until there is one, so that nothing jumps.
        reason: Option<String>,
    },
    Ready(ByPtr<T>),
    Failed {
        /// For the visitor.
        reason: String,
        last: Option<ByPtr<T>>,
    },
}

/// The answers are shared.
impl<T> Clone for Loadable<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Idle => Self::Idle,
            Self::Loading { progress, last, reason } => {
                Self::Loading { progress: *progress, last: last.clone(), reason: reason.clone() }
            }
            Self::Ready(answer) => Self::Ready(answer.clone()),
            Self::Failed { reason, last } => Self::Failed { reason: reason.clone(), last: last.clone() },
        }
    }
}

impl<T> Loadable<T> {
    /// The last good answer.
    pub fn last(&self) -> Option<&ByPtr<T>> {
        match self {
            Self::Idle => None,
            Self::Loading { last, .. } | Self::Failed { last, .. } => last.as_ref(),
            Self::Ready(answer) => Some(answer),
        }
    }

    /// Why the newest question that is settled has no answer, also while another is asked.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Failed { reason, .. } | Self::Loading { reason: Some(reason), .. } => Some(reason),
            _ => None,
        }
    }

    /// Why the present question has no answer.
    pub fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// What the answers are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataVersion {
    /// Changes with the data and with their view: whatever is about them is asked again.
    pub seen: u64,
    /// Changes when answers about the result before must not be shown any more.
    pub result: u32,
}

/// One call of the page: its newest question and what is known of it.
#[derive(Debug)]
pub struct CallState<C: Call> {
    /// Of the newest question.
    id: u64,
    /// That question, and what it is about.
    asked: Option<(C, DataVersion)>,
    /// Of the result that what is known is about.
    result: u32,
    known: Loadable<C::Answer>,
}

impl<C: Call> Default for CallState<C> {
    fn default() -> Self {
        Self { id: 0, asked: None, result: 0, known: Loadable::Idle }
    }
}

impl<C: Call> CallState<C> {
    /// An answer that nobody had to ask for.
    pub fn of(answer: C::Answer, version: DataVersion) -> Self {
        Self { result: version.result, known: Loadable::Ready(ByPtr::new(answer)), ..Self::default() }
    }

    /// What is known, as far as it is not about an earlier result.
    pub fn known(&self, version: DataVersion) -> Loadable<C::Answer> {
        if self.is_of(version) { self.known.clone() } else { Loadable::Idle }
    }

    /// Whether this has to be asked: not when it is what was asked last, about the same.
    pub fn is_new(&self, query: &C, version: DataVersion) -> bool {
        self.asked.as_ref().is_none_or(|(asked, of)| (asked, *of) != (query, version))
    }

    /// This was asked, with this id.
    pub fn ask(&mut self, id: u64, query: C, version: DataVersion) {
        let before = if self.is_of(version) { std::mem::take(&mut self.known) } else { Loadable::Idle };
        let (last, reason) = (before.last().cloned(), before.reason().map(Into::into));
        self.known = Loadable::Loading { progress: None, last, reason };
        (self.id, self.asked, self.result) = (id, Some((query, version)), version.result);
    }

    /// What was said to the question of this id. Answers to earlier questions are shown on the way to the newest.
    pub fn on_reply(&mut self, id: u64, reply: Reply<C::Answer>) {
        let newest = id == self.id;
        match reply {
            Reply::Ready(answer) if newest => self.known = Loadable::Ready(ByPtr::new(answer)),
            Reply::Ready(answer) => {
                if let Loadable::Loading { last, reason, .. } = &mut self.known {
                    (*last, *reason) = (Some(ByPtr::new(answer)), None);
                }
            }
            _ if !newest => {}
            Reply::Progress { done, total } => {
                if let Loadable::Loading { progress, .. } = &mut self.known {
                    *progress = Some((done, total));
                }
            }
            Reply::Failed(failure) => {
                self.known = Loadable::Failed { reason: failure.why, last: self.known.last().cloned() };
            }
            // What was known before is still known; the same may be asked again.
            Reply::Dropped => {
                let last = self.known.last().cloned();
                self.known = match (self.known.reason(), last) {
                    (Some(reason), last) => Loadable::Failed { reason: reason.into(), last },
                    (None, Some(last)) => Loadable::Ready(last),
                    (None, None) => Loadable::Idle,
                };
                self.asked = None;
            }
        }
    }

    fn is_of(&self, version: DataVersion) -> bool {
        self.result == version.result || !C::LANE.is_of_result()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{OwnTableQuery, RowsPage, RowsQuery};
    use crate::report::OwnTable;

    const FIRST: DataVersion = DataVersion { seen: 1, result: 0 };

    fn query(from: u64) -> RowsQuery {
        RowsQuery { from, ..RowsQuery::default() }
    }

    fn page(total: u64) -> Reply<RowsPage> {
        Reply::Ready(RowsPage { total, ..RowsPage::default() })
    }

    fn failed(why: &str) -> Reply<RowsPage> {
        Reply::Failed(why.to_owned().into())
    }

    /// Asked for the first rows, with this answer.
    fn answered(reply: Reply<RowsPage>) -> CallState<RowsQuery> {
        let mut call = CallState::default();
        call.ask(1, query(0), FIRST);
        call.on_reply(1, reply);
        call
    }

    fn total(call: &CallState<RowsQuery>, version: DataVersion) -> Option<u64> {
        call.known(version).last().map(|page| page.total)
    }

    #[test]
    fn the_last_good_answer_stays_while_another_is_on_its_way_and_when_it_fails() {
        let mut call = answered(page(7));
        assert_eq!((total(&call, FIRST), call.known(FIRST).reason()), (Some(7), None));
        call.ask(2, query(5), FIRST);
        call.on_reply(2, Reply::Progress { done: 1, total: 4 });
        assert!(matches!(call.known(FIRST), Loadable::Loading { progress: Some((1, 4)), last: Some(_), reason: None }));
        call.on_reply(2, failed("no"));
        assert_eq!((total(&call, FIRST), call.known(FIRST).failure()), (Some(7), Some("no")));
        // Asked again, it is no failure of the present question, but it is still true of the last one.
        call.ask(3, query(6), FIRST);
        assert_eq!((call.known(FIRST).failure(), call.known(FIRST).reason()), (None, Some("no")));
        call.on_reply(3, page(9));
        assert_eq!((total(&call, FIRST), call.known(FIRST).reason()), (Some(9), None));
    }

    #[test]
    fn what_is_said_to_an_earlier_question_is_no_word_on_the_newest() {
        let mut call = answered(page(7));
        call.ask(2, query(1), FIRST);
        call.ask(3, query(2), FIRST);
        call.on_reply(2, failed("no"));
        call.on_reply(2, Reply::Dropped);
        call.on_reply(2, Reply::Progress { done: 1, total: 2 });
        assert!(matches!(call.known(FIRST), Loadable::Loading { progress: None, last: Some(_), reason: None }));
        // While somebody scrolls, what is answered on the way is shown.
        call.on_reply(2, page(8));
        assert!(matches!(call.known(FIRST), Loadable::Loading { .. }) && total(&call, FIRST) == Some(8));
        call.on_reply(3, page(9));
        call.on_reply(2, page(8));
        assert_eq!(total(&call, FIRST), Some(9));
    }

    #[test]
    fn what_was_dropped_leaves_what_was_known_and_may_be_asked_again() {
        for (before, ready) in [(page(7), true), (failed("no"), false)] {
            let mut call = answered(before);
            call.ask(2, query(5), FIRST);
            assert!(!call.is_new(&query(5), FIRST));
            call.on_reply(2, Reply::Dropped);
            assert_eq!(matches!(call.known(FIRST), Loadable::Ready(_)), ready);
            assert_eq!(call.known(FIRST).failure().is_some(), !ready);
            assert!(call.is_new(&query(5), FIRST));
        }
        assert_eq!(answered(Reply::Dropped).known(FIRST), Loadable::Idle);
    }

    #[test]
    fn the_same_question_is_asked_again_of_another_view_only() {
        let call = answered(page(7));
        assert!(!call.is_new(&query(0), FIRST));
        assert!(call.is_new(&query(1), FIRST));
        assert!(call.is_new(&query(0), DataVersion { seen: 2, ..FIRST }));
    }

    #[test]
    fn what_is_about_another_result_is_not_shown_and_what_is_about_the_data_is() {
        let next = DataVersion { seen: 2, result: 1 };
        let mut call = answered(failed("no"));
        assert_eq!(call.known(next), Loadable::Idle);
        call.ask(2, query(0), next);
        assert_eq!(call.known(next), Loadable::Loading { progress: None, last: None, reason: None });
        let call = CallState::<OwnTableQuery>::of(OwnTable::default(), FIRST);
        assert!(call.known(next).last().is_some());
    }
}
