//! Whether a difference between two scores is more than chance.

use super::Model;
use super::outcome::NearestOutcome;
use crate::prepared::Scaling;
use normlab_plot::number::{format4, whole};

/// Differences that chance alone makes more often than this are called none.
const OFTEN: f64 = 0.05;
/// Adjusted Rand indices that differ by less are as good as equal.
const BARELY: f64 = 0.02;

/// How a scaling compares with raw data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreDifference {
    Better,
    Worse,
    None,
    /// There is one, but chance alone makes such a one often.
    WithinChance,
}

impl ScoreDifference {
    /// The start of a headline.
    pub fn opening(self) -> &'static str {
        match self {
            Self::Better => "Scaling helps here. ",
            Self::Worse => "Scaling hurts here. ",
            Self::None => "Scaling makes no difference to the score here. ",
            Self::WithinChance => "Scaling makes no clear difference here. ",
        }
    }
}

/// How the score after a scaling compares with that on raw data.
pub fn difference(model: Model, outcome: &NearestOutcome, scaling: Scaling) -> ScoreDifference {
    let (Some(raw), Some(scaled)) = (outcome.score(Scaling::Raw), outcome.score(scaling)) else {
        return ScoreDifference::None;
    };
    let is_chance = if model.counts_rows() {
        outcome.disagreement(scaling).is_some_and(|found| found.chance() > OFTEN)
    } else {
        model == Model::KMeans && (raw.value - scaled.value).abs() < BARELY
    };
    match scaled.value.total_cmp(&raw.value) {
        std::cmp::Ordering::Equal => ScoreDifference::None,
        _ if is_chance => ScoreDifference::WithinChance,
        std::cmp::Ordering::Greater => ScoreDifference::Better,
        std::cmp::Ordering::Less => ScoreDifference::Worse,
    }
}

/// The rows on which two scores disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Rows that only the scaled data have right.
    pub gained: u64,
    /// Rows that only the raw data have right.
    pub lost: u64,
}

impl Disagreement {
    /// How often chance alone parts these rows as unequally or more so, if each is as likely to go one way as the other: the
    /// sign test of both sides.
    pub fn chance(self) -> f64 {
        let (n, fewer) = (self.gained + self.lost, self.gained.min(self.lost));
        // Probabilities of 0, 1, 2... rows, by logarithms: half to the power of n may be too small for a number.
        let mut term = -(n as f64) * core::f64::consts::LN_2;
        let mut sum = libm::exp(term);
        for index in 0..fewer {
            term += libm::log((n - index) as f64 / (index + 1) as f64);
            sum += libm::exp(term);
        }
        (2.0 * sum).min(1.0)
    }

    /// In words; it is more than chance or not.
    pub fn said(self, scaling: Scaling) -> String {
        let Self { gained, lost } = self;
        let rows = |count: u64| match count {
            0 => "No row is".to_owned(),
            1 => "1 row is".to_owned(),
            count => format!("{} rows are", whole(count)),
        };
        let found = format!(
            "{} right only after {}, {} only on raw data",
            rows(gained),
            scaling.name(),
            if lost == 0 { "none".to_owned() } else { whole(lost) }
        );
        let share = 100.0 * self.chance();
        if share > 100.0 * OFTEN {
            return format!(
                "{found}: chance alone makes such a difference or a larger one in {}% of cases.",
                format4(share.round())
            );
        }
        let share = if share < 0.1 { "less than 0.1".to_owned() } else { format4((10.0 * share).round() / 10.0) };
        format!("{found}: chance alone makes so large a difference in {share}% of cases.")
    }
}

impl NearestOutcome {
    /// The rows that only one of raw and scaled data has right.
    pub fn disagreement(&self, scaling: Scaling) -> Option<Disagreement> {
        let (raw, scaled) = (self.score(Scaling::Raw)?, self.score(scaling)?);
        let mut found = Disagreement { gained: 0, lost: 0 };
        for ((class, raw), scaled) in self.prepared.class.iter().zip(&raw.predicted).zip(&scaled.predicted) {
            match (raw == class, scaled == class) {
                (false, true) => found.gained += 1,
                (true, false) => found.lost += 1,
                _ => {}
            }
        }
        Some(found).filter(|found| found.gained + found.lost > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From scipy.stats.binomtest(gained, gained + lost).pvalue.
    #[test]
    fn the_sign_test_has_the_values_of_scipy() {
        for (gained, lost, chance) in [
            (1, 0, 1.0),
            (5, 0, 0.0625),
            (6, 0, 0.03125),
            (4, 2, 0.6875),
            (12, 3, 0.035_156_25),
            (50, 1, 4.618_527_782_440_651e-14),
            (3, 3, 1.0),
        ] {
            let found = Disagreement { gained, lost }.chance();
            assert!((found / chance - 1.0).abs() < 1e-12, "{gained} {lost}: {found}");
        }
    }

    #[test]
    fn what_chance_makes_often_is_said_so() {
        let said = |gained, lost| Disagreement { gained, lost }.said(Scaling::ZScore);
        assert_eq!(
            said(4, 2),
            "4 rows are right only after z-score, 2 only on raw data: chance alone makes such a difference or a larger one in \
             69% of cases."
        );
        assert_eq!(
            said(50, 1),
            "50 rows are right only after z-score, 1 only on raw data: chance alone makes so large a difference in less than \
             0.1% of cases."
        );
        assert_eq!(
            said(0, 3),
            "No row is right only after z-score, 3 only on raw data: chance alone makes such a difference or a larger one in 25% of \
             cases."
        );
        assert_eq!(
            said(1, 0),
            "1 row is right only after z-score, none only on raw data: chance alone makes such a difference or a larger one in \
             100% of cases."
        );
    }
}
