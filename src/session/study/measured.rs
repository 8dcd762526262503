//! What was measured for the last comparison, so that the next one measures only what is new.

use super::applied::AppliedMethod;
use normlab_engine::{Conventions, Method};
use normlab_plot::{Spacing, View};
use normlab_protocol::{ComparedOutcome, FitOn, PairPlot};

/// What was measured for the last answer, and how: where one method changes, the others are as they were.
#[derive(Default)]
pub struct Measured {
    how: Option<How>,
    methods: Vec<MeasuredMethod>,
    /// Two methods against each other.
    pair_plot: Option<([Method; 2], PairPlot)>,
}

/// All that an outcome depends on beside the values and the method.
#[derive(PartialEq)]
pub(super) struct How {
    pub conventions: Conventions,
    pub train: Option<FitOn>,
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
pub(super) struct MeasuredMethod {
    pub method: Method,
    pub outcome: ComparedOutcome,
    pub applied: AppliedMethod,
}

impl Measured {
    pub(super) fn keep_if(&mut self, how: How) {
        if self.how.as_ref() != Some(&how) {
            *self = Self { how: Some(how), ..Self::default() };
        }
    }

    pub(super) fn of(&self, method: &Method) -> Option<&MeasuredMethod> {
        self.methods.iter().find(|measured| measured.method == *method)
    }

    pub(super) fn pair_plot(&self, pair: &[Method; 2]) -> Option<&PairPlot> {
        self.pair_plot.as_ref().filter(|(methods, _)| methods == pair).map(|(_, pair_plot)| pair_plot)
    }

    /// Keeps what is known of the methods that stand side by side now.
    pub(super) fn keep(&mut self, methods: Vec<MeasuredMethod>, pair_plot: Option<([Method; 2], PairPlot)>) {
        (self.methods, self.pair_plot) = (methods, pair_plot);
    }
}
