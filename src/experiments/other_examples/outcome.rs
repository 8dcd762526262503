//! What a run found.

use normlab_report::ReportArray;

/// A norm layer, in the mode in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompanyNorm {
    /// With the statistics of the batch.
    BatchTraining,
    /// With running statistics.
    BatchEvaluation,
    Layer,
    Rms,
    Group,
    Instance,
}

impl CompanyNorm {
    pub const EACH: [Self; 6] =
        [Self::BatchTraining, Self::BatchEvaluation, Self::Layer, Self::Rms, Self::Group, Self::Instance];

    pub fn name(self) -> &'static str {
        match self {
            Self::BatchTraining => "BatchNorm, training",
            Self::BatchEvaluation => "BatchNorm, evaluation",
            Self::Layer => "LayerNorm",
            Self::Rms => "RMSNorm",
            Self::Group => "GroupNorm",
            Self::Instance => "InstanceNorm",
        }
    }
}

/// The outcome so far.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherExamplesOutcome {
    pub batch: usize,
    /// The first example.
    pub first: Vec<f32>,
    /// Of each norm, what it makes of the first example in its first company.
    pub before: Vec<Vec<f32>>,
    /// Of each norm, the same in the company that changed it most.
    pub after: Vec<Vec<f32>>,
    /// Of each norm, the largest change of any number over all companies.
    pub largest: Vec<f64>,
    /// How many other companies there were.
    pub draws: u64,
    /// The first batch, and what each norm makes of it.
    pub arrays: Vec<ReportArray>,
}

impl OtherExamplesOutcome {
    pub fn new(batch: usize, first: Vec<f32>) -> Self {
        let count = CompanyNorm::EACH.len();
        let (before, after) = (Vec::new(), vec![Vec::new(); count]);
        Self { batch, first, before, after, largest: vec![0.0; count], draws: 0, arrays: Vec::new() }
    }

    /// Takes in what a norm makes of the first example in another company.
    pub fn add(&mut self, norm: usize, output: &[f32]) {
        let pairs = output.iter().zip(&self.before[norm]);
        let change = pairs.map(|(now, before)| (f64::from(*now) - f64::from(*before)).abs()).fold(0.0, f64::max);
        if change > self.largest[norm] || self.after[norm].is_empty() {
            self.largest[norm] = change;
            self.after[norm] = output.to_vec();
        }
    }
}
