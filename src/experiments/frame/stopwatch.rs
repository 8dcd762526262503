//! How long works take on the computer that they run on.

use normlab_engine::quantiles;

use super::control::Host;
use super::refusal::Refusal;

/// How many turns each work has.
const TURNS: usize = 11;
/// Milliseconds of a turn, at least: the clock of a browser may be no finer than a tenth of one.
const TURN: f64 = 12.0;

/// Compares how long works take.
pub struct Stopwatch<'a> {
    host: &'a dyn Host,
}

impl<'a> Stopwatch<'a> {
    /// `None` where there is no clock.
    pub(super) fn of(host: &'a dyn Host) -> Option<Self> {
        host.has_clock().then_some(Self { host })
    }

    /// Milliseconds that each work takes, once: the median of eleven turns of 12 milliseconds, in each of which it is done again
    /// and again. The works take turns, so that what else the computer does slows all of them.
    ///
    /// # Errors
    /// [`Refusal::Cancelled`] when nobody waits any more.
    pub async fn compare<const N: usize>(&self, mut works: [&mut dyn FnMut(); N]) -> Result<[f64; N], Refusal> {
        let mut times = [(); N].map(|()| Vec::with_capacity(TURNS));
        for _ in 0..TURNS {
            for (work, times) in works.iter_mut().zip(&mut times) {
                // A pause and what the host does meanwhile are not counted.
                self.host.next_task().await;
                if self.host.is_cancelled() {
                    return Err(Refusal::Cancelled);
                }
                times.push(self.turn(work));
            }
        }
        Ok(times.map(|times| quantiles(&times, &[0.5], &mut Vec::new())[0]))
    }

    fn turn(&self, work: &mut dyn FnMut()) -> f64 {
        let start = self.host.millis();
        for done in 1_u32.. {
            work();
            let took = self.host.millis() - start;
            if took >= TURN {
                return took / f64::from(done);
            }
        }
        f64::NAN
    }
}

/// How the times were found, for the note of a table.
pub fn how_timed() -> String {
    format!("Each time is the median of {TURNS} turns of {TURN} milliseconds.")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::{Future, ready};
    use std::pin::Pin;

    use normlab_report::Report;

    use super::*;
    use crate::finished;

    /// A host whose clock is what works say that they take; others work beside them in every third task.
    #[derive(Default)]
    struct WorkHost {
        now: Cell<f64>,
        tasks: Cell<u32>,
        cancel_after: Option<u32>,
    }

    impl WorkHost {
        fn work(&self, milliseconds: f64) {
            let is_slowed = self.tasks.get().is_multiple_of(3);
            self.now.set(self.now.get() + if is_slowed { 5.0 } else { 1.0 } * milliseconds);
        }
    }

    impl Host for WorkHost {
        fn millis(&self) -> f64 {
            self.now.get()
        }
        fn has_clock(&self) -> bool {
            true
        }
        fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
            self.tasks.set(self.tasks.get() + 1);
            // A pause.
            self.now.set(self.now.get() + 1000.0);
            Box::pin(ready(()))
        }
        fn is_cancelled(&self) -> bool {
            self.cancel_after.is_some_and(|tasks| self.tasks.get() > tasks)
        }
        fn progress(&self, _: f32) {}
        fn partial(&self, _: Report) {}
    }

    #[test]
    fn works_are_timed_without_pauses_and_whatever_slows_some_turns() {
        let host = WorkHost::default();
        let stopwatch = Stopwatch::of(&host).unwrap();
        let (mut short, mut long) = (|| host.work(0.25), || host.work(40.0));
        let times = finished(stopwatch.compare([&mut short, &mut long])).unwrap();
        assert!((times[0] - 0.25).abs() < 1e-9 && (times[1] - 40.0).abs() < 1e-9, "{times:?}");
    }

    #[test]
    fn it_ends_when_nobody_waits_any_more() {
        let host = WorkHost { cancel_after: Some(4), ..WorkHost::default() };
        let mut done = 0;
        let mut work = || {
            done += 1;
            host.work(20.0);
        };
        let ended = finished(Stopwatch::of(&host).unwrap().compare([&mut work]));
        assert!(matches!(ended, Err(Refusal::Cancelled)), "{ended:?}");
        assert_eq!(done, 4);
    }
}
