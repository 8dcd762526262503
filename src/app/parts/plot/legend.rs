//! Which colour, shape and line is which series.

use yew::prelude::*;

use crate::app::parts::name::name;
use crate::plot::{Dash, Key, Theme};

/// The sign of a series: its marker in its colour.
pub fn swatch(role: usize) -> Html {
    let style = Theme::light().series(role);
    html! {
        <svg class="swatch" viewBox="-6 -6 12 12" aria-hidden="true">
            <path d={style.shape.path(5.0)} fill={Theme::series_variable(role)} />
        </svg>
    }
}

/// `lines`: whether the series are lines, with dashes that tell them apart. `held_out`: how values of rows look that the
/// method was not fitted on, where they look different.
pub fn legend(keys: &[&Key], lines: bool, held_out: Option<&'static str>) -> Html {
    let entries = keys.iter().map(|key| {
        let style = Theme::light().series(key.role);
        let dashes: Vec<String> = style.dash.lengths().iter().map(ToString::to_string).collect();
        html! {
            <li>
                { swatch(key.role) }
                if lines && style.dash != Dash::Solid {
                    <svg class="dash" viewBox="0 0 20 4" aria-hidden="true">
                        <path d="M0 2H20" stroke={Theme::series_variable(key.role)} stroke-dasharray={dashes.join(" ")} />
                    </svg>
                }
                { name(&key.name) }
            </li>
        }
    });
    html! {
        <ul class="legend" aria-label="Series">
            { for entries }
            if let Some(style) = held_out {
                <li class={classes!("held-out", style)}>
                    <svg class="swatch" viewBox="-6 -6 12 12" aria-hidden="true"><circle r="4.5" /></svg>
                    <span>{ style }{ ": held out" }</span>
                </li>
            }
        </ul>
    }
}
