//! What a visitor chose on the page of an experiment, and its address.
//!
//! Settings of the experiment keep their own names (`k=1`). The page's keys are in [`PAGE_KEYS`]; no experiment may have a
//! setting of such a name.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::data::Sample;
use crate::report::{Listed, RunRequest, UserTableSupport};
use crate::state::{AppState, DataChoice, address};

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
    /// Settings, each with its key, that are set at once.
    SetMany(Vec<(String, String)>),
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
    /// Runs with nothing but these settings, and on these bundled data; `None`: on those that are open.
    OpenState {
        data: Option<String>,
        settings: Vec<(String, String)>,
    },
    /// Another address of this page.
    Open(Box<ExperimentState>),
}

impl ExperimentAction {
    /// Whether this goes on with what was done right before: both are one step of the history.
    pub fn continues(&self, last: &Self) -> bool {
        match (self, last) {
            (Self::Set { key, .. }, Self::Set { key: last, .. })
            | (Self::Guess { key, .. }, Self::Guess { key: last, .. }) => key == last,
            (Self::SetMany(set), Self::SetMany(last)) => {
                set.iter().map(|(key, _)| key).eq(last.iter().map(|(key, _)| key))
            }
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
            ExperimentAction::SetMany(set) => {
                set.into_iter().for_each(|(key, text)| put(&mut next.settings, key, Some(text)));
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
            ExperimentAction::OpenState { data, settings } => {
                next.settings = settings;
                if let Some(slug) = data {
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

    /// An experiment on the table that is open in Explore as it is there, with its method where the experiment has it.
    pub fn on_table(listed: &Listed, explore: &AppState) -> Self {
        let target = explore.target().filter(|_| listed.user_table_support == UserTableSupport::WithTarget);
        let mut state = Self::new(&listed.slug);
        state.data = ExperimentData::Mine { target, table: explore.table_address() };
        let method = explore.method.info().slug;
        if let Some((key, slugs)) = &listed.scaling
            && slugs.iter().any(|slug| slug == method)
        {
            state.settings.push((key.clone(), method.into()));
        }
        state
    }

    /// The experiment of this slug on the table that is open in Explore.
    pub fn of_claim(slug: &str, explore: &AppState) -> Self {
        let data = ExperimentData::Mine { target: explore.target(), table: explore.table_address() };
        Self { data, ..Self::new(slug) }
    }

    /// The address of all experiments, for the table that this opens in Explore.
    pub fn all_on_table(table: &str) -> String {
        let table = utf8_percent_encode(table, ESCAPED);
        format!("/experiments?data={OWN}&table={table}")
    }

    /// What the program is asked, without the visitor's own table.
    pub fn request(&self) -> RunRequest {
        let data = match &self.data {
            ExperimentData::Sample(slug) => Some(slug.clone()),
            ExperimentData::Default | ExperimentData::Mine { .. } => None,
        };
        RunRequest {
            slug: self.slug.clone(),
            settings: self.settings.clone(),
            seed: self.seed,
            data,
            ..RunRequest::default()
        }
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

impl AppState {
    /// What opens the table of Explore, its method and its fit set: what stands behind the `?` of the address.
    pub fn table_address(&self) -> String {
        address::encode(self).split_once('?').map_or_else(String::new, |(_, query)| query.to_owned())
    }

    /// The column that one would predict: that of the sample, or that whose categories colour the plots.
    fn target(&self) -> Option<String> {
        let of_sample = match &self.data {
            DataChoice::Sample(slug) => Sample::from_slug(slug).and_then(|sample| sample.label),
            _ => None,
        };
        of_sample.map(str::to_owned).or_else(|| self.color.clone())
    }
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
        let opened =
            ExperimentAction::OpenState { data: Some("iris".into()), settings: vec![("k".into(), "5".into())] };
        assert_eq!(state.after(opened).encode(), "/experiment/nearest?data=iris&k=5&run=1");
    }

    #[test]
    fn a_default_is_left_out() {
        let set = |text: Option<&str>| ExperimentAction::Set { key: "k".into(), text: text.map(Into::into) };
        let state = ExperimentState::new("nearest").after(set(Some("1"))).after(set(None));
        assert_eq!(state.encode(), "/experiment/nearest");
    }
}
