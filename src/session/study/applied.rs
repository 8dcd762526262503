//! What a method makes of one value, without running it again on all.

use ndarray::{ArrayView3, s};

use crate::trace::part_of;
use normlab_engine::{Fitted, Recipe, Shape};

/// How a method made its values: enough to make one of them again.
#[derive(Clone)]
pub(super) struct AppliedMethod {
    recipe: Recipe,
    /// `None` where an example knows of no other: what is found of it is found again.
    fitted: Option<Fitted>,
}

impl AppliedMethod {
    pub fn new(recipe: &Recipe, fitted: Option<&Fitted>) -> Self {
        let fitted = fitted.filter(|_| !recipe.is_within_examples());
        Self { recipe: recipe.clone(), fitted: fitted.cloned() }
    }

    /// What a value became, to the last bit.
    pub fn value(&self, before: ArrayView3<f64>, [example, feature, position]: [usize; 3]) -> Option<f64> {
        let part = Recipe::examples_with(Shape::of(&before), example);
        let rows = part_of(before.slice(s![part.clone(), .., ..]));
        let after = match &self.fitted {
            Some(fitted) => fitted.transform(rows.view()),
            None => self.recipe.normalize(rows.view()).map(|(after, _)| after),
        };
        after.ok()?.get([example - part.start, feature, position]).copied()
    }
}
