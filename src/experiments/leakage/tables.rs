//! The numbers behind the figures, and exact laws beside them.

use normlab_engine::moments;
use normlab_plot::number::{format4, whole};
use normlab_report::Table;

use super::outcome::{LeakageExample, LeakageOutcome, MeanWithError};
use super::wording::{counted, first_repeat, outside_law, percent, points, signed};
use super::{Leakage, LeakageCase};
use crate::prepared::Scaling;

pub fn tables(settings: &Leakage, outcome: &LeakageOutcome) -> Vec<Table> {
    let mut tables = vec![scores(settings, outcome)];
    tables.extend(outcome.example.as_ref().map(|example| statistics(settings, outcome, example)));
    tables.push(laws(settings, outcome));
    tables
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn scores(settings: &Leakage, outcome: &LeakageOutcome) -> Table {
    let several = settings.case.repeats().1;
    let (lower, higher) = (format!("{several} with a lower score"), format!("{several} with a higher score"));
    let mut titles =
        columns(&["way", "right", "standard error", "above fit on train", "standard error of that", &lower, &higher]);
    let with_outside = outcome.outside(0).is_some();
    if with_outside {
        titles.push("test values outside of what was fitted".into());
    }
    let row = |index: usize| {
        let (score, difference) = (outcome.score(index), outcome.difference(index));
        let (lower, higher) = outcome.lower_and_higher(index);
        let mut cells = vec![
            outcome.scopes[index].name().to_owned(),
            percent(score.mean),
            points(score.error),
            signed(difference.mean),
            points(difference.error),
            whole(lower as u64),
            whole(higher as u64),
        ];
        cells.extend(outcome.outside(index).map(|outside| percent(outside.mean)));
        cells
    };
    Table {
        title: "Scores".into(),
        columns: titles,
        rows: (0..outcome.scopes.len()).map(row).collect(),
        note: format!(
            "Over {}; differences and standard errors are in percentage points, each difference within one {}.",
            counted(settings, outcome.n_done()),
            settings.case.repeats().0
        ),
        ..Table::default()
    }
}

fn statistics(settings: &Leakage, outcome: &LeakageOutcome, example: &LeakageExample) -> Table {
    let row = |index: usize| {
        let (scaler, after) = (example.scalers[index], moments(&example.values[index]));
        let numbers = [scaler.centre, scaler.scale, after.mean, after.sd, after.min, after.max];
        std::iter::once(outcome.scopes[index].name().to_owned()).chain(numbers.map(format4)).collect()
    };
    let chosen = match settings.case {
        LeakageCase::Drift => String::new(),
        _ => format!(
            " Of all features, the statistics of {} differ most between training rows and all rows.",
            example.feature
        ),
    };
    Table {
        title: format!("Statistics of {} in {}", example.feature, first_repeat(settings)),
        columns: columns(&[
            "way",
            "subtracted",
            "divided by",
            "test mean after",
            "test sd after",
            "least after",
            "greatest after",
        ]),
        rows: (0..outcome.scopes.len()).map(row).collect(),
        note: format!("Per batch, what is subtracted and divided by is that of the first batch.{chosen}"),
        ..Table::default()
    }
}

fn laws(settings: &Leakage, outcome: &LeakageOutcome) -> Table {
    let (n, m) = (outcome.n_train as f64, outcome.n_test as f64);
    let mut rows = Vec::new();
    let mut row = |law: &str, formula: &str, expected: String, found: String, error: String| {
        rows.push([law, formula, &expected, &found, &error].map(str::to_owned).to_vec());
    };
    if settings.case != LeakageCase::Ordinary {
        let honest = outcome.score(0);
        row("right without a leak", "1/2", percent(0.5), percent(honest.mean), points(honest.error));
    }
    if let (Some(outside), false) = (outcome.outside(0), settings.case == LeakageCase::Drift) {
        let law = "test values outside of the range of the training rows";
        row(law, "2/(n + 1)", percent(outside_law(outcome.n_train)), percent(outside.mean), points(outside.error));
    }
    let with_offsets = settings.scaling == Scaling::ZScore && !outcome.squared_offsets.is_empty();
    if with_offsets {
        let squares = MeanWithError::of(outcome.squared_offsets.iter().copied());
        let root = squares.mean.sqrt();
        let error = if root > 0.0 { squares.error / (2.0 * root) } else { 0.0 };
        let law = "standard deviation of the test mean after an honest z-score";
        row(law, "about \u{221a}(1/n + 1/m)", format4((1.0 / n + 1.0 / m).sqrt()), format4(root), format4(error));
    }
    if let (Some(outside), true) = (outcome.outside(1), settings.case != LeakageCase::Selection) {
        let law = "test values outside of the range of all values";
        row(law, "0", percent(0.0), percent(outside.mean), points(outside.error));
    }
    Table {
        title: "Exact laws beside this run".into(),
        columns: columns(&["what", "law", "expected", "in this run", "standard error"]),
        rows,
        note: format!(
            "n = {} training and m = {} test {}.{}",
            whole(outcome.n_train as u64),
            whole(outcome.n_test as u64),
            if settings.case == LeakageCase::Drift { "steps" } else { "rows" },
            if with_offsets {
                " The law of the mean takes the standard deviation as known; that of few training rows is uncertain, which \
                 spreads the mean wider."
            } else {
                ""
            }
        ),
        ..Table::default()
    }
}
