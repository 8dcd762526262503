//! What a run found.

use super::planted_outcome::Planted;
use super::spread::{AFFINE, MovedColumn, ScaledColumn};
use crate::Refusal;
use crate::prepared::Scaling;

/// The outcome so far: distances are added one after the other, then splits.
#[derive(Clone, Debug, PartialEq)]
pub struct OutliersOutcome {
    pub column: MovedColumn,
    /// How far the moved value is, in quarters of the range of the others.
    pub far: f64,
    /// Where the moved value is.
    pub place: f64,
    /// Without the moved value, for each of [`AFFINE`].
    pub alone: Vec<ScaledColumn>,
    /// With it, for each of [`AFFINE`].
    pub spreads: Vec<ScaledColumn>,
    /// The ranges of the others with it at other distances, ascending.
    pub law: Vec<Distance>,
    /// The z-score of the far one of so many values.
    pub limit: Vec<(f64, f64)>,
    /// What plays: the scaled values at distances up to this one.
    pub shown: Vec<(f64, Vec<ScaledColumn>)>,
    pub planted: Option<Planted>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// How wide the others are when the moved value is so far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    pub far: f64,
    /// After each of [`AFFINE`].
    pub ranges: [f64; 4],
}

impl OutliersOutcome {
    /// With one value of the column so far away.
    ///
    /// # Errors
    /// What the data lack.
    pub fn new(column: MovedColumn, far: f64) -> Result<Self, Refusal> {
        let place = column.place(far)?;
        let (alone, spreads) = (column.each(None)?, column.each(Some(place))?);
        Ok(Self {
            notes: column.notes.clone(),
            column,
            far,
            place,
            alone,
            spreads,
            law: Vec::new(),
            limit: Vec::new(),
            shown: Vec::new(),
            planted: None,
        })
    }

    /// The share of their range that the others keep after each of [`AFFINE`] beside the moved value, of that without it.
    pub fn kept_shares(&self) -> [f64; 4] {
        [0, 1, 2, 3].map(|index| self.spreads[index].range() / self.alone[index].range())
    }

    /// The share that is kept after this scaling.
    pub fn kept_after(&self, scaling: Scaling) -> f64 {
        self.kept_shares()[index(scaling)]
    }

    /// The z-score of the moved value.
    pub fn z(&self) -> f64 {
        self.spreads[index(Scaling::ZScore)].moved.unwrap_or_default()
    }

    /// The ranges at a distance, if these are known.
    pub fn at(&self, far: f64) -> Option<&Distance> {
        self.law.iter().find(|distance| distance.far == far)
    }

    /// The ranges at the two ends of the last power of ten of the law, when all of it is known.
    pub fn last_decade(&self) -> Option<(Distance, Distance)> {
        let last = self.law.last()?;
        Some((*self.at(super::FARTHEST / 10.0)?, *last)).filter(|(_, last)| last.far == super::FARTHEST)
    }
}

/// Which of [`AFFINE`] it is.
pub fn index(scaling: Scaling) -> usize {
    AFFINE.iter().position(|one| *one == scaling).unwrap_or(0)
}

/// The largest z-score (divisor n) that one of `n` values can have.
pub fn largest_z(n: f64) -> f64 {
    (n - 1.0).max(0.0).sqrt()
}
