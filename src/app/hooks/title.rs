//! The title of the tab: which method on which data.

use gloo_utils::document;
use yew::prelude::*;

use super::AppContext;

#[hook]
pub fn use_title(app: &AppContext) {
    let data = app.answers.info.as_ref().map(|info| info.name.clone());
    let method = app.state.method.info().name;
    use_effect_with((data, method), |(data, method)| {
        if let Some(data) = data {
            document().set_title(&format!("{method}: {data} \u{2013} Normlab"));
        }
    });
}
