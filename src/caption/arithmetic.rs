//! The arithmetic of one value, line by line, with the real numbers in it.

use crate::engine::trace::{Application, CenterStep, Interpolation, ScaleStep, Step, Substitute, Sum, Trace};
use crate::engine::{Center, Divisor, NonFinite, Scale};
use crate::plot::number::whole;
use crate::protocol::Traced;

/// How numbers are written: to be read, or with all digits.
pub type Digits = fn(f64) -> String;

/// What stands in tables and here where there is no number.
pub const MISSING: &str = "\u{2013}";

/// A step: what is computed, how, and what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: &'static str,
    pub how: String,
    pub result: String,
}

/// As `alcohol of row 3`, `image of row 4, position 7`.
fn named(traced: &Traced) -> String {
    let Traced { cell, feature, trace, .. } = traced;
    let position =
        trace.replay.recipe.grouping.positions == crate::engine::Sharing::Apart || trace_has_positions(trace);
    let position = if position { format!(", position {}", cell.position + 1) } else { String::new() };
    format!("{feature} of row {}{position}", whole(cell.row + 1))
}

/// What became of the value, in a few words: `alcohol of row 3: 13.16 becomes 0.1969`.
pub fn became(traced: &Traced, digits: Digits) -> String {
    let trace = &traced.trace;
    if trace.value.is_nan() {
        return format!("{} is missing", named(traced));
    }
    let output = if trace.output.is_nan() { "missing".into() } else { digits(trace.output) };
    format!("{}: {} becomes {output}", named(traced), digits(trace.value))
}

/// Which value it is, and which values share its centre and scale.
pub fn origin(traced: &Traced, digits: Digits) -> String {
    let Traced { group, trace, left_out, .. } = traced;
    let value = if trace.value.is_nan() { "is missing".to_owned() } else { format!("is {}", digits(trace.value)) };
    let place = format!("{} {value}.", named(traced));
    let count = trace.group.statistics.count as u64;
    let (center, scale) = (trace.center.step != CenterStep::None, trace.scale.step != ScaleStep::None);
    let (what, are, them) = match (center, scale) {
        (true, true) => ("centre and scale", "are those", "them"),
        (true, false) => ("centre", "is that", "it"),
        (false, true) => ("scale", "is that", "it"),
        (false, false) => return format!("{place} It has no centre and no scale here."),
    };
    let both = center && scale;
    let shared = match &trace.group.fitted {
        None => format!(
            "Its {what} {were} found before: {those} of {group}.",
            were = if both { "were" } else { "was" },
            those = if both { "those" } else { "that" }
        ),
        Some(_) if trace.value.is_nan() => missing(trace, group, what, both),
        Some(_) if count == 1 => format!("Nothing shares its {what}: {group} is a single value."),
        Some(fitted) if fitted[0].len() < trace.group.members[0].len() => {
            let none = if *left_out { ", of which this is none" } else { "" };
            format!("Its {what} {are} of {group}, found from {} values of the fitted rows{none}.", whole(count))
        }
        Some(_) => format!("Its {what} {are} of {group}: {} values share {them}.", whole(count)),
    };
    format!("{place} {shared}")
}

/// What a missing value has to do with its group.
fn missing(trace: &Trace, group: &str, what: &str, both: bool) -> String {
    let many = if both { ("are", "come") } else { ("is", "comes") };
    match trace.group.statistics.count as u64 {
        _ if trace.replay.recipe.non_finite == NonFinite::Propagate => {
            format!("These rules leave none out: the {what} of {group} {} missing, too.", many.0)
        }
        0 => format!("There is no value in {group} to find a {what} from."),
        1 => format!("The {what} of {group} {} from the only value there is.", many.1),
        count => format!("The {what} of {group} {} from the {} values there are.", many.1, whole(count)),
    }
}

/// What is done with the value, in this order. RMSNorm, and what does the same, has no beta: where 0 stands for one,
/// nothing is added.
pub fn steps(trace: &Trace) -> &[Step] {
    let Application::Steps(steps) = &trace.application.step else { return &[] };
    let recipe = &trace.replay.recipe;
    match steps.as_slice() {
        [steps @ .., Step::Beta { beta: 0.0, .. }]
            if recipe.center == Center::None && recipe.scale == Scale::RootMeanSquare =>
        {
            steps
        }
        steps => steps,
    }
}

fn trace_has_positions(trace: &Trace) -> bool {
    trace.group.members[2].len() > 1 || trace.cell.position > 0
}

/// Every step from the group to the result.
pub fn arithmetic(trace: &Trace, digits: Digits) -> Vec<Line> {
    let unknown = match trace.replay.recipe.non_finite {
        NonFinite::Propagate => "a value is missing, and these rules leave none out",
        _ => "there is no value to find it from",
    };
    let running = matches!(trace.scale.step, ScaleStep::Running { .. });
    let known = if running { "running mean, gathered batch by batch: see Batch by batch" } else { "found before" };
    let mut lines = Writer { digits, unknown, known, lines: Vec::new() };
    lines.center(&trace.center.step);
    // The deviation is one from the mean, whatever is subtracted.
    if let (center, ScaleStep::StandardDeviation { mean, .. }) = (&trace.center.step, &trace.scale.step)
        && !matches!(center, CenterStep::Mean { .. })
    {
        let how = format!("of the {} values of the group", whole(trace.group.statistics.count as u64));
        lines.push("mean of the group", how, *mean);
    }
    lines.scale(&trace.scale.step);
    lines.application(trace);
    let exponents = [trace.center.exponent, trace.scale.exponent, trace.application.exponent];
    if exponents.iter().any(|exponent| *exponent != 0) {
        let [center, scale, application] = exponents.map(|exponent| format!("2^{exponent}"));
        lines.lines.push(Line {
            name: "units",
            how: format!(
                "so large or small that plain numbers would not do: the centre is in units of {center}, the scale of \
                 {scale}, what follows of {application}"
            ),
            result: String::new(),
        });
    }
    lines.lines
}

struct Writer {
    digits: Digits,
    /// Why there is no centre or scale.
    unknown: &'static str,
    /// How a centre that the data at hand did not give was found.
    known: &'static str,
    lines: Vec<Line>,
}

impl Writer {
    fn push(&mut self, name: &'static str, how: String, result: f64) {
        let result = if result.is_nan() { MISSING.into() } else { (self.digits)(result) };
        self.lines.push(Line { name, how, result });
    }

    /// In brackets when it is negative: `5 − (−2)`.
    fn operand(&self, value: f64) -> String {
        let text = (self.digits)(value);
        if value < 0.0 { format!("({text})") } else { text }
    }

    /// Whether two numbers are not the same to the digits that are written, nor but for the last ones.
    fn differ(&self, a: f64, b: f64) -> bool {
        (a - b).abs() > 1e-12 * b.abs() && (self.digits)(a) != (self.digits)(b)
    }

    /// What rounding took from a centre, where one of the differences to it shows that.
    fn lost(&self, values: impl IntoIterator<Item = f64>, center: f64, low: f64) -> Option<f64> {
        let shown = values.into_iter().any(|value| self.differ(value - center, (value - center) - low));
        shown.then_some(low)
    }

    fn difference(&self, value: f64, center: f64, lost: Option<f64>) -> String {
        let text = format!("{} \u{2212} {}", (self.digits)(value), self.operand(center));
        lost.map_or(text.clone(), |low| format!("{text} \u{2212} {}", self.operand(low)))
    }

    /// Its first terms, each written by `term`, and how many more.
    fn terms(&self, sum: &Sum, term: impl Fn(f64) -> String) -> String {
        let mut text = sum.first.iter().map(|one| term(one.value)).collect::<Vec<_>>().join(" + ");
        if sum.more > 0 {
            text.push_str(&format!(" + \u{2026} {} more", whole(sum.more as u64)));
        }
        text
    }

    fn center(&mut self, step: &CenterStep) {
        match step {
            CenterStep::None => {}
            CenterStep::Undefined => self.push("centre", self.unknown.into(), f64::NAN),
            CenterStep::Known { center } => self.push("centre", self.known.into(), *center),
            CenterStep::Mean { sum, count, center, .. } => {
                let terms = self.terms(sum, |value| self.operand(value));
                let n = whole(*count as u64);
                let mut how = format!("({terms}) / {n} = {} / {n}", (self.digits)(sum.total));
                if self.differ(sum.total / *count as f64, *center) {
                    how.push_str(", next to nothing beside the values: only its first digits count");
                }
                self.push("mean", how, *center);
            }
            CenterStep::Median { between, center, .. } => {
                let how = self.between(between);
                self.push("median", how, *center);
            }
            CenterStep::Min { center } => self.push("minimum", "the least value of the group".into(), *center),
        }
    }

    fn between(&self, found: &Interpolation) -> String {
        let place = |rank: usize| whole(rank as u64 + 1);
        if found.share == 0.0 {
            return format!("the value at place {} in ascending order", place(found.rank));
        }
        let places = format!("between places {} and {} in ascending order", place(found.rank), place(found.rank + 1));
        if found.below == found.above {
            return format!("{places}: both are {}", (self.digits)(found.below));
        }
        format!(
            "{places}: {} + {} \u{d7} ({} \u{2212} {})",
            (self.digits)(found.below),
            (self.digits)(found.share),
            (self.digits)(found.above),
            self.operand(found.below)
        )
    }

    /// As `25%: the value at place 3 in ascending order`.
    fn quantile(&mut self, name: &'static str, found: &Interpolation) {
        let how = format!("{}%: {}", (self.digits)(found.fraction * 100.0), self.between(found));
        self.push(name, how, found.value);
    }

    fn root(&mut self, of: f64, eps: f64, scale: f64) {
        let of = (self.digits)(of);
        let how =
            if eps == 0.0 { format!("\u{221a}{of}") } else { format!("\u{221a}({of} + eps {})", (self.digits)(eps)) };
        self.push("scale", how, scale);
    }

    fn scale(&mut self, step: &ScaleStep) {
        match step {
            ScaleStep::None => {}
            ScaleStep::Undefined => self.push("scale", self.unknown.into(), f64::NAN),
            ScaleStep::Known { scale } => self.push("scale", "found before".into(), *scale),
            ScaleStep::Running { variance, eps, scale, .. } => {
                self.push("running variance", "gathered batch by batch".into(), *variance);
                self.root(*variance, *eps, *scale);
            }
            ScaleStep::StandardDeviation { mean, low, squares, divisor, by, variance, eps, scale, .. } => {
                let lost = self.lost(squares.first.iter().map(|term| term.value), *mean, *low);
                let terms = self.terms(squares, |value| format!("({})\u{b2}", self.difference(value, *mean, lost)));
                let by = (self.digits)(*by);
                let named = if *divisor == Divisor::N { "n" } else { "n \u{2212} 1" };
                let mut how = format!("({terms}) / {by} = {} / {by}, divisor {named}", (self.digits)(squares.total));
                if let Some(lost) = lost {
                    how.push_str(&format!("; {} is what rounding took from the mean", (self.digits)(lost)));
                }
                self.push("variance", how, *variance);
                self.root(*variance, *eps, *scale);
            }
            ScaleStep::RootMeanSquare { squares, count, mean_square, eps, scale, .. } => {
                let terms = self.terms(squares, |value| format!("{}\u{b2}", self.operand(value)));
                let n = whole(*count as u64);
                let how = format!("({terms}) / {n} = {} / {n}", (self.digits)(squares.total));
                self.push("mean square", how, *mean_square);
                self.root(*mean_square, *eps, *scale);
            }
            ScaleStep::Range { min, max, scale, .. } => {
                let how = format!("max \u{2212} min = {} \u{2212} {}", (self.digits)(*max), self.operand(*min));
                self.push("range", how, *scale);
            }
            ScaleStep::InterquantileRange { low, high, difference, normal, scale, .. } => {
                self.quantile("lower quantile", low);
                self.quantile("upper quantile", high);
                let lost = self.lost([high.value], low.value, low.low - high.low);
                self.push("their distance", self.difference(high.value, low.value, lost), *difference);
                if let Some(normal) = normal {
                    let how = format!(
                        "{} / {}, the same distance of a standard normal distribution",
                        (self.digits)(*difference),
                        (self.digits)(*normal)
                    );
                    self.push("scale", how, *scale);
                }
            }
            ScaleStep::MaxAbs { min, max, scale, .. } => {
                let how = format!("the larger of |{}| and |{}|", (self.digits)(*min), (self.digits)(*max));
                self.push("largest absolute value", how, *scale);
            }
            ScaleStep::L1 { absolutes, scale, .. } => {
                let how = self.terms(absolutes, |value| format!("|{}|", (self.digits)(value)));
                self.push("sum of absolute values", how, *scale);
            }
            ScaleStep::L2 { squares, scale, .. } => {
                let terms = self.terms(squares, |value| format!("{}\u{b2}", self.operand(value)));
                let how = format!("\u{221a}({terms}) = \u{221a}{}", (self.digits)(squares.total));
                self.push("length", how, *scale);
            }
        }
        if let Some(substitute) = step.substitute() {
            let why = match substitute {
                Substitute::Constant => "all values of the group are equal",
                Substitute::NoSpread => "the values differ, but not between the quantiles",
                Substitute::Zeros => "all values of the group are 0",
                Substitute::NoVariance => "running variance and eps are both 0",
            };
            self.push("scale in place of 0", format!("{why}, and nothing is divided by 0"), 1.0);
        }
    }

    fn application(&mut self, trace: &Trace) {
        match &trace.application.step {
            Application::MissingValue => return self.push("result", "a missing value stays missing".into(), f64::NAN),
            Application::MissingMember => {
                return self.push("result", "a value of the group is missing".into(), f64::NAN);
            }
            Application::NoMember => return self.push("result", "the group has no value".into(), f64::NAN),
            Application::Steps(_) => {}
        }
        for step in steps(trace) {
            let digits = self.digits;
            let (name, how) = match *step {
                Step::Subtract { value, center, low, .. } => {
                    let lost = self.lost([value], center, low);
                    let mut how = self.difference(value, center, lost);
                    if lost.is_some() {
                        how.push_str(", which rounding took from the centre");
                    }
                    ("minus the centre", how)
                }
                Step::Divide { value, scale, .. } => {
                    ("divided by the scale", format!("{} / {}", self.operand(value), digits(scale)))
                }
                Step::Range { value, low, high, .. } => (
                    "to the chosen range",
                    format!(
                        "{} + {} \u{d7} ({} \u{2212} {})",
                        digits(low),
                        self.operand(value),
                        digits(high),
                        self.operand(low)
                    ),
                ),
                Step::Clip { value, low, high, .. } => {
                    ("clipped", format!("{} within {} to {}", digits(value), digits(low), digits(high)))
                }
                Step::Gamma { value, gamma, .. } => {
                    ("times gamma", format!("{} \u{d7} {}", self.operand(value), self.operand(gamma)))
                }
                Step::Beta { value, beta, .. } => ("plus beta", format!("{} + {}", digits(value), self.operand(beta))),
            };
            self.push(name, how, step.result());
        }
        if self.lines.is_empty() {
            self.push("result", "the value as it is".into(), trace.output);
        }
    }
}
