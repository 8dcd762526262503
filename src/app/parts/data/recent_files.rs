//! The visitor's own data that are at hand or kept in this browser, and how to forget them.

use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::state::{DataChoice, FileIdentity, RecentFile};

/// Value of the option that stands for the own data at hand; of those that are kept, what their keys begin with.
pub const OWN: &str = "file";

/// The visitor's own data in the list of data sets.
pub fn yours(app: &AppContext) -> Html {
    let (at_hand, chosen) = match (&app.state.data, &app.user_file) {
        (DataChoice::UserFile(data), _) => (Some(&data.name), true),
        (_, Some(own)) => (Some(&own.name), false),
        _ => (None, false),
    };
    let others = others(app);
    // What the address asks for, and nobody has opened.
    let missing =
        chosen && app.answers.loading.is_none() && app.answers.info.as_ref().map(|info| &info.name) != at_hand;
    if at_hand.is_none() && others.is_empty() {
        return Html::default();
    }
    html! {
        <optgroup label="Yours">
            if let Some(name) = at_hand {
                <option value={OWN} selected={chosen}>{ name }{ if missing { " (not open)" } else { "" } }</option>
            }
            for kept in others {
                <option value={format!("{OWN}{}", kept.key())}>{ kept.name.clone() }</option>
            }
        </optgroup>
    }
}

/// What is kept of other data than those at hand.
fn others(app: &AppContext) -> Vec<&RecentFile> {
    let own = app.user_file.as_deref();
    let at_hand = own.and_then(|own| app.recent_files.of(own)).map(RecentFile::key);
    // What came in a link may be kept from when it was a file.
    let same = own.filter(|own| own.kept.is_none()).and_then(|own| Some((&own.name, own.known.get()?.checksum()?)));
    let is_same = |kept: &RecentFile| same.is_some_and(|(name, check)| kept.name == *name && kept.check == Some(check));
    app.recent_files.all().iter().filter(|kept| Some(kept.key()) != at_hand && !is_same(kept)).collect()
}

/// Where the own data at hand are besides in this tab, and how they can be forgotten.
pub fn whereabouts(app: &AppContext) -> Html {
    let all = app.recent_files.all();
    let own = match &app.state.data {
        DataChoice::UserFile(data) => app.user_file.as_ref().map(|own| (own, &data.known)),
        _ => None,
    };
    let kept = own.and_then(|(own, _)| app.recent_files.of(own)).cloned();
    let forget = |text: &'static str, gone: Vec<RecentFile>| {
        let onclick = app.recent_files.forget.reform(move |_: MouseEvent| gone.clone());
        html! { <button type="button" class="quiet" {onclick}>{ text }</button> }
    };
    let many = all.len() > usize::from(kept.is_some());
    html! {
        if own.is_some() || many {
            <p class="about kept">
                if let Some(kept) = &kept {
                    { "Saved in this browser, so that a reload finds it. " }
                    { forget("Remove the saved file", vec![kept.clone()]) }
                } else if own.is_some_and(|(own, _)| own.kept.is_some()) {
                    { "Not saved in this browser: after a reload, open it again. " }
                }
                if many {
                    { forget(if all.len() == 1 { "Remove the saved file" } else { "Remove all saved files" }, all.to_vec()) }
                }
                if own.is_some_and(|(_, known)| matches!(known, FileIdentity::Packed(_))) {
                    { " The link contains your data." }
                }
            </p>
        }
    }
}
