//! What was measured for the last comparison, so that the next one measures only what is new.

use ndarray::{ArrayView3, s};

use crate::engine::{Conventions, Fitted, Method, Recipe, Shape};
use crate::plot::{Spacing, View};
use crate::protocol::{Against, ComparedOutcome, Fit};
use crate::session::trace::part_of;

/// What was measured for the last answer, and how: where one method changes, the others are as they were.
#[derive(Default)]
pub struct Measured {
    how: Option<How>,
    known: Vec<Known>,
    /// Two methods against each other.
    against: Option<([Method; 2], Against)>,
}

/// All that an outcome depends on beside the values and the method.
#[derive(PartialEq)]
pub(super) struct How {
    pub conventions: Conventions,
    pub train: Option<Fit>,
    pub feature: usize,
    pub view: View,
    pub bins: usize,
    pub zoom: bool,
    pub spacing: Spacing,
    /// The column whose categories are drawn.
    pub color: Option<u32>,
}

/// What is known of a method.
#[derive(Clone)]
pub(super) struct Known {
    pub method: Method,
    pub outcome: ComparedOutcome,
    pub applied: Applied,
}

impl Measured {
    pub(super) fn keep_if(&mut self, how: How) {
        if self.how.as_ref() != Some(&how) {
            *self = Self { how: Some(how), ..Self::default() };
        }
    }

    pub(super) fn of(&self, method: &Method) -> Option<&Known> {
        self.known.iter().find(|known| known.method == *method)
    }

    pub(super) fn against(&self, pair: &[Method; 2]) -> Option<&Against> {
        self.against.as_ref().filter(|(known, _)| known == pair).map(|(_, against)| against)
    }

    /// Keeps what is known of the methods that stand side by side now.
    pub(super) fn keep(&mut self, known: Vec<Known>, against: Option<([Method; 2], Against)>) {
        (self.known, self.against) = (known, against);
    }
}

/// How a method made its values: enough to make one of them again.
#[derive(Clone)]
pub(super) struct Applied {
    recipe: Recipe,
    /// `None` where an example knows of no other: what is found of it is found again.
    fitted: Option<Fitted>,
}

impl Applied {
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
