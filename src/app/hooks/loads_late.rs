//! What has been so for a while.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Milliseconds that nobody takes for waiting.
const WHILE: u32 = 250;

/// Whether this has been so for a while. What is over before that does not show: every look of the page costs time, and
/// most when there is least.
#[hook]
pub fn use_late(now: bool) -> bool {
    let late = use_state_eq(|| false);
    use_effect_with(now, {
        let late = late.setter();
        move |now| {
            late.set(false);
            let timer = now.then(|| Timeout::new(WHILE, move || late.set(true)));
            move || drop(timer)
        }
    });
    now && *late
}
