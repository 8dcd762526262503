//! What was measured for the last comparison, so that the next one measures only what is new.

use super::applied::Applied;
use crate::engine::{Conventions, Method};
use crate::plot::{Spacing, View};
use crate::protocol::{Against, ComparedOutcome, Fit};

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
