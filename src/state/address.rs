//! Address <-> state: readable names, defaults left out. Any address gives a valid state, and says what it did not
//! understand.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{AppState, DataChoice, Layout};
use crate::data::{generator::Generator, sample};
use crate::engine::{Allowed, Method, Parameters};
use crate::plot::View;
use crate::protocol::Fit;

/// What stays readable in a value; the comma separates names and is always encoded inside one.
const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const PAGE: &str = "/explore";
/// Data of the visitor's own, in `data=`.
const OWN: &str = "file";
/// Share of the rows that `fit=train` means when no share is given.
pub const DEFAULT_SHARE: f64 = 0.75;
/// Share of the rows that can be fitted on.
pub const SHARE: Allowed = Allowed::Between(0.05, 0.95);
/// Number of bins that can be asked for.
pub const BINS: Allowed = Allowed::Between(1.0, 200.0);
/// Longer addresses are cut: no state needs as much.
const LONGEST: usize = 100_000;
/// At most so many complaints, each at most so long.
const COMPLAINTS: usize = 5;
const COMPLAINT_CHARS: usize = 60;

/// The address of a state: what comes behind `#`.
pub fn encode(state: &AppState) -> String {
    let normal = AppState::default();
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
            DataChoice::Own { name } => {
                put("data", OWN.into());
                put("name", escape(name));
            }
        }
    }
    if let Some(columns) = &state.columns {
        put("cols", columns.iter().map(|name| escape(name)).collect::<Vec<_>>().join(","));
    }
    let slug = state.method.info().slug;
    if slug != normal.method.info().slug {
        put("method", slug.into());
    }
    let usual = Method::from_slug(slug).map(|usual| usual.parameters()).unwrap_or_default();
    for (key, text) in changed(&state.method.parameters(), &usual) {
        put(&key, escape(&text));
    }
    if let Fit::Train { share, seed } = state.fit {
        put("fit", "train".into());
        if share != DEFAULT_SHARE {
            put("share", share.to_string());
        }
        put("split", seed.to_string());
    }
    if state.view != normal.view {
        put("view", state.view.info().slug.into());
    }
    if let Some(layout) = state.layout {
        put("layout", if layout == Layout::Each { "each" } else { "overlaid" }.into());
    }
    if !state.shared_axis {
        put("axes", "own".into());
    }
    if let Some(bins) = state.bins {
        put("bins", bins.to_string());
    }
    if let Some(color) = &state.color {
        put("color", escape(color));
    }
    if pairs.is_empty() {
        return PAGE.into();
    }
    let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{PAGE}?{}", pairs.join("&"))
}

/// Settings that differ from the usual ones, or are shown only because another differs.
fn changed(settings: &[crate::engine::Described], usual: &[crate::engine::Described]) -> Vec<(String, String)> {
    settings
        .iter()
        .filter(|one| {
            !usual.iter().any(|other| other.field.key == one.field.key && other.value.text() == one.value.text())
        })
        .map(|one| (one.field.key.to_string(), one.value.text()))
        .collect()
}

/// The state of an address, with one sentence for each part that was not understood.
pub fn decode(address: &str) -> (AppState, Vec<String>) {
    let mut reader = Reader::new(address);
    let mut state = AppState::default();
    reader.data(&mut state);
    reader.method(&mut state);
    reader.fit(&mut state);
    reader.picture(&mut state);
    (state, reader.finish())
}

/// Takes pair after pair out of an address.
struct Reader {
    pairs: Vec<(String, String)>,
    complaints: Vec<String>,
}

impl Reader {
    fn new(address: &str) -> Self {
        let mut complaints = Vec::new();
        let mut address = address.strip_prefix('#').unwrap_or(address);
        if address.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|&end| address.is_char_boundary(end)).unwrap_or(0);
            address = &address[..end];
            complaints.push("The address is too long; its end was left out.".into());
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        if !matches!(path, "" | "/" | PAGE) {
            complaints.push(format!("There is no page \u{201c}{}\u{201d}; this is Explore.", shorten(path)));
        }
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        // Lists keep their commas apart from commas inside names: values are decoded where they are used.
        Self { pairs: pairs.map(|(key, value)| (unescape(key), value.into())).collect(), complaints }
    }

    /// The undecoded value of a key; the last one counts.
    fn take_raw(&mut self, key: &str) -> Option<String> {
        let found = self.pairs.iter().rposition(|(other, _)| other == key)?;
        let value = self.pairs.swap_remove(found).1;
        self.pairs.retain(|(other, _)| other != key);
        Some(value)
    }

    fn take(&mut self, key: &str) -> Option<String> {
        self.take_raw(key).map(|value| unescape(&value))
    }

    fn complain(&mut self, key: &str, value: &str, allowed: &str) {
        self.complaints.push(format!(
            "\u{201c}{}={}\u{201d} was not understood ({allowed}).",
            shorten(key),
            shorten(value)
        ));
    }

    fn number(&mut self, key: &str, allowed: Allowed) -> Option<f64> {
        let text = self.take(key)?;
        let number = text.parse().ok().filter(|&number| allowed.accepts(number));
        if number.is_none() {
            self.complain(key, &text, &format!("allowed: {}", allowed.describe()));
        }
        number
    }

    fn whole(&mut self, key: &str) -> Option<u64> {
        let text = self.take(key)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.complain(key, &text, "allowed: a whole number");
        }
        number
    }

    fn data(&mut self, state: &mut AppState) {
        let Some(slug) = self.take("data") else { return };
        if let Some(sample) = sample::ALL.iter().find(|sample| sample.slug == slug) {
            state.data = DataChoice::Sample(sample.slug);
        } else if let Some(mut generator) = Generator::from_slug(&slug) {
            let seed = self.whole("seed").unwrap_or(1);
            self.settings("g.", |key, text| generator.set(key, text).map_err(|error| error.to_string()));
            state.data = DataChoice::Generated { generator, seed };
        } else if slug == OWN {
            state.data = DataChoice::Own { name: self.take("name").unwrap_or_else(|| "data".into()) };
        } else {
            self.complain("data", &slug, "no such data set");
        }
    }

    fn method(&mut self, state: &mut AppState) {
        if let Some(slug) = self.take("method") {
            match Method::from_slug(&slug) {
                Some(method) => state.method = method,
                None => self.complain("method", &slug, "no such method"),
            }
        }
        // What remains unknown after these names is a setting of the method, or not understood.
        let known = ["fit", "share", "split", "view", "layout", "axes", "bins", "color", "cols"];
        let kept: Vec<_> = known.iter().filter_map(|key| Some((*key, self.take_raw(key)?))).collect();
        self.settings("", |key, text| state.method.set(key, text).map_err(|error| error.to_string()));
        self.pairs.extend(kept.into_iter().map(|(key, value)| (key.to_string(), value)));
    }

    /// Sets every pair whose key starts with `prefix`. A setting may become known only through another (a mode that
    /// shows more of them), so this goes round until nothing changes.
    fn settings(&mut self, prefix: &str, mut set: impl FnMut(&str, &str) -> Result<(), String>) {
        let (mine, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pairs).into_iter().partition(|(key, _)| key.starts_with(prefix));
        self.pairs = others;
        let mut open = mine;
        loop {
            let before = open.len();
            let mut refused = Vec::new();
            for (key, value) in open {
                if let Err(why) = set(&key[prefix.len()..], &unescape(&value)) {
                    refused.push((key, value, why));
                }
            }
            if refused.len() == before || refused.is_empty() {
                for (key, value, why) in refused {
                    self.complain(&key, &unescape(&value), &why);
                }
                return;
            }
            open = refused.into_iter().map(|(key, value, _)| (key, value)).collect();
        }
    }

    fn fit(&mut self, state: &mut AppState) {
        let share = self.number("share", SHARE).unwrap_or(DEFAULT_SHARE);
        let seed = self.whole("split").unwrap_or(1);
        match self.take("fit").as_deref() {
            Some("train") => state.fit = Fit::Train { share, seed },
            Some("all") | None => {}
            Some(other) => self.complain("fit", other, "allowed: all, train"),
        }
    }

    fn picture(&mut self, state: &mut AppState) {
        if let Some(slug) = self.take("view") {
            match View::from_slug(&slug) {
                Some(view) => state.view = view,
                None => self.complain("view", &slug, "no such view"),
            }
        }
        match self.take("layout").as_deref() {
            Some("each") => state.layout = Some(Layout::Each),
            Some("overlaid") => state.layout = Some(Layout::Overlaid),
            None => {}
            Some(other) => self.complain("layout", other, "allowed: overlaid, each"),
        }
        match self.take("axes").as_deref() {
            Some("own") => state.shared_axis = false,
            Some("shared") | None => {}
            Some(other) => self.complain("axes", other, "allowed: shared, own"),
        }
        state.bins = self.number("bins", BINS).map(|bins| bins.round() as u32);
        state.color = self.take("color").filter(|name| !name.is_empty());
        let columns = self.take_raw("cols").unwrap_or_default();
        let columns: Vec<_> = columns.split(',').filter(|name| !name.is_empty()).map(unescape).collect();
        state.columns = (!columns.is_empty()).then_some(columns);
    }

    fn finish(mut self) -> Vec<String> {
        for (key, value) in std::mem::take(&mut self.pairs) {
            self.complain(&key, &unescape(&value), "no such setting");
        }
        let more = self.complaints.len().saturating_sub(COMPLAINTS);
        self.complaints.truncate(COMPLAINTS);
        if more > 0 {
            self.complaints.push(format!("{more} more parts of the address were not understood."));
        }
        self.complaints
    }
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, KEEP).to_string()
}

fn unescape(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= COMPLAINT_CHARS {
        return text.into();
    }
    text.chars().take(COMPLAINT_CHARS).chain(['\u{2026}']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;
    use proptest::prelude::*;

    fn round(state: &AppState) {
        let address = encode(state);
        let (again, complaints) = decode(&address);
        assert!(complaints.is_empty(), "{address}: {complaints:?}");
        assert_eq!(encode(&again), address);
        assert_eq!(AppState { shelf: state.shelf.clone(), ..again }, *state, "{address}");
    }

    #[test]
    fn the_first_page_has_the_shortest_address() {
        assert_eq!(encode(&AppState::default()), "/explore");
        assert_eq!(decode("").0, AppState::default());
        assert_eq!(decode("#/explore").0, AppState::default());
    }

    #[test]
    fn every_choice_travels() {
        let mut state = AppState::default();
        for sample in sample::ALL {
            round(&state.after(Action::ChooseData(DataChoice::Sample(sample.slug))));
        }
        for generator in Generator::all() {
            state = state.after(Action::ChooseData(DataChoice::Generated { generator, seed: 99 }));
            round(&state);
        }
        for method in Method::all() {
            state = state.after(Action::ChooseMethod(method.info().slug));
            round(&state);
        }
        let state = state
            .after(Action::ChooseData(DataChoice::Own { name: "a b, c&d=1#?.csv".into() }))
            .after(Action::ChooseColumns(Some(vec!["x,y".into(), "50%".into(), "\u{1f377}".into()])))
            .after(Action::ChooseMethod("batch-norm"))
            .after(Action::SetMethod { key: "mode", text: "evaluation".into() })
            .after(Action::SetMethod { key: "momentum", text: "0.25".into() })
            .after(Action::SetFit(Fit::Train { share: 0.5, seed: 3 }))
            .after(Action::SetView(View::Density))
            .after(Action::SetLayout(Layout::Each))
            .after(Action::SetSharedAxis(false))
            .after(Action::SetBins(Some(30)))
            .after(Action::SetColor(Some("species".into())));
        assert!(encode(&state).contains("momentum=0.25"));
        round(&state);
    }

    #[test]
    fn the_address_is_readable() {
        let state = AppState::default()
            .after(Action::ChooseData(DataChoice::Sample("wine")))
            .after(Action::ChooseColumns(Some(vec!["alcohol".into(), "proline".into()])))
            .after(Action::ChooseMethod("min-max"))
            .after(Action::SetMethod { key: "low", text: "-1".into() });
        assert_eq!(encode(&state), "/explore?data=wine&cols=alcohol,proline&method=min-max&low=-1");
    }

    #[test]
    fn nonsense_is_named_and_the_rest_opens() {
        let (state, complaints) = decode("#/explore?data=wine&method=magic&bins=9000&eps=7&fit=train&share=2&wat=1");
        assert_eq!(state.data, DataChoice::Sample("wine"));
        assert_eq!(state.fit, Fit::Train { share: DEFAULT_SHARE, seed: 1 });
        let all = complaints.join("\n");
        for part in ["method=magic", "bins=9000", "eps=7", "share=2", "wat=1"] {
            assert!(all.contains(part), "{part} in {all}");
        }
    }

    #[test]
    fn a_huge_address_opens() {
        let (state, complaints) = decode(&format!("#/explore?data=wine&{}", "x=\u{e9}&".repeat(50_000)));
        assert_eq!(state.data, DataChoice::Sample("wine"));
        assert!(complaints.len() <= COMPLAINTS + 1);
        assert!(complaints.iter().map(String::len).sum::<usize>() < 2000);
    }

    proptest! {
        #[test]
        fn any_address_gives_a_state_that_travels(address in ".{0,200}") {
            round(&decode(&address).0);
        }

        #[test]
        fn any_pairs_give_a_state_that_travels(
            pairs in proptest::collection::vec(
                ("(data|seed|method|eps|low|high|fit|share|split|cols|bins|view|axes|layout|color|mode|g.rows|name)",
                 "(wine|normal|file|robust|batch-norm|evaluation|train|[0-9.e-]{1,6}|[%,a-z0-9&]{0,8})"), 0..9)
        ) {
            let text: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
            round(&decode(&format!("#/explore?{}", text.join("&"))).0);
        }
    }
}
