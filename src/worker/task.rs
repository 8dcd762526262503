//! Turns: long work lets messages in between its steps.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::RequestQueue;
use crate::protocol::AskKind;
use crate::session::{Cancelled, Yield};

/// Milliseconds of work after which messages are let in.
const STRETCH: f64 = 20.0;
/// A view that has taken so long is given up for a newer one; a shorter one is finished, so that a moving slider
/// shows something on its way.
const PATIENCE: f64 = 150.0;

/// The turn of one request.
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
    /// [`Stale`] when one of them made this work pointless.
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

fn now() -> f64 {
    super::scope().performance().map_or(0.0, |performance| performance.now())
}

/// The next task of the event loop; unlike a timer, a message has no least delay.
async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        // Nothing can be done about a port that does not take messages; the promise would never come, so resolve.
        if channel.port2().post_message(&wasm_bindgen::JsValue::NULL).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
    channel.port1().close();
}
