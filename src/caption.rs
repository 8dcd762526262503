//! What the screen shows, in words: sentences computed from the answers, so that they cannot contradict the picture.

mod arithmetic;
pub mod batches;
mod beside;
pub mod claims;
mod compare;
mod conventions;
mod gradient;
mod headline;
mod map;
mod pointed;
mod symbols;
mod told;
mod what_if;
mod wording;
mod words;
mod worked;

pub use arithmetic::{ArithmeticLine, DigitsShown, MISSING, arithmetic, became, brief, origin, steps};
pub use claims::Claim;
pub use compare::{correlation, followed, is_flat, related, relation};
pub use conventions::{Library, library};
pub use gradient::{GradientExplanation, explain_gradient};
pub use map::{called, statistics};
pub use pointed::{outlined, pointed};
pub use symbols::{Symbol, Symbols, symbol_of, symbols};
pub use told::{Telling, unrounded, varies};
pub use what_if::what_if;
pub use wording::named_parts;
pub use words::{Word, WordsSeen};

use crate::data::shown_name;
use crate::engine::naming::Naming;
use crate::engine::{Method, Summary};
use crate::plot::AxisScale;
use crate::plot::number::whole;
use crate::protocol::{AxisPolicy, ChangedNeighbours, Feature, FitOn, ViewResult};
use wording::{after, capital, percent};

/// A feature that makes up more of the squared distances is told of.
const DOMINANT: f64 = 0.5;
/// Nor is less than so many times an even share worth a word: one of two features has about half of them by itself.
const UNEVEN: f64 = 1.5;
/// Shapes count as unchanged when skewness and kurtosis agree so well.
const SAME_SHAPE: f64 = 1e-6;

/// The headline and the sentence under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    pub headline: String,
    pub detail: String,
    /// What became of the distances between rows; may be empty.
    pub distances: String,
    /// Experiments about what the caption says.
    pub claims: Vec<Claim>,
}

/// The caption of a view.
pub fn caption(view: &ViewResult) -> Caption {
    let method = &view.query.method;
    if let Some(beside) = &view.beside {
        return beside::caption(view, beside);
    }
    let mut detail = method.summary();
    if let FitOn::Train { .. } = view.query.fit {
        detail.push_str(&format!(
            " The statistics come from {} of the {} rows and are used for all of them.",
            whole(view.fitted_rows),
            whole(view.shape.examples as u64)
        ));
    }
    if let FitOn::Saved(saved) = &view.query.fit {
        detail.push_str(&format!(
            " The statistics come from a saved file: they were found from {} rows of {}.",
            whole(saved.rows),
            saved.data
        ));
    }
    if let Method::Custom(_) = method {
        detail.push_str(&named(method, view));
    }
    let shape = shape_sentence(view);
    if let Some(shape) = &shape {
        detail.push(' ');
        detail.push_str(shape);
    }
    let distances = [distance_sentence(method, view), neighbour_sentence(method, view)];
    let distances = distances.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let headline = headline::headline(method, view);
    let touched = [
        (!distances.is_empty(), claims::NEAREST),
        (headline::is_of_outliers(method, view), claims::OUTLIERS),
        (matches!(view.query.fit, FitOn::Train { .. }), claims::LEAKAGE),
        (shape.is_some(), claims::SHAPE),
    ];
    // Over positions there is no table to run them on.
    let is_table = view.shape.positions == 1;
    let claims = touched.into_iter().filter(|(is_told, _)| *is_told && is_table).map(|(_, claim)| claim).collect();
    Caption { headline, detail, distances, claims }
}

/// Below both plots of a figure: data, method and its settings.
pub fn figure_caption(view: &ViewResult, data: &str) -> String {
    let rows = whole(view.shape.examples as u64);
    let other = view.query.with.as_ref().filter(|_| view.beside.is_some()).map(|with| &with.method);
    let left = other.map_or_else(String::new, |other| format!("{}; ", in_full(other)));
    let held_out = match (view.held_out.is_empty(), view.before.held_out.is_empty()) {
        (false, _) => " Hollow points are held out.",
        (_, false) => " The darker parts of the bars are held out.",
        _ => "",
    };
    format!("{data}, {rows} rows. {left}{}.{held_out}", in_full(&view.query.method))
}

/// A method with all its settings.
fn in_full(method: &Method) -> String {
    let settings = method.parameters().into_iter().map(|one| format!("{} {}", one.field.label, one.value.words()));
    let settings: Vec<String> = settings.collect();
    let with = if settings.is_empty() { String::new() } else { format!(" ({})", settings.join(", ")) };
    format!("{}{with}", method.info().name)
}

/// What a mixture of one's own is called on these data.
fn named(method: &Method, view: &ViewResult) -> String {
    let naming = method.recipe(view.shape).and_then(|recipe| Naming::of(&recipe, view.shape));
    let sentences = naming.map(|naming| naming.sentences()).unwrap_or_default();
    let mut text: String = sentences.iter().map(|sentence| format!(" {sentence}")).collect();
    if let Method::Custom(custom) = method
        && (custom.gamma, custom.beta) != (1.0, 0.0)
    {
        text += " That is before gamma and beta, which any method can be followed by.";
    }
    text
}

/// Whether the shape of every distribution is what it was: true of every method that treats a feature as a whole.
fn shape_sentence(view: &ViewResult) -> Option<String> {
    let same = |before: f64, after: f64| (before - after).abs() <= SAME_SHAPE * (1.0 + before.abs());
    let mut compared = 0;
    let mut changed = 0;
    for feature in &view.features {
        let (before, after) = (&feature.before, &feature.after);
        if before.skewness.is_finite() && after.skewness.is_finite() && varies(before, after) {
            compared += 1;
            let kept = same(before.skewness, after.skewness) && same(before.excess_kurtosis, after.excess_kurtosis);
            changed += usize::from(!kept);
        }
    }
    let bent = view.query.plot_options.scale == AxisScale::SymLog;
    match (compared, changed) {
        (0, _) => None,
        (_, 0) if bent => Some("The shapes do not change, but a logarithmic axis draws each differently.".into()),
        (1, 0) => Some("Its shape does not change.".into()),
        (_, 0) => Some("The shapes do not change.".into()),
        (1, 1) => Some("Its shape changes.".into()),
        (all, changed) if all == changed => Some("The shapes change as well.".into()),
        (all, changed) => Some(format!("The shape of {changed} of {all} features changes as well.")),
    }
}

/// How much of the squared distances between rows one feature makes up: what it is to nearest neighbours, clusters and
/// principal components. The mean squared difference of two rows in a feature is twice its variance.
fn distance_sentence(method: &Method, view: &ViewResult) -> Option<String> {
    let share = |of: fn(&Feature) -> &Summary| -> Vec<f64> {
        // As parts of the largest, the squares are never too large or too small.
        let largest = view.features.iter().map(|feature| of(feature).sd).fold(0.0, f64::max);
        let squares: Vec<f64> = view.features.iter().map(|feature| (of(feature).sd / largest).powi(2)).collect();
        let all: f64 = squares.iter().filter(|square| square.is_finite()).sum();
        squares.iter().map(|square| square / all).collect()
    };
    let (before, after) = (share(|feature| &feature.before), share(|feature| &feature.after));
    let (index, largest) = before.iter().copied().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let now = after.get(index).copied().filter(|now| now.is_finite() && *now < largest)?;
    // Next to nothing has no shares.
    let size = |feature: &Feature| feature.after.min.abs().max(feature.after.max.abs());
    if view.features.iter().all(|feature| feature.after.sd <= headline::NEGLIGIBLE * size(feature)) {
        return None;
    }
    // Over positions a distance is no sum over features, and to a row with a missing value there is none.
    let plain = view.shape.positions == 1 && view.features.iter().all(|feature| feature.before.missing == 0);
    let even = 1.0 / view.features.len() as f64;
    if largest < DOMINANT || largest < UNEVEN * even || view.features.len() < 2 || !plain {
        return None;
    }
    Some(format!(
        "{} alone makes up {} of the squared distance between rows; {} {}.",
        capital(&shown_name(&view.features[index].name)),
        percent(largest),
        after_lower(method),
        percent(now)
    ))
}

/// That other rows are nearest neighbours now.
fn neighbour_sentence(method: &Method, view: &ViewResult) -> Option<String> {
    // Rows that all become nearly the same have no nearest neighbour worth a word.
    let largest =
        view.features.iter().map(|feature| feature.after.min.abs().max(feature.after.max.abs())).fold(0.0, f64::max);
    if view.features.iter().all(|feature| feature.after.sd <= headline::NEGLIGIBLE * largest) {
        return None;
    }
    let ChangedNeighbours { tried, changed, example } = view.facts.neighbours?;
    let (row, old, new) = example?;
    let row_number = |row: u64| whole(row + 1);
    Some(format!(
        "The nearest neighbour of row {} is row {} before and row {} {}; it changes for {changed} of the {tried} rows that were compared.",
        row_number(row),
        row_number(old),
        row_number(new),
        after_lower(method)
    ))
}

/// `after z-score`, inside a sentence.
fn after_lower(method: &Method) -> String {
    after(method).replacen('A', "a", 1)
}

/// What else a reader of this screen should know.
pub fn warnings(view: &ViewResult) -> Vec<String> {
    let mut all = view.warnings.clone();
    let by_feature = view.groups.by_feature;
    if view.query.plot_options.axes == AxisPolicy::Separate && view.features.len() > 1 && by_feature {
        all.push(
            "Separate axes make every feature fill its plot, so before and after look alike. Shared axes show what changed."
                .into(),
        );
    }
    let missing: u64 = view.features.iter().map(|feature| feature.before.missing).sum();
    if missing > 0 {
        let values = if missing == 1 { "value is" } else { "values are" };
        let after: u64 = view.features.iter().map(|feature| feature.after.missing).sum();
        let became = if after > missing {
            format!(
                "the rules of {} leave none out, so {} are NaN afterwards",
                view.query.conventions.name(),
                whole(after)
            )
        } else {
            "left out of the statistics, and still missing afterwards".into()
        };
        all.push(format!("{} {values} missing: {became}.", whole(missing)));
    }
    all
}
