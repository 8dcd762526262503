//! All playlists: those that come with the page, the visitor's own, and one that came in a link.

use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::playlist_editor::{save_file, start_address};
use crate::app::hooks::{PlaylistFound, address, use_bundled, use_saved_playlists};
use crate::app::playlist_store::{self, SavedPlaylist};
use crate::state::present::{BUNDLED, Playlist, free_slug};

#[derive(Properties, PartialEq)]
pub struct PlaylistListProps {
    /// A playlist as a link has it.
    pub packed: Option<AttrValue>,
}

#[component]
pub fn PlaylistList(props: &PlaylistListProps) -> Html {
    let bundled = use_bundled();
    let (saved, again) = use_saved_playlists();
    let told = use_state_eq(String::new);
    let new = Callback::from(|_: MouseEvent| {
        _ = keep_and_edit(&Playlist { title: "New playlist".into(), entries: Vec::new() });
    });
    let open_file = {
        let told = told.setter();
        Callback::from(move |event: Event| open_file(&event, &told))
    };
    html! {
        <>
            <h1>{ "Present" }</h1>
            <p class="sub">
                { "A playlist is a sequence of states of this page, each with a note for the speaker. \u{201c}Present\u{201d} in the head of \
                   any page adds what is shown there. The keys while you present are listed under \u{201c}?\u{201d}." }
            </p>
            if let Some(packed) = &props.packed { { in_link(packed) } }
            <section aria-labelledby="own-playlists">
                <h2 id="own-playlists">{ "Your playlists" }</h2>
                if saved.is_empty() { <p class="cap">{ "None yet. They are saved in this browser only." }</p> }
                <ul class="playlists">
                    for one in saved.iter() { { saved_row(one, &again) } }
                </ul>
                <p class="buttons">
                    <button type="button" onclick={new}>{ "New playlist" }</button>
                    <label class="button">
                        { "Open a file" }
                        <input type="file" class="hidden" accept=".json" onchange={open_file} />
                    </label>
                </p>
                <p class="cap" role="status">{ (*told).clone() }</p>
            </section>
            <section aria-labelledby="bundled-playlists">
                <h2 id="bundled-playlists">{ "Ready-made playlists" }</h2>
                <ul class="playlists" aria-busy={bundled.iter().any(Option::is_none).to_string()}>
                    for (slug, found) in BUNDLED.into_iter().zip(bundled.iter()) { { bundled_row(slug, found) } }
                </ul>
            </section>
        </>
    }
}

/// Keeps a playlist under a slug of its own, and opens it; whether it could be kept.
fn keep_and_edit(list: &Playlist) -> bool {
    let slug = free_slug(&list.title, playlist_store::is_taken);
    let kept = playlist_store::keep(&slug, list);
    if kept {
        address::open(&format!("/present?list={slug}"));
    }
    kept
}

/// The playlist of a link.
fn in_link(packed: &AttrValue) -> Html {
    match Playlist::from_link(packed) {
        Ok(list) => {
            let told = format!("This link has the playlist \u{201c}{}\u{201d}, {}.", list.title, entries(&list));
            let onclick = Callback::from(move |_: MouseEvent| _ = keep_and_edit(&list));
            html! {
                <div class="notice">
                    <p>{ told }</p>
                    <button type="button" class="primary" {onclick}>{ "Save it in this browser" }</button>
                </div>
            }
        }
        Err(why) => html! {
            <p class="notice problem" role="alert">{ format!("The playlist in this link cannot be read: {why}.") }</p>
        },
    }
}

fn open_file(event: &Event, told: &UseStateSetter<String>) {
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    // The same file can be chosen again.
    input.set_value("");
    let (told, name) = (told.clone(), file.name());
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        match Playlist::from_json(&text.unwrap_or_default()) {
            Ok(list) if keep_and_edit(&list) => {}
            Ok(_) => told.set("This browser does not keep it: its storage is full or switched off.".into()),
            Err(why) => told.set(format!("\u{201c}{name}\u{201d} has no playlist: {why}.")),
        }
    });
}

fn entries(list: &Playlist) -> String {
    if list.entries.len() == 1 { "1 entry".into() } else { format!("{} entries", list.entries.len()) }
}

/// Title, length, and the way into a playlist; `more` stands behind it.
fn row(slug: &str, list: &Rc<Playlist>, more: Html) -> Html {
    html! {
        <li key={slug.to_owned()}>
            <div><b>{ &list.title }</b><span class="cap">{ format!(" {}", entries(list)) }</span></div>
            <p class="buttons">
                if let Some(start) = start_address(slug, list) {
                    <a class="button primary" href={format!("#{start}")} aria-label={format!("Start {}", list.title)}>{ "Start" }</a>
                    <a class="button" href={format!("#/present?print={slug}")} aria-label={format!("Print {}", list.title)}>{ "Print" }</a>
                }
                { more }
            </p>
        </li>
    }
}

fn saved_row(saved: &SavedPlaylist, again: &Callback<()>) -> Html {
    let slug = saved.slug.clone();
    match &saved.list {
        Ok(list) => row(
            &slug,
            list,
            html! { <a class="button" href={format!("#/present?list={slug}")} aria-label={format!("Edit {}", list.title)}>{ "Edit" }</a> },
        ),
        Err(why) => {
            let (text, name) = (saved.text.clone(), slug.clone());
            let save = Callback::from(move |_: MouseEvent| save_file(&text, &name));
            let remove = {
                let (again, slug) = (again.clone(), slug.clone());
                Callback::from(move |_: MouseEvent| {
                    playlist_store::remove(&slug);
                    again.emit(());
                })
            };
            html! {
                <li key={slug.clone()}>
                    <p class="problem">{ format!("\u{201c}{slug}\u{201d} cannot be read: {why}. Nothing of it is lost: save it as a file to mend it.") }</p>
                    <p class="buttons">
                        <button type="button" onclick={save}>{ "Save as a file" }</button>
                        <button type="button" onclick={remove}>{ "Delete" }</button>
                    </p>
                </li>
            }
        }
    }
}

fn bundled_row(slug: &'static str, found: &PlaylistFound) -> Html {
    match found {
        Some(Ok(list)) => {
            let copied = list.clone();
            let onclick = Callback::from(move |_: MouseEvent| _ = keep_and_edit(&copied));
            row(
                slug,
                list,
                html! { <button type="button" {onclick} aria-label={format!("Copy and edit {}", list.title)}>{ "Copy and edit" }</button> },
            )
        }
        Some(Err(why)) => html! { <li key={slug}><p class="problem">{ why }</p></li> },
        None => html! {},
    }
}
