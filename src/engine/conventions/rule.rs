//! The rules of a library for a method.

use super::{Alone, Conventions, Offer};
use crate::method::{BatchNorm, Mode};
use crate::{Error, Method, Recipe, Shape};

impl Conventions {
    /// Whose rules hold for a method: those of Normlab where the library lacks it.
    pub fn ruling(self, method: &Method) -> Self {
        if self.offer(method) == Offer::Lacks { Self::Normlab } else { self }
    }

    /// The recipe of a method as this library, which has it, would apply it to an array of this shape.
    ///
    /// # Errors
    /// As [`Self::apply`]; [`Error::Refused`] where [`Self::alone`] says so.
    pub fn rule(self, method: &Method, recipe: Recipe, shape: Shape) -> Result<Recipe, Error> {
        recipe.check(shape)?;
        if let Some(Alone::Refused(message)) = self.alone(method, shape) {
            return Err(Error::Refused { by: self.name(), message });
        }
        let evaluates = matches!(method, Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }));
        self.apply(recipe, shape, !evaluates)
    }
}
