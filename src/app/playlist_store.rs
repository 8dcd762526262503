//! Where this browser keeps playlists: each under a key of its own, so that one that cannot be read takes no other with it.
//! Storage may be forbidden or full; the page works without it.

use std::rc::Rc;

use gloo_utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, Storage};

use crate::state::present::{BUNDLED, Playlist};

const KEY: &str = "normlab.playlist.";

/// A playlist that this browser keeps.
#[derive(Clone, PartialEq)]
pub struct SavedPlaylist {
    pub slug: String,
    /// Or why it cannot be read, as the end of a sentence.
    pub list: Result<Rc<Playlist>, String>,
    /// As it is kept.
    pub text: String,
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// All of them, in the order of their slugs.
pub fn all() -> Vec<SavedPlaylist> {
    let Some(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let mut all: Vec<SavedPlaylist> = Vec::new();
    for saved in keys.filter_map(|key| load(key.strip_prefix(KEY)?)) {
        all.insert(all.partition_point(|other| other.slug < saved.slug), saved);
    }
    all
}

pub fn load(slug: &str) -> Option<SavedPlaylist> {
    let text = storage()?.get_item(&format!("{KEY}{slug}")).ok().flatten()?;
    let list = Playlist::from_json(&text).map(Rc::new);
    Some(SavedPlaylist { slug: slug.into(), list, text })
}

/// Whether it could be kept.
pub fn keep(slug: &str, list: &Playlist) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{KEY}{slug}"), &list.to_json()).is_ok())
}

pub fn remove(slug: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{KEY}{slug}"));
    }
}

/// Whether a playlist has this slug.
pub fn is_taken(slug: &str) -> bool {
    BUNDLED.contains(&slug) || load(slug).is_some()
}

/// A playlist that comes with the page.
///
/// # Errors
/// Why there is none, as a sentence.
pub async fn bundled(slug: &str) -> Result<Playlist, String> {
    let response = JsFuture::from(window().fetch_with_str(&format!("playlists/{slug}.json"))).await;
    let response = response.ok().and_then(|response| response.dyn_into::<Response>().ok());
    let text = match response.filter(Response::ok).and_then(|response| response.text().ok()) {
        Some(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
        None => None,
    };
    let text = text.ok_or_else(|| format!("The playlist \u{201c}{slug}\u{201d} could not be loaded."))?;
    Playlist::from_json(&text).map_err(|why| format!("The playlist \u{201c}{slug}\u{201d} cannot be read: {why}."))
}
