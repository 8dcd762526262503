//! One of the visitor's playlists: its title, its entries in their order, and what becomes of it.

use std::rc::Rc;

use gloo_utils::window;
use js_sys::Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, HtmlInputElement, SubmitEvent};
use yew::prelude::*;

use super::entry_editor::entry_editor;
use super::overlays::typed;
use crate::app::download::download_blob;
use crate::app::hooks::address;
use crate::app::playlist_store;
use crate::data::pack::LINK_AT_MOST;
use crate::state::Page;
use crate::state::file_name;
use crate::state::present::{Playlist, PlaylistEntry, PresentPlace};

#[derive(Properties, PartialEq)]
pub struct PlaylistEditorProps {
    pub slug: AttrValue,
}

/// Where a playlist starts, if it has entries.
pub fn start_address(slug: &str, list: &Playlist) -> Option<String> {
    list.entries.first().map(|entry| PresentPlace::entry(slug, 0).in_address(&entry.address))
}

/// Hands the text of a playlist to the visitor as a file.
pub fn save_file(text: &str, title: &str) {
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into())) {
        download_blob(&blob, &file_name(title, "json"));
    }
}

#[component]
pub fn PlaylistEditor(props: &PlaylistEditorProps) -> Html {
    let slug = props.slug.clone();
    let list = use_state_eq(|| playlist_store::load(&slug).and_then(|saved| saved.list.ok()));
    // What was said last, and the playlist as it was before an entry was removed.
    let (told, before) = (use_state_eq(String::new), use_state_eq(|| None::<Rc<Playlist>>));
    let change = {
        let (slug, list, told, before) = (slug.clone(), list.setter(), told.setter(), before.setter());
        Callback::from(move |next: Playlist| {
            told.set(if playlist_store::keep(&slug, &next) {
                String::new()
            } else {
                "This browser does not keep it: its storage is full or switched off. Save it as a file.".into()
            });
            before.set(None);
            list.set(Some(Rc::new(next)));
        })
    };
    let Some(list) = (*list).clone() else {
        return html! {
            <>
                <h1>{ "There is no such playlist" }</h1>
                <p class="sub"><a href="#/present">{ "All playlists" }</a></p>
            </>
        };
    };
    let rename = {
        let (list, change) = (list.clone(), change.clone());
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                change.emit(Playlist { title: input.value(), ..(*list).clone() });
            }
        })
    };
    let remove = {
        let (list, change, told, before) = (list.clone(), change.clone(), told.setter(), before.setter());
        Callback::from(move |index: usize| {
            change.emit(list.without(index));
            let title = list.entries.get(index).map_or("", |entry| &entry.title);
            told.set(format!("Removed \u{201c}{title}\u{201d}."));
            before.set(Some(list.clone()));
        })
    };
    let undo = (*before).clone().map(|before| change.reform(move |_: MouseEvent| (*before).clone()));
    let entries = list.entries.iter().enumerate();
    html! {
        <>
            <nav class="crumbs" aria-label="Where this is"><a href="#/present">{ "Present" }</a>{ " / " }{ &list.title }</nav>
            <h1>{ &list.title }</h1>
            <label class="setting playlist-title">
                <span>{ "Title" }</span>
                <input type="text" name="playlist-title" value={list.title.clone()} onchange={rename} />
            </label>
            { actions(&slug, &list, &told.setter()) }
            <p class="cap" role="status">
                { (*told).clone() }
                if let Some(undo) = undo { { " " }<button type="button" onclick={undo}>{ "Put it back" }</button> }
            </p>
            if list.entries.is_empty() {
                <p>{ "No entries yet. Go to a state that you want to show, and add it under \u{201c}Present\u{201d} in the head of the page." }</p>
            }
            <ol class="playlist-entries">
                for (index, entry) in entries { { entry_editor(&slug, &list, index, entry, &change, &remove) } }
            </ol>
            { add_address(&list, &change, &told.setter()) }
        </>
    }
}

/// What can be done with the whole.
fn actions(slug: &AttrValue, list: &Rc<Playlist>, told: &UseStateSetter<String>) -> Html {
    let save = {
        let list = list.clone();
        Callback::from(move |_: MouseEvent| save_file(&list.to_json(), &list.title))
    };
    let link = {
        let (list, told) = (list.clone(), told.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(packed) = list.to_link() else {
                let too_long = format!("Too long for a link, which holds {LINK_AT_MOST} letters. Save it as a file.");
                return told.set(too_long);
            };
            let told = told.clone();
            let here = window().location().href().unwrap_or_default();
            let page = here.split('#').next().unwrap_or_default().to_owned();
            let address = format!("{page}#/present?playlist={packed}");
            spawn_local(async move {
                let clipboard = window().navigator().clipboard();
                let copied = !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(&address)).await.is_ok();
                told.set(if copied { "The link is copied.".into() } else { format!("Copy this link: {address}") });
            });
        })
    };
    let delete = {
        let (slug, told, title) = (slug.clone(), told.clone(), list.title.clone());
        Callback::from(move |_: MouseEvent| {
            let asked = format!("Delete the playlist \u{201c}{title}\u{201d}? Files and links of it stay.");
            if window().confirm_with_message(&asked).unwrap_or(false) {
                playlist_store::remove(&slug);
                told.set(String::new());
                address::open("/present");
            }
        })
    };
    html! {
        <p class="buttons">
            if let Some(start) = start_address(slug, list) {
                <a class="button primary" href={format!("#{start}")}>{ "Start" }</a>
                <a class="button" href={format!("#/present?print={slug}")}>{ "Print" }</a>
            }
            <button type="button" onclick={save}>{ "Save as a file" }</button>
            <button type="button" onclick={link}>{ "Copy link" }</button>
            <button type="button" onclick={delete}>{ "Delete" }</button>
        </p>
    }
}

/// A state whose address is at hand.
fn add_address(list: &Rc<Playlist>, change: &Callback<Playlist>, told: &UseStateSetter<String>) -> Html {
    let onsubmit = {
        let (list, change, told) = (list.clone(), change.clone(), told.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = typed(&event) else { return };
            let text = field.value();
            let address = text.split_once('#').map_or(text.trim(), |(_, address)| address.trim());
            let (address, _) = PresentPlace::split(address);
            match Page::of(&address) {
                Some(page) if page != Page::Present && address.starts_with('/') => {
                    field.set_value("");
                    let title = format!("Entry {}", list.entries.len() + 1);
                    change.emit(list.inserted(list.entries.len(), PlaylistEntry::new(&address, &title)));
                }
                _ => told.set("No page that can be shown has this address.".into()),
            }
        })
    };
    html! {
        <form class="add-address" {onsubmit}>
            <label class="setting">
                <span>{ "Add by address" }</span>
                <input type="text" name="address" placeholder="#/explore?data=wine" />
            </label>
            <button type="submit">{ "Add" }</button>
        </form>
    }
}
