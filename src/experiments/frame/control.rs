//! How long work shares the thread with whoever waits for it.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;

use normlab_report::Report;

use super::refusal::Refusal;

/// The place where an experiment runs: a worker in a browser, or a test.
pub trait Host {
    /// Milliseconds since some fixed moment. They decide when work yields, never what comes out.
    fn millis(&self) -> f64;

    /// Whether [`Self::millis`] goes on, so that works can be timed by it.
    fn has_clock(&self) -> bool;

    /// Lets messages in.
    fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>>;

    /// Whether nobody waits for the run any more.
    fn is_cancelled(&self) -> bool;

    /// Whether the visitor paused it: then [`Self::next_task`] takes as long as the pause, and all that is new is shown.
    fn is_paused(&self) -> bool {
        false
    }

    /// How much of the run is done, from 0 to 1.
    fn progress(&self, done: f32);

    /// What is known so far.
    fn partial(&self, report: Report);
}

/// Milliseconds of work after which messages are let in.
const STRETCH: f64 = 20.0;
/// Milliseconds between two partial outcomes.
const SHOWN_EVERY: f64 = 250.0;

/// The pace of one run.
pub struct RunControl<'a, O> {
    host: &'a dyn Host,
    show: Option<&'a dyn Fn(&O) -> Report>,
    /// Which part of all there is to do this run is.
    part: (f32, f32),
    yielded: Cell<f64>,
    shown: Cell<f64>,
}

impl<'a, O> RunControl<'a, O> {
    /// Of a run that is all there is to do; `show` turns what is known so far into a report.
    pub fn new(host: &'a dyn Host, show: &'a dyn Fn(&O) -> Report) -> Self {
        let now = host.millis();
        Self { host, show: Some(show), part: (0.0, 1.0), yielded: Cell::new(now), shown: Cell::new(now) }
    }

    /// Of a run that is a part of what there is to do, and shows nothing itself.
    pub(super) fn of_part(host: &'a dyn Host, part: (f32, f32)) -> Self {
        let now = host.millis();
        Self { host, show: None, part, yielded: Cell::new(now), shown: Cell::new(now) }
    }

    /// Whether only the measures of the outcome are wanted, as of one of many seeds: what else there is need not be found.
    pub fn is_for_measures(&self) -> bool {
        self.show.is_none()
    }

    /// Lets messages in when it is time to. `done` is how much of the run is done, from 0 to 1.
    ///
    /// # Errors
    /// [`Refusal::Cancelled`] when nobody waits any more.
    pub async fn yield_now(&self, done: f32) -> Result<(), Refusal> {
        if self.host.millis() - self.yielded.get() < STRETCH && !self.host.is_paused() {
            return Ok(());
        }
        let (from, to) = self.part;
        self.host.progress((from + done.clamp(0.0, 1.0) * (to - from)).clamp(0.0, 1.0));
        self.host.next_task().await;
        self.yielded.set(self.host.millis());
        if self.host.is_cancelled() { Err(Refusal::Cancelled) } else { Ok(()) }
    }

    /// Shows what is known so far, when nothing was shown for a while, or the visitor goes step by step.
    pub fn partial(&self, outcome: &O) {
        if let Some(show) = self.show
            && (self.host.millis() - self.shown.get() >= SHOWN_EVERY || self.host.is_paused())
        {
            self.host.partial(show(outcome));
            self.shown.set(self.host.millis());
        }
    }
}
