//! The picture of how one value came about: its group on a number line, centre and scale on it, and a line for each step.

use std::fmt::Write;

use yew::prelude::*;

use crate::engine::trace::NumberLine;

/// How many of the steps are seen.
#[derive(Clone, Copy, PartialEq)]
pub struct LineProgress {
    pub center: bool,
    pub scale: bool,
    /// So many lines.
    pub lines: usize,
}

pub fn number_lines(lines: &[NumberLine], seen: LineProgress, digits: fn(f64) -> String) -> Html {
    let shown = &lines[..seen.lines.min(lines.len())];
    let all = shown.iter().enumerate().map(|(index, line)| {
        html! {
            <li key={index}>
                if let Some(before) = index.checked_sub(1).and_then(|before| lines.get(before)) {
                    <svg class="path" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                        <path d={format!("M{} 0L{} 1", before.part(before.value), line.part(line.value))} />
                    </svg>
                }
                { one(line, seen, digits) }
            </li>
        }
    });
    html! { <ol class="lines">{ for all }</ol> }
}

fn one(line: &NumberLine, seen: LineProgress, digits: fn(f64) -> String) -> Html {
    let mut ticks = String::new();
    for member in &line.members {
        let _ = write!(ticks, "M{} 0V1", line.part(*member));
    }
    let at = |value: f64| format!("left: {}%", 100.0 * line.part(value));
    let scale = line.scale.filter(|_| seen.scale);
    let center = line.center.filter(|_| seen.center);
    let mut told = format!("{}: {}", line.step, digits(line.value));
    if let Some(center) = center {
        let _ = write!(told, ", the centre at {}", digits(center));
    }
    if let Some((from, to)) = scale {
        let _ = write!(told, ", one scale from {} to {}", digits(from), digits(to));
    }
    html! {
        <div class="line" role="img" aria-label={told}>
            <span class="step-name">{ line.step }</span>
            <span class="value" ~style={at(line.value)} data-right={(line.part(line.value) > 0.5).to_string()}>
                <b>{ digits(line.value) }</b>
            </span>
            <svg viewBox="0 0 1 1" preserveAspectRatio="none"><path d={ticks} /></svg>
            if line.low < 0.0 && line.high > 0.0 {
                <span class="zero" ~style={at(0.0)} />
            }
            if let Some((from, to)) = scale {
                <span class="reach" ~style={format!("left: {}%; right: {}%", 100.0 * line.part(from.min(to)),
                    100.0 - 100.0 * line.part(from.max(to)))}>{ "scale" }</span>
            }
            if let Some(center) = center {
                <span class="centre" ~style={at(center)} />
            }
            <span class="ends"><span>{ digits(line.low) }</span><span>{ digits(line.high) }</span></span>
        </div>
    }
}
