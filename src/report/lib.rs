//! What an experiment is and what it found, as plain data: the program of the experiments makes it, and the page shows
//! any of it without knowing the experiment.
//!
//! Before a run there is a [`Description`]: question, controls, predictions to make. After it there is a [`Report`]:
//! sentences, figures, tables, and the facts that predictions are compared with.

mod control;
mod gap;
mod grade;
mod message;
mod practice;

pub use control::{Control, ControlValue, Landmark};
pub use gap::{Guess, gap};
pub use grade::{is_right, perfect, right_order, rule, told};
pub use message::{FromExperiments, Listed, PauseCommand, RunRequest, ToExperiments, UserTable};
pub use practice::{ItemId, ItemTable, PracticeItem, PracticeQuery, Slip, Topic, WorkingLine};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use normlab_plot::{Mark, Scene};

/// An experiment before any run, with these settings on these data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// In the address, forever: `nearest`.
    pub slug: String,
    /// The question, in a learner's words.
    pub question: String,
    /// One sentence: why the answer matters.
    pub why: String,
    pub sources: Vec<Source>,
    /// The bundled data sets it may run on, as (slug, title); the first is its default. None for experiments that make
    /// their own data.
    pub data: Vec<(String, String)>,
    /// What a visitor's own table must have, or why it cannot be used.
    pub user_table_support: UserTableSupport,
    /// Whether chance plays a part, so that there is a seed.
    pub seeded: bool,
    pub controls: Vec<Control>,
    /// Questions before the run, whose answers are remembered and never required.
    pub predictions: Vec<Prediction>,
}

/// What can be read about a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub title: String,
    /// An `https` address; empty for what is only in print.
    pub link: String,
}

/// Whether a visitor's own table may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserTableSupport {
    /// A table whose target column is chosen.
    WithTarget,
    /// Any table with numbers.
    AnyTable,
    /// It cannot be used, for this reason.
    No(Cow<'static, str>),
}

impl Default for UserTableSupport {
    fn default() -> Self {
        Self::No(Cow::Borrowed(""))
    }
}

/// Something to predict before the run; the fact of the same key is the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    pub key: String,
    pub prompt: String,
    pub kind: PredictionKind,
}

/// What kind of answer a prediction takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PredictionKind {
    /// A number in this unit, from `low` to `high`.
    Number { unit: String, low: f64, high: f64 },
    /// These items in an order, the highest first.
    Order(Vec<String>),
    /// One of these.
    Choice(Vec<String>),
    /// Whether it is less than, equal to or more than something, as said by these three.
    Sign([String; 3]),
    /// A height for each of these labels, from 0 to `most` in this unit: a histogram, or a curve by its points.
    Curve { labels: Vec<String>, unit: String, most: u8 },
    /// Cells of a grid of so many rows and columns.
    Cells { rows: u32, columns: u32 },
}

/// Something that came out, which a prediction can be compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// That of the prediction.
    pub key: String,
    pub value: FactValue,
    /// One sentence: why it came out so.
    pub why: String,
}

/// The answer to a prediction of the same kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactValue {
    Number(f64),
    /// A value for each item of the prediction, in the order of its items: the highest is the first.
    Order(Vec<f64>),
    /// The index of the right one.
    Choice(usize),
    /// A number whose sign is the answer.
    Sign(f64),
    /// A height for each label.
    Curve(Vec<f64>),
    /// Indices of cells, row by row, in ascending order.
    Cells(Vec<u32>),
}

/// What a run found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What matters most, computed from the outcome.
    pub headline: String,
    pub sentences: Vec<String>,
    pub figures: Vec<Figure>,
    pub tables: Vec<Table>,
    pub facts: Vec<Fact>,
    /// Where the claim does not hold.
    pub limits: Vec<Limit>,
    /// What is to be said at once, even while the run goes on, as that a network has diverged; empty: nothing.
    pub alert: String,
    /// Arrays of the run that can be opened in Explore.
    pub arrays: Vec<ReportArray>,
}

impl Report {
    /// Takes the tables of times out: what is left is the same in every run.
    pub fn take_timing(&mut self) -> Vec<Table> {
        self.tables.extract_if(.., |table| table.is_timing).collect()
    }
}

/// An array of a run as a file: examples down, features across.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportArray {
    /// What it is, as `BatchNorm, hidden layer 3`.
    pub title: String,
    /// As `batch-norm-3.npy`.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A picture, with what plays in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Unique in the report.
    pub key: String,
    pub scene: Scene,
    /// Marks that are drawn over the scene, one after the other; empty when nothing plays.
    pub frames: Vec<Frame>,
    /// Marks that set a setting when they are dragged.
    pub handles: Vec<Handle>,
    /// What stands behind the cells of its heat map, row by row; empty: nothing.
    pub cells: Vec<CellState>,
    /// Figures of the same row stand beside each other where there is room.
    pub row: u32,
}

/// The state of the same experiment, on the same data, whose outcome a cell of a heat map shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellState {
    /// As `learning rate 0.1, 5 hidden layers`.
    pub label: String,
    /// Settings that differ from the defaults, as (key, text).
    pub settings: Vec<(String, String)>,
}

/// One moment of a figure that plays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// As `step 154`.
    pub label: String,
    pub marks: Vec<Mark>,
}

/// A mark that can be dragged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Handle {
    pub label: String,
    /// Where it is, in data coordinates.
    pub at: (f64, f64),
    /// The key of the setting that its x sets; `None`: it does not move to the side.
    pub x: Option<String>,
    /// The key of the setting that its y sets; `None`: it does not move up or down.
    pub y: Option<String>,
    /// How long one unit of each setting is in data coordinates; `None`: the settings are data coordinates.
    pub units: Option<(f64, f64)>,
}

/// A table of a report. The first cell of a row is its heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// What is to be known of it; may be empty.
    pub note: String,
    /// In a table of many seeds, the seed of each row, whose run the page can open; else empty.
    pub seeds: Vec<u64>,
    /// Whether its numbers are times, which differ from one run to the next; all others do not.
    pub is_timing: bool,
}

/// A state of the same experiment in which the claim does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// One sentence, which the page shows beside a button that opens the state.
    pub text: String,
    /// The bundled data of that state; `None`: those that are open.
    pub data: Option<String>,
    /// Settings that differ from the defaults, as (key, text).
    pub settings: Vec<(String, String)>,
}
