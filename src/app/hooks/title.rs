//! The title of the tab: which method on which data.

use gloo_utils::document;
use yew::prelude::*;

use super::Lab;

#[hook]
pub fn use_title(lab: &Lab) {
    let data = lab.desk.info.as_ref().map(|info| info.name.clone());
    let method = lab.state.method.info().name;
    use_effect_with((data, method), |(data, method)| {
        if let Some(data) = data {
            document().set_title(&format!("{method}: {data} \u{2013} Normlab"));
        }
    });
}
