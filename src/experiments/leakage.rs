//! Who may see the test set: what a scaler that was fitted on test rows does to the score.

mod drift;
mod figures;
mod fit_scope;
mod outcome;
mod report;
mod selection;
mod splits;
mod tables;
#[cfg(test)]
mod tests;
mod wording;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::prepared::Scaling;
use crate::{Experiment, ExperimentTable, Info, Refusal, RunControl};
use fit_scope::FitScope;
use outcome::LeakageOutcome;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Leakage {
    case: LeakageCase,
    scaling: Scaling,
    /// How many rows a model is trained on.
    train: u64,
    /// How many neighbours vote.
    k: u64,
    /// How many test rows, or steps, are scaled together where each batch is scaled by its own statistics.
    batch: u64,
    /// How many random splits of the data.
    splits: u64,
    /// How many random walks.
    walks: u64,
    /// Steps of a walk before and after the split.
    before: u64,
    after: u64,
    /// How many data sets of noise.
    draws: u64,
    /// Rows of a data set of noise.
    rows: u64,
    /// Features of a data set of noise.
    features: u64,
    /// How many features there are to select from, and how many are selected.
    candidates: u64,
    selected: u64,
}

impl Default for Leakage {
    fn default() -> Self {
        Self {
            case: LeakageCase::Ordinary,
            scaling: Scaling::ZScore,
            train: 10,
            k: 5,
            batch: 10,
            splits: 200,
            walks: 2000,
            before: 200,
            after: 100,
            draws: 40,
            rows: 50,
            features: 100,
            candidates: 5000,
            selected: 100,
        }
    }
}

/// What the data are, and what leaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeakageCase {
    /// Rows of a table in random order.
    Ordinary,
    /// A random walk, which leaves the range of its past.
    Drift,
    /// Features are selected by the target.
    Selection,
    /// Features that say nothing.
    Noise,
}

impl Options for LeakageCase {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Ordinary, "ordinary", "a table, split at random"),
        (Self::Drift, "drift", "a series that drifts"),
        (Self::Selection, "selection", "features selected by the target"),
        (Self::Noise, "noise", "pure noise"),
    ];
}

impl LeakageCase {
    /// The ways that are compared, the honest one first.
    fn scopes(self) -> &'static [FitScope] {
        match self {
            Self::Selection => &[FitScope::Train, FitScope::ScalerOnAll, FitScope::Selection],
            Self::Ordinary | Self::Drift | Self::Noise => {
                &[FitScope::Train, FitScope::All, FitScope::TestOwn, FitScope::PerBatch]
            }
        }
    }

    /// The way that leaks, whose score is compared with the honest one.
    fn leak(self) -> usize {
        if self == Self::Selection { 2 } else { 1 }
    }

    /// What is scored, one and several.
    fn repeats(self) -> (&'static str, &'static str) {
        match self {
            Self::Ordinary => ("split", "splits"),
            Self::Drift => ("walk", "walks"),
            Self::Selection | Self::Noise => ("data set", "data sets"),
        }
    }

    /// What is done with rows that are only for testing, as the start of a question.
    fn doing(self, scaling: Scaling) -> String {
        match self {
            Self::Ordinary | Self::Noise => {
                format!("Fit the {} scaler on all rows instead of the training rows", scaling.name())
            }
            Self::Drift => "Rescale by the range of all steps instead of the steps before the split".into(),
            Self::Selection => "Select the features on all rows instead of the training rows".into(),
        }
    }
}

impl Parameters for Leakage {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let idle = fields.idle();
        let help = "What the data are, and what the test rows are used for.";
        fields.choice(Field { key: "case", label: "Case", help }, &mut self.case);
        let (case, two) = (self.case, 2.0);
        if idle || matches!(case, LeakageCase::Ordinary | LeakageCase::Noise) {
            let help = "What is fitted: on which rows is the question.";
            fields.choice(Field { key: "scaling", label: "Scaling", help }, &mut self.scaling);
        }
        if idle || case == LeakageCase::Ordinary {
            let help = "How many rows the model is trained on; the others are test rows.";
            let field = Field { key: "train", label: "Training rows", help };
            fields.integer(field, Allowed::Between(two, 1000.0), &mut self.train);
            let help = "How many of the nearest training rows vote on the class of a test row.";
            fields.integer(Field { key: "k", label: "Neighbours", help }, Allowed::Between(1.0, 50.0), &mut self.k);
        }
        if idle || case != LeakageCase::Selection {
            let help = "How many test rows are scaled together where every batch is scaled by its own statistics.";
            let field = Field { key: "batch", label: "Batch size", help };
            fields.integer(field, Allowed::Between(1.0, 1000.0), &mut self.batch);
        }
        if idle || case == LeakageCase::Ordinary {
            let help =
                "How many random splits into training and test rows; more of them make the standard errors smaller.";
            let field = Field { key: "splits", label: "Splits", help };
            fields.integer(field, Allowed::Between(two, 10_000.0), &mut self.splits);
        }
        if idle || case == LeakageCase::Drift {
            let help = "How many random walks; more of them make the standard errors smaller.";
            let field = Field { key: "walks", label: "Walks", help };
            fields.integer(field, Allowed::Between(two, 100_000.0), &mut self.walks);
            let help = "How many steps of a walk are known.";
            let field = Field { key: "before", label: "Steps before the split", help };
            fields.integer(field, Allowed::Between(two, 2000.0), &mut self.before);
            let help = "How many steps of a walk are the test set.";
            let field = Field { key: "after", label: "Steps after the split", help };
            fields.integer(field, Allowed::Between(1.0, 2000.0), &mut self.after);
        }
        if idle || matches!(case, LeakageCase::Selection | LeakageCase::Noise) {
            let help = "How many data sets of noise; more of them make the standard errors smaller.";
            let field = Field { key: "draws", label: "Data sets", help };
            fields.integer(field, Allowed::Between(two, 10_000.0), &mut self.draws);
            let help = "Rows of a data set: one half trains, the other half tests.";
            fields.integer(Field { key: "rows", label: "Rows", help }, Allowed::Between(4.0, 200.0), &mut self.rows);
        }
        if idle || case == LeakageCase::Noise {
            let help = "How many features of noise a data set has.";
            let field = Field { key: "features", label: "Features", help };
            fields.integer(field, Allowed::Between(1.0, 1000.0), &mut self.features);
        }
        if idle || case == LeakageCase::Selection {
            let help = "How many features of noise there are to select from.";
            let field = Field { key: "candidates", label: "Features", help };
            fields.integer(field, Allowed::Between(1.0, 20_000.0), &mut self.candidates);
            let help = "How many features are selected: those that go along with the target most.";
            let field = Field { key: "selected", label: "Selected features", help };
            fields.integer(field, Allowed::Between(1.0, 1000.0), &mut self.selected);
        }
    }
}

impl Experiment for Leakage {
    const INFO: Info = Info {
        slug: "leakage",
        question: "Who may see the test set?",
        why: "A score is a promise about data nobody has seen yet, and a scaler that was fitted on the test rows has seen \
              them; how much that changes the score, and in which direction, depends on what was fitted.",
        sources: &[
            (
                "Moscovich and Rosset, On the cross-validation bias due to unsupervised preprocessing (2022)",
                "https://arxiv.org/abs/1901.08974",
            ),
            (
                "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009), section 7.10.2",
                "https://hastie.su.domains/ElemStatLearn/",
            ),
            (
                "scikit-learn: Common pitfalls and recommended practices",
                "https://scikit-learn.org/stable/common_pitfalls.html",
            ),
        ],
        samples: &["breast-cancer", "wine", "iris", "penguins"],
        made: &[],
        user_table_support: UserTableSupport::WithTarget,
        picture: "scores",
        scaling: Some("scaling"),
    };

    type Outcome = LeakageOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, LeakageOutcome>,
    ) -> Result<LeakageOutcome, Refusal> {
        match self.case {
            LeakageCase::Ordinary => splits::of_table(self, data, seed, control).await,
            LeakageCase::Noise => splits::of_noise(self, seed, control).await,
            LeakageCase::Drift => drift::run(self, seed, control).await,
            LeakageCase::Selection => selection::run(self, seed, control).await,
        }
    }

    fn is_seeded(&self, _: &ExperimentTable) -> bool {
        true
    }

    fn predictions(&self, _: &ExperimentTable) -> Vec<Prediction> {
        let doing = self.case.doing(self.scaling);
        let (one, several) = self.case.repeats();
        let names = self.case.scopes().iter().map(|scope| scope.name().to_owned()).collect();
        vec![
            Prediction {
                key: "difference".into(),
                prompt: format!("{doing}: how much higher does the score get?"),
                kind: PredictionKind::Number { unit: "percentage points".into(), low: -100.0, high: 100.0 },
            },
            Prediction {
                key: "worse".into(),
                prompt: "Can such a leak make the score worse?".into(),
                kind: PredictionKind::Choice(vec![
                    format!("No, not in a single {one}"),
                    format!("In some {several}, but not on average"),
                    "Yes, even on average".into(),
                ]),
            },
            Prediction {
                key: "order".into(),
                prompt: "Put the ways in order: which has the highest score?".into(),
                kind: PredictionKind::Order(names),
            },
        ]
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let landmark = |at: f64, label: &str| Landmark { at, label: label.into() };
        let mut landmarks = vec![
            ("batch", landmark(1.0, "batch of one")),
            ("k", landmark(1.0, "the nearest alone")),
            ("train", landmark(10.0, "a tiny training set")),
        ];
        let half = data.n_rows() / 2;
        if half > 10 && self.case == LeakageCase::Ordinary {
            landmarks.push(("train", landmark(half as f64, "half of the rows")));
        }
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &LeakageOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &LeakageOutcome) -> Vec<(String, f64)> {
        let measure = |(index, scope): (usize, &FitScope)| (scope.name().to_owned(), 100.0 * outcome.score(index).mean);
        outcome.scopes.iter().enumerate().map(measure).collect()
    }

    fn unit(&self) -> String {
        "% right".into()
    }
}
