//! Asks where the picked value comes from, whenever another one is picked or it was computed anew.

use yew::prelude::*;

use crate::app::link::Link;
use crate::protocol::{Ask, Pick};

/// `seen` changes with every answer that changed the data or the view.
#[hook]
pub fn use_trace(pick: Option<Pick>, seen: u64, link: &Link) {
    let link = link.clone();
    use_effect_with((pick, seen), move |(pick, _)| {
        if let Some(Pick::Cell(cell)) = *pick {
            link.ask(Ask::Trace(cell), None);
        }
    });
}
