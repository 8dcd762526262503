//! A playlist as it is printed: one step a page, with or without notes.

use std::rc::Rc;

use gloo_utils::window;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use crate::app::hooks::use_playlist;
use crate::app::print_run::{self, PrintedPage, PrintedStore};
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
                        <Picture page={page.clone()} />
                        if *notes && !page.note.is_empty() { <p class="print-note">{ &page.note }</p> }
                    </section>
                }
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PictureProps {
    page: PrintedPage,
}

#[component]
fn Picture(props: &PictureProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), props.page.picture.clone()), |(node, picture)| {
        if let Some(place) = node.cast::<Element>() {
            place.replace_children_with_node_1(picture);
        }
    });
    html! { <div class="print-picture" ref={node} /> }
}
