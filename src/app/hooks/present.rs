//! Where a presentation is, and the way through it.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::{document, document_element, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::address;
use super::playlists::use_playlist;
use crate::state::Page;
use crate::state::present::{Playlist, PresentCommand, PresentPlace, RevealStep};

/// CSS pixels: a presented page is laid out as in a window of this size, and enlarged to the one there is. Text of a plot has
/// 11.5 pixels, which are 25 on a projector of 1920 x 1080.
const WINDOW: (f64, f64) = (870.0, 489.0);

/// What the parts of a presented page know of it.
#[derive(Clone, PartialEq)]
pub struct PresentView {
    /// How many times larger everything is.
    pub zoom: f64,
    pub step: RevealStep,
    /// Which of the figures and tables is shown, counted from 0.
    pub item: usize,
    /// How many of them there are, as the page that shows them says.
    pub items: ItemCount,
}

/// Equal to any other: nothing is drawn again for it.
#[derive(Clone, Debug, Default)]
pub struct ItemCount(pub Rc<Cell<usize>>);

impl PartialEq for ItemCount {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A presentation.
#[derive(Clone, PartialEq)]
pub struct PresentContext {
    /// `None`: nothing is presented.
    pub place: Option<PresentPlace>,
    /// The playlist that is given.
    pub list: Option<Rc<Playlist>>,
    /// Why there is no playlist.
    pub problem: Option<AttrValue>,
    /// What is shown of the entry.
    pub steps: Rc<Vec<RevealStep>>,
    pub view: Option<PresentView>,
    /// Goes to a place.
    pub go: Callback<PresentPlace>,
}

impl PresentContext {
    /// The place that a command leads to, if it leads to one.
    pub fn place_of(&self, command: PresentCommand) -> Option<PresentPlace> {
        let (place, view) = (self.place.as_ref()?, self.view.as_ref()?);
        let experiment = matches!(Page::of(&address::hash()), Some(Page::Experiment(_)));
        let items = if experiment { view.items.0.get() } else { 0 };
        let list = self.list.as_deref();
        let entry = |entry: usize| place.list.as_ref().map(|at| PresentPlace::entry(&at.slug, entry));
        match command {
            // What comes out of the run is not there yet.
            PresentCommand::Next if experiment && view.step == RevealStep::Reveal && items == 0 && is_busy() => None,
            PresentCommand::Next => place.next(&self.steps, items, list),
            PresentCommand::Back => place.back(&self.steps, items, list),
            PresentCommand::First => entry(0),
            PresentCommand::Last => entry(list?.entries.len().checked_sub(1)?),
            _ => None,
        }
    }
}

/// Whether the page is computing what it shows.
pub fn is_busy() -> bool {
    document().query_selector("main [aria-busy=true]").is_ok_and(|busy| busy.is_some())
}

/// What is shown of this entry, and of a page that is shown alone.
fn steps(list: Option<&Playlist>, place: &PresentPlace) -> Vec<RevealStep> {
    let entry = place.list.as_ref().and_then(|at| list?.entries.get(at.entry));
    entry.map_or_else(|| RevealStep::usual(&address::hash()), |entry| entry.steps.clone())
}

/// Follows the place in the address.
#[hook]
pub fn use_present() -> PresentContext {
    let place = use_state_eq(address::present_place);
    let zoom = use_state_eq(zoom_of_window);
    let items = use_memo((), |()| ItemCount::default());
    use_effect_with((), {
        let (place, zoom) = (place.setter(), zoom.setter());
        move |()| {
            let moved = EventListener::new(&window(), "popstate", move |_| place.set(address::present_place()));
            let resized = EventListener::new(&window(), "resize", move |_| zoom.set(zoom_of_window()));
            move || drop((moved, resized))
        }
    });
    let slug = place.as_ref().and_then(|place| Some(place.list.as_ref()?.slug.clone()));
    let (list, problem) = match use_playlist(slug) {
        Some(Ok(list)) => (Some(list), None),
        Some(Err(why)) => (None, Some(AttrValue::from(why))),
        None => (None, None),
    };
    let steps = place.as_ref().map(|place| steps(list.as_deref(), place)).unwrap_or_default();
    let view = place.as_ref().map(|place| PresentView {
        zoom: *zoom,
        step: steps.get(place.step).or(steps.last()).copied().unwrap_or(RevealStep::Reveal),
        item: place.item,
        items: (*items).clone(),
    });
    use_effect_with(view.clone().map(|view| (view.step, view.zoom)), |view| mark(*view));
    let go = use_callback(((*place).clone(), list.clone()), {
        let set = place.setter();
        move |to: PresentPlace, (now, list)| {
            let same = now.as_ref().is_some_and(|now| now.list == to.list);
            let entry = to.list.as_ref().and_then(|at| list.as_ref()?.entries.get(at.entry));
            match entry {
                Some(entry) if !same => address::open(&to.in_address(&entry.address)),
                _ => {
                    address::put_place(&to);
                    set.set(Some(to));
                }
            }
        }
    });
    PresentContext { place: (*place).clone(), list, problem, steps: Rc::new(steps), view, go }
}

/// Tells the style sheet.
fn mark(view: Option<(RevealStep, f64)>) {
    let root = document_element();
    let Some(style) = root.dyn_ref::<HtmlElement>().map(HtmlElement::style) else { return };
    match view {
        Some((step, zoom)) => {
            let _ = root.set_attribute("data-present", step.slug());
            let _ = style.set_property("--zoom", &zoom.to_string());
        }
        None => {
            let _ = root.remove_attribute("data-present");
            let _ = style.remove_property("--zoom");
        }
    }
}

fn zoom_of_window() -> f64 {
    let side = |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64()).unwrap_or(0.0);
    let (width, height) = (side(window().inner_width()), side(window().inner_height()));
    (width / WINDOW.0).min(height / WINDOW.1).max(1.0)
}
