//! What the worker answers.

use serde::{Deserialize, Serialize};

use super::{Pick, RowsQuery, ViewQuery};
use normlab_data::{Checksum, DataCell, Reading, Remark};
use normlab_engine::conventions::FloatPrecision;
use normlab_engine::trace::Trace;
use normlab_engine::{Relation, Shape, Summary};
use normlab_plot::{Curve, ShownSpan};

/// Data that were loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadedData {
    pub info: DataInfo,
    /// Of a file or a text of the visitor's: what its content is.
    pub content: Option<IdentifiedContent>,
}

/// What the page knows of the content of the visitor's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentifiedContent {
    pub check: Checksum,
    /// The content for the link, when it is small enough: see [`normlab_data::pack`].
    pub packed: Option<String>,
}

/// What the page knows of the loaded data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataInfo {
    pub name: String,
    pub rows: u64,
    pub positions: u32,
    /// When the positions are the pixels of an image, its height and width.
    pub image: Option<(u32, u32)>,
    pub columns: Vec<ColumnInfo>,
    /// How a file or a text was read.
    pub reading: Option<Reading>,
    pub remarks: Vec<Remark>,
}

impl DataInfo {
    /// What the numbers were kept in where they came from.
    pub fn precision(&self) -> FloatPrecision {
        match &self.reading {
            Some(Reading::Array(array)) => array.precision,
            _ => FloatPrecision::Double,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Unique within the data set.
    pub name: String,
    /// The name it was loaded with, unique as well: choices and addresses call it so, whatever it is renamed to.
    pub key: String,
    pub kind: ColumnKind,
    pub missing: u64,
    /// Chosen when the visitor has not chosen.
    pub default: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnKind {
    Number,
    /// Text of so many distinct values.
    Text(u32),
}

/// Before and after, summarised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ViewResult {
    /// The question this answers.
    pub query: ViewQuery,
    pub shape: Shape,
    /// Rows the statistics were taken from.
    pub fitted_rows: u64,
    pub features: Vec<Feature>,
    pub groups: Groups,
    /// Why nothing came of the method: then there is no side after.
    pub refused: Option<String>,
    pub before: PlotSide,
    pub after: PlotSide,
    /// What the query asked to stand beside the result, where that came to something: `before` shows it then.
    pub beside: Option<Beside>,
    /// When the positions are the pixels of an image, its height and width.
    pub image: Option<(u32, u32)>,
    /// Values of each feature that are drawn one by one, in views that do so.
    pub drawn: u64,
    /// Of the rows whose values are drawn one by one, those that the statistics were not taken from (from 0, ascending).
    pub held_out: Vec<u32>,
    /// Names of the categories when the picture is coloured by a column.
    pub categories: Vec<String>,
    /// What the data are with the edits of the query; `None` without edits: as they were loaded.
    pub edited: Option<DataInfo>,
    pub warnings: Vec<String>,
    pub facts: Facts,
    /// Milliseconds the worker took, as it measured them.
    pub millis: f64,
}

impl ViewResult {
    /// How many values each feature has, with the missing ones.
    pub fn values(&self) -> u64 {
        (self.shape.examples * self.shape.positions) as u64
    }
}

/// A second method on the same data, or the same method with other settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// What this and the result are called: each method, with the settings in which the two differ.
    pub names: [String; 2],
    /// Of each feature.
    pub features: Vec<Summary>,
    /// How the values of each feature go together with those of the result.
    pub relations: Vec<Relation>,
}

/// What a headline may tell of a view beyond summaries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Of each feature before the method.
    pub outliers: Vec<Option<FarValues>>,
    pub held_out: Option<HeldOut>,
    pub neighbours: Option<ChangedNeighbours>,
}

/// A few values far from all others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FarValues {
    pub count: u64,
    pub least: f64,
    pub greatest: f64,
    /// They are on both sides of the others.
    pub both: bool,
    /// Between them and the others is nothing: they are outliers, and not the end of a long tail.
    pub detached: bool,
}

/// Where the values of rows are that the method was not fitted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeldOut {
    /// The range that the fitted rows are in.
    pub low: f64,
    pub high: f64,
    pub values: u64,
    pub below: u64,
    pub above: u64,
}

/// Rows (from 0) whose nearest neighbour is another after the method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangedNeighbours {
    pub tried: u64,
    pub changed: u64,
    /// The first of them, its nearest neighbour before, and after.
    pub example: Option<(u64, u64, u64)>,
}

/// One chosen feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    pub name: String,
    pub before: Summary,
    pub after: Summary,
    /// After the method, of the rows that it was not fitted on; `None` when it was fitted on all.
    pub held_out: Option<Summary>,
}

/// Statistics of the groups that share them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    pub total: u64,
    /// Whether the groups are the features themselves.
    pub by_feature: bool,
    /// The first of them, in their order.
    pub first: Vec<GroupSummary>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// In words: `alcohol`, `row 3`, `row 3, features 1 to 4`.
    pub name: String,
    pub count: u64,
    pub missing: u64,
    pub center: f64,
    pub scale: f64,
}

/// One side (before or after): for every feature its series, one each or one a category.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlotSide {
    pub features: Vec<Vec<Curve>>,
    /// Where values are counted in bins, and not by categories: those of the rows that the method was not fitted on, for
    /// every feature. Empty when it was fitted on all.
    pub held_out: Vec<Curve>,
    /// What the axis of each feature shows.
    pub axes: Vec<ShownSpan>,
}

/// Headings of the table of rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableColumns {
    /// Text and label columns.
    pub labels: Vec<String>,
    /// Chosen features; with several positions, one heading a position.
    pub numbers: Vec<String>,
    /// Column and position of each of the numbers.
    pub places: Vec<(u32, u32)>,
    /// Columns of numbers that are not shown.
    pub left_out: u64,
}

/// A window of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowsPage {
    /// The question this answers.
    pub query: RowsQuery,
    pub columns: TableColumns,
    /// Place of the first row in the order of the table, from 0.
    pub from: u64,
    /// Rows in all.
    pub total: u64,
    pub rows: Vec<Row>,
}

/// A row of the table; values in the order of the headings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its place in the data, from 1.
    pub number: u64,
    /// Text and label columns of the row.
    pub labels: Vec<String>,
    pub before: Vec<f64>,
    /// NaN where nothing came of the method.
    pub after: Vec<f64>,
    /// The statistics were not taken from it.
    pub held_out: bool,
}

/// How a value of the last view was computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traced {
    /// What this answers.
    pub cell: DataCell,
    /// The feature it is of.
    pub feature: String,
    /// Its group in words: `alcohol`, `row 3`.
    pub group: String,
    pub trace: Trace,
    /// Some of the values whose statistics these are, evenly over them, the least and the greatest among them; those of
    /// the data at hand where the statistics were found elsewhere.
    pub members: Vec<f64>,
    /// The statistics were found from other rows of these data than its own.
    pub left_out: bool,
}

/// Where picked values are: for each chosen feature, how they lie before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// What this answers.
    pub pick: Pick,
    /// How many values were picked, of how many that are not missing.
    pub values: u64,
    pub of: u64,
    /// The rows they are of (from 0), when these are not too many to be drawn one by one.
    pub rows: Vec<u32>,
    /// The position of each.
    pub positions: Vec<u32>,
    /// Those of the chosen features, in their order. Without values where telling would take too long.
    pub features: Vec<HighlightFeature>,
    /// Where one value was picked: the values that share its statistics, of each chosen feature. Without values of
    /// features that have none in the group or are in it as a whole, and where telling would take too long.
    pub group: Vec<HighlightFeature>,
}

/// The values of one feature in the picked rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HighlightFeature {
    pub before: HighlightSide,
    pub after: HighlightSide,
}

/// The values of a feature in the picked rows, on one side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HighlightSide {
    /// NaN when all of them are missing.
    pub min: f64,
    pub max: f64,
    /// How many are in each bin of the histogram of all, when the last view was one.
    pub counts: Vec<u64>,
    /// The values themselves when they are few.
    pub values: Vec<f64>,
}
