//! Messages between the page and the program of the experiments.

use serde::{Deserialize, Serialize};

use super::{Description, PracticeItem, PracticeQuery, Report, UserTableSupport};

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToExperiments {
    /// Which experiments there are.
    List,
    /// What an experiment is with these settings.
    Describe(RunRequest),
    /// Run it; a newer request replaces one that is running.
    Run(RunRequest),
    /// Run it with so many seeds, from that of the request on.
    Seeds(RunRequest, u32),
    /// Stop what is running.
    Cancel,
    /// Pause what is running, or let it go on.
    Pause(PauseCommand),
    /// Questions of Practice.
    Practice(PracticeQuery),
    /// The visitor's own table, for the requests that come after: it may be large, and is sent once.
    Keep(UserTable),
}

/// How a run goes on. A new run starts without a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseCommand {
    Pause,
    Continue,
    /// Go on until there is something new to show, then pause.
    Step,
}

/// An experiment with its settings and data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRequest {
    /// Chosen by the page; answers carry it.
    pub id: u64,
    pub slug: String,
    /// What differs from the defaults, as (key, text).
    pub settings: Vec<(String, String)>,
    pub seed: u64,
    /// The slug of bundled data; `None`: the visitor's own table, or else the default of the experiment.
    pub data: Option<String>,
    /// The visitor's own table.
    pub user_table: Option<UserTable>,
    /// Whether it runs on the table that was sent before, which the program puts in the place of `user_table`.
    pub on_user_table: bool,
}

/// A visitor's own table, as far as an experiment needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserTable {
    pub name: String,
    /// Names of the features, each with its values, one a row; NaN means missing.
    pub features: Vec<(String, Vec<f64>)>,
    /// Name of the target, and the class or value of each row as text; an empty text means missing.
    pub target: Option<(String, Vec<String>)>,
    /// The rows (from 0, ascending) that a scaling is fitted on; `None`: all of them.
    pub fitted_on: Option<Vec<u32>>,
}

/// What the program answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromExperiments {
    List(Vec<Listed>),
    /// `unknown` says which settings of the request were not understood, a sentence each.
    Described {
        id: u64,
        description: Description,
        unknown: Vec<String>,
    },
    /// From 0 to 1.
    Progress {
        id: u64,
        done: f32,
    },
    /// What is known so far.
    Partial {
        id: u64,
        report: Report,
    },
    Done {
        id: u64,
        report: Report,
    },
    /// Why there is no report, for the visitor.
    Refused {
        id: u64,
        why: String,
    },
    /// Questions of Practice, with what was asked.
    Practice {
        query: PracticeQuery,
        items: Vec<PracticeItem>,
    },
}

/// An experiment in the list of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub slug: String,
    pub question: String,
    pub why: String,
    /// The key of the figure that stands for what a run finds.
    pub picture: String,
    /// Titles of the data that it may run on beside a visitor's own.
    pub data: Vec<String>,
    /// What a visitor's own table must have, or why it cannot be used.
    pub user_table_support: UserTableSupport,
    /// The setting that chooses a scaling, and the slugs it takes; `None`: it compares several, or has none.
    pub scaling: Option<(String, Vec<String>)>,
    /// Settings, beside the defaults, whose run is short, as key and text: for the picture.
    pub short: Vec<(String, String)>,
}
