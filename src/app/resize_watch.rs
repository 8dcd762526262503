//! Sizes of elements, watched.

use std::cell::Cell;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Calls a function whenever the size of an element changes, and once at first, until it is dropped.
pub struct ResizeWatch {
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn Fn()>,
}

impl ResizeWatch {
    pub fn new(elements: impl IntoIterator<Item = Element>, on_resize: impl Fn() + 'static) -> Self {
        let on_resize = Closure::<dyn Fn()>::new(on_resize);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            elements.into_iter().for_each(|element| observer.observe(&element));
        }
        Self { observer, _on_resize: on_resize }
    }

    /// For a function that changes sizes itself, which is an error to a browser while it tells of sizes: calls it right after.
    pub fn deferred(elements: impl IntoIterator<Item = Element>, on_resize: impl Fn() + Clone + 'static) -> Self {
        let timer = Cell::new(None);
        Self::new(elements, move || timer.set(Some(Timeout::new(0, on_resize.clone()))))
    }
}

impl Drop for ResizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
