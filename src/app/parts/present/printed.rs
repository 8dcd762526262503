//! A playlist as it is printed: one step a page, with or without notes.

use std::rc::Rc;

use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::app::hooks::use_playlist;
use crate::app::print_run::{self, PrintedStore};
use crate::state::present::Playlist;

#[derive(Properties, PartialEq)]
pub struct PrintedPagesProps {
    pub slug: AttrValue,
    pub store: PrintedStore,
}

#[component]
pub fn PrintedPages(props: &PrintedPagesProps) -> Html {
    let PrintedPagesProps { slug, store } = props;
    let notes = use_state_eq(|| false);
    let found = use_playlist(Some(slug.to_string()));
    let list = found.as_ref().and_then(|found| found.as_ref().ok()).cloned();
    let pages = list.as_ref().and_then(|list| store.pages(list));
    let missing = list.clone().filter(|list| pages.is_none() && !list.entries.is_empty());
    use_effect_with(missing, {
        let (slug, store) = (slug.to_string(), store.clone());
        move |missing: &Option<Rc<Playlist>>| {
            if let Some(list) = missing.clone() {
                spawn_local(print_run::run(slug, list, store));
            }
        }
    });
    use_effect_with((pages.clone(), *notes), |(pages, _)| {
        for (page, index) in pages.iter().flat_map(|pages| pages.iter()).zip(0..) {
            let place = document().query_selector_all(".print-picture").ok().and_then(|all| all.get(index));
            if let Some(place) = place.and_then(|place| place.dyn_into::<Element>().ok()) {
                place.replace_children_with_node_1(&page.picture);
            }
        }
    });
    let print = Callback::from(|_: MouseEvent| _ = window().print());
    let onchange = {
        let notes = notes.setter();
        Callback::from(move |event: Event| {
            notes.set(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()));
        })
    };
    html! {
        <>
            <div class="print-head">
                <nav class="crumbs" aria-label="Where this is"><a href="#/present">{ "Present" }</a>{ " / Print" }</nav>
                <h1>{ list.map_or("Print".into(), |list| list.title.clone()) }</h1>
                if let Some(Err(why)) = &found { <p class="notice problem" role="alert">{ why }</p> }
                if let Some(pages) = &pages {
                    <p class="sub">{ format!("One step a page: {} pages.", pages.len()) }</p>
                    <p class="buttons">
                        <button type="button" class="primary" onclick={print}>{ "Print" }</button>
                        <label><input type="checkbox" name="notes" checked={*notes} {onchange} />{ " With notes" }</label>
                    </p>
                } else if found.is_none() {
                    <p aria-busy="true">{ "Preparing the pages \u{2026}" }</p>
                }
            </div>
            if let Some(pages) = &pages {
                for (index, page) in pages.iter().enumerate() {
                    <section class="print-page" data-present={page.step.slug()} key={index} aria-label={format!("Page {}", index + 1)}>
                        <p class="print-title">{ &page.title }</p>
                        <div class="print-picture" />
                        if *notes && !page.note.is_empty() { <p class="print-note">{ &page.note }</p> }
                    </section>
                }
            }
        </>
    }
}
