//! What the page asks.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::Pick;
use normlab_data::csv::ReadOptions;
use normlab_data::{DataCell, Edit, SavedFit};
use normlab_engine::{Conventions, Method};
use normlab_plot::{AxisScale, View};

/// How an experiment takes the loaded table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserTableQuery {
    /// The name of the column that is its target.
    pub target: Option<String>,
    /// The rows that a scaling is fitted on. What was found before is of a method, not of an experiment: all rows then.
    pub fit: FitOn,
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

/// What the page wants to show: what is loaded, normalized and summarised.
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
    pub plot_options: PlotOptions,
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
    Separate,
    /// All features of both sides: what normalization did to the scale is seen.
    Same,
}

/// A window of the table, before and after by the method of the last view.
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

/// Where a value of the last view comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceQuery {
    pub cell: DataCell,
}

/// What to find on both sides of the last view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HighlightQuery {
    pub pick: Pick,
}

impl ViewQuery {
    /// The features on the axes of a scatter plot, as indices into the chosen columns: those that were asked for when
    /// both are chosen, else the first two.
    pub fn pair(&self) -> (usize, usize) {
        let chosen = |column: u32| self.columns.iter().position(|&other| other == column);
        let asked = self.plot_options.pair.and_then(|(x, y)| Some((chosen(x)?, chosen(y)?)));
        asked.unwrap_or((0, 1.min(self.columns.len().saturating_sub(1))))
    }
}
