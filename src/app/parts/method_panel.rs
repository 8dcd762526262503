//! The list of methods.

use yew::prelude::*;

use super::glyph::glyph;
use crate::app::hooks::Lab;
use crate::engine::Method;
use crate::engine::method::Family;

pub fn method_panel(lab: &Lab) -> Html {
    let chosen = lab.state.method.info().slug;
    let family = |family, title: &'static str| {
        let methods = Method::all().into_iter().filter(move |method| method.info().family == family);
        let buttons = methods.map(|method| {
            let info = method.info();
            let lab = lab.clone();
            let onclick = Callback::from(move |_: MouseEvent| {
                lab.act.emit(lab.state.choosing(info.slug, lab.desk.info.as_deref()));
            });
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
