//! What would move if one value were another, in words.

use super::DigitsShown;
use crate::plot::number::whole;
use crate::protocol::{BeforeAfter, Farthest, Participation, WhatIfResult};

/// What becomes of the value, what of the others, and why: three sentences.
pub fn what_if(what_if_result: &WhatIfResult, digits: DigitsShown) -> [String; 3] {
    let WhatIfResult { query, feature, own, value, .. } = what_if_result;
    let mut place = format!("{feature} of row {}", whole(query.cell.row + 1));
    if query.cell.position > 0 {
        place.push_str(&format!(", position {}", query.cell.position + 1));
    }
    let (is, would_be) = (told(value.from, digits), told(value.to, digits));
    let comes_out = if same(*own) {
        format!("its output would stay {}", told(own.from, digits))
    } else {
        format!("its output would be {} instead of {}", told(own.to, digits), told(own.from, digits))
    };
    let own = if same(*value) {
        format!("{place} is {is}: its output is {}.", told(own.from, digits))
    } else {
        format!("If {place} were {would_be} instead of {is}, {comes_out}.")
    };
    [own, others(what_if_result, digits), statistics(what_if_result, digits)]
}

fn others(what_if_result: &WhatIfResult, digits: DigitsShown) -> String {
    let WhatIfResult { group, others, row, column, elsewhere, farthest, .. } = what_if_result;
    let Some(Farthest { cell, feature, output }) = farthest else {
        return match others {
            0 => "No other output shares its centre and scale, so none would move.".into(),
            _ if what_if_result.part != Participation::Taken || same(what_if_result.value) => {
                "No other output would move.".into()
            }
            1 => format!("The one other output of {group} would not move."),
            _ => format!("None of the {} other outputs of {group} would move.", whole(*others)),
        };
    };
    let count = row + column + elsewhere;
    let which = match (count, *others) {
        (1, 1) => format!("The one other output of {group} would move"),
        (count, others) if count == others => format!("All {} other outputs of {group} would move", whole(others)),
        (count, others) => format!("{} of the {} other outputs of {group} would move", whole(count), whole(others)),
    };
    let mut place = if cell.row == what_if_result.query.cell.row {
        feature.clone()
    } else if *feature == what_if_result.feature {
        format!("row {}", whole(cell.row + 1))
    } else {
        format!("{feature} of row {}", whole(cell.row + 1))
    };
    if cell.position > 0 {
        place.push_str(&format!(", position {}", cell.position + 1));
    }
    let rest = match (row, column, elsewhere) {
        (_, 0, 0) => "No other row would move.",
        (0, _, 0) => "No other feature would move.",
        _ => "",
    };
    let place = if count == 1 { format!("that of {place}") } else { format!("{place} the most") };
    format!("{which}, {place}: {}. {rest}", goes(*output, digits)).trim_end().into()
}

/// What the group has to do with it.
fn statistics(what_if_result: &WhatIfResult, digits: DigitsShown) -> String {
    let WhatIfResult { query, group, part, center, scale, .. } = what_if_result;
    match part {
        Participation::OtherRows => {
            format!("Row {} is not a training row, so it does not affect centre and scale.", whole(query.cell.row + 1))
        }
        Participation::Elsewhere => "Centre and scale were found before: nothing here affects them.".into(),
        Participation::Taken if same(*center) && same(*scale) => {
            let (center, scale) = (told(center.from, digits), told(scale.from, digits));
            format!("The centre of {group} would stay {center}, its scale {scale}.")
        }
        Participation::Taken => {
            let told = |change: BeforeAfter| {
                if same(change) {
                    format!("stay {}", told(change.from, digits))
                } else {
                    format!("move {}", goes(change, digits))
                }
            };
            format!("The centre of {group} would {}, its scale would {}.", told(*center), told(*scale))
        }
    }
}

fn same(BeforeAfter { from, to }: BeforeAfter) -> bool {
    from == to || from.is_nan() && to.is_nan()
}

fn told(value: f64, digits: DigitsShown) -> String {
    if value.is_nan() { "missing".into() } else { digits(value) }
}

/// `from 1 to 2`; where both look the same, by how much.
fn goes(BeforeAfter { from, to }: BeforeAfter, digits: DigitsShown) -> String {
    let ends = [from, to].map(|end| told(end, digits));
    if ends[0] == ends[1] { format!("by {}", digits(to - from)) } else { format!("from {} to {}", ends[0], ends[1]) }
}
