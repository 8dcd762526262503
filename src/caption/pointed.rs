//! What is pointed at, in one sentence.

use std::ops::Range;

use super::wording::capital;
use crate::data::{DataCell, shown_name};
use crate::plot::Curve;
use crate::plot::number::{format4, whole};
use crate::protocol::{Highlight, Pick, ViewResult, When};

/// Where the picked values are and where they went: `alcohol from 12.2 to 12.6 before: 12 of 178 values (6.7%). After
/// z-score they lie from −0.98 to −0.49.`
pub fn pointed(view: &ViewResult, highlight: &Highlight) -> String {
    let column = match highlight.pick {
        Pick::Cell(cell) => cell.column,
        Pick::Range { column, .. } => column,
    };
    let feature = view.query.columns.iter().position(|chosen| *chosen == column);
    let found = feature.and_then(|feature| Some((view.features.get(feature)?, highlight.features.get(feature)?)));
    let Some((feature, found)) = found else { return "The selected value is not in the chosen columns.".into() };
    let name = shown_name(&feature.name);
    let method = match &view.beside {
        Some(beside) => &beside.names[1],
        None => view.query.method.info().name,
    };
    let other = view.beside.as_ref().map(|beside| format!("after {}", beside.names[0]));
    match highlight.pick {
        Pick::Cell(cell) => {
            let value = |values: &[f64]| values.first().map_or_else(|| "missing".into(), |value| told(*value));
            let (before, after) = (value(&found.before.values), value(&found.after.values));
            if cell.position as usize >= view.shape.positions {
                let position = whole(u64::from(cell.position) + 1);
                return format!(
                    "There is no position {position}: there are only {}.",
                    whole(view.shape.positions as u64)
                );
            }
            if highlight.values == 0 {
                return format!("There is no row {}.", whole(cell.row + 1));
            }
            let drawn = view.before.features.first().and_then(|curves| match curves.first()? {
                Curve::Heat(grid) | Curve::Images(grid) if !grid.rows.contains(&(cell.row as u32)) => {
                    Some(grid.rows.len())
                }
                _ => None,
            });
            let unseen = drawn.map_or_else(String::new, |rows| {
                format!(
                    " It is not drawn: the picture shows {} of {} rows.",
                    whole(rows as u64),
                    whole(view.shape.examples as u64)
                )
            });
            let place = place(cell, view.shape.positions > 1);
            match other {
                Some(other) => format!("{place}: {name} is {before} {other} and {after} after {method}.{unseen}"),
                None => format!("{place}: {name} {before} is {after} after {method}.{unseen}"),
            }
        }
        Pick::Range { when, from, to, .. } => {
            let (here, there, their) = match (when, other) {
                (When::Before, other) => {
                    (other.unwrap_or("before".into()), &found.after, format!("After {method} they lie"))
                }
                (When::After, Some(other)) => {
                    (format!("after {method}"), &found.before, format!("{} they lie", other.replacen('a', "A", 1)))
                }
                (When::After, None) => ("after".into(), &found.before, format!("Before {method} they lay")),
            };
            let range = if from == to { told(from) } else { format!("from {} to {}", told(from), told(to)) };
            let share = highlight.values as f64 / highlight.of.max(1) as f64 * 100.0;
            let share = if share > 0.0 && share < 0.1 { "less than 0.1".into() } else { format!("{share:.1}") };
            let count = format!("{} of {} values ({share}%)", whole(highlight.values), whole(highlight.of));
            let ends = (told(there.min), told(there.max));
            let went = if there.min.is_nan() {
                String::new()
            } else if ends.0 == ends.1 {
                format!(" {their} at {}.", ends.0)
            } else {
                format!(" {their} from {} to {}.", ends.0, ends.1)
            };
            format!("{} {here}, {range}: {count}.{went}", capital(&name))
        }
    }
}

/// Which values share statistics, of a group that is outlined (as ranges of rows, features and positions): `Outlined: the
/// 178 values of alcohol, which share one mean and one standard deviation. `
pub fn outlined(view: &ViewResult, [rows, features, positions]: [Range<usize>; 3]) -> Option<String> {
    let (shape, recipe) = (view.shape, view.query.method.recipe(view.shape).ok()?);
    let statistics: Vec<_> = [recipe.center.words(), recipe.scale.words()].into_iter().flatten().collect();
    let mut parts = Vec::new();
    if rows.len() < shape.examples {
        parts.push(format!("row {}", whole(rows.start as u64 + 1)));
    }
    if features.len() < shape.features {
        let name = |index: usize| view.features.get(index).map_or_else(String::new, |one| shown_name(&one.name));
        let (first, last) = (name(features.start), name(features.end - 1));
        parts.push(if features.len() == 1 { first } else { format!("{first} to {last}") });
    }
    if positions.len() < shape.positions {
        parts.push(format!("position {}", positions.start + 1));
    }
    let of = if parts.is_empty() { String::new() } else { format!(" of {}", parts.join(", ")) };
    let share = format!("share one {}", statistics.join(" and one "));
    match rows.len() * features.len() * positions.len() {
        _ if statistics.is_empty() => None,
        1 => Some(format!("Outlined: the only value{of}, which shares statistics with no other. ")),
        count => Some(format!("Outlined: the {} values{of}, which {share}. ", whole(count as u64))),
    }
}

/// `Row 12`, `Row 3, position 7`.
pub(super) fn place(cell: DataCell, has_positions: bool) -> String {
    let position = if has_positions { format!(", position {}", cell.position + 1) } else { String::new() };
    format!("Row {}{position}", whole(cell.row + 1))
}

fn told(value: f64) -> String {
    if value.is_nan() { "missing".into() } else { format4(value) }
}
