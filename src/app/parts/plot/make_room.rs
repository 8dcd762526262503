//! Plots that make room: while a value is chosen, they are as much lower as it takes to see its explanation below them on
//! the same screen.

use gloo_events::EventListener;
use gloo_utils::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use yew::NodeRef;

use crate::app::resize_watch::ResizeWatch;

/// In the style of the plots: by how much their pictures are lower.
const LOWER: &str = "--lower";
/// CSS pixels: no picture gets lower than that.
const LEAST: f64 = 150.0;
/// Free below what is to be seen.
const MARGIN: f64 = 8.0;
/// Where the style sheet folds the choices, plots are as low as they can be.
const NARROW: f64 = 860.0;

/// What takes more or less room as it changes, also after the explanation came.
const AROUND: &str = ".result > :not(.plots, .card), .result > .plots figcaption";

/// Makes room until all above the lower edge of this element fits into the window, now and whenever something around the
/// plots or the window changes; until the returned is called.
pub fn keep_room(until: NodeRef) -> impl FnOnce() {
    let fit = move || {
        if let Some(until) = until.cast::<HtmlElement>() {
            make_room(&until);
        }
    };
    fit();
    let resized = {
        let fit = fit.clone();
        EventListener::new(&window(), "resize", move |_| fit())
    };
    let around = document().query_selector_all(AROUND).ok();
    let around =
        around.iter().flat_map(|around| (0..around.length()).filter_map(|index| around.get(index)?.dyn_into().ok()));
    let watch = ResizeWatch::deferred(around, fit);
    move || drop((resized, watch))
}

/// Makes a single pair of plots lower, until all above the lower edge of this element fits into the window.
fn make_room(until: &HtmlElement) {
    let Some((plots, picture)) = plots_and_picture() else { return };
    let side = |length: Result<JsValue, _>| length.ok().and_then(|length| length.as_f64());
    let (Some(width), Some(height)) = (side(window().inner_width()), side(window().inner_height())) else { return };
    if width <= NARROW {
        return take_back();
    }
    let style = plots.style();
    let lower = style.get_property_value(LOWER).ok().and_then(|text| text.trim_end_matches("px").parse().ok());
    let lower: f64 = lower.unwrap_or(0.0);
    // As seen from the top of the page.
    let end = until.get_bounding_client_rect().bottom() + window().scroll_y().unwrap_or(0.0);
    let most = picture.get_bounding_client_rect().height() + lower - LEAST;
    let wanted = (lower + end + MARGIN - height).min(most).max(0.0).round();
    let _ = style.set_property(LOWER, &format!("{wanted}px"));
}

/// The plots are as high as ever.
pub fn take_back() {
    if let Some((plots, _)) = plots_and_picture() {
        let _ = plots.style().remove_property(LOWER);
    }
}

/// The plots, and the first picture in them.
fn plots_and_picture() -> Option<(HtmlElement, HtmlElement)> {
    let find = |selector| document().query_selector(selector).ok().flatten()?.dyn_into().ok();
    Some((find(".result > .plots:not(.many)")?, find(".result > .plots:not(.many) .picture > canvas")?))
}
