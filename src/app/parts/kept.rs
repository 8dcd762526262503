//! The visitor's own data that are at hand or kept in this browser, and how to forget them.

use yew::prelude::*;

use crate::app::hooks::Lab;
use crate::state::{DataChoice, Kept, Known};

/// Value of the option that stands for the own data at hand; of those that are kept, what their keys begin with.
pub const OWN: &str = "file";

/// The visitor's own data in the list of data sets.
pub fn yours(lab: &Lab) -> Html {
    let (at_hand, chosen) = match (&lab.state.data, &lab.own) {
        (DataChoice::Own(data), _) => (Some(&data.name), true),
        (_, Some(own)) => (Some(&own.name), false),
        _ => (None, false),
    };
    let others = others(lab);
    // What the address asks for, and nobody has opened.
    let missing = chosen && lab.desk.loading.is_none() && lab.desk.info.as_ref().map(|info| &info.name) != at_hand;
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
fn others(lab: &Lab) -> Vec<&Kept> {
    let own = lab.own.as_deref();
    let at_hand = own.and_then(|own| lab.kept.of(own)).map(Kept::key);
    // What came in a link may be kept from when it was a file.
    let same = own.filter(|own| own.kept.is_none()).and_then(|own| Some((&own.name, own.known.get()?.checksum()?)));
    let is_same = |kept: &Kept| same.is_some_and(|(name, check)| kept.name == *name && kept.check == Some(check));
    lab.kept.all().iter().filter(|kept| Some(kept.key()) != at_hand && !is_same(kept)).collect()
}

/// Where the own data at hand are besides in this tab, and how they can be forgotten.
pub fn whereabouts(lab: &Lab) -> Html {
    let all = lab.kept.all();
    let own = match &lab.state.data {
        DataChoice::Own(data) => lab.own.as_ref().map(|own| (own, &data.known)),
        _ => None,
    };
    let kept = own.and_then(|(own, _)| lab.kept.of(own)).cloned();
    let forget = |text: &'static str, gone: Vec<Kept>| {
        let onclick = lab.kept.forget.reform(move |_: MouseEvent| gone.clone());
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
                if own.is_some_and(|(_, known)| matches!(known, Known::Packed(_))) {
                    { " The link contains your data." }
                }
            </p>
        }
    }
}
