//! What stands beside the result.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::explained::labelled;
use super::list::List;
use super::terms::sentence;
use crate::engine::Method;
use crate::protocol::DataInfo;
use crate::state::{Action, AppState, Shared};

/// Values of the options that are no methods.
const BEFORE: &str = "";
const KEPT: &str = "kept";
const KEEP: &str = "keep";

/// The choice of what stands at the left, and a button that changes the sides.
pub fn with_field(state: &Rc<AppState>, info: &Shared<DataInfo>, act: &Callback<Action>) -> Html {
    let here = state.method.info();
    let with = state.with.as_ref().map(|with| with.method.info().slug);
    let own = with == Some(here.slug);
    let onchange = {
        let (state, info, act) = (state.clone(), info.clone(), act.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let chosen = select.value();
            let with = match chosen.as_str() {
                KEPT => return,
                KEEP => Some(state.kept_as_it_is()),
                slug => Method::from_slug(slug).and_then(|method| state.with_method(method.info().slug, &info)),
            };
            act.emit(Action::SetWith(with.map(Box::new)));
        })
    };
    let swap = act.reform(|_: MouseEvent| Action::SwapWith);
    let others = Method::all().into_iter().map(|method| method.info()).filter(|other| other.slug != here.slug);
    html! {
        <>
            { labelled("with", "Compare with", sentence("with"), |described| html! {
                <List name="with" {onchange} {described}>
                    <option value={BEFORE} selected={with.is_none()}>{ "values before" }</option>
                    if own {
                        <option value={KEPT} selected=true>{ format!("{}, other settings", here.name) }</option>
                    }
                    <option value={KEEP}>{ format!("{} as set now", here.name) }</option>
                    for other in others {
                        <option value={other.slug} selected={with == Some(other.slug)}>{ other.name }</option>
                    }
                </List>
            }) }
            if with.is_some() {
                <button type="button" onclick={swap} title="The method at the left comes to the right, where its settings can be changed">
                    { "Swap sides" }
                </button>
            }
        </>
    }
}
