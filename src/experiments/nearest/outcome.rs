//! What a run found.

use crate::prepared::{Prepared, Scaling};

/// The outcome so far: scores are added scaling by scaling.
#[derive(Clone, Debug, PartialEq)]
pub struct NearestOutcome {
    pub prepared: Prepared,
    /// The share of each feature in the squared distance, in the order of [`Scaling::EACH`].
    pub shares: Vec<Vec<f64>>,
    /// In the order of [`Scaling::EACH`], as far as they are known.
    pub scores: Vec<Score>,
    pub neighbours: Option<Neighbours>,
    pub components: Vec<Components>,
}

/// How a model did after one scaling.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    pub scaling: Scaling,
    /// Correct rows; for k-means the adjusted Rand index, for principal components percent.
    pub value: f64,
    /// The class or cluster of each row.
    pub predicted: Vec<u32>,
}

/// The neighbours of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Its place among the rows that are used.
    pub of: usize,
    /// Whether it is the row that was asked for.
    pub is_asked: bool,
    /// Places and distances, the nearest first.
    pub raw: Vec<(usize, f64)>,
    pub scaled: Vec<(usize, f64)>,
}

/// The first principal components after one scaling.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    pub scaling: Scaling,
    /// Squared weights of the features in the first component: their sum is 1.
    pub weights: Vec<f64>,
    /// First and second component of each row.
    pub points: Vec<(f64, f64)>,
    /// Percent of the variance.
    pub shares: [f64; 2],
}

impl NearestOutcome {
    pub fn new(prepared: Prepared) -> Self {
        Self { prepared, shares: Vec::new(), scores: Vec::new(), neighbours: None, components: Vec::new() }
    }

    /// The score after a scaling, if it is known yet.
    pub fn score(&self, scaling: Scaling) -> Option<&Score> {
        self.scores.iter().find(|score| score.scaling == scaling)
    }

    /// The shares of the features after a scaling, if they are known yet.
    pub fn shares_after(&self, scaling: Scaling) -> Option<&[f64]> {
        let index = Scaling::EACH.iter().position(|each| *each == scaling)?;
        self.shares.get(index).map(Vec::as_slice)
    }

    /// How many rows another scaling predicts otherwise than the raw data.
    pub fn n_changed(&self, scaling: Scaling) -> Option<usize> {
        let (raw, scaled) = (self.score(Scaling::Raw)?, self.score(scaling)?);
        Some(raw.predicted.iter().zip(&scaled.predicted).filter(|(raw, scaled)| raw != scaled).count())
    }

    /// How many of the predicted classes are right.
    pub fn n_correct(&self, predicted: &[u32]) -> f64 {
        self.prepared.class.iter().zip(predicted).filter(|(class, predicted)| class == predicted).count() as f64
    }
}
