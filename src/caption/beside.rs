//! Two results side by side in words: what is different, and by how much.

use super::Caption;
use super::told::{Telling, unrounded};
use super::wording::capital;
use crate::data::shown_name;
use crate::engine::{Relation, Summary};
use crate::plot::number::format4;
use crate::protocol::{Beside, ViewResult};

/// Less than this part of the largest value is what rounding left.
const ROUNDING: f64 = 1e-12;
/// A standard deviation of more middle halves is one of outliers. That of normal values is 0.74.
const OF_OUTLIERS: f64 = 1.0;

/// What is said of a view with a second method beside the first.
pub fn caption(view: &ViewResult, beside: &Beside) -> Caption {
    let [left, right] = &beside.names;
    let found = beside.relations.iter().enumerate().filter(|(_, found)| found.count > 0);
    let differs = |(index, found): &(usize, &Relation)| found.largest > ROUNDING * size(view, beside, *index);
    let Some((most, _)) = found.clone().filter(differs).reduce(|a, b| {
        let part = |(index, found): (usize, &Relation)| found.mean / size(view, beside, index);
        if part(b) > part(a) { b } else { a }
    }) else {
        let headline = if left == right {
            format!("Both sides show {left} with the same settings: change one, and only the right side follows.")
        } else {
            format!("{left} and {right} give the same values.")
        };
        return Caption { headline, ..Caption::default() };
    };
    let relation = beside.relations[most];
    let name = shown_name(&view.features[most].name);
    let (spread, [a, b]) = spreads(view, beside, most);
    let (what, [a, b]) = if format4(a) == format4(b) {
        let mean = |side: &Summary| unrounded(side.mean, side.sd);
        ("a mean", [mean(&beside.features[most]), mean(&view.features[most].after)])
    } else {
        (spread, [a, b])
    };
    let headline =
        format!("{} has {what} of {} after {left}, {} after {right}.", capital(&name), format4(a), format4(b));
    let all = found.clone().count();
    let bent = found.filter(|(_, found)| found.line.is_none() && found.correlation.is_finite()).count();
    let shapes = match bent {
        0 => "The shapes are the same: one result is the other shifted and stretched.".to_owned(),
        bent if all == bent => "The shapes differ as well.".to_owned(),
        bent => format!("The shapes of {bent} of {all} features differ as well."),
    };
    let apart = format!(
        "Values of {name} differ by at most {}, by {} on average.",
        format4(relation.largest),
        format4(relation.mean)
    );
    let axes = if view.before.axes == view.after.axes { "" } else { " Each side has its own axis." };
    Caption { headline, detail: format!("{apart} {shapes}{axes}"), ..Caption::default() }
}

/// The largest absolute value of a feature on both sides.
fn size(view: &ViewResult, beside: &Beside, index: usize) -> f64 {
    let sides = [&beside.features[index], &view.features[index].after];
    sides.into_iter().map(|side| side.min.abs().max(side.max.abs())).fold(0.0, f64::max)
}

/// What is told of the spread on both sides: that of the middle half where outliers decide the standard deviation.
fn spreads(view: &ViewResult, beside: &Beside, index: usize) -> (&'static str, [f64; 2]) {
    let sides = [&beside.features[index], &view.features[index].after];
    let middle = |side: &Summary| side.q3 - side.q1;
    if view.facts.outliers.get(index).is_some_and(Option::is_some)
        && sides.iter().any(|side| side.sd > OF_OUTLIERS * middle(side))
    {
        return ("a middle half", sides.map(middle));
    }
    let telling = Telling::of_view(view);
    ("a standard deviation", sides.map(|side| telling.sd(side)))
}
