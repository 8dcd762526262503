//! The title of the tab: which method on which data.

use gloo_timers::callback::Timeout;
use gloo_utils::document;
use yew::prelude::*;

use super::AppContext;

/// Milliseconds after which the title follows. Browsers show it slowly, and it is nothing that anybody waits for: plots come
/// first. By then the address has an entry of its own in the history, and not the entry before it gets the title.
const QUIET: u32 = 250;

#[hook]
pub fn use_title(app: &AppContext) {
    let data = app.answers.info.as_ref().map(|info| info.name.clone());
    let method = app.state.method.info().name;
    use_effect_with((data, method), |(data, method)| {
        let waiting = data.as_ref().map(|data| {
            let title = format!("{method}: {data} \u{2013} Normlab");
            Timeout::new(QUIET, move || document().set_title(&title))
        });
        move || drop(waiting)
    });
}
