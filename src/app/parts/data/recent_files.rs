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
        (_, Some(user_file)) => (Some(&user_file.name), false),
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
            for recent_file in others {
                <option value={format!("{OWN}{}", recent_file.key())}>{ recent_file.name.clone() }</option>
            }
        </optgroup>
    }
}

/// What is kept of other data than those at hand.
fn others(app: &AppContext) -> Vec<&RecentFile> {
    let user_file = app.user_file.as_deref();
    let at_hand = user_file.and_then(|user_file| app.recent_files.of(user_file)).map(RecentFile::key);
    // What came in a link may be kept from when it was a file.
    let same = user_file
        .filter(|user_file| user_file.recent_file.is_none())
        .and_then(|user_file| Some((&user_file.name, user_file.identity.get()?.checksum()?)));
    let is_same = |recent_file: &RecentFile| {
        same.is_some_and(|(name, check)| recent_file.name == *name && recent_file.check == Some(check))
    };
    app.recent_files
        .all()
        .iter()
        .filter(|recent_file| Some(recent_file.key()) != at_hand && !is_same(recent_file))
        .collect()
}

/// Where the own data at hand are besides in this tab, and how they can be forgotten.
pub fn whereabouts(app: &AppContext) -> Html {
    let all = app.recent_files.all();
    let user_file = match &app.state.data {
        DataChoice::UserFile(data) => app.user_file.as_ref().map(|user_file| (user_file, &data.identity)),
        _ => None,
    };
    let recent_file = user_file.and_then(|(user_file, _)| app.recent_files.of(user_file)).cloned();
    let forget = |text: &'static str, gone: Vec<RecentFile>| {
        let onclick = app.recent_files.forget.reform(move |_: MouseEvent| gone.clone());
        html! { <button type="button" class="quiet" {onclick}>{ text }</button> }
    };
    let many = all.len() > usize::from(recent_file.is_some());
    html! {
        if user_file.is_some() || many {
            <p class="about kept">
                if let Some(recent_file) = &recent_file {
                    { "Saved in this browser, so that a reload finds it. " }
                    { forget("Remove the saved file", vec![recent_file.clone()]) }
                } else if user_file.is_some_and(|(user_file, _)| user_file.recent_file.is_some()) {
                    { "Not saved in this browser: after a reload, open it again. " }
                }
                if many {
                    { forget(if all.len() == 1 { "Remove the saved file" } else { "Remove all saved files" }, all.to_vec()) }
                }
                if user_file.is_some_and(|(_, identity)| matches!(identity, FileIdentity::Packed(_))) {
                    { " The link contains your data." }
                }
            </p>
        }
    }
}
