//! What a recipe is called: by its usual name, by that of a method which gives the same numbers on an array of this shape,
//! or by the nearest method that has a name.
//!
//! What the named methods are is read off their own recipes; the rules here say when a difference does not matter.

mod chart;
mod compare;
mod degenerate;
mod name;
mod words;

pub use chart::{MapCell, MethodMap};
pub use compare::{Difference, Reason};
pub use degenerate::Degenerate;
pub use name::Name;

use crate::{Error, Method, Recipe, Shape};
use compare::{NamingComparison, compare};

/// What a recipe is called on an array of some shape, and what to know about that.
#[derive(Clone, Debug, PartialEq)]
pub struct Naming {
    pub called: Called,
    /// Other methods that give the same numbers on this shape.
    pub also: Vec<Same>,
    /// What is special about the output, whatever the data.
    pub degenerate: Option<Degenerate>,
}

/// How to call it. The methods have the settings of the recipe, as far as they have such settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Called {
    /// By this name, whatever the shape.
    Usual { name: Name, method: Method },
    /// It has no name, but a method gives the same numbers on this shape.
    Same(Same),
    /// Not even that; this method differs in the fewest choices.
    Nearest { name: Name, method: Method, differs: Vec<Difference> },
}

/// A method that gives the same numbers on this shape, as long as no value is missing, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Same {
    pub name: Name,
    pub method: Method,
    pub because: Vec<Reason>,
}

impl Naming {
    /// Names a recipe by its grouping, centre, scale and eps, on arrays of this shape; gamma and beta, which any method
    /// can be followed by, do not count. BatchNorm in evaluation has the recipe of BatchNorm in training.
    ///
    /// # Errors
    /// As [`Recipe::check`]; [`Error::Empty`].
    pub fn of(recipe: &Recipe, shape: Shape) -> Result<Self, Error> {
        recipe.check(shape)?;
        if shape.is_empty() {
            return Err(Error::Empty { shape });
        }
        let [first, others @ ..] = Name::ALL;
        let mut nearest = NamedMethod::new(first, recipe, shape)?;
        let mut same = Vec::new();
        for name in others {
            // Quantiles that a recipe may have and the method not.
            let Ok(mut candidate) = NamedMethod::new(name, recipe, shape) else { continue };
            if candidate.rank() < nearest.rank() {
                std::mem::swap(&mut candidate, &mut nearest);
            }
            same.push(candidate);
        }
        let NamedMethod { name, method, reasons, differences } = nearest;
        let called = if !differences.is_empty() {
            Called::Nearest { name, method, differs: differences }
        } else if reasons.is_empty() {
            Called::Usual { name, method }
        } else {
            Called::Same(Same { name, method, because: reasons })
        };
        let same = same.into_iter().filter(|other| other.differences.is_empty());
        let also = same.map(|other| Same { name: other.name, method: other.method, because: other.reasons });
        Ok(Self { called, also: also.collect(), degenerate: Degenerate::of(recipe, shape) })
    }
}

/// A named method beside the recipe.
struct NamedMethod {
    name: Name,
    method: Method,
    reasons: Vec<Reason>,
    differences: Vec<Difference>,
}

impl NamedMethod {
    fn new(name: Name, recipe: &Recipe, shape: Shape) -> Result<Self, Error> {
        let method = name.like(recipe, shape);
        let NamingComparison { reasons, differences } = compare(recipe, &method.recipe(shape)?, shape);
        Ok(Self { name, method, reasons, differences })
    }

    /// Smaller is nearer.
    fn rank(&self) -> (usize, usize) {
        (self.differences.len(), self.reasons.len())
    }
}
