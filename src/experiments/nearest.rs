//! One feature drowns the others: what scaling does to models that compare rows, and to models that do not.

mod chance;
mod components;
mod failed;
mod figures;
mod kmeans;
mod knn;
mod logistic;
mod models;
mod noise;
mod outcome;
mod report;
#[cfg(test)]
mod tests;
mod wording;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::whole;
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::prepared::{self, Prepared, Scaling};
use crate::{Experiment, ExperimentTable, Info, Made, Refusal, RunControl};
use outcome::NearestOutcome;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    model: Model,
    /// Which scaling is looked at more closely beside the raw data.
    scaling: Scaling,
    /// How many neighbours vote.
    k: u64,
    /// The row whose neighbours are shown, from 1.
    row: u64,
    /// How much large coefficients cost.
    penalty: f64,
}

impl Default for Nearest {
    fn default() -> Self {
        Self { model: Model::Knn, scaling: Scaling::ZScore, k: 5, row: 22, penalty: 1.0 }
    }
}

/// What is run on the scaled data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    Knn,
    KMeans,
    Pca,
    Logistic,
    Ridge,
    Ols,
    Tree,
}

impl Options for Model {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Knn, "knn", "nearest neighbours"),
        (Self::KMeans, "kmeans", "k-means"),
        (Self::Pca, "pca", "principal components"),
        (Self::Logistic, "logistic", "logistic regression"),
        (Self::Ridge, "ridge", "ridge regression"),
        (Self::Ols, "ols", "ordinary least squares"),
        (Self::Tree, "tree", "decision tree"),
    ];
}

impl Model {
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(model, ..)| *model == self).map_or("", |(.., name)| name)
    }

    /// Whether its score is a number of rows that are right.
    fn counts_rows(self) -> bool {
        !matches!(self, Self::KMeans | Self::Pca)
    }

    /// Whether it is trained on some rows and judged by others.
    fn is_trained(self) -> bool {
        matches!(self, Self::Logistic | Self::Ridge | Self::Ols | Self::Tree)
    }
}

impl Parameters for Nearest {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let idle = fields.idle();
        let help = "What is run on the raw data and on the scaled data.";
        fields.choice(Field { key: "model", label: "Model", help }, &mut self.model);
        let help = "The scaling that is shown beside the raw data; the score is computed for all.";
        fields.choice(Field { key: "scaling", label: "Compare raw with", help }, &mut self.scaling);
        if idle || self.model == Model::Knn {
            let help = "How many of the nearest rows vote on the class of a row.";
            fields.integer(Field { key: "k", label: "Neighbours", help }, Allowed::Between(1.0, 50.0), &mut self.k);
            let help = "The row of the data, from 1, whose neighbours are shown.";
            fields.integer(Field { key: "row", label: "Row", help }, Allowed::Between(1.0, 1e9), &mut self.row);
        }
        if idle || matches!(self.model, Model::Ridge | Model::Logistic) {
            let help = "How much large coefficients cost. A feature in small units needs a large coefficient, so it is \
                        the units that decide which feature pays.";
            let field = Field { key: "penalty", label: "Penalty", help };
            fields.number(field, Allowed::Between(0.0, 1e6), &mut self.penalty);
        }
    }
}

impl Experiment for Nearest {
    const INFO: Info = Info {
        slug: "nearest",
        question: "Does one feature drown the others?",
        why: "Models that compare rows by distance listen most to the feature with the largest numbers, and the unit \
              somebody chose decides which one that is.",
        sources: &[
            (
                "scikit-learn: Importance of feature scaling",
                "https://scikit-learn.org/stable/auto_examples/preprocessing/plot_scaling_importance.html",
            ),
            (
                "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning (2009), sections 13.3 and 14.3",
                "https://hastie.su.domains/ElemStatLearn/",
            ),
            (
                "Aeberhard and Forina, Wine (1992), UCI Machine Learning Repository",
                "https://archive.ics.uci.edu/dataset/109/wine",
            ),
        ],
        samples: &["wine", "iris", "breast-cancer", "penguins"],
        made: &[Made { slug: "noise", title: "One signal, ten noise features", make: noise::make }],
        user_table_support: UserTableSupport::WithTarget,
        picture: "scores",
        scaling: Some("scaling"),
    };

    type Outcome = NearestOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, NearestOutcome>,
    ) -> Result<NearestOutcome, Refusal> {
        let prepared = Prepared::of(data, self.model != Model::Pca, seed)?;
        let mut outcome = NearestOutcome::new(prepared);
        match self.model {
            Model::Knn => knn::run(&mut outcome, (self.k as usize, self.row, self.scaling), control).await?,
            Model::KMeans => kmeans::run(&mut outcome, seed, control).await?,
            Model::Pca => components::run(&mut outcome, control).await?,
            model => models::train(&mut outcome, model, self.penalty, seed, control).await?,
        }
        Ok(outcome)
    }

    fn is_seeded(&self, data: &ExperimentTable) -> bool {
        let chosen = data.n_rows() > prepared::rows_at_most(data.features.len());
        let made = matches!(data.origin, crate::Origin::Made(_));
        self.model == Model::KMeans || self.model.is_trained() || chosen || made
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let Ok(prepared) = Prepared::of(data, false, 0) else { return Vec::new() };
        let shares = prepared.shares(&prepared.x);
        let top = &prepared.features[prepared::largest(&shares)];
        let percent = || PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 };
        let share = Prediction {
            key: "share".into(),
            prompt: format!("How much of the squared distance between raw rows comes from {top} alone?"),
            kind: percent(),
        };
        let order = |what: &str| Prediction {
            key: "order".into(),
            prompt: format!("Put the scalings in order: after which {what}?"),
            kind: PredictionKind::Order(Scaling::EACH.map(|scaling| scaling.name().to_owned()).to_vec()),
        };
        match self.model {
            Model::Knn => vec![share, order("are nearest neighbours right most often")],
            Model::KMeans => vec![share, order("do the clusters agree most with the classes")],
            Model::Pca => vec![Prediction {
                key: "component".into(),
                prompt: "How much of the variance of the raw data has the first principal component?".into(),
                kind: percent(),
            }],
            Model::Logistic | Model::Ridge => vec![order("is the model right most often")],
            Model::Ols | Model::Tree => vec![Prediction {
                key: "changes".into(),
                prompt: format!("Does scaling change what {} predicts?", self.model.with_article()),
                kind: PredictionKind::Choice(vec![
                    "No: for at most 1 row in 100".into(),
                    "Yes: for more rows than that".into(),
                ]),
            }],
        }
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let last = data.n_rows() as f64;
        let nearest = Landmark { at: 1.0, label: "the nearest alone".into() };
        let row = Landmark { at: last, label: format!("last of {} rows", whole(data.n_rows() as u64)) };
        let mut landmarks = vec![("k", nearest), ("penalty", Landmark { at: 0.0, label: "no penalty".into() })];
        if last > 0.0 {
            landmarks.push(("row", row));
        }
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &NearestOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &NearestOutcome) -> Vec<(String, f64)> {
        outcome.scores.iter().map(|score| (score.scaling.name().to_owned(), score.value)).collect()
    }

    fn unit(&self) -> String {
        match self.model {
            Model::KMeans => "adjusted Rand index".into(),
            Model::Pca => "% of the variance in the first component".into(),
            _ => "correct rows".into(),
        }
    }
}

impl Model {
    fn with_article(self) -> String {
        if self == Self::Tree { "a decision tree".into() } else { self.name().into() }
    }
}
