//! Asks what the open study wants to know, whenever that changes or the view does.

use yew::prelude::*;

use crate::app::link::Link;
use crate::protocol::{Ask, StudyQuery};

/// `seen` changes with every answer that changed the data or the view.
#[hook]
pub fn use_study(query: Option<StudyQuery>, seen: u64, link: &Link) {
    let link = link.clone();
    use_effect_with((query, seen), move |(query, _)| {
        if let Some(query) = query {
            link.ask(Ask::Study(query.clone()), None);
        }
    });
}
