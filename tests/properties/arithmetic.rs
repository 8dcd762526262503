//! Computes every displayed step of a trace again from its displayed operands, each stage in its own units.

use normlab::engine::trace::{Application, CenterStep, Interpolation, ScaleStep, Step, Sum, Trace, TraceStage};

/// So many roundings in a row are forgiven.
const PLACES: f64 = 16.0;

/// What does not agree, in words.
pub fn consistent(trace: &Trace) -> Result<(), String> {
    let single = trace.replay.single;
    center(&Group::of(trace, trace.center.exponent), &trace.center)?;
    scale(&Group::of(trace, trace.scale.exponent), &trace.scale.step, single)?;
    application(trace)
}

/// How far from each other the numbers of a group are, in the units of a stage.
struct Group {
    range: f64,
}

impl Group {
    fn of(trace: &Trace, exponent: i32) -> Self {
        let half = 2.0_f64.powi(-exponent / 2);
        let unit = |value: f64| value * half * 2.0_f64.powi(-exponent - -exponent / 2);
        let (low, high) = trace.group.extent.map_or((0.0, 0.0), |(low, high)| (unit(low), unit(high)));
        Self { range: high * 0.5 - low * 0.5 }
    }
}

fn equal(what: &str, found: f64, expected: f64, size: f64, eps: f64) -> Result<(), String> {
    // Below the normal numbers, places have an absolute size.
    let single = eps == f64::from(f32::EPSILON);
    let (least, most) =
        if single { (f64::from(f32::from_bits(1)), f64::from(f32::MAX)) } else { (f64::from_bits(1), f64::MAX) };
    let allowed = PLACES * (eps * size.abs().max(expected.abs()) + least);
    let beyond = expected.abs() > most && found.is_infinite() && (found > 0.0) == (expected > 0.0);
    let agree =
        found == expected || beyond || (found - expected).abs() <= allowed || (found.is_nan() && expected.is_nan());
    if agree { Ok(()) } else { Err(format!("{what} is {found:e}, but should be {expected:e}")) }
}

fn exactly(what: &str, found: f64, expected: f64) -> Result<(), String> {
    equal(what, found, expected, 0.0, f64::EPSILON)
}

/// The total of all terms, rounded once.
fn total(terms: impl Iterator<Item = f64>) -> f64 {
    let (mut high, mut low) = (0.0, 0.0);
    for term in terms {
        let sum: f64 = high + term;
        let part = sum - high;
        low += (high - (sum - part)) + (term - part);
        high = sum;
    }
    high + low
}

fn sum(what: &str, sum: &Sum, term: impl Fn(f64) -> f64) -> Result<(), String> {
    for shown in &sum.first {
        exactly(&format!("a term of {what}"), shown.term, term(shown.value))?;
    }
    if sum.more == 0 { exactly(what, sum.total, total(sum.first.iter().map(|shown| shown.term))) } else { Ok(()) }
}

fn quantile(found: &Interpolation) -> Result<(), String> {
    let Interpolation { below, above, share, value, .. } = *found;
    equal("a quantile", value, below + (above - below) * share, below.abs().max(above.abs()), f64::EPSILON)
}

/// A centre is as exact as differences to it have to be.
fn center(group: &Group, stage: &TraceStage<CenterStep>) -> Result<(), String> {
    match &stage.step {
        CenterStep::Mean { sum: all, count, center, .. } => {
            sum("the sum", all, |value| value)?;
            equal("the mean", *center, all.total / *count as f64, group.range, f64::EPSILON)
        }
        CenterStep::Median { between, center, .. } => {
            quantile(between)?;
            equal("the median", *center, between.value, group.range, f64::EPSILON)
        }
        CenterStep::None | CenterStep::Undefined | CenterStep::Given { .. } | CenterStep::Min { .. } => Ok(()),
    }
}

/// A square root, where something else is divided by when it is 0.
fn root(variance: f64, eps: f64, sum: f64, scale: f64) -> Result<(), String> {
    exactly("variance + eps", sum, variance + eps)?;
    exactly("the square root", scale, sum.sqrt())
}

fn scale(group: &Group, step: &ScaleStep, single: bool) -> Result<(), String> {
    if step.substitute().is_some() {
        let (ScaleStep::Running { scale, .. }
        | ScaleStep::StandardDeviation { scale, .. }
        | ScaleStep::RootMeanSquare { scale, .. }
        | ScaleStep::Range { scale, .. }
        | ScaleStep::InterquantileRange { scale, .. }
        | ScaleStep::MaxAbs { scale, .. }
        | ScaleStep::L1 { scale, .. }
        | ScaleStep::L2 { scale, .. }) = step
        else {
            return Err("nothing to substitute".into());
        };
        exactly("a scale that is substituted", *scale, 0.0)?;
    }
    match step {
        ScaleStep::None | ScaleStep::Undefined | ScaleStep::Given { .. } => Ok(()),
        ScaleStep::Running { variance, eps, sum, scale, .. } => root(*variance, *eps, *sum, *scale),
        ScaleStep::StandardDeviation { mean, low, squares, by, variance, eps, sum: radicand, scale, .. } => {
            sum("the squares", squares, |value| {
                let difference = (value - mean) - low;
                difference * difference
            })?;
            // Sums of f32 values may be taken around a number a hundred deviations from the mean.
            let places = if single { 1e4 * f64::EPSILON } else { f64::EPSILON };
            equal("the variance", *variance, squares.total / by, 0.0, places)?;
            root(*variance, *eps, *radicand, *scale)
        }
        ScaleStep::RootMeanSquare { squares, count, mean_square, eps, sum: radicand, scale, .. } => {
            sum("the squares", squares, |value| value * value)?;
            exactly("the mean square", *mean_square, squares.total / *count as f64)?;
            root(*mean_square, *eps, *radicand, *scale)
        }
        ScaleStep::Range { min, max, scale, .. } => exactly("the range", *scale, max - min),
        ScaleStep::InterquantileRange { low, high, difference, normal, scale, .. } => {
            quantile(low)?;
            quantile(high)?;
            exactly("the difference", *difference, (high.value - low.value) + (high.low - low.low))?;
            equal("the interquantile range", *scale, difference / normal.unwrap_or(1.0), group.range, f64::EPSILON)
        }
        ScaleStep::MaxAbs { min, max, scale, .. } => exactly("the largest", *scale, min.abs().max(max.abs())),
        ScaleStep::L1 { absolutes, scale, .. } => {
            sum("the absolute values", absolutes, f64::abs)?;
            exactly("the L1 norm", *scale, absolutes.total)
        }
        ScaleStep::L2 { squares, scale, .. } => {
            sum("the squares", squares, |value| value * value)?;
            exactly("the L2 norm", *scale, squares.total.sqrt())
        }
    }
}

fn application(trace: &Trace) -> Result<(), String> {
    let Application::Steps(steps) = &trace.application.step else {
        return if trace.output.is_nan() { Ok(()) } else { Err("a result without steps".into()) };
    };
    let eps = if trace.replay.single { f64::from(f32::EPSILON) } else { f64::EPSILON };
    // What a step that cancels leaves of its operands is as exact as those.
    let mut size = 0.0_f64;
    let mut before: Option<f64> = None;
    for (index, step) in steps.iter().enumerate() {
        let (value, expected) = match *step {
            Step::Subtract { value, center, low, .. } => (value, (value - center) - low),
            Step::Divide { value, scale, .. } => {
                size /= scale;
                (value, value / scale)
            }
            Step::Range { value, low, high, .. } => {
                size = (size * (high - low)).abs().max(low.abs()).max(high.abs());
                (value, low + value * (high - low))
            }
            Step::Clip { value, low, high, .. } => (value, value.clamp(low, high)),
            Step::Gamma { value, gamma, .. } => {
                size = (size * gamma).abs();
                (value, value * gamma)
            }
            Step::Beta { value, beta, .. } => {
                size = size.max(value.abs()).max(beta.abs());
                (value, value + beta)
            }
        };
        if let Some(before) = before {
            exactly("an operand", value, before)?;
        }
        let last = index + 1 == steps.len();
        // The line of the engine takes the last step together with those before: as exact as the largest of them.
        equal("a step", step.result(), expected, size, if last { eps } else { f64::EPSILON })?;
        size = size.max(if last { 0.0 } else { step.result().abs() });
        before = Some(step.result());
    }
    exactly("the last step", before.unwrap_or(trace.value), trace.output)
}
