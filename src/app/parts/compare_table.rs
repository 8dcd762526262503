//! Statistics of one feature after every compared method.

use yew::prelude::*;

use super::number::tidy_cell;
use super::stats_table::{STATISTICS, Statistic};
use crate::caption::{correlation, is_flat, tidy};
use crate::engine::{Method, Summary};
use crate::plot::number::{format4, full};
use crate::protocol::{Compared, ComparedOutcome};

/// All but those of the shape, which another column tells of.
const SHOWN: &[Statistic] = STATISTICS.split_at(STATISTICS.len() - 2).0;

pub fn compare_table(compared: &Compared) -> Html {
    let feature = compared.features.get(compared.feature as usize).map_or("", String::as_str);
    let several = compared.features.len() > 1;
    let row = |name: &str, summary: &Summary, found: Option<&ComparedOutcome>| {
        html! {
            <tr key={name.to_owned()}>
                <th scope="row">{ name.to_owned() }</th>
                for (_, _, statistic) in SHOWN {
                    { tidy_cell(statistic(summary), tidy(statistic(summary), summary), false) }
                }
                <td>{ found.map(shape) }</td>
                if several {
                    { spread(found.map_or(compared.spread, |found| found.spread)) }
                }
            </tr>
        }
    };
    let methods = compared.panels.iter().filter_map(|panel| {
        let (method, found) = (Method::from_slug(&panel.method.slug)?, panel.outcome.as_ref().ok()?);
        Some(row(method.info().name, &found.summary, Some(found)))
    });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={format!("{feature} after each method")}>
            <table class="compared">
                <thead>
                    <tr>
                        <th scope="col">{ feature.to_owned() }</th>
                        for (name, help, _) in SHOWN { <th scope="col" title={*help}>{ *name }</th> }
                        <th scope="col" title="Correlation of the values after with those before">{ "correlation" }</th>
                        if several {
                            <th scope="col" title="How many times wider the widest feature spreads than the narrowest">{ "spread ratio" }</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    if let Some(before) = &compared.before {
                        { row("before", before, None) }
                    }
                    { for methods }
                </tbody>
            </table>
        </div>
    }
}

fn shape(found: &ComparedOutcome) -> String {
    match found.kept.line {
        _ if is_flat(found) => "\u{2013}".into(),
        Some(_) => "a line".into(),
        None => correlation(found.kept.correlation),
    }
}

fn spread(ratio: f64) -> Html {
    if ratio.is_nan() {
        return html! { <td>{ "\u{2013}" }</td> };
    }
    html! { <td title={full(ratio)}>{ format!("{} \u{d7}", format4(ratio)) }</td> }
}
