//! A playlist as it is printed: one step a page, with or without notes.

use std::rc::Rc;

use gloo_utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::overlays::Overlay;
use crate::app::hooks::use_playlist;
use crate::app::print_run::{self, PrintProgress, PrintedStore};
use crate::state::present::Playlist;

/// CSS pixels of a sheet within its margins: the wider of A4 and Letter, and the height of the lower one, with some to spare.
const SHEET: (i32, i32) = (1032, 680);

/// Makes a picture smaller that is too high for a sheet with the title and the note that stand with it.
fn fit(picture: &Element) {
    let sheet = picture.closest(".print-page").ok().flatten();
    let sheet = sheet.and_then(|sheet| sheet.dyn_into::<HtmlElement>().ok());
    let (Some(sheet), Some(picture)) = (sheet, picture.dyn_ref::<HtmlElement>()) else { return };
    let style = sheet.style();
    let _ = style.remove_property("--fit");
    let _ = style.set_property("width", &format!("{}px", SHEET.0));
    let (height, others) = (picture.offset_height(), sheet.offset_height() - picture.offset_height());
    let _ = style.remove_property("width");
    if height + others > SHEET.1 {
        let _ = style.set_property("--fit", &(f64::from(SHEET.1 - others) / f64::from(height)).max(0.2).to_string());
    }
}

#[derive(Properties, PartialEq)]
pub struct PrintedPagesProps {
    pub slug: AttrValue,
    pub store: PrintedStore,
    /// The address of Explore, which comes back after the run.
    pub explore: AttrValue,
}

#[component]
pub fn PrintedPages(props: &PrintedPagesProps) -> Html {
    let PrintedPagesProps { slug, store, explore } = props;
    let cancelled = use_state_eq(|| store.take_cancelled());
    let notes = use_state_eq(|| false);
    let found = use_playlist(Some(slug.to_string()));
    let list = found.as_ref().and_then(|found| found.as_ref().ok()).cloned();
    let pages = list.as_ref().and_then(|list| store.pages(list));
    let missing = list.clone().filter(|list| pages.is_none() && !list.entries.is_empty() && !*cancelled);
    use_effect_with(missing, {
        let (slug, explore, store) = (slug.to_string(), explore.to_string(), store.clone());
        move |missing: &Option<Rc<Playlist>>| {
            if let Some(list) = missing.clone() {
                spawn_local(print_run::run(slug, list, explore, store));
            }
        }
    });
    use_effect_with((pages.clone(), *notes), |(pages, _)| {
        for (page, index) in pages.iter().flat_map(|pages| pages.iter()).zip(0..) {
            let place = document().query_selector_all(".print-picture").ok().and_then(|all| all.get(index));
            if let Some(place) = place.and_then(|place| place.dyn_into::<Element>().ok()) {
                place.replace_children_with_node_1(&page.picture);
                fit(&page.picture);
            }
        }
    });
    let again = {
        let cancelled = cancelled.setter();
        Callback::from(move |_: MouseEvent| cancelled.set(false))
    };
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
                        <button type="button" class="primary" autofocus=true onclick={print}>{ "Print" }</button>
                        <label><input type="checkbox" name="notes" checked={*notes} {onchange} />{ " With notes" }</label>
                    </p>
                } else if *cancelled {
                    <p class="sub">{ "Cancelled: no pages were prepared." }</p>
                    <p class="buttons"><button type="button" class="primary" autofocus=true onclick={again}>{ "Prepare the pages" }</button></p>
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

#[derive(Properties, PartialEq)]
pub struct PrintCoverProps {
    pub store: PrintedStore,
}

/// Lies over all while the page goes through the steps of a playlist, and says how far it is.
#[component]
pub fn PrintCover(props: &PrintCoverProps) -> Html {
    let now = use_state_eq(|| None::<PrintProgress>);
    use_effect_with(props.store.clone(), {
        let now = now.setter();
        move |store| store.listen(Callback::from(move |progress| now.set(progress)))
    });
    let Some(PrintProgress { page, entry, entries, title }) = (*now).clone() else { return html! {} };
    let close = {
        let store = props.store.clone();
        Callback::from(move |()| store.cancel())
    };
    html! {
        <Overlay label="Preparing the pages" leave="Cancel" {close}>
            <p role="status">{ format!("Page {page}: entry {entry} of {entries}, \u{201c}{title}\u{201d}") }</p>
            <progress max={entries.to_string()} value={(entry - 1).to_string()} aria-label="Entries" />
        </Overlay>
    }
}
