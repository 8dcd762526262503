//! The menu of the head of every page: present what is shown, add it to a playlist, or show its QR code.

use gloo_events::EventListener;
use gloo_utils::{document, window};
use web_sys::{HtmlDetailsElement, HtmlSelectElement};
use yew::prelude::*;

use super::overlays::Overlay;
use super::qr_code::qr_code;
use crate::app::hooks::{address, use_saved_playlists};
use crate::app::parts::skip_links::focus;
use crate::app::playlist_store;
use crate::state::present::{ENTRIES_AT_MOST, Playlist, PlaylistEntry, PresentPlace, free_slug};

/// The option that stands for a playlist that is not there yet.
const NEW: &str = "";

/// Empty where the page itself is about playlists.
#[component]
pub fn PresentMenu() -> Html {
    let open = use_state_eq(|| false);
    let code = use_state_eq(|| false);
    // It is of one state: it closes when another is shown.
    use_effect_with((), {
        let open = open.setter();
        move |()| {
            let listener = EventListener::new(&window(), "popstate", move |_| open.set(false));
            move || drop(listener)
        }
    });
    let onkeydown = {
        let open = open.setter();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
                focus(".present-menu > summary");
            }
        })
    };
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            open.set(event.target_dyn_into::<HtmlDetailsElement>().is_some_and(|details| details.open()));
        })
    };
    let show = |shown: bool| {
        let code = code.setter();
        Callback::from(move |()| code.set(shown))
    };
    html! {
        <details class="present-menu" open={*open} {ontoggle} {onkeydown}>
            <summary class="button" aria-label="Present"><span aria-hidden="true">{ "\u{25b7}" }</span><span class="where-wide">{ " Present" }</span></summary>
            if *open { <MenuBody code={show(true)} /> }
            if *code { <Overlay label="QR code of this page" close={show(false)}>{ qr_code(&address::hash()) }</Overlay> }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct MenuBodyProps {
    code: Callback<()>,
}

#[component]
fn MenuBody(props: &MenuBodyProps) -> Html {
    let (saved, again) = use_saved_playlists();
    let chosen = use_state_eq(|| None::<String>);
    let told = use_state_eq(String::new);
    let known = saved.iter().filter_map(|saved| Some((saved.slug.clone(), saved.list.clone().ok()?)));
    let known: Vec<_> = known.collect();
    let to = chosen.as_ref().or(known.first().map(|(slug, _)| slug)).cloned().unwrap_or_else(|| NEW.into());
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                chosen.set(Some(select.value()));
            }
        })
    };
    let add = {
        let (to, told, chosen) = (to.clone(), told.setter(), chosen.setter());
        Callback::from(move |_: MouseEvent| {
            let (slug, said) = add(&to);
            chosen.set(Some(slug));
            told.set(said);
            again.emit(());
        })
    };
    let present = PresentPlace::default().in_address(&address::hash());
    let code = props.code.reform(|_: MouseEvent| ());
    html! {
        <div class="present-menu-body">
            <a class="button primary" href={format!("#{present}")}>{ "Present this page" }</a>
            <label class="setting">
                <span>{ "Playlist" }</span>
                <select name="playlist" {onchange}>
                    for (slug, list) in &known {
                        <option value={slug.clone()} selected={*slug == to}>{ list.title.clone() }</option>
                    }
                    <option value={NEW} selected={to == NEW}>{ "New playlist" }</option>
                </select>
            </label>
            <button type="button" class="add-state" onclick={add}>{ "Add this state" }</button>
            <p class="cap" role="status">{ (*told).clone() }</p>
            <button type="button" class="qr" onclick={code}>{ "QR code of this page" }</button>
            <a href="#/present">{ "All playlists" }</a>
        </div>
    }
}

/// Adds what is shown; the playlist it is in then, and what there is to say.
fn add(to: &str) -> (String, String) {
    let known = playlist_store::load(to).and_then(|saved| saved.list.ok());
    let list =
        known.map_or_else(|| Playlist { title: "My playlist".into(), entries: Vec::new() }, |list| (*list).clone());
    let slug = if to == NEW { free_slug(&list.title, playlist_store::is_taken) } else { to.to_owned() };
    if list.entries.len() >= ENTRIES_AT_MOST {
        return (slug, format!("\u{201c}{}\u{201d} is full: it has {ENTRIES_AT_MOST} entries.", list.title));
    }
    let heading = document().query_selector("main h1").ok().flatten().and_then(|heading| heading.text_content());
    let address = address::hash();
    let address = if address.starts_with('/') { address } else { "/explore".into() };
    let entry = PlaylistEntry::new(&address, heading.unwrap_or_default().trim());
    let list = list.inserted(list.entries.len(), entry);
    let said = if playlist_store::keep(&slug, &list) {
        format!("Added to \u{201c}{}\u{201d} as number {}.", list.title, list.entries.len())
    } else {
        "This browser does not keep it: its storage is full or switched off.".into()
    };
    (slug, said)
}
