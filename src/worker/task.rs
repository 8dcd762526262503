//! Long work lets messages in between its steps.

use std::cell::Cell;

use normlab_web_worker::{next_task, now};

use super::RequestQueue;
use crate::protocol::{self, Call, CallKind, CallLane, Failure, Reply};
use crate::session::{Cancelled, QueryError, Yield};

/// Milliseconds of work after which messages are let in.
const STRETCH: f64 = 20.0;
/// A view that has taken so long is given up for a newer one; a shorter one is finished, so that a moving slider
/// shows something on its way.
const PATIENCE: f64 = 150.0;
/// Milliseconds between two words on how far the work is: each is rendered, and a page that is busy with that answers no click.
const PROGRESS_PAUSE: f64 = 50.0;

/// Why a call has no answer.
pub enum NoAnswer {
    Cancelled,
    Because(Failure),
}

impl From<QueryError> for NoAnswer {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Cancelled => Self::Cancelled,
            QueryError::Because(why) => Self::Because(why.into()),
        }
    }
}

/// The work on one call.
pub struct Task<'a> {
    queue: &'a RequestQueue,
    id: u64,
    kind: CallKind,
    started: f64,
    last: Cell<f64>,
    /// When the page was told how far the work is.
    told: Cell<f64>,
}

impl<'a> Task<'a> {
    pub fn new(queue: &'a RequestQueue, id: u64, kind: CallKind) -> Self {
        let now = now();
        Self { queue, id, kind, started: now, last: Cell::new(now), told: Cell::new(f64::NEG_INFINITY) }
    }

    /// Whether nobody waits for the answer any more.
    pub fn unwanted(&self) -> bool {
        self.queue.is_cancelled(self.id) || self.queue.overtaken(self.id, self.kind)
    }

    /// Tells the page how far the work is, unless that was said just now.
    pub fn progress(&self, done: u64, total: u64) {
        if now() - self.told.get() >= PROGRESS_PAUSE {
            self.told.set(now());
            super::reply(self.id, &Reply::Progress { done, total });
        }
    }

    /// Sends the answer, or why there is none.
    pub fn finish<C: Call>(&self, found: Result<C::Answer, impl Into<NoAnswer>>) {
        match found {
            Ok(answer) => super::send(protocol::encode_answer(self.id, &answer)),
            Err(why) => self.fail(why.into()),
        }
    }

    fn fail(&self, why: NoAnswer) {
        let reply = match why {
            // Why there is none now is no matter then.
            NoAnswer::Because(failure) if !self.queue.passes(self.kind) => Reply::Failed(failure),
            _ => Reply::Dropped,
        };
        super::reply(self.id, &reply);
    }

    /// Lets messages in now.
    ///
    /// # Errors
    /// [`Cancelled`] when one of them made this work pointless.
    pub async fn yield_now(&self) -> Result<(), Cancelled> {
        next_task().await;
        self.last.set(now());
        let impatient = matches!(self.kind.lane, CallLane::Load | CallLane::Save) || now() - self.started > PATIENCE;
        let given_up = self.queue.is_cancelled(self.id) || impatient && self.queue.overtaken(self.id, self.kind);
        if given_up { Err(Cancelled) } else { Ok(()) }
    }
}

impl Yield for Task<'_> {
    async fn yield_now(&self) -> Result<(), Cancelled> {
        if now() - self.last.get() < STRETCH {
            return Ok(());
        }
        self.yield_now().await
    }

    fn millis(&self) -> f64 {
        now()
    }
}
