//! The shape of a column: what scaling leaves as it is, and what a logarithm or a power changes.

mod figures;
mod normal;
mod report;
mod reshaping;
#[cfg(test)]
mod tests;

use normlab_data::random::Stream;
use normlab_parameters::{Allowed, Field, Fields, Parameters};
use normlab_plot::number::{format4, whole};
use normlab_report::{Landmark, Prediction, PredictionKind, Report, UserTableSupport};

use crate::sorted::Sorted;
use crate::{Experiment, ExperimentTable, Info, Made, Origin, Refusal, RunControl};
use normal::{ShapeStatistics, scores};
use reshaping::Reshaping;

/// Fewer values have no shape to speak of.
const VALUES_AT_LEAST: usize = 8;
const ROWS: usize = 1000;
/// Columns whose names are on the slider.
const NAMED_AT_MOST: usize = 40;

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeKept {
    /// What is shown beside the raw values.
    shown: Reshaping,
    /// Which column, from 1.
    column: u64,
}

impl Default for ShapeKept {
    fn default() -> Self {
        Self { shown: Reshaping::ZScore, column: 1 }
    }
}

impl Parameters for ShapeKept {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "What is shown beside the raw values; the table has all.";
        fields.choice(Field { key: "shown", label: "Compare raw with", help }, &mut self.shown);
        let help = "The column, from 1.";
        fields.integer(Field { key: "column", label: "Column", help }, Allowed::Between(1.0, 1e6), &mut self.column);
    }
}

/// What a run found.
#[derive(Clone, Debug, PartialEq)]
pub struct ShapeOutcome {
    column: Sorted,
    /// The normal scores of so many values.
    scores: Vec<f64>,
    raw: ShapeStatistics,
    /// As far as they are known.
    reshaped: Vec<Reshaped>,
}

/// A column after a transformation.
#[derive(Clone, Debug, PartialEq)]
struct Reshaped {
    by: Reshaping,
    /// Ascending.
    values: Vec<f64>,
    form: ShapeStatistics,
    /// The power of Yeo and Johnson.
    power: Option<f64>,
}

impl ShapeOutcome {
    fn after(&self, by: Reshaping) -> Option<&Reshaped> {
        self.reshaped.iter().find(|reshaped| reshaped.by == by)
    }

    fn n_expected(&self) -> usize {
        Reshaping::defined(self.column.values[0]).count()
    }
}

fn column(settings: &ShapeKept, data: &ExperimentTable) -> Result<Sorted, Refusal> {
    let column = Sorted::of(data, settings.column, VALUES_AT_LEAST)?;
    let (least, most) = (column.values[0], column.values[column.values.len() - 1]);
    if least == most {
        return Err(Refusal::because(format!(
            "All values of \u{201c}{}\u{201d} are the same, so they have no shape.",
            column.name
        )));
    }
    if settings.shown == Reshaping::Logarithm && least <= 0.0 {
        return Err(Refusal::because(format!(
            "A logarithm needs values above 0, and the least of \u{201c}{}\u{201d} is {}: choose Yeo-Johnson, which takes any.",
            column.name,
            format4(least)
        )));
    }
    Ok(column)
}

fn made(slug: &'static str, name: &str, seed: u64, value: impl Fn(&mut Stream) -> f64) -> ExperimentTable {
    let mut stream = Stream::new(seed, 0);
    ExperimentTable {
        name: name.into(),
        origin: Origin::Made(slug),
        features: vec![("value".into(), (0..ROWS).map(|_| value(&mut stream)).collect())],
        target: None,
        fitted_on: None,
    }
}

fn lognormal(seed: u64) -> ExperimentTable {
    made("lognormal", "Lognormal values", seed, |stream| libm::exp(stream.normal()))
}

fn two_groups(seed: u64) -> ExperimentTable {
    made("two-groups", "Two groups", seed, |stream| {
        let side = if stream.below(2) == 0 { 4.0 } else { 10.0 };
        side + stream.normal()
    })
}

impl Experiment for ShapeKept {
    const INFO: Info = Info {
        slug: "shape",
        question: "Does a z-score make data normal?",
        why: "\u{201c}Normalize\u{201d} sounds as if the result were normally distributed, and models are chosen on that belief.",
        sources: &[
            (
                "scikit-learn: Map data to a normal distribution",
                "https://scikit-learn.org/stable/auto_examples/preprocessing/plot_map_data_to_normal.html",
            ),
            (
                "Yeo and Johnson, A new family of power transformations to improve normality or symmetry, Biometrika 87 (2000)",
                "https://doi.org/10.1093/biomet/87.4.954",
            ),
        ],
        samples: &["wine", "iris", "breast-cancer", "penguins"],
        made: &[
            Made { slug: "lognormal", title: "Lognormal values", make: lognormal },
            Made { slug: "two-groups", title: "Two groups", make: two_groups },
        ],
        user_table_support: UserTableSupport::AnyTable,
        picture: "qq",
        scaling: Some("shown"),
    };

    const MADE_FIRST: bool = true;

    type Outcome = ShapeOutcome;

    async fn run(
        &self,
        data: &ExperimentTable,
        _: u64,
        control: &RunControl<'_, ShapeOutcome>,
    ) -> Result<ShapeOutcome, Refusal> {
        let column = column(self, data)?;
        let scores = scores(column.values.len());
        let raw = ShapeStatistics::of(&column.values, &scores);
        let mut outcome = ShapeOutcome { column, scores, raw, reshaped: Vec::new() };
        if ![raw.skewness, raw.kurtosis].iter().all(|number| number.is_finite()) {
            return Err(Refusal::because("These values are so large or so close that their shape cannot be computed."));
        }
        let all = outcome.n_expected() as f32;
        for (index, by) in Reshaping::defined(outcome.column.values[0]).enumerate() {
            let done = index as f32 / all;
            control.yield_now(done).await?;
            let (values, power) = by.apply(&outcome.column.values, (control, done)).await?;
            let form = ShapeStatistics::of(&values, &outcome.scores);
            if [form.skewness, form.kurtosis, form.straightness].iter().all(|number| number.is_finite()) {
                outcome.reshaped.push(Reshaped { by, values, form, power });
            }
            control.partial(&outcome);
        }
        if outcome.reshaped.len() < outcome.n_expected() {
            return Err(Refusal::because(
                "These values are so large or so close to each other that a transformation leaves nothing of their differences.",
            ));
        }
        Ok(outcome)
    }

    fn is_seeded(&self, data: &ExperimentTable) -> bool {
        matches!(data.origin, Origin::Made(_))
    }

    fn uses(&self, data: &ExperimentTable, key: &str) -> bool {
        key != "column" || data.features.len() != 1
    }

    fn predictions(&self, data: &ExperimentTable) -> Vec<Prediction> {
        let Ok(column) = column(self, data) else { return Vec::new() };
        let n = column.values.len() as f64;
        let raw = ShapeStatistics::of(&column.values, &scores(column.values.len()));
        let name = self.shown.name();
        // No values can be more skewed.
        let most = (n - 2.0) / (n - 1.0).sqrt();
        let names = Reshaping::defined(column.values[0]).map(|by| by.name().to_owned()).collect();
        vec![
            Prediction {
                key: "skewness".into(),
                prompt: format!(
                    "The skewness of {} is {}; 0 is symmetric. What is it after {name}?",
                    column.name,
                    format4(raw.skewness)
                ),
                kind: PredictionKind::Number { unit: String::new(), low: -most.ceil(), high: most.ceil() },
            },
            Prediction {
                key: "order".into(),
                prompt: "Put them in order: which leaves the values most like a normal distribution?".into(),
                kind: PredictionKind::Order(names),
            },
        ]
    }

    fn landmarks(&self, data: &ExperimentTable) -> Vec<(&'static str, Landmark)> {
        let names = data.features.iter().take(NAMED_AT_MOST).enumerate();
        let landmark =
            |(index, (name, _)): (usize, &(String, Vec<f64>))| Landmark { at: (index + 1) as f64, label: name.clone() };
        names.map(|named| ("column", landmark(named))).collect()
    }

    fn report(&self, data: &ExperimentTable, outcome: &ShapeOutcome) -> Report {
        report::report(self, data, outcome)
    }

    fn measures(&self, outcome: &ShapeOutcome) -> Vec<(String, f64)> {
        let raw = ("raw".to_owned(), outcome.raw.skewness);
        let each = outcome.reshaped.iter().map(|one| (one.by.name().to_owned(), one.form.skewness));
        std::iter::once(raw).chain(each).collect()
    }

    fn unit(&self) -> String {
        format!("skewness of {} values", whole(ROWS as u64))
    }
}
