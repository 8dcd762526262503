//! A playlist on paper: the page goes through all its steps, and keeps a still picture of each.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, NodeList};
use yew::Callback;

use super::hooks::{address, is_busy};
use crate::state::Page;
use crate::state::present::{Playlist, PresentPlace, RevealStep};

/// Milliseconds between two checks of whether a step is shown.
const LOOK: u32 = 40;
/// So many checks must find the same before it is believed: what was asked for shows after a moment that it is computed.
const STEADY: u32 = 6;
/// After so many checks a step is taken as it is; as long as something is computed, none counts.
const AT_MOST: u32 = 500;

/// A step as it was shown.
#[derive(Clone, PartialEq)]
pub struct PrintedPage {
    pub title: String,
    pub note: String,
    pub step: RevealStep,
    /// What stood on the screen, to be put into the page.
    pub picture: Element,
}

/// How far a run is; all counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintProgress {
    pub page: usize,
    pub entry: usize,
    pub entries: usize,
    pub title: String,
}

/// The pages that were made last, and the run that makes others.
#[derive(Clone, Default)]
pub struct PrintedStore(Rc<PrintState>);

/// A playlist, and its pages.
type PlaylistPages = (Rc<Playlist>, Rc<Vec<PrintedPage>>);

#[derive(Default)]
struct PrintState {
    made: RefCell<Option<PlaylistPages>>,
    running: Cell<bool>,
    cancelled: Cell<bool>,
    on_progress: RefCell<Callback<Option<PrintProgress>>>,
}

impl PartialEq for PrintedStore {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PrintedStore {
    /// The pages of this playlist, as it is now.
    pub fn pages(&self, list: &Playlist) -> Option<Rc<Vec<PrintedPage>>> {
        self.0.made.borrow().as_ref().filter(|(of, _)| **of == *list).map(|(_, pages)| pages.clone())
    }

    /// Who hears how far a run is; `None`: there is none.
    pub fn listen(&self, on_progress: Callback<Option<PrintProgress>>) {
        self.0.on_progress.replace(on_progress);
    }

    /// Whether the page is going through steps now.
    pub fn is_running(&self) -> bool {
        self.0.running.get()
    }

    /// Ends the run.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
    }

    /// Whether a run was ended so since this was asked last.
    pub fn take_cancelled(&self) -> bool {
        self.0.cancelled.take()
    }

    fn notify(&self, progress: Option<PrintProgress>) {
        self.0.running.set(progress.is_some());
        let on_progress = self.0.on_progress.borrow().clone();
        on_progress.emit(progress);
    }
}

/// Goes through all steps, and comes back to the page that prints them; Explore has `explore` again, its address before. Whoever
/// goes elsewhere meanwhile stays there.
pub async fn run(slug: String, list: Rc<Playlist>, explore: String, store: PrintedStore) {
    store.0.cancelled.set(false);
    let pages = pages(&slug, &list, &store).await;
    let cancelled = store.0.cancelled.get();
    if pages.is_some() || cancelled {
        store.0.made.replace(pages.map(|pages| (list, Rc::new(pages))));
        address::replace(&explore);
        TimeoutFuture::new(LOOK).await;
        // The last step is on the screen until all components of Explore are drawn, which may take many frames.
        while address::present_place().is_none() && exists("html[data-present]") {
            TimeoutFuture::new(LOOK).await;
        }
        address::replace(&format!("/present?print={slug}"));
    }
    // With the page that is shown then, which can take the focus once nothing lies over it.
    store.notify(None);
}

/// The pages of all steps; `None` when the run was cancelled or the presentation was left.
async fn pages(slug: &str, list: &Playlist, store: &PrintedStore) -> Option<Vec<PrintedPage>> {
    let mut pages = Vec::new();
    for (index, entry) in list.entries.iter().enumerate() {
        let experiment = matches!(Page::of(&entry.address), Some(Page::Experiment(_)));
        for (number, step) in entry.steps.iter().enumerate() {
            let mut place = PresentPlace { step: number, ..PresentPlace::entry(slug, index) };
            loop {
                let (page, title) = (pages.len() + 1, entry.title.clone());
                store.notify(Some(PrintProgress { page, entry: index + 1, entries: list.entries.len(), title }));
                address::replace(&place.in_address(&entry.address));
                if !settled(&place, *step, experiment, store).await {
                    return None;
                }
                if let Some(picture) = picture() {
                    let (title, note) = (entry.title.clone(), entry.note.clone());
                    pages.push(PrintedPage { title, note, step: *step, picture });
                }
                place.item += 1;
                if *step != RevealStep::Reveal || place.item >= items() {
                    break;
                }
            }
        }
    }
    Some(pages)
}

/// How many figures and tables the page shows one by one.
fn items() -> usize {
    let found = document().query_selector("main [data-items]").ok().flatten();
    found.and_then(|found| found.get_attribute("data-items")?.parse().ok()).unwrap_or(0)
}

fn exists(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|found| found.is_some())
}

/// Waits until a step is shown; false when the run was cancelled or the presentation was left.
async fn settled(place: &PresentPlace, step: RevealStep, experiment: bool, store: &PrintedStore) -> bool {
    let (mut steady, mut checks) = (0, 0);
    while checks < AT_MOST {
        TimeoutFuture::new(LOOK).await;
        if store.0.cancelled.get() || address::present_place().as_ref() != Some(place) {
            return false;
        }
        let busy = is_busy() || exists("main[data-busy=true]");
        checks += u32::from(!busy);
        let marked = exists(&format!("html[data-present={}]", step.slug()));
        let waiting = busy || exists("main h1.waiting") || !exists("main h1");
        let lacks = experiment && step != RevealStep::Predict && !exists("main [data-items], main .problem");
        steady = if marked && !waiting && !lacks { steady + 1 } else { 0 };
        if steady == STEADY {
            break;
        }
    }
    true
}

/// What is on the screen, with pictures in the place of what is drawn.
fn picture() -> Option<Element> {
    let main = document().query_selector("main").ok().flatten()?;
    let copy: Element = main.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let drawn = canvases(main.query_selector_all("canvas").ok()?);
    for (canvas, place) in drawn.iter().zip(canvases(copy.query_selector_all("canvas").ok()?)) {
        let image = document().create_element("img").ok()?;
        let _ = image.set_attribute("src", &canvas.to_data_url().unwrap_or_default());
        let _ = image.set_attribute("alt", &canvas.get_attribute("aria-label").unwrap_or_default());
        let _ = place.replace_with_with_node_1(&image);
    }
    // It stands in the page beside others: nothing of it is found by its id, and nothing operated.
    let named = copy.query_selector_all("[id]").ok()?;
    for element in (0..named.length()).filter_map(|index| named.get(index)?.dyn_into::<Element>().ok()) {
        let _ = element.remove_attribute("id");
    }
    let _ = copy.remove_attribute("id");
    let _ = copy.set_attribute("inert", "");
    Some(copy)
}

fn canvases(found: NodeList) -> Vec<HtmlCanvasElement> {
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
