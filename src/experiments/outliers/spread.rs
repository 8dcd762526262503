//! One value moved away from the others, and what scaling leaves of the spread of these.

use normlab_engine::quantiles;

use crate::prepared::Scaling;
use crate::sorted::Sorted;
use crate::{ExperimentTable, Refusal};

/// The scalings that are compared: each subtracts a number and divides by another.
pub const AFFINE: [Scaling; 4] = [Scaling::MinMax, Scaling::MaxAbs, Scaling::ZScore, Scaling::Robust];

/// More points than these are not drawn of one scaling.
const DRAWN_AT_MOST: usize = 200;

/// Values of which one is moved away.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedColumn {
    /// `None`: evenly spaced values that the experiment makes.
    pub name: Option<String>,
    /// All but the one that is moved, ascending.
    pub others: Vec<f64>,
    /// The value that is moved, where it is in the data.
    pub moved: f64,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

impl MovedColumn {
    /// `n` values: evenly spaced from -2 to 2, but for the one that is moved.
    pub fn even(n: usize) -> Self {
        let steps = n.saturating_sub(2).max(1) as f64;
        let others = (0..n.saturating_sub(1)).map(|index| -2.0 + 4.0 * (index as f64 / steps)).collect();
        Self { name: None, others, moved: 2.0, notes: Vec::new() }
    }

    /// A column of a table, from 1; its largest value is the one that is moved.
    ///
    /// # Errors
    /// What the data lack.
    pub fn of(data: &ExperimentTable, column: u64) -> Result<Self, Refusal> {
        let Sorted { name, values: mut others, notes } = Sorted::of(data, column, 4)?;
        let moved = others.pop().unwrap_or_default();
        let column = Self { name: Some(name), others, moved, notes };
        if column.low() == column.high() {
            let name = column.name.as_deref().unwrap_or_default();
            return Err(Refusal::because(format!(
                "All values of \u{201c}{name}\u{201d} but the largest are the same, so they have no spread that scaling \
                 could keep."
            )));
        }
        Ok(column)
    }

    /// How many values there are, the moved one included.
    pub fn n(&self) -> usize {
        self.others.len() + 1
    }

    pub fn low(&self) -> f64 {
        self.others.first().copied().unwrap_or_default()
    }

    pub fn high(&self) -> f64 {
        self.others.last().copied().unwrap_or_default()
    }

    /// Where the moved value is when it is `far` quarters of the range of the others from the middle of these.
    ///
    /// # Errors
    /// When that is too large for a number.
    pub fn place(&self, far: f64) -> Result<f64, Refusal> {
        let (low, high) = (self.low(), self.high());
        let place = (low / 2.0 + high / 2.0) + far * (high / 4.0 - low / 4.0);
        if place.is_finite() && (high - low).is_finite() {
            return Ok(place);
        }
        Err(Refusal::because("These values are so large that a value so far away is too large for a number."))
    }

    /// Whether the middle half is a single value, so that robust scaling has nothing to divide by.
    pub fn has_one_middle(&self) -> bool {
        let [low, high] = quantiles(&self.others, &[0.25, 0.75], &mut Vec::new())[..] else { return false };
        low == high
    }

    /// What a scaling makes of the others and, if it is given, of the moved value at this place.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn scaled(&self, scaling: Scaling, place: Option<f64>) -> Result<ScaledColumn, Refusal> {
        let n = self.others.len();
        let mut values = self.others.clone();
        values.extend(place);
        let scaled = scaling.apply(&values, values.len(), None)?;
        let shown = n.min(DRAWN_AT_MOST);
        // Evenly by rank, both ends included.
        let rank = |index: usize| index * (n - 1) / (shown - 1);
        Ok(ScaledColumn {
            scaling,
            low: scaled[0],
            high: scaled[n - 1],
            moved: scaled.get(n).copied(),
            drawn: (0..shown).map(|index| scaled[rank(index)]).collect(),
        })
    }

    /// What every scaling makes of it; see [`Self::scaled`].
    ///
    /// # Errors
    /// Those of the engine.
    pub fn each(&self, place: Option<f64>) -> Result<Vec<ScaledColumn>, Refusal> {
        AFFINE.into_iter().map(|scaling| self.scaled(scaling, place)).collect()
    }
}

/// Where the values are after a scaling.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaledColumn {
    pub scaling: Scaling,
    /// The least of the others.
    pub low: f64,
    /// The greatest of the others.
    pub high: f64,
    /// The value that was moved.
    pub moved: Option<f64>,
    /// Some of the others, ascending, both ends included.
    pub drawn: Vec<f64>,
}

impl ScaledColumn {
    /// The range of the others.
    pub fn range(&self) -> f64 {
        self.high - self.low
    }

    /// How many ranges of the others the moved value is from the middle of these.
    pub fn ranges_away(&self) -> Option<f64> {
        Some((self.moved? - (self.low + self.high) / 2.0) / self.range())
    }
}
