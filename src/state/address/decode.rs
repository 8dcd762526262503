//! From address to state.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::escape::unescape;
use super::pair_reader::{PairReader, refused};
use super::{BINS, DEFAULT_SHARE, OWN, PASSES, SHARE, limits, user_file};
use crate::data::{SavedFit, generator::Generator, sample};
use crate::engine::Conventions;
use crate::parameters::{ParameterError, Parameters};
use crate::plot::{AxisScale, View};
use crate::protocol::{AxisPolicy, FitOn};
use crate::state::{AppState, DataChoice, FeatureLayout, Study};

/// The state of an address, with one sentence for each part that was not understood.
pub fn decode(address: &str) -> (AppState, Vec<String>) {
    let mut reader = PairReader::new(address);
    let mut state = AppState::default();
    if !reader.pairs.is_empty() {
        reader.read(&mut state);
    }
    (state, reader.finish())
}

impl PairReader {
    fn read(&mut self, state: &mut AppState) {
        if let Some(keys) = self.take(limits::WITHOUT) {
            match limits::in_words(keys.split(',')) {
                Some(words) => {
                    self.complaints.push(format!("Not in this address, which would have been too long: {words}."));
                }
                None => self.complain(limits::WITHOUT, &keys, "nothing that an address leaves out"),
            }
        }
        self.data(state);
        self.edits(state);
        self.method(state);
        self.fit(state);
        state.with = super::with::decode(self, state);
        self.plot_options(state);
    }

    fn data(&mut self, state: &mut AppState) {
        let Some(slug) = self.take("data") else { return };
        if let Some(sample) = sample::ALL.iter().find(|sample| sample.slug == slug) {
            state.data = DataChoice::Sample(sample.slug);
        } else if let Some(mut generator) = Generator::from_slug(&slug) {
            let seed = self.whole("seed").unwrap_or(1);
            self.settings("g.", &mut |key, text| generator.set(key, text).map_err(|error| error.to_string()));
            state.data = DataChoice::Generated { generator, seed };
        } else if slug == OWN {
            state.data = DataChoice::UserFile(user_file::decode(self));
        } else {
            // Its seed and settings go with it.
            self.take("seed");
            self.pairs.retain(|(key, _)| !key.starts_with("g."));
            self.complain("data", &slug, "no such data set");
        }
    }

    fn edits(&mut self, state: &mut AppState) {
        let Some(text) = self.take_raw("edits") else { return };
        let (edits, complaints) = super::edits::decode(&text);
        state.edits = edits.into();
        self.complaints.extend(complaints);
    }

    fn method(&mut self, state: &mut AppState) {
        if let Some(slug) = self.take("library") {
            match Conventions::from_slug(&slug) {
                Some(conventions) => state.conventions = conventions,
                None => self.complain("library", &slug, "no such library"),
            }
        }
        let slug = self.take("method").unwrap_or_else(|| state.method.info().slug.into());
        match state.usual(&slug) {
            Some(method) => state.method = method,
            None => self.complain("method", &slug, "no such method"),
        }
        // What remains unknown after these names is a setting of the method, or not understood.
        let known = [
            "fit",
            "saved",
            "share",
            "split",
            "view",
            "layout",
            "axes",
            "scale",
            "zoom",
            "pair",
            "bins",
            "color",
            "cols",
            "pick",
            "study",
            "passes",
            "walk",
            super::with::KEY,
        ];
        let known = known.iter().chain(&super::compare::KEYS);
        let kept: Vec<_> = known.filter_map(|key| Some((*key, self.take_raw(key)?))).collect();
        self.settings("", &mut |key, text| {
            state.method.set(key, text).map_err(|error| match error {
                ParameterError::Unknown { .. } => {
                    format!("{} has no such setting", state.method.info().name)
                }
                error => error.to_string(),
            })
        });
        self.pairs.extend(kept.into_iter().map(|(key, value)| (key.to_string(), value)));
    }

    /// Sets every pair whose key starts with `prefix`.
    fn settings(&mut self, prefix: &str, set: &mut dyn FnMut(&str, &str) -> Result<(), String>) {
        let (mine, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pairs).into_iter().partition(|(key, _)| key.starts_with(prefix));
        self.pairs = others;
        for (key, value, why) in refused(mine, &mut |key, value| set(&key[prefix.len()..], &unescape(value))) {
            self.complain(&key, &unescape(&value), &why);
        }
    }

    fn fit(&mut self, state: &mut AppState) {
        let share = self.number("share", SHARE).unwrap_or(DEFAULT_SHARE);
        let seed = self.whole("split").unwrap_or(1);
        match self.take("fit").as_deref() {
            Some("train") => state.fit = FitOn::Train { share, seed },
            Some("saved") => {
                let text = self.take("saved").unwrap_or_default();
                let short = Some(&text).filter(|text| text.len() <= limits::SAVED);
                let json = short
                    .and_then(|text| Base64UrlUnpadded::decode_vec(text).ok())
                    .and_then(|bytes| String::from_utf8(bytes).ok());
                match json.ok_or("it is not whole".to_string()).and_then(|json| SavedFit::from_json(&json)) {
                    Ok(saved) if saved.method == state.method.info().slug && !saved.features.is_empty() => {
                        state.fit = FitOn::Saved(saved.into());
                    }
                    Ok(_) => self.complain("saved", &text, "a fit of the method of this address"),
                    Err(why) => self.complain("saved", &text, &why),
                }
            }
            Some("all") | None => {}
            Some(other) => self.complain("fit", other, "allowed: all, train, saved"),
        }
    }

    fn plot_options(&mut self, state: &mut AppState) {
        if let Some(slug) = self.take("view") {
            match View::from_slug(&slug) {
                Some(view) => state.view = Some(view),
                None => self.complain("view", &slug, "no such view"),
            }
        }
        match self.take("layout").as_deref() {
            Some("each") => state.layout = Some(FeatureLayout::Each),
            Some("overlaid") => state.layout = Some(FeatureLayout::Overlaid),
            None => {}
            Some(other) => self.complain("layout", other, "allowed: overlaid, each"),
        }
        match self.take("axes").as_deref() {
            Some("own") => state.axes = AxisPolicy::Separate,
            Some("same") => state.axes = AxisPolicy::Same,
            Some("shared") | None => {}
            Some(other) => self.complain("axes", other, "allowed: shared, own, same"),
        }
        match self.take("scale").as_deref() {
            Some("symlog") => state.scale = AxisScale::SymLog,
            Some("linear") | None => {}
            Some(other) => self.complain("scale", other, "allowed: linear, symlog"),
        }
        match self.take("zoom").as_deref() {
            Some("98") => state.zoom = true,
            None => {}
            Some(other) => self.complain("zoom", other, "allowed: 98"),
        }
        if let Some(pair) = self.take_raw("pair") {
            match pair.split_once(',') {
                Some((x, y)) => state.pair = Some((unescape(x), unescape(y))),
                None => self.complain("pair", &pair, "allowed: two names of columns"),
            }
        }
        state.bins = self.number("bins", BINS).map(|bins| bins.round() as u32);
        state.color = self.take("color").filter(|name| !name.is_empty());
        if let Some(text) = self.take("pick") {
            match super::pick::decode(&text) {
                Some(pick) => state.pick = Some(pick),
                None => self.complain("pick", &text, "allowed: row.column, or a range of a column"),
            }
        }
        if let Some(slug) = self.take("study") {
            match Study::from_slug(&slug) {
                Some(study) => state.study = Some(study),
                None => self.complain("study", &slug, "allowed: compare, batches, map"),
            }
        }
        if let Some(passes) = self.number("passes", PASSES) {
            state.batches.passes = passes.round() as u32;
        }
        state.batches.feature = self.take("walk").filter(|name| !name.is_empty());
        state.compare = super::compare::decode(self);
        let columns = self.take_raw("cols").unwrap_or_default();
        let columns: Vec<_> = columns.split(',').filter(|name| !name.is_empty()).map(unescape).collect();
        state.columns = (!columns.is_empty()).then_some(columns);
    }
}
