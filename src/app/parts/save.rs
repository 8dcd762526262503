//! What can be taken away.

use yew::prelude::*;

use crate::app::hooks::{AppContext, Saving};
use crate::protocol::{Save, SaveTable};
use crate::state::file_name;

pub fn save(app: &AppContext) -> Html {
    let stem = app.state.stem();
    let busy = app.answers.saving.is_some() || app.answers.busy();
    let button = |text: &'static str, name: String, what: Save| {
        let onclick = app.save.reform(move |_: MouseEvent| Saving::Start(what.clone(), name.clone()));
        html! { <button type="button" disabled={busy} {onclick}>{ text }</button> }
    };
    let table = |before| Save::Table(SaveTable { before, method: app.state.method.info().name.into() });
    html! {
        <section class="card save" aria-labelledby="save">
            <div class="card-head"><h2 id="save">{ "Save" }</h2></div>
            <p class="cap">
                { "Every row, with all digits. Text that a spreadsheet would run as a formula gets an apostrophe in front. " }
                { "Fitted parameters can be opened here as a file, to apply them to other data." }
            </p>
            <div class="buttons">
                { button("Values after (CSV)", file_name(&stem, "csv"), table(false)) }
                { button("Before and after (CSV)", file_name(&format!("{stem} before and after"), "csv"), table(true)) }
                { button("Fitted parameters (JSON)", file_name(&format!("{stem} fit"), "json"), Save::Fit(app.state.data_name())) }
            </div>
            <div role="status">
                if let Some(saving) = &app.answers.saving {
                    <div class="notice loading">
                        <p>{ format!("Saving {}", saving.name) }</p>
                        if let Some((done, total)) = saving.progress {
                            <progress value={done.to_string()} max={total.to_string()} aria-label="Saved so far" />
                        }
                        <button type="button" onclick={app.save.reform(|_: MouseEvent| Saving::Stop)}>{ "Cancel" }</button>
                    </div>
                }
            </div>
        </section>
    }
}
