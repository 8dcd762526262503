//! Pauses of a run, and steps while it is paused.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use normlab_report::PauseCommand;

/// Whether a run goes on, stands still, or goes on until it has something new to show.
#[derive(Debug, Default)]
pub struct PauseState {
    paused: Cell<bool>,
    stepping: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl PauseState {
    /// Does what the visitor said.
    pub fn set(&self, command: PauseCommand) {
        self.paused.set(command != PauseCommand::Continue);
        self.stepping.set(command == PauseCommand::Step);
        if command != PauseCommand::Pause
            && let Some(waiting) = self.waiting.take()
        {
            waiting.wake();
        }
    }

    /// Whether the visitor paused it, be it in the middle of a step.
    pub fn is_paused(&self) -> bool {
        self.paused.get()
    }

    /// Something new was shown: a step is over.
    pub fn shown(&self) {
        self.stepping.set(false);
    }

    /// Waits as long as the run stands still.
    pub async fn wait(&self) {
        poll_fn(|context| {
            if self.paused.get() && !self.stepping.get() {
                self.waiting.replace(Some(context.waker().clone()));
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::Context;

    use super::*;

    #[test]
    fn a_pause_lasts_until_the_run_may_go_on_and_a_step_until_something_is_shown() {
        let pause = PauseState::default();
        let waits = || pin!(pause.wait()).poll(&mut Context::from_waker(Waker::noop())).is_pending();
        assert!(!waits() && !pause.is_paused());
        pause.set(PauseCommand::Pause);
        assert!(waits() && pause.is_paused());
        pause.set(PauseCommand::Step);
        // What is shown at once in a pause is shown in its steps, too.
        assert!(!waits() && pause.is_paused());
        pause.shown();
        assert!(waits());
        pause.set(PauseCommand::Continue);
        assert!(!waits() && !pause.is_paused());
    }
}
