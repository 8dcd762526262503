//! The studies below the result: one is open at a time, or none.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::batches::BatchesView;
use super::compare::CompareView;
use crate::app::hooks::AppContext;
use crate::app::parts::method::method_map::MethodMapView;
use crate::engine::Method;
use crate::state::{Action, Study};

/// Brings what was opened into sight, and the focus to what was opened by hand.
fn show(card: &NodeRef, study: Option<&NodeRef>) {
    if let Some(study) = study.and_then(NodeRef::cast::<HtmlElement>) {
        let _ = study.focus();
    }
    if let Some(card) = card.cast::<HtmlElement>() {
        card.scroll_into_view();
    }
}

#[derive(Properties, PartialEq)]
pub struct StudiesProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn Studies(props: &StudiesProps) -> Html {
    let StudiesProps { app, dark } = props;
    let shown = app.state.study_shown();
    let (card, study) = (use_node_ref(), use_node_ref());
    let before = use_mut_ref(|| None::<Study>);
    let opened = use_mut_ref(|| false);
    use_effect_with(shown, {
        let (card, study, picked) = (card.clone(), study.clone(), app.state.pick.is_some());
        move |shown| {
            let asked = before.replace(*shown) != *shown && shown.is_some();
            // An address that opens with a chosen value as well shows that.
            let by_hand = opened.replace(true);
            if asked && (by_hand || !picked) {
                show(&card, by_hand.then_some(&study));
            }
        }
    });
    let fits = |study: &Study| *study != Study::Batches || matches!(app.state.method, Method::BatchNorm(_));
    let buttons = Study::ALL.into_iter().filter(fits).map(|study| {
        let open = shown == Some(study);
        let onclick = app.act.reform(move |_: MouseEvent| Action::SetStudy((!open).then_some(study)));
        html! {
            <button type="button" {onclick} data-study={study.slug()} aria-expanded={open.to_string()}>{ study.title() }</button>
        }
    });
    html! {
        <section class="card studies" aria-labelledby="studies" ref={card}>
            <div class="card-head">
                <h2 id="studies">{ "More views" }</h2>
                <div class="choice" role="group" aria-labelledby="studies">{ for buttons }</div>
            </div>
            if let Some(shown) = shown {
                <div class="study" data-study={shown.slug()} role="group" aria-label={shown.title()} tabindex="-1" ref={study}>
                    { match shown {
                        Study::Compare => html! { <CompareView app={app.clone()} dark={*dark} /> },
                        Study::Batches => html! { <BatchesView app={app.clone()} dark={*dark} /> },
                        Study::Map => html! { <MethodMapView app={app.clone()} dark={*dark} /> },
                    } }
                </div>
            }
        </section>
    }
}
