//! Runs without a browser: in tests and benches nobody waits beside them.

use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use normlab_report::Report;

use super::control::Host;

/// A host that never stops a run, and shows nothing of it.
pub struct NativeHost;

impl Host for NativeHost {
    fn millis(&self) -> f64 {
        0.0
    }
    fn has_clock(&self) -> bool {
        false
    }
    fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(ready(()))
    }
    fn is_cancelled(&self) -> bool {
        false
    }
    fn progress(&self, _: f32) {}
    fn partial(&self, _: Report) {}
}

/// What comes of work that never waits for anything.
pub fn finished<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
