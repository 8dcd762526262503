//! What stands where a page will be.

use yew::prelude::*;

use super::other::PageContext;
use crate::app::parts::header::header;
use crate::state::Page;

/// Says that a page is on its way, or, where it can be loaded again, that it did not come.
pub fn waiting(context: &PageContext, load_again: Option<Callback<()>>) -> Html {
    let said = if load_again.is_some() { "This page did not arrive" } else { "Loading this page\u{2026}" };
    let explore = context.page == Page::Explore;
    let notice = load_again.map(|again| {
        html! {
            <div class={classes!("notice", "problem", explore.then_some("present-problem"))} role="alert">
                <p>{ "A part of Normlab could not be loaded. What you loaded and chose is still there." }</p>
                <button type="button" class="again" onclick={again.reform(|_: MouseEvent| ())}>{ "Try again" }</button>
            </div>
        }
    });
    // What is missing in Explore stands around it: its presentation.
    if explore {
        return notice.unwrap_or_default();
    }
    html! {
        <>
            { header(&context.app, &context.page, &context.theme.toggle, html! {}) }
            <main class="waiting-page" id="result" tabindex="-1">
                <h1 class="waiting">{ said }</h1>
                { notice.unwrap_or_default() }
            </main>
        </>
    }
}
