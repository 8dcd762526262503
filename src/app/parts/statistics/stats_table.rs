//! Statistics of every chosen feature, before and after.

use yew::prelude::*;

use crate::app::parts::inputs::explained::heading;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::name::name;
use crate::app::parts::number::tidy_cell;
use crate::app::parts::plot::legend::swatch;
use crate::app::parts::table::sideways_hint::SidewaysHint;
use crate::caption::Telling;
use crate::engine::{Divisor, Summary};
use crate::plot::number::whole;
use crate::protocol::ViewResult;
use crate::state::ByPtr;

/// A heading and how to get the number under it.
pub type Statistic = (&'static str, fn(&Summary) -> f64);

/// Those of the shape are the last two.
pub const STATISTICS: &[Statistic] = &[
    ("mean", |summary| summary.mean),
    ("sd", |summary| summary.sd),
    ("min", |summary| summary.min),
    ("25%", |summary| summary.q1),
    ("median", |summary| summary.median),
    ("75%", |summary| summary.q3),
    ("max", |summary| summary.max),
    ("skewness", |summary| summary.skewness),
    ("kurtosis", |summary| summary.excess_kurtosis),
];

#[derive(Properties, PartialEq)]
pub struct StatsTableProps {
    pub view: ByPtr<ViewResult>,
    pub precise: bool,
}

#[component]
pub fn StatsTable(props: &StatsTableProps) -> Html {
    let StatsTableProps { view, precise } = props;
    let precise = *precise;
    let telling = Telling::of_view(view);
    let colored = view.categories.is_empty();
    let bodies = view.features.iter().enumerate().map(|(role, feature)| {
        let row = |when: &str, summary: &Summary, told: &Summary| {
            let of_method = |summary: &Summary| Summary { sd: telling.sd(summary), ..*summary };
            let (summary, told) = (&of_method(summary), &of_method(told));
            html! {
                <>
                    <td class="when">{ when.to_owned() }</td>
                    <td>{ whole(summary.count) }</td>
                    <td>{ whole(summary.missing) }</td>
                    for (_, statistic) in STATISTICS {
                        { tidy_cell(statistic(summary), statistic(told), precise) }
                    }
                </>
            }
        };
        let (others, after) = match &view.beside {
            Some(beside) => (vec![(&beside.names[0], &beside.features[role])], beside.names[1].as_str()),
            None => (Vec::new(), "After"),
        };
        let lines = 2 + others.len() + usize::from(feature.held_out.is_some());
        html! {
            <tbody data-feature={feature.name.clone()}>
                <tr>
                    <th scope="rowgroup" rowspan={lines.to_string()}>
                        if colored {
                            { swatch(role) }
                        }
                        { name(&feature.name) }
                    </th>
                    { row("Before", &feature.before, &feature.before) }
                </tr>
                for (name, summary) in others {
                    <tr>{ row(name, summary, &telling.after(summary)) }</tr>
                }
                <tr>{ row(after, &feature.after, &telling.after(&feature.after)) }</tr>
                if let Some(held_out) = &feature.held_out {
                    <tr class="held-out">{ row("Held out, after", held_out, held_out) }</tr>
                }
            </tbody>
        }
    });
    let head = |name: &'static str| heading(format!("says-stats-{}", plain(name)), name, sentence(name));
    html! {
        <>
            <SidewaysHint />
            <div class="scroll" tabindex="0" role="region" aria-label="Statistics before and after">
                <table class="stats">
                    <thead>
                        <tr>
                            <th scope="col">{ "Feature" }</th>
                            <th scope="col"><span class="hidden">{ "when" }</span></th>
                            { head("n") }
                            { head("missing") }
                            for (heading, _) in STATISTICS {
                                { head(if *heading == "sd" && telling.divisor == Divisor::NMinusOne { "sd (n \u{2212} 1)" } else { heading }) }
                            }
                        </tr>
                    </thead>
                    { for bodies }
                </table>
            </div>
        </>
    }
}

/// For an id: `sd` of `sd (n − 1)`.
pub fn plain(name: &str) -> &str {
    name.split([' ', '%']).next().unwrap_or_default()
}
