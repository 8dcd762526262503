//! Long work lets messages in between its steps.

use std::cell::Cell;

use normlab_web_worker::{next_task, now};

use super::RequestQueue;
use crate::protocol::AskKind;
use crate::session::{Cancelled, Yield};

/// Milliseconds of work after which messages are let in.
const STRETCH: f64 = 20.0;
/// A view that has taken so long is given up for a newer one; a shorter one is finished, so that a moving slider
/// shows something on its way.
const PATIENCE: f64 = 150.0;

/// The work on one request.
pub struct Task<'a> {
    answers: &'a RequestQueue,
    pub id: u64,
    kind: AskKind,
    started: f64,
    last: Cell<f64>,
}

impl<'a> Task<'a> {
    pub fn new(answers: &'a RequestQueue, id: u64, kind: AskKind) -> Self {
        let now = now();
        Self { answers, id, kind, started: now, last: Cell::new(now) }
    }

    /// Whether nobody waits for the answer any more.
    pub fn unwanted(&self) -> bool {
        self.answers.is_cancelled(self.id) || self.answers.overtaken(self.id, self.kind)
    }

    /// Lets messages in now.
    ///
    /// # Errors
    /// [`Cancelled`] when one of them made this work pointless.
    pub async fn yield_now(&self) -> Result<(), Cancelled> {
        next_task().await;
        self.last.set(now());
        let impatient = matches!(self.kind, AskKind::Load | AskKind::Save) || now() - self.started > PATIENCE;
        let given_up = self.answers.is_cancelled(self.id) || impatient && self.answers.overtaken(self.id, self.kind);
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
