//! What is looked at more closely below the result.

use crate::engine::Method;
use crate::protocol::{BatchesQuery, DataInfo};
use crate::state::AppState;

/// A study: a part of the page of its own, opened when it is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Study {
    /// Several methods side by side on the same data.
    Compare,
    /// BatchNorm batch by batch: how its running statistics are computed.
    Batches,
    /// All methods with a name, by what shares statistics and which statistics they are.
    Map,
}

/// How BatchNorm is watched batch by batch, beside its own settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSettings {
    /// How often the rows are passed through.
    pub passes: u32,
    /// Name of the feature; `None`: the first chosen one.
    pub feature: Option<String>,
}

impl Default for BatchSettings {
    fn default() -> Self {
        Self { passes: 1, feature: None }
    }
}

impl Study {
    /// In the order of the page.
    pub const ALL: [Self; 3] = [Self::Compare, Self::Batches, Self::Map];

    /// In the address, forever.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Batches => "batches",
            Self::Map => "map",
        }
    }

    /// On the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Compare => "Compare methods",
            Self::Batches => "Batch by batch",
            Self::Map => "Map of methods",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|study| study.slug() == slug)
    }
}

impl AppState {
    /// The study that is open, where it makes sense for the chosen method.
    pub fn study_shown(&self) -> Option<Study> {
        self.study.filter(|study| *study != Study::Batches || matches!(self.method, Method::BatchNorm(_)))
    }

    /// Index of the column whose running statistics are shown.
    pub fn running_stats_column(&self, info: &DataInfo) -> Option<usize> {
        let chosen = self.chosen_columns(info);
        let named = |index: &usize| Some(&info.columns[*index].key) == self.batches.feature.as_ref();
        chosen.iter().copied().find(named).or(chosen.first().copied())
    }

    /// What batch by batch asks; nothing of other methods.
    pub fn batches_query(&self, info: &DataInfo) -> Option<BatchesQuery> {
        let Method::BatchNorm(method) = &self.method else { return None };
        Some(BatchesQuery {
            column: self.running_stats_column(info)? as u32,
            method: method.clone(),
            fit: self.fit.clone(),
            passes: self.batches.passes,
            library: self.conventions,
        })
    }
}
