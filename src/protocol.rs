//! Messages between page and worker: small questions, small answers, as postcard bytes.
//!
//! Every request has an id, and every answer carries the id of its request, so that the page can drop what has become
//! stale. The data themselves never cross: a file goes to the worker as a handle, and only what is drawn comes back.

use serde::{Deserialize, Serialize};

use crate::data::csv::{Dialect, ReadOptions};
use crate::engine::{Error, Method, Parameters, Shape, Summary};
use crate::plot::{Curve, View};

/// A question of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub id: u64,
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// Read this and keep it; what was loaded before stays until that has succeeded.
    Load(Source),
    /// Normalize and summarise what is loaded.
    View(ViewQuery),
    /// Stop working on the request of this id.
    Cancel(u64),
}

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// A bundled sample, by slug.
    Sample(String),
    /// A generator by slug, its settings as (key, text), and the seed.
    Generated { generator: String, settings: Vec<(String, String)>, seed: u64 },
    /// A file whose handle travels beside the message.
    File { name: String, options: ReadOptions },
    /// Pasted text.
    Text { name: String, text: String, options: ReadOptions },
}

/// What the page wants to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ViewQuery {
    /// Indices of the chosen numeric columns.
    pub columns: Vec<u32>,
    /// Slug of the method and its settings as (key, text).
    pub method: String,
    pub settings: Vec<(String, String)>,
    pub fit: Fit,
    pub picture: Picture,
    /// How many of the first rows to send.
    pub rows: u32,
}

/// Which rows the statistics are taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Fit {
    #[default]
    All,
    /// A seeded share (0 to 1) of the rows.
    Train { share: f64, seed: u64 },
}

/// What the two plots show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub view: View,
    /// One range for all series of a side, or each its own.
    pub shared_axis: bool,
    /// `None`: chosen from the data (Freedman-Diaconis).
    pub bins: Option<u32>,
    /// Index of the column whose categories are drawn as series of their own.
    pub color: Option<u32>,
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub id: u64,
    pub answer: Answer,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Bytes read of bytes in all.
    Progress {
        done: u64,
        total: u64,
    },
    Loaded(DataInfo),
    View(Box<Comparison>),
    /// What went wrong, for the visitor.
    Failed(String),
    /// Cancelled on request, or overtaken by a newer request.
    Dropped,
}

/// What the page knows of the loaded data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataInfo {
    pub name: String,
    pub rows: u64,
    pub positions: u32,
    pub columns: Vec<ColumnInfo>,
    /// How a file or a text was read.
    pub dialect: Option<Dialect>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Unique within the data set.
    pub name: String,
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
pub struct Comparison {
    /// The question this answers.
    pub query: ViewQuery,
    pub shape: Shape,
    /// Rows the statistics were taken from.
    pub fitted_rows: u64,
    pub features: Vec<Feature>,
    pub groups: Groups,
    pub before: Side,
    pub after: Side,
    /// Names of the categories when the picture is coloured by a column.
    pub categories: Vec<String>,
    pub table_columns: TableColumns,
    pub rows: Vec<Row>,
    pub warnings: Vec<String>,
    /// Milliseconds the worker took, as it measured them.
    pub millis: f64,
}

/// One chosen feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    pub name: String,
    pub before: Summary,
    pub after: Summary,
}

/// Statistics of the groups that share them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    pub total: u64,
    /// Whether the groups are the features themselves.
    pub by_feature: bool,
    /// The first of them, in their order.
    pub first: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// In words: `alcohol`, `row 3`, `row 3, features 1 to 4`.
    pub name: String,
    pub count: u64,
    pub missing: u64,
    pub center: f64,
    pub scale: f64,
}

/// One side (before or after): for every feature its series, one each or one a category.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    pub features: Vec<Vec<Curve>>,
}

/// Headings of the table of rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableColumns {
    /// Text and label columns.
    pub labels: Vec<String>,
    /// Chosen features; with several positions, one heading a position.
    pub numbers: Vec<String>,
    /// Columns of numbers that are not shown.
    pub left_out: u64,
}

/// One of the first rows; values in the order of the headings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub number: u64,
    /// Text and label columns of the row.
    pub labels: Vec<String>,
    pub before: Vec<f64>,
    pub after: Vec<f64>,
}

impl ViewQuery {
    /// The method that is asked for.
    ///
    /// # Errors
    /// Names what is not known or not allowed.
    pub fn method(&self) -> Result<Method, Error> {
        let mut method = Method::from_slug(&self.method).ok_or_else(|| Error::Parameter {
            name: "method",
            value: self.method.clone(),
            allowed: "the methods of the list".into(),
        })?;
        for (key, text) in &self.settings {
            method.set(key, text)?;
        }
        Ok(method)
    }
}

/// Bytes of a message.
///
/// # Errors
/// None for these types in practice; the error is postcard's.
pub fn encode<T: Serialize>(message: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_stdvec(message)
}

/// The message of these bytes.
///
/// # Errors
/// When page and worker are of different versions.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
