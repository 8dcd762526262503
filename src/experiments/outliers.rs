//! One value far away: what scaling leaves of the spread of the others, and what that does to a model.

mod figures;
mod outcome;
mod planted;
mod planted_outcome;
mod report;
mod spread;
mod tables;
#[cfg(test)]
mod tests;
mod wording;

use normlab_parameters::{Allowed, Field, Fields, Options, Parameters};
use normlab_plot::number::{format4, whole};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::prepared::{Prepared, Scaling};
use crate::{Experiment, ExperimentTable, Info, Made, Origin, Refusal, RunControl};
use outcome::{Distance, OutliersOutcome};
use planted::{FACTORS, Where};
use spread::{AFFINE, MovedColumn};

/// The value is moved from the edge of the others up to here.
const NEAREST: f64 = 2.0;
const FARTHEST: f64 = 1e6;
/// Distances of a power of ten.
const STEPS: i32 = 8;
/// Columns whose names are on the slider.
const NAMED_AT_MOST: usize = 40;
/// The data that are made.
const EVEN: &str = "even";
const ROWS: u64 = 100;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct FarValue {
    /// How far the value is moved, in quarters of the range of the others.
    far: f64,
    /// How many values are made.
    rows: u64,
    /// Which column of a table, from 1.
    column: u64,
    planted: PlantedIn,
    /// How many neighbours vote.
    k: u64,
}

impl Default for FarValue {
    fn default() -> Self {
        Self { far: 10.0, rows: ROWS, column: 1, planted: PlantedIn::Best, k: 5 }
    }
}

/// Which features have an outlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlantedIn {
    Best,
    Chance,
}

impl Options for PlantedIn {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Best, "best", "the half that tells the classes apart best"),
        (Self::Chance, "chance", "half of them, chosen at random"),
    ];
}

impl Parameters for FarValue {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "Where the far value is: its distance from the middle of the other values, in quarters of their range. At 2 it \
                    is at their edge.";
        let field = Field { key: "far", label: "Distance of the far value", help };
        fields.number(field, Allowed::Between(NEAREST, FARTHEST), &mut self.far);
        let help = "How many values there are, the far one included.";
        fields.integer(Field { key: "rows", label: "Values", help }, Allowed::Between(4.0, 10_000.0), &mut self.rows);
        let help = "The column, from 1, whose largest value is moved away.";
        fields.integer(Field { key: "column", label: "Column", help }, Allowed::Between(1.0, 1e6), &mut self.column);
        let help = "For nearest neighbours, one training value is multiplied by 10 or 100 in each of these features.";
        fields.choice(Field { key: "planted", label: "Features with an outlier", help }, &mut self.planted);
        let help = "How many of the nearest training rows vote on the class of a row.";
        fields.integer(Field { key: "k", label: "Neighbours", help }, Allowed::Between(1.0, 50.0), &mut self.k);
    }
}

impl FarValue {
    fn column(&self, data: &ExperimentTable) -> Result<MovedColumn, Refusal> {
        match data.origin {
            Origin::Made(EVEN) => Ok(MovedColumn::even(self.rows as usize)),
            _ => MovedColumn::of(data, self.column),
        }
    }
}

/// The rows on which nearest neighbours can run; why not, where there is a target that does not do.
fn classified(data: &ExperimentTable, seed: u64) -> Option<Result<Prepared, Refusal>> {
    data.target.as_ref().map(|_| Prepared::of(data, true, seed))
}

fn can_classify(data: &ExperimentTable) -> bool {
    classified(data, 0).is_some_and(|prepared| prepared.is_ok())
}

fn make(_: u64) -> ExperimentTable {
    let column = MovedColumn::even(ROWS as usize);
    let values = column.others.iter().copied().chain([column.moved]).collect();
    ExperimentTable {
        name: "Evenly spaced values and a far one".into(),
        origin: Origin::Made(EVEN),
        features: vec![("value".into(), values)],
        target: None,
        fitted_on: None,
    }
}

impl Experiment for FarValue {
    const INFO: Info = Info {
        slug: "outliers",
        question: "Does standardization handle outliers better?",
        why: "It is often said that z-scores cope with outliers and min-max scaling does not, so that choosing between them \
              seems to settle the matter.",
        sources: &[
            (
                "scikit-learn: Compare the effect of different scalers on data with outliers",
                "https://scikit-learn.org/stable/auto_examples/preprocessing/plot_all_scaling.html",
            ),
            (
                "Shiffler, Maximum Z Scores and Outliers, The American Statistician 42 (1988): with the divisor n \u{2212} 1 the limit is \
                 (n \u{2212} 1)/\u{221a}n",
                "https://doi.org/10.1080/00031305.1988.10475530",
            ),
            (
                "Aeberhard and Forina, Wine (1992), UCI Machine Learning Repository",
                "https://archive.ics.uci.edu/dataset/109/wine",
            ),
        ],
        samples: &["wine", "iris", "breast-cancer", "penguins"],
        made: &[Made { slug: EVEN, title: "Evenly spaced values and a far one", make }],
        user_table_support: UserTableSupport::AnyTable,
        picture: "law",
        scaling: None,
    };

    const MADE_FIRST: bool = true;

    type Outcome = OutliersOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        seed: u64,
        control: &RunControl<'_, OutliersOutcome>,
    ) -> Result<OutliersOutcome, Refusal> {
        let prepared = classified(data, seed);
        let mut outcome = OutliersOutcome::new(self.column(data)?, self.far)?;
        // How much of the work is done when the distances are.
        let part = if matches!(prepared, Some(Ok(_))) { 0.2 } else { 1.0 };
        let distances = distances();
        let all = distances.len() as f32;
        for (index, far) in distances.into_iter().enumerate() {
            // Values near the end of all numbers cannot be moved so far.
            let Ok(place) = outcome.column.place(far) else { break };
            let spreads = outcome.column.each(Some(place))?;
            outcome.law.push(Distance { far, ranges: [0, 1, 2, 3].map(|index: usize| spreads[index].range()) });
            if far <= self.far && is_shown(far) {
                outcome.shown.push((place, spreads));
            }
            control.yield_now(part * index as f32 / all).await?;
            control.partial(&outcome);
        }
        outcome.shown.retain(|(place, _)| *place < outcome.place);
        outcome.shown.push((outcome.place, outcome.spreads.clone()));
        if outcome.column.name.is_none() {
            for n in counts(self.rows as usize) {
                let column = MovedColumn::even(n);
                let z = column.scaled(Scaling::ZScore, Some(column.place(self.far)?))?;
                outcome.limit.push((n as f64, z.moved.unwrap_or_default()));
                control.yield_now(part).await?;
            }
        }
        outcome.limit.push((outcome.column.n() as f64, outcome.z()));
        match prepared {
            Some(Ok(prepared)) => {
                outcome.notes.extend(prepared.notes.iter().cloned());
                let planted = match self.planted {
                    PlantedIn::Best => Where::These(planted::telling(&prepared)),
                    PlantedIn::Chance => Where::Chance,
                };
                planted::run(&mut outcome, &prepared, (planted, self.k as usize, seed), (control, part)).await?;
            }
            Some(Err(why)) => outcome.notes.push(format!("Nearest neighbours are left out: {why}")),
            None => {}
        }
        Ok(outcome)
    }

    fn is_seeded(&self, data: &ExperimentTable) -> bool {
        can_classify(data)
    }

    fn uses(&self, data: &ExperimentTable, key: &str) -> bool {
        match key {
            "rows" => data.origin == Origin::Made(EVEN),
            "column" => data.origin != Origin::Made(EVEN),
            "planted" | "k" => can_classify(data),
            _ => true,
        }
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let Ok(column) = self.column(data) else { return Vec::new() };
        let Ok(place) = column.place(self.far) else { return Vec::new() };
        let others = whole(column.others.len() as u64);
        let names = || AFFINE.map(|scaling| scaling.name().to_owned()).to_vec();
        let mut predictions = vec![
            Prediction {
                key: "kept".into(),
                prompt: format!(
                    "With {} at {}: how much of the range that the other {others} have without it is left to them after \
                     z-score?",
                    wording::moved(&column),
                    format4(place)
                ),
                kind: PredictionKind::Number { unit: "%".into(), low: 0.0, high: 120.0 },
            },
            Prediction {
                key: "order".into(),
                prompt: "Put the scalings in order: after which do the others keep most of their range?".into(),
                kind: PredictionKind::Order(names()),
            },
            Prediction {
                key: "largest".into(),
                prompt: format!(
                    "What is the largest z-score that one of {} values can have, however far away it is?",
                    whole(column.n() as u64)
                ),
                kind: PredictionKind::Number { unit: String::new(), low: 0.0, high: column.n() as f64 },
            },
        ];
        if can_classify(data) {
            predictions.push(Prediction {
                key: "right".into(),
                prompt: format!(
                    "Put the scalings in order: after which are nearest neighbours right most often when some training \
                     values are {} times too large?",
                    format4(FACTORS[2])
                ),
                kind: PredictionKind::Order(names()),
            });
        }
        predictions
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let mut landmarks = vec![("far", Landmark { at: NEAREST, label: "the edge of the others".into() })];
        for far in [10.0, 100.0, 1000.0] {
            landmarks.push(("far", Landmark { at: far, label: format!("{} times as far", format4(far / NEAREST)) }));
        }
        let first = wording::first_beyond(wording::RULE);
        let last = Landmark { at: first - 1.0, label: format!("no |z| above {}", format4(wording::RULE)) };
        landmarks.push(("rows", last));
        landmarks
            .push(("rows", Landmark { at: first, label: format!("|z| above {} possible", format4(wording::RULE)) }));
        let names = data.features.iter().take(NAMED_AT_MOST).enumerate();
        landmarks.extend(
            names.map(|(index, (name, _))| ("column", Landmark { at: (index + 1) as f64, label: name.clone() })),
        );
        landmarks
    }

    fn report(&self, data: &ExperimentTable, outcome: &OutliersOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &OutliersOutcome) -> Vec<(String, f64)> {
        let Some(planted) = &outcome.planted else { return Vec::new() };
        let each = AFFINE.iter().enumerate();
        each.map(|(index, scaling)| (scaling.name().to_owned(), 100.0 * planted.share(index, 2))).collect()
    }

    fn unit(&self) -> String {
        format!("% of the test rows right, with values {} times too large", format4(FACTORS[2]))
    }
}

/// The distances of the law: so many of every power of ten, each a little farther than the one before.
fn distances() -> Vec<f64> {
    let powers = (0..).map(|step| libm::exp10(f64::from(step) / f64::from(STEPS)));
    let between = powers.take_while(|far| *far < FARTHEST).filter(|far| *far > NEAREST);
    let mut distances: Vec<f64> = between.chain([NEAREST, FARTHEST]).collect();
    distances.extend([0, 1, 2, 3, 4, 5].into_iter().flat_map(|exponent| {
        let power = libm::exp10(f64::from(exponent)).round();
        [power, 2.0 * power, 5.0 * power].into_iter().filter(|far| *far >= NEAREST)
    }));
    distances.sort_by(f64::total_cmp);
    // A power of ten and its neighbour by rounding are one.
    distances.dedup_by(|next, last| (*next - *last).abs() <= 1e-9 * *next);
    distances
}

/// Whether the values at that distance are among what plays: 2, 5, 10, 20, 50, and so on.
fn is_shown(far: f64) -> bool {
    let mut mantissa = far;
    while mantissa >= 10.0 {
        mantissa /= 10.0;
    }
    [1.0, 2.0, 5.0].iter().any(|round| (mantissa - round).abs() < 1e-9)
}

/// Numbers of values up to `most`, for the limit of z-scores.
fn counts(most: usize) -> Vec<usize> {
    let counts = [4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20, 30, 50, 70, 100, 200, 500, 1000, 2000, 5000];
    counts.into_iter().filter(|n| *n < most.max(30) && *n != most).collect()
}
