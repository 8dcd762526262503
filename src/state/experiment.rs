//! What a visitor chose on the page of an experiment, and its address.
//!
//! Settings of the experiment keep their own names (`k=1`). The page's keys are in [`PAGE_KEYS`]; no experiment may have a
//! setting of such a name.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::report::{Limit, RunRequest};

/// Keys of the page, which no setting of an experiment may have. Predictions are `guess.` and their key.
pub const PAGE_KEYS: [&str; 9] = ["data", "target", "table", "seed", "seeds", "run", "step", "present", "embed"];
const GUESS: &str = "guess.";
/// What `data=` says of the table that is open in Explore.
const OWN: &str = "mine";
/// How many seeds are run at once.
pub const SEEDS: u32 = 20;
/// Letters that need no escape in a value.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',');

/// Which data an experiment runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExperimentData {
    /// Those of the experiment.
    #[default]
    Default,
    /// A bundled data set.
    Sample(String),
    /// The table that is open in Explore.
    Mine {
        /// The column to predict, where one was chosen.
        target: Option<String>,
        /// What opens that table in Explore: what stands behind the `?` of its address.
        table: String,
    },
}

/// Everything that the address of an experiment says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExperimentState {
    pub slug: String,
    pub data: ExperimentData,
    /// What differs from the defaults, as (key, text), in the order in which it was set.
    pub settings: Vec<(String, String)>,
    pub seed: u64,
    /// What was predicted, as (key, text).
    pub guesses: Vec<(String, String)>,
    /// Whether it is to run, or ran.
    pub run: bool,
    /// Whether many seeds are run instead of one.
    pub many: bool,
    /// Which frame of what plays is shown; `None`: the last.
    pub step: Option<u32>,
}

/// What can happen on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum ExperimentAction {
    /// A setting gets this text; `None`: its default.
    Set {
        key: String,
        text: Option<String>,
    },
    SetSeed(u64),
    SetData(ExperimentData),
    /// `None`: no prediction.
    Guess {
        key: String,
        text: Option<String>,
    },
    /// Runs with one seed.
    Run,
    /// Runs with many seeds.
    RunMany,
    /// Forgets the run, so that predictions can be made again.
    PredictAgain,
    ShowStep(Option<u32>),
    /// A state in which the claim does not hold.
    OpenLimit(Limit),
    /// Another address of this page.
    Open(Box<ExperimentState>),
}

impl ExperimentAction {
    /// Whether this goes on with what was done right before: both are one step of the history.
    pub fn continues(&self, last: &Self) -> bool {
        match (self, last) {
            (Self::Set { key, .. }, Self::Set { key: last, .. })
            | (Self::Guess { key, .. }, Self::Guess { key: last, .. }) => key == last,
            // What is known of the table of the same address.
            (
                Self::SetData(ExperimentData::Mine { target, .. }),
                Self::SetData(ExperimentData::Mine { target: last, .. }),
            ) => target == last,
            (Self::SetSeed(_), Self::SetSeed(_)) | (Self::ShowStep(_), Self::ShowStep(_)) => true,
            _ => false,
        }
    }
}

impl ExperimentState {
    /// An experiment as it opens.
    pub fn new(slug: &str) -> Self {
        Self { slug: slug.into(), seed: 1, ..Self::default() }
    }

    #[must_use]
    pub fn after(&self, action: ExperimentAction) -> Self {
        let mut next = self.clone();
        match action {
            ExperimentAction::Set { key, text } => {
                put(&mut next.settings, key, text);
                next.step = None;
            }
            ExperimentAction::SetSeed(seed) => {
                next.seed = seed;
                next.many = false;
                next.step = None;
            }
            ExperimentAction::SetData(data) => {
                next.data = data;
                next.step = None;
            }
            ExperimentAction::Guess { key, text } => put(&mut next.guesses, key, text),
            ExperimentAction::Run => (next.run, next.many) = (true, false),
            ExperimentAction::RunMany => (next.run, next.many) = (true, true),
            ExperimentAction::PredictAgain => {
                next.run = false;
                next.guesses.clear();
            }
            ExperimentAction::ShowStep(step) => next.step = step,
            ExperimentAction::OpenLimit(limit) => {
                next.settings = limit.settings;
                if let Some(slug) = limit.data {
                    next.data = ExperimentData::Sample(slug);
                }
                (next.run, next.many, next.step) = (true, false, None);
            }
            ExperimentAction::Open(state) => next = *state,
        }
        next
    }

    /// The text of a prediction.
    pub fn guess(&self, key: &str) -> Option<&str> {
        self.guesses.iter().find(|(other, _)| other == key).map(|(_, text)| text.as_str())
    }

    /// The address of Explore whose table an address of an experiment asks for.
    pub fn explore_address(address: &str) -> Option<String> {
        match Self::decode("", address).0.data {
            ExperimentData::Mine { table, .. } => Some(format!("/explore?{table}")),
            _ => None,
        }
    }

    /// What the program is asked, without the visitor's own table.
    pub fn request(&self) -> RunRequest {
        let data = match &self.data {
            ExperimentData::Sample(slug) => Some(slug.clone()),
            ExperimentData::Default | ExperimentData::Mine { .. } => None,
        };
        RunRequest { id: 0, slug: self.slug.clone(), settings: self.settings.clone(), seed: self.seed, data, own: None }
    }

    /// The state of an address of an experiment, with a sentence for each part that was not understood.
    pub fn decode(slug: &str, address: &str) -> (Self, Vec<String>) {
        let mut state = Self::new(slug);
        let mut complaints = Vec::new();
        let (mut target, mut table) = (None, String::new());
        let query = address.split_once('?').map_or("", |(_, query)| query);
        for (key, text) in query.split('&').filter(|pair| !pair.is_empty()).map(pair) {
            match key.as_str() {
                "data" if text == OWN => state.data = ExperimentData::Mine { target: None, table: String::new() },
                "data" => state.data = ExperimentData::Sample(text),
                "target" => target = Some(text),
                "table" => table = text,
                "seed" => match text.parse() {
                    Ok(seed) => state.seed = seed,
                    Err(_) => {
                        complaints.push(format!("seed is \u{201c}{text}\u{201d}. Allowed: a whole number, 0 or more."))
                    }
                },
                "run" => state.run = true,
                "seeds" => (state.run, state.many) = (true, true),
                "step" => match text.parse() {
                    Ok(step) => state.step = Some(step),
                    Err(_) => {
                        complaints.push(format!("step is \u{201c}{text}\u{201d}. Allowed: a whole number, 0 or more."))
                    }
                },
                // How the page is framed, which another part of it reads.
                "present" | "embed" => {}
                _ => match key.strip_prefix(GUESS) {
                    Some(key) => put(&mut state.guesses, key.into(), Some(text)),
                    None => put(&mut state.settings, key, Some(text)),
                },
            }
        }
        if let ExperimentData::Mine { .. } = state.data {
            state.data = ExperimentData::Mine { target, table };
        }
        (state, complaints)
    }

    /// The address, as it stands behind `#`.
    pub fn encode(&self) -> String {
        let mut pairs = Vec::new();
        match &self.data {
            ExperimentData::Default => {}
            ExperimentData::Sample(slug) => pairs.push(("data".into(), slug.clone())),
            ExperimentData::Mine { target, table } => {
                pairs.push(("data".into(), OWN.into()));
                pairs.extend(target.clone().map(|target| ("target".into(), target)));
                if !table.is_empty() {
                    pairs.push(("table".into(), table.clone()));
                }
            }
        }
        pairs.extend(self.settings.iter().cloned());
        if self.seed != 1 {
            pairs.push(("seed".into(), self.seed.to_string()));
        }
        pairs.extend(self.guesses.iter().map(|(key, text)| (format!("{GUESS}{key}"), text.clone())));
        match (self.run, self.many) {
            (true, true) => pairs.push(("seeds".into(), SEEDS.to_string())),
            (true, false) => pairs.push(("run".into(), "1".into())),
            (false, _) => {}
        }
        pairs.extend(self.step.map(|step| ("step".into(), step.to_string())));
        let path = format!("/experiment/{}", self.slug);
        if pairs.is_empty() {
            return path;
        }
        let escape = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        let pairs = pairs.iter().map(|(key, text)| format!("{}={}", escape(key), escape(text)));
        format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
    }
}

/// Sets the text of a key where it stands, or takes it away.
fn put(pairs: &mut Vec<(String, String)>, key: String, text: Option<String>) {
    match (pairs.iter_mut().find(|(other, _)| *other == key), text) {
        (Some(pair), Some(text)) => pair.1 = text,
        (None, Some(text)) => pairs.push((key, text)),
        (_, None) => pairs.retain(|(other, _)| *other != key),
    }
}

fn pair(pair: &str) -> (String, String) {
    let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    (plain(key), plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was() {
        for address in [
            "/experiment/nearest",
            "/experiment/nearest?data=iris&k=1&run=1",
            "/experiment/nearest?data=mine&target=grower%20no.&table=data%3Dwine&row=3&seed=7&guess.share=50&seeds=20",
            "/experiment/nearest?step=154",
        ] {
            let (state, complaints) = ExperimentState::decode("nearest", address);
            assert_eq!((state.encode().as_str(), complaints.len()), (address, 0));
        }
    }

    #[test]
    fn the_table_of_a_link_opens_in_explore() {
        let open = ExperimentState::explore_address;
        assert_eq!(
            open("/experiment/nearest?data=mine&table=data%3Dwine%26cols%3Dash").as_deref(),
            Some("/explore?data=wine&cols=ash")
        );
        assert_eq!(open("/experiment/nearest?data=wine"), None);
    }

    #[test]
    fn what_is_not_understood_is_told_and_changes_nothing() {
        let (state, complaints) = ExperimentState::decode("nearest", "/experiment/nearest?seed=-1&k=1");
        assert_eq!(complaints, ["seed is “-1”. Allowed: a whole number, 0 or more."]);
        assert_eq!(state.encode(), "/experiment/nearest?k=1");
    }

    #[test]
    fn a_limit_opens_with_its_data_and_settings_and_runs() {
        let state =
            ExperimentState::new("nearest").after(ExperimentAction::Set { key: "k".into(), text: Some("1".into()) });
        let limit = Limit { text: String::new(), data: Some("iris".into()), settings: vec![("k".into(), "5".into())] };
        assert_eq!(state.after(ExperimentAction::OpenLimit(limit)).encode(), "/experiment/nearest?data=iris&k=5&run=1");
    }

    #[test]
    fn a_default_is_left_out() {
        let set = |text: Option<&str>| ExperimentAction::Set { key: "k".into(), text: text.map(Into::into) };
        let state = ExperimentState::new("nearest").after(set(Some("1"))).after(set(None));
        assert_eq!(state.encode(), "/experiment/nearest");
    }
}
