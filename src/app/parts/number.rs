//! A number in a table: four significant digits, or all of them.

use yew::prelude::*;

use crate::caption::MISSING;
use crate::plot::number::{format4, full};

/// A cell with a number. A missing one is said to be missing.
pub fn cell(value: f64, precise: bool) -> Html {
    tidy_cell(value, value, precise)
}

/// A cell that shows `tidy` where four digits are shown; pointing at it shows all digits of `value`.
pub fn tidy_cell(value: f64, tidy: f64, precise: bool) -> Html {
    if value.is_nan() {
        return html! { <td class="missing">{ missing() }</td> };
    }
    let text = if precise { full(value) } else { format4(tidy) };
    html! { <td title={full(value)}>{ text }</td> }
}

/// Where there is no number.
pub fn missing() -> Html {
    html! { <><span aria-hidden="true">{ MISSING }</span><span class="hidden">{ "missing" }</span></> }
}
