//! Playlists: those that come with the page, and those that this browser keeps.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::app::playlist_store::{self, SavedPlaylist};
use crate::state::present::{BUNDLED, Playlist};

/// A playlist as far as it is known: on its way, there, or not, with a sentence that says why.
pub type PlaylistFound = Option<Result<Rc<Playlist>, String>>;

/// The playlist of this slug.
#[hook]
pub fn use_playlist(slug: Option<String>) -> PlaylistFound {
    let found = use_state_eq(|| slug.as_deref().and_then(at_hand));
    use_effect_with(slug, {
        let found = found.setter();
        move |slug| {
            let known = slug.as_deref().and_then(at_hand);
            let missing = slug.clone().filter(|_| known.is_none());
            found.set(known);
            if let Some(slug) = missing {
                spawn_local(async move { found.set(Some(playlist_store::bundled(&slug).await.map(Rc::new))) });
            }
        }
    });
    (*found).clone()
}

/// What needs not to be loaded.
fn at_hand(slug: &str) -> PlaylistFound {
    match playlist_store::load(slug) {
        Some(saved) => {
            Some(saved.list.map_err(|why| format!("The playlist \u{201c}{slug}\u{201d} cannot be read: {why}.")))
        }
        None if BUNDLED.contains(&slug) => None,
        None => Some(Err(format!("This browser has no playlist \u{201c}{slug}\u{201d}."))),
    }
}

/// All playlists that come with the page, as they arrive.
#[hook]
pub fn use_bundled() -> Rc<Vec<PlaylistFound>> {
    let all = use_state_eq(|| Rc::new(vec![None; BUNDLED.len()]));
    use_effect_with((), {
        let all = all.setter();
        move |()| {
            spawn_local(async move {
                let mut found = vec![None; BUNDLED.len()];
                for (index, slug) in BUNDLED.into_iter().enumerate() {
                    found[index] = Some(playlist_store::bundled(slug).await.map(Rc::new));
                    all.set(Rc::new(found.clone()));
                }
            });
        }
    });
    (*all).clone()
}

/// The playlists that this browser keeps, and what reads them again after a change.
#[hook]
pub fn use_saved_playlists() -> (Rc<Vec<SavedPlaylist>>, Callback<()>) {
    let all = use_state_eq(|| Rc::new(playlist_store::all()));
    let again = use_callback((), {
        let all = all.setter();
        move |(), ()| all.set(Rc::new(playlist_store::all()))
    });
    // Another tab may change them.
    use_effect_with(again.clone(), |again| {
        let again = again.clone();
        let listener = EventListener::new(&window(), "storage", move |_| again.emit(()));
        move || drop(listener)
    });
    ((*all).clone(), again)
}
