//! Numbers as sentences and figures have them.

use normlab_plot::number::{format4, whole};

use super::outcome::Lane;

/// How a lane ended, with its name first.
pub fn after(lane: &Lane) -> String {
    let name = lane.rescaling.name();
    match (lane.reached, lane.diverged) {
        (Some(step), _) => format!("{name} {}", steps(step)),
        (None, Some(step)) => format!("{name} diverged at step {}", whole(step)),
        (None, None) => format!("{name} not after {} ({} left)", steps(lane.n_steps), percent(left(lane))),
    }
}

/// Number and percent sign; a part beyond a trillion is not told.
pub fn percent(part: f64) -> String {
    if part > 1e12 { "more than 10¹⁴%".into() } else { format!("{}%", format4(100.0 * part)) }
}

pub fn steps(count: u64) -> String {
    if count == 1 { "1 step".into() } else { format!("{} steps", whole(count)) }
}

/// The part of the loss that is left at the end.
pub fn left(lane: &Lane) -> f64 {
    lane.last().map_or(1.0, |stop| stop.left)
}
