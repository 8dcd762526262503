//! Sizes of elements, watched.

use std::cell::Cell;
use std::rc::Rc;

use gloo_utils::window;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Calls a function whenever the size of an element changes, and once at first, until it is dropped.
pub struct ResizeWatch {
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn Fn()>,
    /// What the browser calls the frame that is waited for.
    frame: Rc<Cell<i32>>,
}

impl ResizeWatch {
    pub fn new(elements: impl IntoIterator<Item = Element>, on_resize: impl Fn() + 'static) -> Self {
        let on_resize = Closure::<dyn Fn()>::new(on_resize);
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            elements.into_iter().for_each(|element| observer.observe(&element));
        }
        Self { observer, _on_resize: on_resize, frame: Rc::default() }
    }

    /// In the next frame: for what changes sizes itself, which is an error to a browser while it tells of sizes.
    pub fn in_next_frame(elements: impl IntoIterator<Item = Element>, on_resize: impl Fn() + 'static) -> Self {
        let frame = Rc::<Cell<i32>>::default();
        let on_frame = Closure::<dyn Fn()>::new(on_resize);
        let on_resize = {
            let frame = frame.clone();
            move || {
                let _ = window().cancel_animation_frame(frame.get());
                frame.set(window().request_animation_frame(on_frame.as_ref().unchecked_ref()).unwrap_or_default());
            }
        };
        let mut watch = Self::new(elements, on_resize);
        watch.frame = frame;
        watch
    }
}

impl Drop for ResizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        let _ = window().cancel_animation_frame(self.frame.get());
    }
}
