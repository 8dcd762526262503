//! When the rows of the table are asked for.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::app::client::{Client, use_loadable};
use crate::protocol::{RowsPage, RowsQuery};
use crate::state::Loadable;

/// Asks for another window of the table at once; for what another view made of the same one, when the pictures of that
/// view are drawn.
#[hook]
pub fn use_rows(client: &Client, query: RowsQuery) -> Loadable<RowsPage> {
    let loadable = use_loadable::<RowsQuery>(client);
    let last = use_mut_ref(|| None);
    use_effect_with((query, client.clone()), move |(query, client)| {
        let (query, client) = (query.clone(), client.clone());
        let same = last.replace(Some(query.clone())).as_ref() == Some(&query);
        let later = if same {
            Some(Afterwards::new(move || client.ask(&query)))
        } else {
            client.ask(&query);
            None
        };
        move || drop(later)
    });
    loadable
}

/// Something that is done after the next picture; not at all when this is dropped before.
struct Afterwards {
    frame: i32,
    _on_frame: Closure<dyn FnMut()>,
    _timer: Rc<Cell<Option<Timeout>>>,
}

impl Afterwards {
    fn new(act: impl FnOnce() + 'static) -> Self {
        let timer = Rc::new(Cell::new(None));
        let on_frame = {
            let timer = timer.clone();
            // A browser calls this before it draws the picture, and timers after it.
            Closure::once(move || timer.set(Some(Timeout::new(0, act))))
        };
        let frame = window().request_animation_frame(on_frame.as_ref().unchecked_ref()).unwrap_or_default();
        Self { frame, _on_frame: on_frame, _timer: timer }
    }
}

impl Drop for Afterwards {
    fn drop(&mut self) {
        let _ = window().cancel_animation_frame(self.frame);
    }
}
