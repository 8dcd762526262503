//! What is compared, in the address: `compare=min-max,robust&compare-axes=own&compare-zoom=98&compare-feature=ash` and
//! `against=z-score,layer-norm`. No method beside that of the page is `compare=none`.

use super::escape::{escape, unescape};
use super::pair_reader::PairReader;
use crate::engine::Method;
use crate::state::CompareChoice;

pub const KEYS: [&str; 5] = ["compare", "compare-axes", "compare-zoom", "compare-feature", "against"];
const NONE: &str = "none";

pub fn encode(choice: &CompareChoice, put: &mut dyn FnMut(&str, String)) {
    if let Some(methods) = &choice.methods {
        put(KEYS[0], if methods.is_empty() { NONE.into() } else { methods.join(",") });
    }
    if choice.own_axes {
        put(KEYS[1], "own".into());
    }
    if choice.zoom {
        put(KEYS[2], "98".into());
    }
    if let Some(feature) = &choice.feature {
        put(KEYS[3], escape(feature));
    }
    if let Some((across, up)) = choice.pair {
        put(KEYS[4], format!("{across},{up}"));
    }
}

pub(super) fn decode(reader: &mut PairReader) -> CompareChoice {
    let mut choice = CompareChoice::default();
    let slug = |text: &str| Method::from_slug(&unescape(text)).map(|method| method.info().slug);
    if let Some(text) = reader.take_raw(KEYS[0]) {
        let mut known = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty() && text != NONE) {
            match slug(part) {
                Some(slug) => known.push(slug),
                None => reader.complain(KEYS[0], &unescape(part), "no such method"),
            }
        }
        // Where nothing was understood, nothing was chosen.
        if !known.is_empty() || text == NONE {
            choice = choice.with_methods(&known);
        }
    }
    match reader.take(KEYS[1]).as_deref() {
        Some("own") => choice.own_axes = true,
        Some("shared") | None => {}
        Some(other) => reader.complain(KEYS[1], other, "allowed: shared, own"),
    }
    match reader.take(KEYS[2]).as_deref() {
        Some("98") => choice.zoom = true,
        None => {}
        Some(other) => reader.complain(KEYS[2], other, "allowed: 98"),
    }
    choice.feature = reader.take(KEYS[3]).filter(|name| !name.is_empty());
    if let Some(text) = reader.take_raw(KEYS[4]) {
        choice.pair = text.split_once(',').and_then(|(across, up)| Some((slug(across)?, slug(up)?)));
        if choice.pair.is_none() {
            reader.complain(KEYS[4], &unescape(&text), "allowed: two methods");
        }
    }
    choice
}
