//! What the page asks.

use std::mem::{Discriminant, discriminant};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Pick, StudyQuery};
use normlab_data::csv::ReadOptions;
use normlab_data::{DataCell, Edit, SavedFit};
use normlab_engine::{Conventions, Method};
use normlab_plot::{AxisScale, View};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// Read this and keep it; what was loaded before stays until that has succeeded.
    Load(DataSource),
    /// Normalize and summarise what is loaded.
    View(ViewQuery),
    /// A window of the table, before and after by the method of the last view.
    Rows(RowsQuery),
    /// Where the picked values are on both sides of the last view.
    Highlight(HighlightQuery),
    /// Where a value of the last view comes from.
    Trace(DataCell),
    /// A closer look at the last view.
    Study(StudyQuery),
    /// The loaded table as an experiment takes it.
    OwnTable(OwnTableQuery),
    /// A file to take away, made of the last view.
    Save(Save),
    /// Stop working on the request of this id.
    Cancel(u64),
    /// Whether somebody is there: answered before anything else.
    Ping,
}

/// How an experiment takes the loaded table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnTableQuery {
    /// The name of the column that is its target.
    pub target: Option<String>,
    /// The rows that a scaling is fitted on. What was found before is of a method, not of an experiment: all rows then.
    pub fit: FitOn,
}

/// What kind of question it is, as far as precedence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskKind {
    Load,
    View,
    Rows,
    OwnTable,
    Study(Discriminant<StudyQuery>),
    Save,
    /// A small one, or none.
    Other,
}

impl Ask {
    pub fn kind(&self) -> AskKind {
        match self {
            Self::Load(_) => AskKind::Load,
            Self::View(_) => AskKind::View,
            Self::Rows(_) => AskKind::Rows,
            Self::OwnTable(_) => AskKind::OwnTable,
            Self::Study(query) => AskKind::Study(discriminant(query)),
            Self::Save(_) => AskKind::Save,
            Self::Highlight(_) | Self::Trace(_) | Self::Cancel(_) | Self::Ping => AskKind::Other,
        }
    }
}

impl AskKind {
    /// Whether a question of this kind makes an earlier one pointless: a load makes every other so, a view what takes long
    /// about the view before it. While a slider moves, or a scroll bar, only the last of a kind is worth its time.
    pub fn overtakes(self, earlier: Self) -> bool {
        match self {
            Self::Load => true,
            Self::View => matches!(earlier, Self::View | Self::Study(_) | Self::Save),
            Self::Rows | Self::OwnTable | Self::Study(_) => self == earlier,
            Self::Save | Self::Other => false,
        }
    }
}

/// Something to take away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Save {
    Table(SaveTable),
    /// Fitted parameters, of the data of this name.
    Fit(String),
}

/// The whole table as comma separated values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveTable {
    /// Whether the values before the method stand beside those after it.
    pub before: bool,
    /// What the latter are called then.
    pub method: String,
}

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DataSource {
    /// A bundled sample, by slug.
    Sample(String),
    /// A generator by slug, its settings as (key, text), and the seed.
    Generated { generator: String, settings: Vec<(String, String)>, seed: u64 },
    /// A file whose handle travels beside the message.
    File { name: String, options: ReadOptions },
    /// Pasted text.
    Text { name: String, text: String, options: ReadOptions },
    /// Data that came in a link: see [`normlab_data::pack`].
    Packed { name: String, packed: String, options: ReadOptions },
}

/// What the page wants to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ViewQuery {
    /// Indices of the chosen numeric columns.
    pub columns: Vec<u32>,
    /// What the visitor changed in what was loaded, in order. The worker undoes and redoes what differs from last time.
    pub edits: Rc<Vec<Edit>>,
    pub method: Method,
    /// Whose rules hold.
    pub conventions: Conventions,
    pub fit: FitOn,
    /// What stands beside the result in place of the values before.
    pub with: Option<With>,
    pub picture: PlotOptions,
}

/// A second method on the same columns, or the same method with other settings, under the same rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct With {
    pub method: Method,
    pub fit: FitOn,
}

/// Which rows the statistics are taken from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum FitOn {
    #[default]
    All,
    /// A seeded share (0 to 1) of the rows.
    Train { share: f64, seed: u64 },
    /// None: they were found before.
    Saved(Rc<SavedFit>),
}

/// What the plots show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlotOptions {
    pub view: View,
    pub axes: AxisPolicy,
    pub scale: AxisScale,
    /// Only the central 98% of the values, so that a few far ones do not decide the axis.
    pub zoom: bool,
    /// `None`: chosen from the data (Freedman-Diaconis).
    pub bins: Option<u32>,
    /// Index of the column whose categories are drawn as series of their own.
    pub color: Option<u32>,
    /// Indices of the columns on the axes of a scatter plot; `None`: the first two chosen.
    pub pair: Option<(u32, u32)>,
}

/// Which pictures have the same axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AxisPolicy {
    /// All features of a side.
    #[default]
    Shared,
    /// Each feature its own: shapes are seen, scales cannot be compared.
    Own,
    /// All features of both sides: what normalization did to the scale is seen.
    Same,
}

/// A window of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowsQuery {
    /// First place in the order of the table, from 0.
    pub from: u64,
    pub count: u32,
    /// `None`: the order of the data.
    pub sort: Option<Sort>,
    /// Index of a row of the data that the window shall hold, wherever that is; `from` does not count then.
    pub row: Option<u64>,
}

/// An order of the rows; equal ones stay in the order of the data, missing values come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

/// Indices into [`super::TableColumns`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortBy {
    Before(u32),
    After(u32),
    Label(u32),
}

/// What to find on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HighlightQuery {
    pub pick: Pick,
}

impl ViewQuery {
    /// The features on the axes of a scatter plot, as indices into the chosen columns: those that were asked for when
    /// both are chosen, else the first two.
    pub fn pair(&self) -> (usize, usize) {
        let chosen = |column: u32| self.columns.iter().position(|&other| other == column);
        let asked = self.picture.pair.and_then(|(x, y)| Some((chosen(x)?, chosen(y)?)));
        asked.unwrap_or((0, 1.min(self.columns.len().saturating_sub(1))))
    }
}
