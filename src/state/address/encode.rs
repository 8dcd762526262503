//! From state to address.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::changed::changed;
use super::escape::escape;
use super::{DEFAULT_SHARE, OWN, PAGE, limits, user_file};
use crate::data::generator::Generator;
use crate::parameters::Parameters;
use crate::plot::AxisScale;
use crate::protocol::{AxisPolicy, FitOn};
use crate::state::{AppState, DataChoice, FeatureLayout};

/// The address of a state: what comes behind `#`.
pub fn encode(state: &AppState) -> String {
    let normal = AppState::default();
    if *state == normal { PAGE.into() } else { written(state, &normal).0 }
}

/// The keys of what an address is too short for.
pub fn without(state: &AppState) -> Vec<&'static str> {
    written(state, &AppState::default()).1
}

fn written(state: &AppState, normal: &AppState) -> (String, Vec<&'static str>) {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut put = |key: &str, value: String| pairs.push((key.into(), value));
    if state.data != normal.data {
        match &state.data {
            DataChoice::Sample(slug) => put("data", (*slug).into()),
            DataChoice::Generated { generator, seed } => {
                let slug = generator.info().slug;
                put("data", slug.into());
                put("seed", seed.to_string());
                let usual = Generator::from_slug(slug).map(|usual| usual.describe()).unwrap_or_default();
                for (key, text) in changed(&generator.describe(), &usual) {
                    put(&format!("g.{key}"), escape(&text));
                }
            }
            DataChoice::UserFile(data) => {
                put("data", OWN.into());
                user_file::encode(data, &mut put);
            }
        }
    }
    if !state.edits.is_empty() {
        put("edits", super::edits::encode(&state.edits).0);
    }
    if let Some(columns) = &state.columns {
        put("cols", columns.iter().map(|name| escape(name)).collect::<Vec<_>>().join(","));
    }
    let slug = state.method.info().slug;
    if slug != normal.method.info().slug {
        put("method", slug.into());
    }
    if state.conventions != normal.conventions {
        put("library", state.conventions.slug().into());
    }
    let usual = state.usual(slug).map(|usual| usual.describe_all()).unwrap_or_default();
    for (key, text) in changed(&state.method.describe_all(), &usual) {
        put(&key, escape(&text));
    }
    if let Some(text) = saved_text(&state.fit) {
        put("fit", "saved".into());
        put("saved", text);
    }
    if let FitOn::Train { share, seed } = state.fit {
        put("fit", "train".into());
        if share != DEFAULT_SHARE {
            put("share", share.to_string());
        }
        put("split", seed.to_string());
    }
    if let Some(with) = &state.with {
        put(super::with::KEY, super::with::encode(with, state));
    }
    if let Some(view) = state.view {
        put("view", view.info().slug.into());
    }
    if let Some(layout) = state.layout {
        put("layout", if layout == FeatureLayout::Each { "each" } else { "overlaid" }.into());
    }
    match state.axes {
        AxisPolicy::Shared => {}
        AxisPolicy::Separate => put("axes", "own".into()),
        AxisPolicy::Same => put("axes", "same".into()),
    }
    if state.scale == AxisScale::SymLog {
        put("scale", "symlog".into());
    }
    if state.zoom {
        put("zoom", "98".into());
    }
    if let Some((x, y)) = &state.pair {
        put("pair", format!("{},{}", escape(x), escape(y)));
    }
    if let Some(bins) = state.bins {
        put("bins", bins.to_string());
    }
    if let Some(color) = &state.color {
        put("color", escape(color));
    }
    if let Some(pick) = state.pick {
        put("pick", super::pick::encode(pick));
    }
    if let Some(study) = state.study {
        put("study", study.slug().into());
    }
    if state.batches != normal.batches {
        if state.batches.passes != normal.batches.passes {
            put("passes", state.batches.passes.to_string());
        }
        if let Some(name) = &state.batches.feature {
            put("walk", escape(name));
        }
    }
    if state.compare != normal.compare {
        super::compare::encode(&state.compare, &mut put);
    }
    if pairs.is_empty() {
        return (PAGE.into(), Vec::new());
    }
    let without = limits::shorten(&mut pairs);
    let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    (format!("{PAGE}?{}", pairs.join("&")), without)
}

/// A saved fit for the address, when it is small enough.
pub fn saved_text(fit: &FitOn) -> Option<String> {
    let FitOn::Saved(saved) = fit else { return None };
    Some(Base64UrlUnpadded::encode_string(saved.to_json().as_bytes())).filter(|text| text.len() <= limits::SAVED)
}
