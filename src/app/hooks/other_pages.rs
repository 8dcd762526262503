//! The pages other than Explore are a part of the program of its own, which is loaded here.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::app::pages::other::RenderPage;

/// Loads the pages, and tells; without them when they did not come.
pub type LoadPages = Callback<Callback<Option<RenderPage>>>;

/// Milliseconds after the first result in which a visitor may want another one: the line is theirs.
const PAUSE: u32 = 1000;

/// The pages, as far as they are there.
#[derive(Clone, Copy)]
pub enum OtherPages {
    Loading,
    Ready(RenderPage),
    Missing,
}

/// Loads the pages at once when they are needed, and in a while when Explore stands, so that they are there at a click; and what
/// tries again.
#[hook]
pub fn use_other_pages(load: &LoadPages, needed: bool, explore_stands: bool) -> (OtherPages, Callback<()>) {
    let pages = use_state(|| OtherPages::Loading);
    let start = {
        let (load, pages) = (load.clone(), pages.setter());
        move || {
            let pages = pages.clone();
            load.emit(Callback::from(move |loaded: Option<RenderPage>| {
                pages.set(loaded.map_or(OtherPages::Missing, OtherPages::Ready));
            }));
        }
    };
    let again = {
        let (start, pages) = (start.clone(), pages.setter());
        Callback::from(move |()| {
            pages.set(OtherPages::Loading);
            start();
        })
    };
    use_effect_with((needed, !needed && explore_stands), {
        let (again, missing) = (again.clone(), !matches!(*pages, OtherPages::Ready(_)));
        move |(needed, soon)| {
            if *needed && missing {
                again.emit(());
            }
            let timer = (*soon && missing).then(|| Timeout::new(PAUSE, start));
            move || drop(timer)
        }
    });
    (*pages, again)
}
