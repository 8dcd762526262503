//! The list of methods.

use yew::prelude::*;

use super::glyph::{Glyph, grouping};
use crate::engine::Method;
use crate::engine::method::Family;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct MethodPanelProps {
    pub chosen: &'static str,
    pub act: Callback<Action>,
}

#[component]
pub fn MethodPanel(props: &MethodPanelProps) -> Html {
    let family = |family, title: &'static str| {
        let methods = Method::all().into_iter().filter(move |method| method.info().family == family);
        let buttons = methods.map(|method| {
            let info = method.info();
            let act = props.act.clone();
            let onclick = Callback::from(move |_: MouseEvent| act.emit(Action::ChooseMethod(info.slug)));
            html! {
                <button type="button" class="method" key={info.slug} data-method={info.slug} {onclick}
                    aria-pressed={(info.slug == props.chosen).to_string()} title={info.summary}>
                    if let Some(grouping) = grouping(&method) {
                        <Glyph {grouping} />
                    }
                    <span>{ info.name }</span>
                </button>
            }
        });
        html! {
            <div role="group" aria-label={title}>
                <p class="cap">{ title }</p>
                <div class="methods">{ for buttons }</div>
            </div>
        }
    };
    html! {
        <>
            { family(Family::Feature, "One feature across examples") }
            { family(Family::Example, "Inside one example") }
        </>
    }
}
