//! Statistics of one feature after every compared method.

use yew::prelude::*;

use crate::app::parts::inputs::explained::heading;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::number::tidy_cell;
use crate::app::parts::statistics::stats_table::{STATISTICS, Statistic, plain};
use crate::app::parts::table::sideways_hint::SidewaysHint;
use crate::caption::{Telling, correlation, is_flat};
use crate::engine::{Divisor, Shape, Summary};
use crate::plot::number::{format4, full};
use crate::protocol::{ComparedOutcome, MethodComparison};

/// All but those of the shape, which another column tells of.
const SHOWN: &[Statistic] = STATISTICS.split_at(STATISTICS.len() - 2).0;

pub fn compare_table(comparison: &MethodComparison) -> Html {
    let feature = comparison.features.get(comparison.feature as usize).map_or("", String::as_str);
    let several = comparison.features.len() > 1;
    let row = |name: &str, summary: &Summary, found: Option<(Telling, &ComparedOutcome)>| {
        let told = found.map_or(*summary, |(telling, _)| telling.after(summary));
        let found = found.map(|(_, found)| found);
        html! {
            <tr key={name.to_owned()}>
                <th scope="row">{ name.to_owned() }</th>
                for (_, statistic) in SHOWN {
                    { tidy_cell(statistic(summary), statistic(&told), false) }
                }
                <td>{ found.map(|found| relation(comparison, found)) }</td>
                if several {
                    { spread(found.map_or(comparison.spread, |found| found.spread)) }
                }
            </tr>
        }
    };
    let shape = Shape { examples: 1, features: comparison.features.len(), positions: comparison.positions as usize };
    let tellings = comparison.panels.iter().map(|panel| Telling::of(&panel.method, shape));
    let tellings: Vec<_> = tellings.collect();
    // One divisor for all rows, so that they can be compared; named where a method has another.
    let named = tellings.iter().any(|telling| telling.divisor != Divisor::N);
    let head = |name: &'static str| {
        let shown = if name == "sd" && named { "sd (divisor n)" } else { name };
        heading(format!("says-compared-{}", plain(name)), shown, sentence(name))
    };
    let methods = comparison.panels.iter().zip(&tellings).filter_map(|(panel, telling)| {
        let found = panel.outcome.as_ref().ok()?;
        Some(row(panel.method.info().name, &found.summary, Some((*telling, found))))
    });
    html! {
        <>
            <SidewaysHint />
            <div class="scroll" tabindex="0" role="region" aria-label={format!("{feature} after each method")}>
                <table class="compared">
                    <thead>
                        <tr>
                            <th scope="col">{ feature.to_owned() }</th>
                            for (name, _) in SHOWN { { head(name) } }
                            { head("correlation") }
                            if several { { head("spread ratio") } }
                        </tr>
                    </thead>
                    <tbody>
                        if let Some(before) = &comparison.before {
                            { row("before", before, None) }
                        }
                        { for methods }
                    </tbody>
                </table>
            </div>
        </>
    }
}

fn relation(comparison: &MethodComparison, found: &ComparedOutcome) -> String {
    match found.relation.line {
        _ if is_flat(comparison, found) => "\u{2013}".into(),
        Some(_) => "1 (straight line)".into(),
        None => correlation(found.relation.correlation),
    }
}

fn spread(ratio: f64) -> Html {
    if ratio.is_nan() {
        return html! { <td>{ "\u{2013}" }</td> };
    }
    html! { <td title={full(ratio)}>{ format!("{} \u{d7}", format4(ratio)) }</td> }
}
