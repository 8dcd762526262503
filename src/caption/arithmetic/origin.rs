//! Where a value comes from, in a sentence or two.

use super::DigitsShown;
use crate::engine::trace::{CenterStep, ScaleStep, Trace};
use crate::engine::{NonFinite, Sharing};
use crate::plot::number::whole;
use crate::protocol::Traced;

/// As `alcohol of row 3`, `image of row 4, position 7`.
fn named(traced: &Traced) -> String {
    let Traced { cell, feature, trace, .. } = traced;
    let position = trace.replay.recipe.grouping.positions == Sharing::Separate || trace_has_positions(trace);
    let position = if position { format!(", position {}", cell.position + 1) } else { String::new() };
    format!("{feature} of row {}{position}", whole(cell.row + 1))
}

/// What became of the value, in a few words: `alcohol of row 3: 13.16 becomes 0.1969`.
pub fn became(traced: &Traced, digits: DigitsShown) -> String {
    let trace = &traced.trace;
    if trace.value.is_nan() {
        return format!("{} is missing", named(traced));
    }
    let output = if trace.output.is_nan() { "missing".into() } else { digits(trace.output) };
    format!("{}: {} becomes {output}", named(traced), digits(trace.value))
}

/// Which value it is, and which values share its centre and scale.
pub fn origin(traced: &Traced, digits: DigitsShown) -> String {
    let Traced { group, trace, left_out, .. } = traced;
    let value = if trace.value.is_nan() { "is missing".to_owned() } else { format!("is {}", digits(trace.value)) };
    let place = format!("{} {value}.", named(traced));
    let count = trace.group.statistics.count as u64;
    let recipe = &trace.replay.recipe;
    let center = (trace.center.step != CenterStep::None).then(|| recipe.center.words().unwrap_or("centre"));
    let scale = (trace.scale.step != ScaleStep::None).then(|| recipe.scale.words().unwrap_or("scale"));
    let (what, both) = match (center, scale) {
        (Some(center), Some(scale)) => (format!("{center} and {scale}"), true),
        (Some(one), None) | (None, Some(one)) => (one.to_owned(), false),
        (None, None) => return format!("{place} Nothing is subtracted from it, and it is not divided."),
    };
    let (were, come) = if both { ("were", "come") } else { ("was", "comes") };
    let values = match (count, trace.group.statistics.missing) {
        (2, 0) => "both values".into(),
        (_, 0) => format!("all {} values", whole(count)),
        _ => format!("the {} values", whole(count)),
    };
    let shared = match &trace.group.fitted {
        None => format!("Its {what} {were} found before, for {group}."),
        Some(_) if trace.value.is_nan() => missing(trace, group, &what, both),
        Some(_) if count == 1 => format!("Its {what} {come} from it alone: it is the only value{}.", of(group)),
        Some(fitted) if fitted[0].len() < trace.group.members[0].len() => {
            let none = if *left_out { ", and this is not one of them" } else { "" };
            format!("Its {what} {come} from {} values{} in the training rows{none}.", whole(count), of(group))
        }
        Some(_) => format!("Its {what} {come} from {values}{}.", of(group)),
    };
    format!("{place} {shared}")
}

/// `all values` is a group, too: nothing is to be added to it.
fn of(group: &str) -> String {
    if group == "all values" { String::new() } else { format!(" of {group}") }
}

/// What a missing value has to do with its group.
fn missing(trace: &Trace, group: &str, what: &str, both: bool) -> String {
    let many = if both { ("are", "come") } else { ("is", "comes") };
    match trace.group.statistics.count as u64 {
        _ if trace.replay.recipe.non_finite == NonFinite::Propagate => {
            format!("Missing values are not left out here: the {what} of {group} {} missing as well.", many.0)
        }
        0 => format!("There is no value in {group} to compute its {what} from."),
        1 => format!("The {what} of {group} {} from its only value.", many.1),
        count => format!("The {what} of {group} {} from its {} values that are not missing.", many.1, whole(count)),
    }
}

fn trace_has_positions(trace: &Trace) -> bool {
    trace.group.members[2].len() > 1 || trace.cell.position > 0
}
