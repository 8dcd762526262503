//! What comes out of a line of the arithmetic.

use yew::prelude::*;

use crate::app::parts::number::missing;
use crate::caption::{ArithmeticLine, MISSING};

/// The result of a line, after its sign.
pub fn outcome(line: &ArithmeticLine) -> Html {
    if line.result == MISSING {
        return html! { <b>{ missing() }</b> };
    }
    html! { <>{ if line.about { "\u{2248} " } else { "= " } }<b>{ &line.result }</b></> }
}
