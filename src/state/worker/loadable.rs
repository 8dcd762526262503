//! An answer on its way: what is known of one call while its question changes.

use std::any::Any;
use std::rc::Rc;

use crate::protocol::{CallLane, Reply};
use crate::state::ByPtr;

/// What is known of a call. The last good answer stays until a better one comes.
#[derive(Debug, Default, PartialEq)]
pub enum Loadable<T: ?Sized> {
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
impl<T: ?Sized> Clone for Loadable<T> {
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

impl<T: ?Sized> Loadable<T> {
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

impl Loadable<dyn Any> {
    /// With the answers as what they were.
    pub fn downcast<T: Any>(self) -> Loadable<T> {
        let last = self.last().and_then(ByPtr::downcast);
        match self {
            Self::Loading { progress, reason, .. } => Loadable::Loading { progress, last, reason },
            Self::Failed { reason, .. } => Loadable::Failed { reason, last },
            Self::Ready(_) | Self::Idle => last.map_or(Loadable::Idle, Loadable::Ready),
        }
    }
}

/// An answer whose type is forgotten.
pub type AnyAnswer = ByPtr<dyn Any>;

/// What the answers are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DataVersion {
    /// Changes with the data and with their view: whatever is about them is asked again.
    pub seen: u64,
    /// Changes when answers about the result before must not be shown any more.
    pub result: u32,
}

/// One call of the page: its newest question and what is known of it. The types of query and answer are forgotten, so that
/// this is the same for all calls.
#[derive(Debug)]
pub struct CallState {
    lane: CallLane,
    /// Of the newest question.
    id: u64,
    /// The bytes of that question, and what it is about.
    question: Option<(Rc<[u8]>, DataVersion)>,
    /// Of the result that what is known is about.
    result: u32,
    loadable: Loadable<dyn Any>,
}

impl CallState {
    pub const fn new(lane: CallLane) -> Self {
        Self { lane, id: 0, question: None, result: 0, loadable: Loadable::Idle }
    }

    /// An answer that nobody had to ask for.
    pub fn put(&mut self, answer: AnyAnswer, version: DataVersion) {
        (self.result, self.loadable) = (version.result, Loadable::Ready(answer));
    }

    /// What is known, as far as it is not about an earlier result.
    pub fn loadable(&self, version: DataVersion) -> Loadable<dyn Any> {
        if self.is_of(version) { self.loadable.clone() } else { Loadable::Idle }
    }

    /// Whether this has to be asked: not when it is what was asked last, about the same.
    pub fn is_new(&self, query: &[u8], version: DataVersion) -> bool {
        self.question.as_ref().is_none_or(|(bytes, of)| (&**bytes, *of) != (query, version))
    }

    /// This was asked, with this id.
    pub fn ask(&mut self, id: u64, query: Rc<[u8]>, version: DataVersion) {
        let before = if self.is_of(version) { std::mem::take(&mut self.loadable) } else { Loadable::Idle };
        let (last, reason) = (before.last().cloned(), before.reason().map(Into::into));
        self.loadable = Loadable::Loading { progress: None, last, reason };
        (self.id, self.question, self.result) = (id, Some((query, version)), version.result);
    }

    /// What was said to the question of this id. Answers to earlier questions are shown on the way to the newest.
    pub fn on_reply(&mut self, id: u64, reply: Reply<AnyAnswer>) {
        let newest = id == self.id;
        match reply {
            Reply::Ready(answer) if newest => self.loadable = Loadable::Ready(answer),
            Reply::Ready(answer) => {
                if let Loadable::Loading { last, reason, .. } = &mut self.loadable {
                    (*last, *reason) = (Some(answer), None);
                }
            }
            _ if !newest => {}
            Reply::Progress { done, total } => {
                if let Loadable::Loading { progress, .. } = &mut self.loadable {
                    *progress = Some((done, total));
                }
            }
            Reply::Failed(failure) => {
                self.loadable = Loadable::Failed { reason: failure.why, last: self.loadable.last().cloned() };
            }
            // What was known before is still known; the same may be asked again.
            Reply::Dropped => {
                let last = self.loadable.last().cloned();
                self.loadable = match (self.loadable.reason(), last) {
                    (Some(reason), last) => Loadable::Failed { reason: reason.into(), last },
                    (None, Some(last)) => Loadable::Ready(last),
                    (None, None) => Loadable::Idle,
                };
                self.question = None;
            }
        }
    }

    fn is_of(&self, version: DataVersion) -> bool {
        self.result == version.result || !self.lane.is_of_result()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: DataVersion = DataVersion { seen: 1, result: 0 };

    fn query(from: u8) -> Rc<[u8]> {
        [from].into()
    }

    fn answer(number: u64) -> Reply<AnyAnswer> {
        Reply::Ready(ByPtr::any(number))
    }

    fn failed(why: &str) -> Reply<AnyAnswer> {
        Reply::Failed(why.to_owned().into())
    }

    /// A call with this answer.
    fn answered(reply: Reply<AnyAnswer>) -> CallState {
        let mut call = CallState::new(CallLane::Detail);
        call.ask(1, query(0), FIRST);
        call.on_reply(1, reply);
        call
    }

    fn loadable(call: &CallState) -> Loadable<u64> {
        call.loadable(FIRST).downcast()
    }

    /// The last good answer.
    fn last(call: &CallState) -> Option<u64> {
        loadable(call).last().map(|number| **number)
    }

    #[test]
    fn the_last_good_answer_stays_while_another_is_on_its_way_and_when_it_fails() {
        let mut call = answered(answer(7));
        assert_eq!((last(&call), loadable(&call).reason()), (Some(7), None));
        call.ask(2, query(5), FIRST);
        call.on_reply(2, Reply::Progress { done: 1, total: 4 });
        assert!(matches!(loadable(&call), Loadable::Loading { progress: Some((1, 4)), last: Some(_), reason: None }));
        call.on_reply(2, failed("no"));
        assert_eq!((last(&call), loadable(&call).failure()), (Some(7), Some("no")));
        // When another is asked, it is no failure of the present question, but it is still true of the last one.
        call.ask(3, query(6), FIRST);
        assert_eq!((loadable(&call).failure(), loadable(&call).reason()), (None, Some("no")));
        call.on_reply(3, answer(9));
        assert_eq!((last(&call), loadable(&call).reason()), (Some(9), None));
    }

    #[test]
    fn what_is_said_to_an_earlier_question_is_no_word_on_the_newest() {
        let mut call = answered(answer(7));
        call.ask(2, query(1), FIRST);
        call.ask(3, query(2), FIRST);
        call.on_reply(2, failed("no"));
        call.on_reply(2, Reply::Dropped);
        call.on_reply(2, Reply::Progress { done: 1, total: 2 });
        assert!(matches!(loadable(&call), Loadable::Loading { progress: None, last: Some(_), reason: None }));
        // While somebody scrolls, what is answered on the way is shown.
        call.on_reply(2, answer(8));
        assert!(matches!(loadable(&call), Loadable::Loading { .. }) && last(&call) == Some(8));
        call.on_reply(3, answer(9));
        call.on_reply(2, answer(8));
        assert_eq!(last(&call), Some(9));
    }

    #[test]
    fn what_was_dropped_leaves_what_was_known_and_may_be_asked_again() {
        for (before, ready) in [(answer(7), true), (failed("no"), false)] {
            let mut call = answered(before);
            call.ask(2, query(5), FIRST);
            assert!(!call.is_new(&query(5), FIRST));
            call.on_reply(2, Reply::Dropped);
            assert_eq!(matches!(loadable(&call), Loadable::Ready(_)), ready);
            assert_eq!(loadable(&call).failure().is_some(), !ready);
            assert!(call.is_new(&query(5), FIRST));
        }
        assert_eq!(loadable(&answered(Reply::Dropped)), Loadable::Idle);
    }

    #[test]
    fn the_same_question_is_asked_again_of_another_view_only() {
        let call = answered(answer(7));
        assert!(!call.is_new(&query(0), FIRST));
        assert!(call.is_new(&query(1), FIRST));
        assert!(call.is_new(&query(0), DataVersion { seen: 2, ..FIRST }));
    }

    #[test]
    fn what_is_about_another_result_is_not_shown_and_what_is_about_the_data_is() {
        let next = DataVersion { seen: 2, result: 1 };
        let mut call = answered(failed("no"));
        assert!(matches!(call.loadable(next), Loadable::Idle));
        call.ask(2, query(0), next);
        assert!(matches!(call.loadable(next), Loadable::Loading { progress: None, last: None, reason: None }));
        let mut call = CallState::new(CallLane::Data);
        call.put(ByPtr::any(7_u64), FIRST);
        assert!(call.loadable(next).last().is_some());
    }
}
