//! How the data differ from what was loaded, and the way back.

use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::plot::number::whole;
use crate::state::{Action, address};

pub fn changes(app: &AppContext) -> Html {
    let edits = &app.state.edits;
    if edits.is_empty() {
        return html! {};
    }
    let count = if edits.len() == 1 { "1 change".into() } else { format!("{} changes", whole(edits.len() as u64)) };
    html! {
        <div class="changes">
            <p role="status">
                { count }
                if !address::holds(edits) {
                    { ", too many for the link: it opens the original data" }
                }
            </p>
            <button type="button" onclick={app.act.reform(|_: MouseEvent| Action::ResetEdits)}>{ "Restore the original data" }</button>
        </div>
    }
}
