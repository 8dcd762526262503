//! The list of methods.

use yew::prelude::*;

use super::glyph::glyph;
use crate::engine::Method;
use crate::engine::method::Family;
use crate::state::Action;

pub fn method_panel(chosen: &'static str, act: &Callback<Action>) -> Html {
    let family = |family, title: &'static str| {
        let methods = Method::all().into_iter().filter(move |method| method.info().family == family);
        let buttons = methods.map(|method| {
            let info = method.info();
            let act = act.clone();
            let onclick = Callback::from(move |_: MouseEvent| act.emit(Action::ChooseMethod(info.slug)));
            html! {
                <button type="button" class="method" key={info.slug} data-method={info.slug} {onclick}
                    aria-pressed={(info.slug == chosen).to_string()} title={info.summary}>
                    { glyph(&method) }
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
            { family(Family::Mixture, "Any mixture") }
        </>
    }
}
