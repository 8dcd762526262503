//! Batches of examples: each is fitted and transformed as an array of its own.

use std::ops::Range;

use ndarray::{ArrayView3, CowArray, Ix3, s};

use super::fitted::like;
use crate::{Error, ExampleSharing, Fitted, Grouping, Real, Recipe, Shape};

impl Recipe {
    /// How many examples a batch has; `None` where examples do not share statistics in batches.
    pub(crate) fn batch_size(&self) -> Option<usize> {
        if let ExampleSharing::Batches(size) = self.grouping.examples { Some(size.max(1)) } else { None }
    }

    /// The same for one batch, all of whose examples share statistics.
    pub(crate) fn of_one_batch(&self) -> Self {
        Self { grouping: Grouping { examples: ExampleSharing::Together, ..self.grouping }, ..self.clone() }
    }

    /// As [`Recipe::fit`], batch by batch.
    pub(crate) fn fit_batches<T: Real>(&self, x: ArrayView3<T>, size: usize) -> Result<Fitted, Error> {
        let (shape, one) = (Shape::of(&x), self.of_one_batch());
        let mut groups = Vec::with_capacity(self.grouping.count(shape));
        for rows in batches(shape, size) {
            let first = rows.start;
            let fitted = one.fit_here(without_gaps(x.slice(s![rows, .., ..])).view());
            groups.extend(fitted.map_err(|error| in_the_whole(error, first))?.groups);
        }
        Fitted::new(self.clone(), shape, groups)
    }
}

impl Fitted {
    /// The examples of each batch and what was found of it; `None` where examples do not share statistics in batches.
    pub(crate) fn of_batches(&self) -> Option<impl Iterator<Item = (Range<usize>, Self)>> {
        let (shape, recipe) = (self.shape, self.recipe.of_one_batch());
        let size = self.recipe.batch_size()?;
        let groups = self.groups.chunks(recipe.grouping.count(shape).max(1));
        Some(batches(shape, size).zip(groups).map(move |(rows, groups)| {
            let shape = Shape { examples: rows.len(), ..shape };
            (rows, Self { recipe: recipe.clone(), shape, groups: groups.to_vec(), one_way: None })
        }))
    }
}

/// The examples of each batch; the last may be smaller.
fn batches(shape: Shape, size: usize) -> impl Iterator<Item = Range<usize>> {
    (0..shape.examples).step_by(size).map(move |first| first..first.saturating_add(size).min(shape.examples))
}

/// A batch as it lies, or a copy in the order of the whole: alone, it has the same statistics to the last bit.
fn without_gaps<T: Real>(batch: ArrayView3<'_, T>) -> CowArray<'_, T, Ix3> {
    if batch.as_slice_memory_order().is_some() {
        return batch.into();
    }
    let mut copy = like(&batch);
    copy.assign(&batch);
    copy.into()
}

/// An error of a batch whose first example is this one.
fn in_the_whole(error: Error, first: usize) -> Error {
    match error {
        Error::NonFinite { example, feature, position, value } => {
            Error::NonFinite { example: example + first, feature, position, value }
        }
        error => error,
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array3, ShapeBuilder, s};

    use crate::trace::{ArrayIndex, StatisticsSource};
    use crate::{Affine, Center, Divisor, Error, ExampleSharing, Grouping, Recipe, Scale, Singletons};

    const SIZES: [usize; 6] = [1, 2, 3, 7, 8, 100];

    fn recipe(size: usize) -> Recipe {
        let grouping = Grouping { examples: ExampleSharing::Batches(size), ..Grouping::FEATURE };
        let recipe = Recipe::new(grouping, Center::Mean, Scale::StandardDeviation(Divisor::N));
        Recipe { eps: 1e-5, ..recipe }
    }

    /// Seven examples, of three features at two positions or one; in standard order and by columns.
    fn arrays() -> Vec<Array3<f64>> {
        let value = |(n, c, l): (usize, usize, usize)| ((n * 7 + c * 3 + l) as f64).sin() * 10.0_f64.powi(c as i32);
        vec![
            Array3::from_shape_fn((7, 3, 2), value),
            Array3::from_shape_fn((7, 3, 1), value),
            Array3::from_shape_fn((7, 3, 1).f(), value),
        ]
    }

    /// Each batch alone is the definition.
    #[test]
    fn a_batch_in_the_whole_is_the_batch_alone() {
        for (x, size) in arrays().iter().flat_map(|x| SIZES.map(|size| (x, size))) {
            let (values, fitted) = recipe(size).normalize(x.view()).unwrap();
            assert_eq!(fitted.groups.len(), 7_usize.div_ceil(size) * 3);
            for first in (0..7).step_by(size) {
                let rows = s![first..(first + size).min(7), .., ..];
                let mut alone = super::like(&x.slice(rows));
                alone.assign(&x.slice(rows));
                let (expected, one) = recipe(size).of_one_batch().normalize(alone.view()).unwrap();
                assert_eq!(values.slice(rows), expected, "batches of {size}, from {first}");
                for (group, alone) in fitted.groups[first / size * 3..].iter().zip(&one.groups) {
                    assert_eq!((group.count, group.finer()), (alone.count, alone.finer()));
                }
            }
        }
    }

    #[test]
    fn index_and_members_agree() {
        let shape = crate::Shape { examples: 7, features: 3, positions: 2 };
        for size in SIZES {
            let grouping = recipe(size).grouping;
            for group in 0..grouping.count(shape) {
                let [rows, features, positions] = grouping.members(shape, group);
                assert!(!rows.is_empty());
                for row in rows {
                    assert_eq!(grouping.index(shape, row, features.start, positions.start), group);
                }
            }
        }
    }

    #[test]
    fn every_value_is_explained_to_the_last_bit() {
        for (x, size) in arrays().iter().flat_map(|x| SIZES.map(|size| (x, size))) {
            let recipe = Recipe { affine: Some(Affine { gamma: vec![1.5], beta: vec![-2.0] }), ..recipe(size) };
            let (values, fitted) = recipe.normalize(x.view()).unwrap();
            for ((example, feature, position), value) in values.indexed_iter() {
                let cell = ArrayIndex { example, feature, position };
                let trace = fitted.trace(x.view(), StatisticsSource::Values(x.view()), cell).unwrap();
                assert_eq!((trace.output, trace.replay()), (*value, *value));
                assert!(trace.group.members[0].contains(&example) && trace.group.members[0].len() <= size);
            }
        }
    }

    #[test]
    fn errors_name_the_place_in_the_whole() {
        let mut x = arrays().remove(0);
        x[[5, 1, 0]] = f64::INFINITY;
        let error = recipe(2).normalize(x.view()).unwrap_err();
        assert!(matches!(error, Error::NonFinite { example: 5, feature: 1, position: 0, .. }), "{error}");
        let error = recipe(0).normalize(x.view()).unwrap_err();
        assert!(error.to_string().contains("batch"), "{error}");
        // Seven rows in batches of three: the last batch has a single one.
        let refusing = Recipe { singletons: Singletons::Refuse, ..recipe(3) };
        let table = arrays().remove(1);
        assert!(matches!(refusing.normalize(table.view()), Err(Error::SingleValue { groups: 3 })));
    }
}
