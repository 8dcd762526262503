//! Whether the worker does its work: it is watched from outside, because what keeps it busy keeps it from saying so.

use std::collections::VecDeque;

use crate::protocol::CallKind;

/// Why the worker is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It died: of a mistake, or for want of memory.
    Died,
    /// It did not stop working on what was cancelled.
    Cancelled,
    /// It did not stop working on what something else had made pointless.
    Overtaken,
    /// It did not answer any more.
    Silent,
}

/// What to do about the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerCheck {
    Nothing,
    /// Ask whether it is there: see [`Message::Ping`](crate::protocol::Message::Ping).
    Ping,
    /// End it.
    End(Stopped),
}

/// Seconds for what nobody wants any more: work lets messages in many times a second.
const STOPS_WITHIN: u32 = 10;
/// Seconds without a word: only work on very many values at once, on a slow machine, takes nearly as long.
const SPEAKS_WITHIN: u32 = 30;
/// Seconds for a worker that has not said anything yet: its program may still be on its way.
const STARTS_WITHIN: u32 = 60;
/// Seconds of silence after each of which it is asked whether it is there.
const PING_EVERY: u32 = 5;

/// What the worker was asked and has not answered, in the order in which it works.
#[derive(Debug, Default)]
pub struct Watch {
    open: VecDeque<Open>,
    /// Seconds that the first of these has been unwanted for.
    unwanted: u32,
    /// Seconds since it said anything.
    silent: u32,
    spoke: bool,
}

#[derive(Debug)]
struct Open {
    id: u64,
    kind: CallKind,
    /// Why nobody waits for it any more.
    unwanted: Option<Stopped>,
}

impl Watch {
    pub fn asked(&mut self, id: u64, kind: CallKind) {
        for earlier in &mut self.open {
            if kind.overtakes(earlier.kind) {
                earlier.unwanted = Some(Stopped::Overtaken);
            }
        }
        if self.open.is_empty() {
            self.silent = 0;
        }
        self.open.push_back(Open { id, kind, unwanted: None });
    }

    pub fn cancelled(&mut self, id: u64) {
        let open = self.open.iter_mut().find(|open| open.id == id);
        open.into_iter().for_each(|open| open.unwanted = Some(Stopped::Cancelled));
    }

    /// It said something.
    pub const fn spoke(&mut self) {
        (self.silent, self.spoke) = (0, true);
    }

    /// That was the last it says to the call of this id.
    pub fn finished(&mut self, id: u64) {
        if self.open.front().is_some_and(|first| first.id == id) {
            self.unwanted = 0;
        }
        self.open.retain(|open| open.id != id);
    }

    /// Whether nothing is waited for.
    pub fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// Another second went by in which the page was awake.
    pub fn tick(&mut self) -> WorkerCheck {
        let Some(first) = self.open.front() else { return WorkerCheck::Nothing };
        let within = |seconds| if self.spoke { seconds } else { STARTS_WITHIN };
        self.silent += 1;
        if let Some(why) = first.unwanted {
            self.unwanted += 1;
            if self.unwanted >= within(STOPS_WITHIN) {
                return WorkerCheck::End(why);
            }
        }
        if self.silent >= within(SPEAKS_WITHIN) {
            return WorkerCheck::End(Stopped::Silent);
        }
        if self.silent.is_multiple_of(PING_EVERY) { WorkerCheck::Ping } else { WorkerCheck::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{DataSource, RowsQuery, ViewQuery};

    const LOAD: CallKind = CallKind::of::<DataSource>();
    const VIEW: CallKind = CallKind::of::<ViewQuery>();
    const ROWS: CallKind = CallKind::of::<RowsQuery>();

    /// A worker that has spoken, and was asked this.
    fn watch(kinds: &[CallKind]) -> Watch {
        let mut watch = Watch::default();
        watch.spoke();
        for (id, kind) in (1..).zip(kinds) {
            watch.asked(id, *kind);
        }
        watch
    }

    fn finish(watch: &mut Watch, id: u64) {
        watch.spoke();
        watch.finished(id);
    }

    /// After how many seconds it is ended, and why; the worker answers when it is asked whether it is there.
    fn ended(watch: &mut Watch, there: bool) -> Option<(u32, Stopped)> {
        (1..=200).find_map(|second| match watch.tick() {
            WorkerCheck::End(why) => Some((second, why)),
            WorkerCheck::Ping if there => {
                watch.spoke();
                None
            }
            _ => None,
        })
    }

    #[test]
    fn work_that_nobody_wants_ends_within_seconds() {
        assert_eq!(ended(&mut watch(&[VIEW, VIEW]), true), Some((10, Stopped::Overtaken)));
        let mut cancelled = watch(&[LOAD]);
        cancelled.cancelled(1);
        assert_eq!(ended(&mut cancelled, true), Some((10, Stopped::Cancelled)));
        assert_eq!(ended(&mut watch(&[VIEW, LOAD]), true), Some((10, Stopped::Overtaken)));
        assert_eq!(ended(&mut watch(&[ROWS, ROWS]), true), Some((10, Stopped::Overtaken)));
    }

    #[test]
    fn work_that_is_wanted_takes_as_long_as_it_takes() {
        assert_eq!(ended(&mut watch(&[LOAD, VIEW]), true), None, "a view waits for the data");
        // What waits behind it, wanted or not, cannot be answered yet.
        assert_eq!(ended(&mut watch(&[LOAD, VIEW, VIEW]), true), None);
        let mut watch = watch(&[VIEW, VIEW]);
        assert_eq!((0..9).map(|_| watch.tick()).filter(|look| matches!(look, WorkerCheck::End(_))).count(), 0);
        finish(&mut watch, 1);
        assert_eq!(ended(&mut watch, true), None, "it stopped in time");
        finish(&mut watch, 2);
        assert!(watch.is_idle());
    }

    #[test]
    fn a_worker_that_says_nothing_is_missed() {
        assert_eq!(ended(&mut watch(&[VIEW]), false), Some((30, Stopped::Silent)));
        let mut reading = watch(&[LOAD]);
        for _ in 0..100 {
            reading.spoke();
            assert!(!matches!(reading.tick(), WorkerCheck::End(_)));
        }
        let mut starting = Watch::default();
        starting.asked(1, LOAD);
        starting.asked(2, LOAD);
        assert_eq!(ended(&mut starting, false), Some((60, Stopped::Overtaken)));
        assert_eq!(ended(&mut watch(&[]), false), None);
    }
}
