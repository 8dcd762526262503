//! Where the picked value comes from: its arithmetic, step by step, with the real numbers.

use std::rc::Rc;

use yew::prelude::*;

use crate::caption::{arithmetic, origin};
use crate::plot::number::{format4, full};
use crate::protocol::Traced;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub traced: Rc<Traced>,
    pub precise: bool,
    /// What switches that, for the heading.
    pub children: Html,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let digits = if props.precise { full } else { format4 };
    let lines = arithmetic(&props.traced.trace, digits);
    html! {
        <section class="card inspector" aria-labelledby="inspector">
            <div class="card-head"><h2 id="inspector">{ "Where this number comes from" }</h2>{ props.children.clone() }</div>
            <p class="cap">{ origin(&props.traced, digits) }</p>
            <ol class="arithmetic">
                for line in lines {
                    <li>
                        <span class="step-name">{ line.name }</span>
                        <span class="how">{ line.how }</span>
                        if !line.result.is_empty() {
                            <span class="outcome">{ "= " }<b>{ line.result }</b></span>
                        }
                    </li>
                }
            </ol>
        </section>
    }
}
