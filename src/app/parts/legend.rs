//! Which colour, shape and line is which series.

use yew::prelude::*;

use crate::plot::{Dash, Key, Theme};

/// The sign of a series: its marker in its colour.
pub fn swatch(role: usize, dark: bool) -> Html {
    let theme = if dark { Theme::dark() } else { Theme::light() };
    let style = theme.series(role);
    html! {
        <svg class="swatch" viewBox="-6 -6 12 12" aria-hidden="true">
            <path d={style.shape.path(5.0)} fill={style.colour} />
        </svg>
    }
}

/// `lines`: whether the series are lines, with dashes that tell them apart.
pub fn legend(keys: &[&Key], dark: bool, lines: bool) -> Html {
    let theme = if dark { Theme::dark() } else { Theme::light() };
    let entries = keys.iter().map(|key| {
        let style = theme.series(key.role);
        let dashes: Vec<String> = style.dash.lengths().iter().map(ToString::to_string).collect();
        html! {
            <li title={key.name.clone()}>
                { swatch(key.role, dark) }
                if lines && style.dash != Dash::Solid {
                    <svg class="dash" viewBox="0 0 20 4" aria-hidden="true">
                        <path d="M0 2H20" stroke={style.colour.clone()} stroke-dasharray={dashes.join(" ")} />
                    </svg>
                }
                <span>{ key.name.clone() }</span>
            </li>
        }
    });
    html! { <ul class="legend" aria-label="Series">{ for entries }</ul> }
}
