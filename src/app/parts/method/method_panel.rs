//! The list of methods.

use std::rc::Rc;

use yew::prelude::*;

use super::glyph::glyph;
use crate::engine::Method;
use crate::engine::method::Family;
use crate::protocol::DataInfo;
use crate::state::{Action, AppState, ByPtr};

#[derive(Properties, PartialEq)]
pub struct MethodPanelProps {
    pub state: Rc<AppState>,
    pub info: Option<ByPtr<DataInfo>>,
    pub act: Callback<Action>,
}

#[component]
pub fn MethodPanel(props: &MethodPanelProps) -> Html {
    let MethodPanelProps { state, info, act } = props;
    let chosen = state.method.info().slug;
    let family = |family, title: &'static str| {
        let methods = Method::all().into_iter().filter(move |method| method.info().family == family);
        let buttons = methods.map(|method| {
            let one = method.info();
            let (state, info) = (state.clone(), info.clone());
            let onclick = act.reform(move |_: MouseEvent| state.choosing(one.slug, info.as_deref()));
            html! {
                <button type="button" class="method" key={one.slug} data-method={one.slug} {onclick}
                    aria-pressed={(one.slug == chosen).to_string()} title={one.summary}>
                    { glyph(&method) }
                    <span>{ one.name }</span>
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
            { family(Family::Example, "Within one example") }
            { family(Family::Mixture, "Custom") }
        </>
    }
}
