//! What a run needs of the browser.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use normlab_experiments::{Host, PauseState};
use normlab_report::{FromExperiments, Report};
use normlab_web_worker::{next_task, now};

/// The browser, for the run of one message.
pub struct BrowserHost {
    pub id: u64,
    /// Which run it is, and which is the newest.
    pub run: u64,
    pub newest: Rc<Cell<u64>>,
    pub pause: Rc<PauseState>,
}

impl Host for BrowserHost {
    fn millis(&self) -> f64 {
        now()
    }

    fn has_clock(&self) -> bool {
        true
    }

    fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(async {
            next_task().await;
            self.pause.wait().await;
        })
    }

    fn is_cancelled(&self) -> bool {
        self.run != self.newest.get()
    }

    fn is_paused(&self) -> bool {
        self.pause.is_paused()
    }

    fn progress(&self, done: f32) {
        super::send(&FromExperiments::Progress { id: self.id, done });
    }

    fn partial(&self, report: Report) {
        super::send(&FromExperiments::Partial { id: self.id, report });
        self.pause.shown();
    }
}
