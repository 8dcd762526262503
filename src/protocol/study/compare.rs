//! Several methods side by side on the same data.

use serde::{Deserialize, Serialize};

use normlab_data::DataCell;
use normlab_engine::{Method, Relation, Summary};
use normlab_plot::{Curve, Spacing, View};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CompareQuery {
    /// The methods beside that of the view.
    pub methods: Vec<Method>,
    /// Only the central 98% of the values of each feature.
    pub zoom: bool,
    /// Index of the column that is looked at closely; `None`, or when it is not chosen: the first of the chosen ones.
    pub column: Option<u32>,
    /// Slugs of two of the methods; `None`, or when one is not among them: two that have something to tell.
    pub pair: Option<(String, String)>,
    /// A value that is followed through all methods.
    pub cell: Option<DataCell>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MethodComparison {
    /// The question this answers.
    pub query: CompareQuery,
    /// The chosen features, by name.
    pub features: Vec<String>,
    /// The one that is looked at closely, as an index into them.
    pub feature: u32,
    /// Its values before.
    pub before: Option<Summary>,
    /// See [`ComparedOutcome::spread`]: before.
    pub spread: f64,
    /// How the values are drawn, and of which features: the first of them, and the one that is looked at closely.
    pub view: View,
    /// How they are spread over the axis, in all panels.
    pub spacing: Spacing,
    /// With names, the curves are those of these parts of the one drawn feature.
    pub categories: Vec<String>,
    pub drawn: Vec<u32>,
    /// What is counted: values, where a feature has several an example.
    pub positions: u32,
    /// The method of the view first, then the others in their order.
    pub panels: Vec<ComparedMethod>,
    /// Lowest and highest value of all panels, in round numbers.
    pub shared: Option<(f64, f64)>,
    pub pair_plot: Option<PairPlot>,
    /// The value that is followed, where it is one of the chosen columns'.
    pub followed: Option<Followed>,
    /// Milliseconds the worker took, as it measured them.
    pub millis: f64,
}

/// One method on the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedMethod {
    pub method: Method,
    /// What came of it, or why nothing did for the visitor.
    pub outcome: Result<ComparedOutcome, String>,
    /// What became of the value that is followed; NaN where that is missing.
    pub value: Option<f64>,
}

/// A value before all methods.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Followed {
    pub cell: DataCell,
    /// Its feature, as an index into those of the comparison.
    pub feature: u32,
    /// NaN where it is missing.
    pub value: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedOutcome {
    /// Of the drawn features, or of the categories of one.
    pub curves: Vec<Curve>,
    /// Lowest and highest value that is shown; `None` without values.
    pub ends: Option<(f64, f64)>,
    /// Of the feature that is looked at closely.
    pub summary: Summary,
    /// How its values afterwards go together with those before.
    pub relation: Relation,
    /// How many times wider the widest feature spreads than the narrowest that does; NaN when fewer than two do.
    pub spread: f64,
}

/// One method against another, on the feature that is looked at closely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairPlot {
    /// Indices into the panels: across and up.
    pub pair: (u32, u32),
    /// Of each category, or one of all.
    pub across: Vec<Curve>,
    pub up: Vec<Curve>,
    /// Of all values, drawn or not.
    pub relation: Relation,
    /// So many values are drawn, of so many.
    pub drawn: u64,
    pub all: u64,
}
