//! When the rows of the table are asked for.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::protocol::RowsQuery;

/// Asks for another window of the table at once; for what another view made of the same one, when the pictures of that
/// view are drawn. `seen` changes with every view.
#[hook]
pub fn use_rows(query: RowsQuery, seen: u64, ask: &Callback<RowsQuery>) {
    let last = use_mut_ref(|| None);
    let ask = ask.clone();
    use_effect_with((query, seen), move |(query, _)| {
        let query = query.clone();
        let same = last.replace(Some(query.clone())).as_ref() == Some(&query);
        let later = if same {
            Some(Afterwards::new(move || ask.emit(query)))
        } else {
            ask.emit(query);
            None
        };
        move || drop(later)
    });
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
