//! Statistics as they are told: with the divisor that was chosen, and without what rounding leaves of a zero.

use crate::engine::{Center, Divisor, Method, Recipe, Scale, Shape, Summary};
use crate::protocol::ViewResult;

/// A value is rounded some times on its way (minus the centre and what was lost of it, divided, gamma, beta), each time
/// by half of this part of it at most.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Of the largest absolute value.
const NEXT_TO_NOTHING: f64 = 1e-13;
/// Of what values spread by, as a part of the largest: a method that shifts far away may leave so much of it.
const KEPT: f64 = 1e-3;

/// How the statistics of one method are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// What is subtracted of the group: the mean, or the median, of the output is zero but for rounding.
    pub center: Center,
    /// Of the standard deviation: that of the method, n where it has none.
    pub divisor: Divisor,
}

impl Telling {
    /// For what a method makes of data of this shape.
    pub fn of(method: &Method, shape: Shape) -> Self {
        let Ok(Recipe { center, scale, grouping, .. }) = method.recipe(shape) else { return Self::default() };
        let divisor = match scale {
            // Statistics of each feature are told: the divisor of other groups is none of theirs.
            Scale::StandardDeviation(divisor) if grouping == crate::engine::Grouping::FEATURE => divisor,
            _ => Divisor::N,
        };
        Self { center, divisor }
    }

    /// For the method of a view.
    pub fn of_view(view: &ViewResult) -> Self {
        Self::of(&view.query.method, view.shape)
    }

    /// The standard deviation with the divisor of the method.
    pub fn sd(self, summary: &Summary) -> f64 {
        let n = summary.count as f64;
        match self.divisor {
            Divisor::N => summary.sd,
            Divisor::NMinusOne if summary.count < 2 => f64::NAN,
            Divisor::NMinusOne => summary.sd * (n / (n - 1.0)).sqrt(),
        }
    }

    /// The summary of an output, with zero where the mean or the median is no more than what rounding can leave of one.
    #[must_use]
    pub fn after(self, summary: &Summary) -> Summary {
        let Summary { mean, sd, q1, median, q3, .. } = *summary;
        match self.center {
            Center::Mean => Summary { mean: unrounded(mean, sd), ..*summary },
            Center::Median => Summary { median: unrounded(median, q3 - q1), ..*summary },
            _ => *summary,
        }
    }
}

/// The centre of centred values with this spread, as it is told. Rounding moves each value by a part of itself alone: their mean
/// by such a part of their mean absolute value, which the standard deviation exceeds; their median by such a part of the two values in
/// the middle, which lie within the width of the middle half.
pub fn unrounded(center: f64, spread: f64) -> f64 {
    if center.abs() <= ROUNDING * spread { 0.0 } else { center }
}

/// Whether an output differs from a single value by more than rounding makes of one, or an eps that is next to nothing:
/// so little counts only where it is no less than what the values before differ by.
pub fn varies(before: &Summary, after: &Summary) -> bool {
    let part = |summary: &Summary| summary.sd / summary.min.abs().max(summary.max.abs());
    let least = if part(before) * KEPT < NEXT_TO_NOTHING { part(before) * KEPT } else { NEXT_TO_NOTHING };
    part(after) > least.max(ROUNDING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::summarize;
    use crate::parameters::Parameters;
    use ndarray::Array3;

    fn of(values: &[f64]) -> Summary {
        summarize(values, &mut Vec::new())
    }

    fn after(slug: &str, settings: &[(&str, &str)], values: &[f64]) -> (Telling, Summary) {
        let mut method = Method::from_slug(slug).unwrap();
        settings.iter().for_each(|(key, text)| method.set(key, text).unwrap());
        let shape = Shape { examples: values.len(), features: 1, positions: 1 };
        let x = Array3::from_shape_vec((values.len(), 1, 1), values.to_vec()).unwrap();
        let output = method.run(x.view(), None).unwrap().values;
        (Telling::of(&method, shape), of(output.as_slice_memory_order().unwrap()))
    }

    #[test]
    fn only_what_was_subtracted_is_rounded() {
        let values = [1.0, 2.0, 3.0, 4.0, 9.0].map(|value| 1e14 + value);
        for (slug, center) in [
            ("z-score", Center::Mean),
            ("batch-norm", Center::Mean),
            ("min-max", Center::Min),
            ("robust", Center::Median),
        ] {
            let (telling, after) = after(slug, &[], &values);
            let told = telling.after(&after);
            assert_eq!(telling.center, center, "{slug}");
            assert_eq!(told.mean == 0.0, center == Center::Mean, "{slug}: {after:?}");
            assert_eq!(told.median == 0.0, center == Center::Median, "{slug}: {after:?}");
        }
        // A small mean of values that nothing centred, or of more than rounding leaves, is a mean; so is a median.
        let small = of(&[-1.0, 1.0, 3e-14]);
        for center in [Center::None, Center::Mean, Center::Median] {
            assert_eq!(Telling { center, ..Telling::default() }.after(&small), small);
        }
    }

    #[test]
    fn what_rounding_leaves_of_a_mean_or_a_median_is_within_the_bound_whatever_the_data() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for round in 0..300 {
            let (offset, spread) = (10_f64.powf(next() * 15.0), 10_f64.powf(next() * 12.0 - 6.0));
            let values: Vec<f64> = (0..2 + round).map(|_| offset + spread * next()).collect();
            let (telling, scored) = after("z-score", &[], &values);
            assert_eq!(telling.after(&scored).mean, 0.0, "{offset} {spread}: {scored:?}");
            let (telling, robust) = after("robust", &[], &values);
            assert_eq!(telling.after(&robust).median, 0.0, "{offset} {spread}: {robust:?}");
        }
    }

    #[test]
    fn a_single_value_is_one_but_for_rounding() {
        let large = [1.0, 2.0, 3.0, 4.0, 9.0].map(|value| 1e14 + value);
        for slug in ["max-abs", "z-score", "min-max"] {
            assert!(varies(&of(&large), &after(slug, &[], &large).1), "{slug}");
        }
        assert!(!varies(&of(&[1.0, 2.0, 3.0]), &of(&[1.0, 1.0 - 2e-14, 1.0])));
        assert!(!varies(&of(&[1.0, 2.0, 3.0]), &of(&[0.0, 0.0])) && !varies(&of(&[1.0, 2.0]), &of(&[f64::NAN])));
    }

    #[test]
    fn the_divisor_is_that_of_the_method() {
        let values = [1.0, 2.0, 3.0, 4.0, 5.0];
        let (telling, after) = after("z-score", &[("divisor", "n-1")], &values);
        assert!((after.sd - 0.894_427_190_999_915_9).abs() < 1e-15 && (telling.sd(&after) - 1.0).abs() < 1e-15);
        assert!((telling.sd(&of(&values)) - 2.5_f64.sqrt()).abs() < 1e-15);
        assert!(telling.sd(&of(&[7.0])).is_nan());
        let shape = Shape { examples: 5, features: 1, positions: 1 };
        assert_eq!(Telling::of(&Method::from_slug("z-score").unwrap(), shape).divisor, Divisor::N);
    }
}
