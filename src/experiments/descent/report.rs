//! What the outcome says, in sentences.

use normlab_plot::number::{format4, whole};
use normlab_report::{Fact, FactValue, Limit, Report};

use super::outcome::{DescentOutcome, Lane};
use super::plane::PlaneAxes;
use super::quadratic::{Quadratic, Rescaling};
use super::walk::Optimizer;
use super::wording::{after, left, percent, steps};
use super::{Descent, RateRule, figures};
use crate::{ExperimentTable, Origin};

/// Features whose means are further from zero than so many standard deviations make a ravine with the bias.
const FAR: f64 = 1.0;

pub fn report(settings: &Descent, data: &ExperimentTable, outcome: &DescentOutcome) -> Report {
    Report {
        headline: headline(settings, outcome),
        sentences: sentences(settings, outcome),
        figures: figures::figures(settings, outcome),
        tables: figures::tables(settings, outcome),
        facts: facts(settings, data, outcome),
        limits: limits(settings, data, outcome),
        ..Report::default()
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn headline(settings: &Descent, outcome: &DescentOutcome) -> String {
    let way = match settings.optimizer {
        Optimizer::Plain => "gradient descent",
        Optimizer::Momentum => "gradient descent with momentum",
        Optimizer::Adam => "Adam",
        Optimizer::Closed => return closed(outcome),
    };
    let Some(raw) = outcome.lane(Rescaling::Raw) else { return "The first steps are on their way.".into() };
    let raw_said = match (raw.reached, raw.diverged) {
        (Some(step), _) => format!("{} on raw data", steps(step)),
        (None, Some(step)) => format!("on raw data it diverges at step {}", whole(step)),
        (None, None) => {
            format!("on raw data it is not done after {}, with {} left", steps(raw.n_steps), percent(left(raw)))
        }
    };
    let others = [Rescaling::ZScore, Rescaling::MinMax].map(|rescaling| outcome.lane(rescaling));
    let [Some(z_score), Some(min_max)] = others else {
        return format!("A millionth of the loss is left: {raw_said}. The others are on their way.");
    };
    let said = |lane: &Lane| match (lane.reached, lane.diverged) {
        (Some(step), _) => format!("{} with {}", steps(step), lane.rescaling.name()),
        (None, Some(step)) => format!("with {} it diverges at step {}", lane.rescaling.name(), whole(step)),
        (None, None) => format!("with {} it is not done after {}", lane.rescaling.name(), steps(lane.n_steps)),
    };
    let slowness = |lane: &Lane| lane.slowness(settings.steps);
    let opening = if slowness(z_score) * 2.0 <= slowness(raw) {
        format!("Scaling decides how long {way} takes")
    } else if slowness(z_score) < slowness(raw) {
        format!("Scaling makes {way} a little faster here")
    } else if slowness(z_score) == slowness(raw) {
        format!("Z-score changes nothing for {way} here")
    } else {
        format!("Z-score makes {way} slower here")
    };
    format!("{opening}: {}, {}, and {raw_said}.", said(z_score), said(min_max))
}

fn closed(outcome: &DescentOutcome) -> String {
    let most = outcome.lanes.iter().map(left).fold(0.0, f64::max);
    if outcome.lanes.iter().all(|lane| lane.reached.is_some()) {
        return format!(
            "The closed form needs no scaling here: whatever was done to the features, solving once leaves at most {} of the \
             loss.",
            percent(most)
        );
    }
    let failed: Vec<String> =
        outcome.lanes.iter().filter(|lane| lane.reached.is_none()).map(|lane| lane.rescaling.name().into()).collect();
    format!(
        "Rounding spoils even the closed form here: more than a millionth of the loss is left with {}.",
        listed(&failed)
    )
}

fn sentences(settings: &Descent, outcome: &DescentOutcome) -> Vec<String> {
    let mut sentences = Vec::new();
    let is_closed = settings.optimizer == Optimizer::Closed;
    if !outcome.lanes.is_empty() && !is_closed {
        let each: Vec<String> = outcome.lanes.iter().map(after).collect();
        sentences.push(format!("Until a millionth of the loss is left: {}.", listed(&each)));
    }
    sentences.extend(steepness(outcome));
    sentences.extend(why(settings, outcome));
    sentences.extend(divergence(settings, outcome));
    sentences.extend(bias(outcome));
    if !outcome.lanes.is_empty() {
        let plane = match settings.axes {
            PlaneAxes::Same => {
                "The surfaces show the loss over the two weights where the bias is best, both in the same scale"
            }
            PlaneAxes::Own => {
                "The surfaces show the loss over the two weights where the bias is best, each in units of its best value"
            }
            PlaneAxes::Steepest => {
                "The surfaces show the loss along the steepest and the flattest of the three directions"
            }
        };
        let same = "every way starts at the same model";
        sentences.push(format!("{plane}; {same}."));
    }
    if let Some(quadratic) = outcome.quadratic(Rescaling::ByHand) {
        sentences.push(by_hand(outcome, quadratic));
    }
    let flat = outcome.features.features.iter().filter(|feature| feature.middle == 0.0);
    sentences.extend(flat.map(|feature| {
        format!("The middle half of {} is one value, so robust only subtracts its median.", feature.name)
    }));
    sentences.extend(outcome.features.notes.iter().cloned());
    sentences
}

fn by_hand(outcome: &DescentOutcome, quadratic: &Quadratic) -> String {
    let [first, second] = &outcome.features.features;
    let divided: Vec<String> = [(first, quadratic.scales[0]), (second, quadratic.scales[1])]
        .into_iter()
        .filter(|(_, scale)| *scale != 1.0)
        .map(|(feature, scale)| format!("{} (by {})", feature.name, format4(scale)))
        .collect();
    if divided.is_empty() {
        return "Rescaling by hand changes nothing here: no value reaches 10.".into();
    }
    let are = if divided.len() == 1 { "is" } else { "are" };
    format!(
        "Rescaled by hand, {} {are} divided by a power of ten, as one does for numbers that are too long to read.",
        listed(&divided)
    )
}

fn steepness(outcome: &DescentOutcome) -> Option<String> {
    let raw = outcome.quadratic(Rescaling::Raw)?;
    let z_score = outcome.quadratic(Rescaling::ZScore)?;
    Some(format!(
        "The condition number κ says how many times the steepest direction is as curved as the flattest: {} on raw data, {} \
         with z-score.",
        format4(raw.condition()),
        format4(z_score.condition())
    ))
}

/// Why it came out so, as far as the outcome tells.
fn why(settings: &Descent, outcome: &DescentOutcome) -> Option<String> {
    let raw = outcome.quadratic(Rescaling::Raw)?;
    match settings.optimizer {
        Optimizer::Plain => {
            let share = match settings.rule {
                RateRule::Share => settings.share,
                RateRule::Number => settings.rate * raw.steepest(),
            };
            let flat = share / raw.condition();
            Some(format!(
                "A step multiplies the distance along a direction of curvature λ by 1 − rate × λ. On raw data that is {} along the \
                 steepest direction, and 1 − {} along the flattest.",
                format4(1.0 - share),
                format4(flat)
            ))
        }
        Optimizer::Momentum => Some(format!(
            "Momentum keeps {} of the last step, so steps in the same direction add up to {} times one step.",
            format4(settings.momentum),
            format4(1.0 / (1.0 - settings.momentum))
        )),
        Optimizer::Adam => {
            let [first, second] = &outcome.features.features;
            Some(format!(
                "The first step of Adam changes every weight by the learning rate, {}, whatever the units. On raw data the best \
                 weights are {} for {} and {} for {}, so one rate has to suit both sizes.",
                format4(settings.rate),
                format4(raw.best[0]),
                first.name,
                format4(raw.best[1]),
                second.name
            ))
        }
        Optimizer::Closed => Some(
            "The normal equations have the same solution in any unit; a unit is made up for by the weight, as long as rounding \
             allows."
                .into(),
        ),
    }
}

/// Which lanes diverged, and why.
fn divergence(settings: &Descent, outcome: &DescentOutcome) -> Vec<String> {
    let diverged = outcome.lanes.iter().zip(&outcome.quadratics).filter(|(lane, _)| lane.diverged.is_some());
    diverged
        .map(|(lane, quadratic)| {
            let (name, step) = (lane.rescaling.name(), whole(lane.diverged.unwrap_or_default()));
            let limit = settings.limit() / quadratic.steepest();
            if settings.optimizer == Optimizer::Closed {
                return format!("With {name}, rounding makes the normal equations unsolvable.");
            }
            format!(
                "{name}: stopped at step {step}, where a weight was no finite number any more. The learning rate {} is {} times \
                 the stability limit {}, so every step overshoots by more than it corrects.",
                format4(lane.rate),
                format4(lane.rate / limit),
                format4(limit)
            )
        })
        .collect()
}

/// The ravine between a feature and the bias.
fn bias(outcome: &DescentOutcome) -> Option<String> {
    let raw = outcome.quadratic(Rescaling::Raw)?;
    let centred = outcome.quadratic(Rescaling::Centred)?;
    let far = outcome.features.features.iter().find(|feature| feature.mean.abs() > FAR * feature.sd)?;
    let times = raw.condition() / centred.condition();
    (times > 1.5).then(|| {
        format!(
            "The mean of {} is {} standard deviations from zero, so its weight and the bias can make up for each other: centring \
             alone divides κ by {}.",
            far.name,
            format4(far.mean.abs() / far.sd),
            format4(times)
        )
    })
}

fn facts(settings: &Descent, data: &ExperimentTable, outcome: &DescentOutcome) -> Vec<Fact> {
    use crate::Experiment;
    if outcome.lanes.len() < Rescaling::EACH.len() {
        return Vec::new();
    }
    let fact = |prediction: normlab_report::Prediction| {
        let of = |rescaling: Rescaling| Some((outcome.lane(rescaling)?, outcome.quadratic(rescaling)?));
        let reached = |rescaling: Rescaling| {
            let (lane, quadratic) = of(rescaling)?;
            let (name, condition) = (rescaling.name(), format4(quadratic.condition()));
            let why = match settings.optimizer {
                Optimizer::Momentum => format!(
                    "With {name}, κ is {condition}; momentum of {} goes on after the best place is reached, and has to come back.",
                    format4(settings.momentum)
                ),
                Optimizer::Adam => format!(
                    "The first step of Adam changes every weight by {}, and with {name} the best ones are {} and {}.",
                    format4(settings.rate),
                    format4(quadratic.best[0]),
                    format4(quadratic.best[1])
                ),
                _ => format!(
                    "With {name}, κ is {condition}; a step must suit the steepest direction, and the flattest waits."
                ),
            };
            Some((FactValue::Number(lane.reached? as f64), why))
        };
        let (value, why) = match prediction.key.as_str() {
            "z-score" => reached(Rescaling::ZScore)?,
            "min-max" => reached(Rescaling::MinMax)?,
            "notices" => {
                let all = outcome.lanes.iter().all(|lane| lane.reached.is_some());
                (FactValue::Choice(usize::from(!all)), closed(outcome))
            }
            _ => {
                let values = outcome.lanes.iter().map(|lane| lane.slowness(settings.steps)).collect();
                let each: Vec<String> = outcome.lanes.iter().map(after).collect();
                (FactValue::Order(values), format!("{}.", listed(&each)))
            }
        };
        Some(Fact { key: prediction.key, value, why })
    };
    settings.predictions(data).into_iter().filter_map(fact).collect()
}

/// States of this experiment in which the claim does not hold, and remedies for what went wrong.
fn limits(settings: &Descent, data: &ExperimentTable, outcome: &DescentOutcome) -> Vec<Limit> {
    let limit = |text: String, data: Option<&str>, chosen: &[(&str, String)]| Limit {
        text,
        data: data.map(String::from),
        settings: chosen.iter().map(|(key, value)| ((*key).into(), value.clone())).collect(),
    };
    let mut limits = Vec::new();
    let is_plain = settings.optimizer == Optimizer::Plain;
    let diverged: Vec<&Lane> = outcome.lanes.iter().filter(|lane| lane.diverged.is_some()).collect();
    if let (Some(worst), true) = (diverged.first(), settings.optimizer != Optimizer::Closed) {
        let optimizer = if is_plain { Vec::new() } else { vec![("optimizer", "momentum".to_owned())] };
        let text = "It diverged: give each scaling the learning rate that suits it, 1/λmax.".into();
        limits.push(limit(text, None, &optimizer));
        if let (Some(quadratic), RateRule::Number) = (outcome.quadratic(worst.rescaling), settings.rule) {
            let rate = format!("{:.2e}", 1.0 / quadratic.steepest());
            let text = format!(
                "It diverged: one learning rate small enough for {}, {}, for all.",
                worst.rescaling.name(),
                format4(1.0 / quadratic.steepest())
            );
            if (1e-14..=10.0).contains(&(1.0 / quadratic.steepest())) {
                limits.push(limit(text, None, &[("rule", "number".into()), ("rate", rate)]));
            }
        }
    }
    if settings.optimizer != Optimizer::Closed {
        let text = "The closed form solves once and takes no steps: does it need scaling?".into();
        limits.push(limit(text, None, &[("optimizer", "closed".into())]));
    }
    if settings.optimizer != Optimizer::Adam {
        let text = "Adam gives each weight a step size of its own: does scaling still matter?".into();
        limits.push(limit(text, None, &[("optimizer", "adam".into()), ("rate", "0.05".into())]));
    }
    if settings.optimizer != Optimizer::Momentum {
        let text = "Momentum is faster along a ravine: is it faster where there is none?".into();
        limits.push(limit(text, None, &[("optimizer", "momentum".into())]));
    }
    if !(is_plain && data.origin == Origin::Made("orthogonal")) {
        let text = "Two features of the same width without correlation: does scaling help there?".into();
        limits.push(limit(text, Some("orthogonal"), &[("stretch", "0.1".into())]));
    }
    if !(is_plain && data.origin == Origin::Made("shifted")) {
        let text = "Two features in the same unit, far from zero: is the unit all that matters?".into();
        limits.push(limit(text, Some("shifted"), &[]));
    }
    if settings.rule == RateRule::Share && is_plain {
        let text = "One learning rate of 0.1 for all: what do raw data do?".into();
        limits.push(limit(text, None, &[("rule", "number".into()), ("rate", "0.1".into())]));
    }
    limits
}
