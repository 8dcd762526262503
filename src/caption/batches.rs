//! BatchNorm batch by batch, in words.

use super::worked::{SignificantDigits, Worked, work_out};
use crate::engine::conventions::Alone;
use crate::engine::method::{BatchNorm, Mode, MomentumOf, Stored, TrainingBatches};
use crate::engine::{Conventions, Method, Shape};
use crate::parameters::Options;
use crate::plot::number::{format4, whole};
use crate::protocol::{BatchSummary, FitOn, RunningStats};

/// What became of the running statistics, in one sentence or two.
pub fn headline(running_stats: &RunningStats) -> String {
    let Some(last) = running_stats.steps.last() else { return String::new() };
    let total = counted(last.number, "batch", "batches");
    let passes = match running_stats.query.passes {
        1 => String::new(),
        _ if running_stats.refused.is_some() => String::new(),
        passes => format!(" in {passes} passes"),
    };
    let found = format!(
        "After {total}{passes}, the running mean of {} is {}; the mean of its rows is {}.",
        running_stats.feature,
        format4(last.after.0),
        format4(running_stats.whole.0)
    );
    if last.after.0.is_nan() {
        return format!("{found} A missing value has spread to it, and it stays so.");
    }
    format!("{found} {}", weight(last.initial))
}

/// What the values it started from weigh.
fn weight(share: f64) -> String {
    let start = "The starting values (mean 0, variance 1)";
    match share {
        0.0 => format!("{start} no longer have any weight."),
        1.0 => format!("{start} still have all the weight: nothing has moved them."),
        0.1.. => format!("{start} still have {} of the weight.", percent(share)),
        0.001.. => format!("{start} have only {} of the weight.", percent(share)),
        _ => format!("{start} have {} of the weight.", percent(share)),
    }
}

/// That the library stops on the way.
pub fn refusal(running_stats: &RunningStats) -> Option<String> {
    let (number, message) = running_stats.refused.as_ref()?;
    let stay =
        if running_stats.steps.is_empty() { "where they start: mean 0, variance 1" } else { "as they are there" };
    Some(format!(
        "{} stops at batch {} in training: \u{201c}{message}\u{201d}. The running values stay {stay}.",
        running_stats.query.library.name(),
        whole(*number)
    ))
}

/// In how many passes the rows were used, and how long the start is felt.
pub fn detail(running_stats: &RunningStats) -> String {
    let method = &running_stats.query.method;
    let rows = counted(running_stats.shape.examples as u64, "row", "rows");
    let which = if let FitOn::Train { .. } = running_stats.query.fit { "training rows" } else { "rows" };
    let rows = rows.replace("rows", which);
    let again = if running_stats.query.passes > 1 { ", and in the same order in every pass" } else { "" };
    let mut text = format!("The {rows} are taken in the order of the data, not shuffled{again}.");
    if running_stats.steps.is_empty() {
        return text;
    }
    text += &match (method.momentum_of, running_stats.faded) {
        (MomentumOf::Cumulative, _) => {
            " Every batch counts equally: the running values are plain means over the batches.".into()
        }
        (_, Some(faded)) => format!(
            " With this momentum, the starting values have less than 10% of the weight after {}; one pass has {}.",
            counted(faded, "batch", "batches"),
            whole(running_stats.batches)
        ),
        (_, None) => " With this momentum, no batch changes anything.".into(),
    };
    if running_stats.query.passes > 1 && method.mode == Mode::Evaluation {
        text += " The main plots make one pass.";
    }
    text
}

/// What one batch did: what it held, and the arithmetic of both running values.
pub fn step(running_stats: &RunningStats, step: &BatchSummary) -> [String; 3] {
    let batches = running_stats.batches.max(1);
    let pass = if running_stats.query.passes > 1 {
        format!(
            " (number {} of pass {})",
            whole((step.number - 1) % batches + 1),
            whole((step.number - 1) / batches + 1)
        )
    } else {
        String::new()
    };
    let name = format!("Batch {} of {}{pass}", whole(step.number), whole(running_stats.total()));
    if step.count == 0 {
        let stay = |what: &str, value: f64| format!("The running {what} stays {}.", format4(value));
        return [format!("{name} contains no values."), stay("mean", step.after.0), stay("variance", step.after.1)];
    }
    let moved = |what: &str, before: f64, batch: f64, after: f64| {
        let (old, new) = step.weights;
        let side = |p: SignificantDigits| {
            let how =
                format!("{} \u{d7} {} + {} \u{d7} {}", p.text(old), p.operand(before), p.text(new), p.operand(batch));
            Worked::found(how, p.number(old) * p.number(before) + p.number(new) * p.number(batch))
        };
        if after.is_nan() {
            return format!("Running {what}: {} = {}", side(SignificantDigits::Digits(4)).how, format4(after));
        }
        let (worked, result, about) = work_out(after, side);
        format!("Running {what}: {} {} {result}", worked.how, if about { '\u{2248}' } else { '=' })
    };
    [
        format!(
            "{name}: {}, mean {}, variance {}.{}",
            counted(step.count, "value", "values"),
            format4(step.mean),
            format4(step.variance),
            if step.after.0.is_nan() {
                String::new()
            } else {
                format!(" The starting value still has {} of the weight.", faded(step))
            }
        ),
        moved("mean", step.before.0, step.mean, step.after.0),
        moved("variance", step.before.1, step.variance, step.after.1),
    ]
}

/// What the start weighs after a batch, as a power where every batch so far took the same share of it.
fn faded(step: &BatchSummary) -> String {
    let (old, share) = (step.weights.0, percent(step.initial));
    let power = i32::try_from(step.number).map_or(f64::NAN, |number| old.powi(number));
    if step.number > 1 && (power - step.initial).abs() < 1e-9 && old > 0.0 {
        format!("{}{} = {share}", format4(old), raised(step.number))
    } else {
        share
    }
}

fn raised(exponent: u64) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    exponent.to_string().bytes().map(|digit| RAISED[usize::from(digit - b'0') % 10]).collect()
}

/// What the two outputs are of; nothing where no batch was taken.
pub fn outputs(running_stats: &RunningStats) -> String {
    if running_stats.steps.is_empty() {
        return String::new();
    }
    let one = running_stats.batches == 1;
    let training = if one { "all rows are one batch" } else { "each batch by its own mean and variance" };
    let mut text = format!("Training: {training}, as in a network. Evaluation: all by the running values at the end.");
    let in_training = running_stats.query.method.mode == Mode::Training;
    if in_training && !one && running_stats.query.method.batches == TrainingBatches::Whole {
        text += " The main plots treat all rows as one batch.";
    }
    text
}

/// What else a reader should know of this walk.
pub fn notes(running_stats: &RunningStats) -> Vec<String> {
    let mut notes = Vec::new();
    let method = &running_stats.query.method;
    let values = running_stats.rows.0 * running_stats.shape.positions as u64;
    if values == 1 && !running_stats.steps.is_empty() {
        notes.push(
            "A single value has no spread: the variance of every batch is 0, whatever the values are, and the running \
             variance says nothing about them."
                .into(),
        );
    } else if method.stored == Stored::Biased && values < 1000 {
        notes.push(format!(
            "With divisor n, a variance of {} is on average 1/{} smaller than that of the distribution they come from, \
             and so is the running variance.",
            counted(values, "value", "values"),
            whole(values)
        ));
    }
    if let Some(note) = alike(running_stats, method) {
        notes.push(note);
    }
    if running_stats.steps.last().is_some_and(|step| step.after.0.is_nan()) && running_stats.whole.0.is_finite() {
        notes.push(format!(
            "With {}, a missing value turns the statistics of its batch NaN and permanently spoils the running ones.",
            running_stats.query.library.name()
        ));
    }
    if running_stats.falls_short() && running_stats.refused.is_none() {
        notes.push(format!(
            "The last batch of a pass has only {}, but moves the running values as much as a full one.",
            counted(running_stats.rows.1, "row", "rows")
        ));
    }
    let told = running_stats.steps.len() as u64;
    if let [.., before, last] = running_stats.steps.as_slice()
        && told < last.number
    {
        notes.push(format!(
            "Of {} batches, {} are drawn: the first ones, then one in every {}. All of them count.",
            whole(last.number),
            whole(told),
            whole(last.number - before.number)
        ));
    }
    notes
}

/// That the rows of a batch are more alike than all rows, where chance does not explain it: the data are in some order.
fn alike(running_stats: &RunningStats, method: &BatchNorm) -> Option<String> {
    let values = running_stats.rows.0 as f64 * running_stats.shape.positions as f64;
    let biased = if method.stored == Stored::Biased { (values - 1.0) / values } else { 1.0 };
    let short = 1.0 - running_stats.within / (running_stats.whole.1 * biased);
    // What the mean of so many variances varies by, for numbers that are nearly normal.
    let taken = running_stats
        .refused
        .as_ref()
        .map_or(running_stats.batches, |(number, _)| running_stats.batches.min(number - 1));
    let chance = (2.0 / (taken as f64 * (values - 1.0))).sqrt();
    (taken > 1 && values > 1.0 && short > 0.1 && short > 4.0 * chance).then(|| {
        format!(
            "The variance of a batch is {} on average, that of all rows is {}: neighbouring rows are alike, and what \
             differs from batch to batch is missing from the running variance. Shuffling the rows would avoid this.",
            format4(running_stats.within),
            format4(running_stats.whole.1)
        )
    })
}

/// Why a batch of one row is a case of its own here.
pub fn alone(running_stats: &RunningStats) -> String {
    let (rows, last) = running_stats.rows;
    let n = whole(running_stats.shape.examples as u64);
    if running_stats.shape.positions > 1 {
        let values = whole(running_stats.shape.positions as u64);
        return format!(
            "A batch of one row still has {values} values of each feature, one per position, so it has a variance."
        );
    }
    let why = "a single value is its own mean and has no spread";
    match (rows, last) {
        (1, _) => format!("Every batch here is a single row: {why}. In training"),
        (_, 1) if running_stats.batches > 1 => {
            format!(
                "The last batch here is a single row, for {n} = {} \u{d7} {} + 1: {why}. In training",
                whole(running_stats.batches - 1),
                whole(rows)
            )
        }
        _ => {
            format!("No batch here is a single row. Where one row is left over for the last batch, {why}. In training")
        }
    }
}

/// What libraries do with a batch of one row in training, those together that do the same.
pub fn libraries(running_stats: &RunningStats) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let method = running_stats.query.method.clone();
    let (beta, gamma) = (method.beta, method.gamma);
    let method = Method::BatchNorm(BatchNorm { mode: Mode::Training, ..method });
    // The chosen one comes first.
    let (chosen, others): (Vec<_>, Vec<_>) =
        Conventions::ALL.iter().partition(|(one, ..)| *one == running_stats.query.library);
    for &(library, _, name) in chosen.into_iter().chain(others) {
        let does = match library.alone(&method, Shape { examples: 1, ..running_stats.shape }) {
            Some(Alone::Refused(message)) => format!("stops with \u{201c}{message}\u{201d}"),
            Some(Alone::Output(output)) => {
                format!("no error; whatever the value, the output is {}", format4(output * gamma + beta))
            }
            None => continue,
        };
        match all.iter_mut().find(|(_, other)| *other == does) {
            Some((names, _)) => *names += &format!(", {name}"),
            None => all.push((name.into(), does)),
        }
    }
    all
}

fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{} {}", whole(count), if count == 1 { one } else { several })
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "0%".into(),
        share if share < 0.1 => "less than 0.1%".into(),
        share if share < 99.95 => format!("{share:.1}%").replace(".0%", "%"),
        share => format!("{}%", format4(share)),
    }
}
