//! The arithmetic of one value, line by line, with the real numbers in it.

use crate::engine::trace::{Application, CenterStep, Interpolation, ScaleStep, Step, Substitute, Sum, Trace};
use crate::engine::{Center, Divisor, NonFinite, Scale};
use crate::plot::number::{full, whole};

use super::worked::{Number, SignificantDigits, Worked, work_out};

mod origin;

pub use origin::{became, origin};

/// How numbers are written: to be read, or with all digits.
pub type DigitsShown = fn(f64) -> String;

/// What stands in tables and here where there is no number.
pub const MISSING: &str = "\u{2013}";

/// A step: what is computed, how, and what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArithmeticLine {
    pub name: &'static str,
    pub how: String,
    pub result: String,
    /// Worked out with the numbers that are written, the result is this only about.
    pub about: bool,
}

impl ArithmeticLine {
    /// With as few digits as give the result by hand, or with `all` of them.
    pub(super) fn new(name: &'static str, result: f64, all: bool, side: impl Fn(SignificantDigits) -> Worked) -> Self {
        let (worked, result, about) = if result.is_nan() {
            (side(SignificantDigits::All), MISSING.into(), false)
        } else if all {
            (side(SignificantDigits::All), full(result), false)
        } else {
            work_out(result, side)
        };
        Self { name, how: worked.how, result, about }
    }
}

/// Whether these are all digits: who wants them gets them, whatever an equation needs.
pub(super) fn is_full(digits: DigitsShown) -> bool {
    digits(1.0 / 3.0) == full(1.0 / 3.0)
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

/// Every step from the group to the result.
pub fn arithmetic(trace: &Trace, digits: DigitsShown) -> Vec<ArithmeticLine> {
    let unknown = match trace.replay.recipe.non_finite {
        NonFinite::Propagate => "a value is missing, and missing values are not left out here",
        _ => "there is no value to compute it from",
    };
    let running = matches!(trace.scale.step, ScaleStep::Running { .. });
    let known = if running { "running mean, gathered batch by batch (see Batch by batch)" } else { "found before" };
    let mut lines = ArithmeticWriter { all: is_full(digits), unknown, known, lines: Vec::new() };
    lines.center(&trace.center.step);
    // The deviation is one from the mean, whatever is subtracted.
    if let (center, ScaleStep::StandardDeviation { mean, .. }) = (&trace.center.step, &trace.scale.step)
        && !matches!(center, CenterStep::Mean { .. })
    {
        let how = format!("of the {} values of the group", whole(trace.group.statistics.count as u64));
        lines.told("mean of the group", &how, *mean);
    }
    lines.scale(&trace.scale.step);
    lines.application(trace);
    let exponents = [trace.center.exponent, trace.scale.exponent, trace.application.exponent];
    if exponents.iter().any(|exponent| *exponent != 0) {
        let [center, scale, application] = exponents.map(|exponent| format!("2^{exponent}"));
        lines.lines.push(ArithmeticLine {
            name: "units",
            how: format!(
                "too large or too small for plain numbers: the centre is in units of {center}, the scale in units of \
                 {scale}, what follows in units of {application}"
            ),
            result: String::new(),
            about: false,
        });
    }
    lines.lines
}

struct ArithmeticWriter {
    /// All digits are written.
    all: bool,
    /// Why there is no centre or scale.
    unknown: &'static str,
    /// How a centre that the data at hand did not give was found.
    known: &'static str,
    lines: Vec<ArithmeticLine>,
}

impl ArithmeticWriter {
    fn line(&mut self, name: &'static str, result: f64, side: impl Fn(SignificantDigits) -> Worked) {
        self.lines.push(ArithmeticLine::new(name, result, self.all, side));
    }

    /// A line that says where a number is from; there is nothing to work out.
    fn told(&mut self, name: &'static str, how: &str, result: f64) {
        self.line(name, result, |_| Worked::told(how));
    }

    fn center(&mut self, step: &CenterStep) {
        match step {
            CenterStep::None => {}
            CenterStep::Undefined => self.told("centre", self.unknown, f64::NAN),
            CenterStep::Given { center } => self.told("centre", self.known, *center),
            CenterStep::Mean { sum, count, center, .. } => self.line("mean", *center, |p| {
                let (terms, all) = terms(p, sum, |value| (p.operand(value), p.number(value)));
                let n = whole(*count as u64);
                let mut how = format!("({terms}) / {n} = {} / {n}", p.text(sum.total));
                if differ(p, sum.total / *count as f64, *center) {
                    how.push_str(", almost nothing compared with the values: only its first digits count");
                }
                let found = p.number(sum.total) / SignificantDigits::All.number(*count as f64);
                Worked { how, between: all.map(|all| (all, sum.total)), found: Some(found) }
            }),
            CenterStep::Median { between: found, center, .. } => self.line("median", *center, |p| between(p, found)),
            CenterStep::Min { center } => self.told("minimum", "the smallest value of the group", *center),
        }
    }

    /// As `25%: the value at place 3 in ascending order`.
    fn quantile(&mut self, name: &'static str, found: &Interpolation) {
        self.line(name, found.value, |p| {
            let worked = between(p, found);
            Worked { how: format!("{}%: {}", p.text(found.fraction * 100.0), worked.how), ..worked }
        });
    }

    fn root(&mut self, of: f64, eps: f64, scale: f64) {
        self.line("scale", scale, |p| {
            if eps == 0.0 {
                return Worked::found(format!("\u{221a}{}", p.factor(of)), p.number(of).sqrt());
            }
            let text = p.text(of);
            Worked::found(format!("\u{221a}({text} + eps {})", p.text(eps)), (p.number(of) + p.number(eps)).sqrt())
        });
    }

    fn scale(&mut self, step: &ScaleStep) {
        match step {
            ScaleStep::None => {}
            ScaleStep::Undefined => self.told("scale", self.unknown, f64::NAN),
            ScaleStep::Given { scale } => self.told("scale", "found before", *scale),
            ScaleStep::Running { variance, eps, scale, .. } => {
                self.told("running variance", "gathered batch by batch", *variance);
                self.root(*variance, *eps, *scale);
            }
            ScaleStep::StandardDeviation { mean, low, squares, divisor, by, variance, eps, scale, .. } => {
                self.line("variance", *variance, |p| {
                    let lost = lost(p, squares.first.iter().map(|term| term.value), *mean, *low);
                    let (terms, all) = terms(p, squares, |value| {
                        let (text, number) = difference(p, value, *mean, lost);
                        (format!("({text})\u{b2}"), number.squared())
                    });
                    let n = p.text(*by);
                    let named = if *divisor == Divisor::N { "n" } else { "n \u{2212} 1" };
                    let mut how = format!("({terms}) / {n} = {} / {n}, divisor {named}", p.text(squares.total));
                    if let Some(lost) = lost {
                        how.push_str(&format!("; {} is what rounding took from the mean", p.text(lost)));
                    }
                    let found = p.number(squares.total) / p.number(*by);
                    Worked { how, between: all.map(|all| (all, squares.total)), found: Some(found) }
                });
                self.root(*variance, *eps, *scale);
            }
            ScaleStep::RootMeanSquare { squares, count, mean_square, eps, scale, .. } => {
                self.line("mean square", *mean_square, |p| {
                    let (terms, all) = squared(p, squares);
                    let n = whole(*count as u64);
                    let how = format!("({terms}) / {n} = {} / {n}", p.text(squares.total));
                    let found = p.number(squares.total) / SignificantDigits::All.number(*count as f64);
                    Worked { how, between: all.map(|all| (all, squares.total)), found: Some(found) }
                });
                self.root(*mean_square, *eps, *scale);
            }
            ScaleStep::Range { min, max, scale, .. } => self.line("range", *scale, |p| {
                let (text, found) = difference(p, *max, *min, None);
                Worked::found(format!("max \u{2212} min = {text}"), found)
            }),
            ScaleStep::InterquantileRange { low, high, difference: distance, normal, scale, .. } => {
                self.quantile("lower quantile", low);
                self.quantile("upper quantile", high);
                self.line("their distance", *distance, |p| {
                    let lost = lost(p, [high.value], low.value, low.low - high.low);
                    let (text, found) = difference(p, high.value, low.value, lost);
                    Worked::found(text, found)
                });
                if let Some(normal) = normal {
                    self.line("scale", *scale, |p| {
                        let same = "the same distance of a standard normal distribution";
                        let how = format!("{} / {}, {same}", p.text(*distance), p.text(*normal));
                        Worked::found(how, p.number(*distance) / p.number(*normal))
                    });
                }
            }
            ScaleStep::MaxAbs { min, max, scale, .. } => self.line("largest absolute value", *scale, |p| {
                Worked::told(format!("the larger of |{}| and |{}|", p.text(*min), p.text(*max)))
            }),
            ScaleStep::L1 { absolutes, scale, .. } => self.line("sum of absolute values", *scale, |p| {
                let (how, found) = terms(p, absolutes, |value| (format!("|{}|", p.text(value)), p.number(value).abs()));
                Worked { how, between: None, found }
            }),
            ScaleStep::L2 { squares, scale, .. } => self.line("length", *scale, |p| {
                let (terms, all) = squared(p, squares);
                let how = format!("\u{221a}({terms}) = \u{221a}{}", p.factor(squares.total));
                let between = all.map(|all| (all, squares.total));
                Worked { how, between, found: Some(p.number(squares.total).sqrt()) }
            }),
        }
        if let Some(substitute) = step.substitute() {
            let why = match substitute {
                Substitute::Constant => "all values of the group are equal",
                Substitute::NoSpread => "the values differ, but not between the quantiles",
                Substitute::Zeros => "all values of the group are 0",
                Substitute::NoVariance => "running variance and eps are both 0",
            };
            self.told("scale in place of 0", &format!("{why}; dividing by 1 avoids a division by 0"), 1.0);
        }
    }

    fn application(&mut self, trace: &Trace) {
        match &trace.application.step {
            Application::MissingValue => return self.told("result", "a missing value stays missing", f64::NAN),
            Application::MissingMember => return self.told("result", "a value of the group is missing", f64::NAN),
            Application::NoMember => return self.told("result", "the group has no value", f64::NAN),
            Application::Steps(_) => {}
        }
        for step in steps(trace) {
            let name = match step {
                Step::Subtract { .. } => "minus the centre",
                Step::Divide { .. } => "divided by the scale",
                Step::Range { .. } => "to the chosen range",
                Step::Clip { .. } => "clipped",
                Step::Gamma { .. } => "times gamma",
                Step::Beta { .. } => "plus beta",
            };
            self.line(name, step.result(), |p| applied(p, *step));
        }
        if self.lines.is_empty() {
            self.told("result", "the value as it is", trace.output);
        }
    }
}

/// What is done with a value in one step.
fn applied(p: SignificantDigits, step: Step) -> Worked {
    match step {
        Step::Subtract { value, center, low, .. } => {
            let lost = lost(p, [value], center, low);
            let (text, found) = difference(p, value, center, lost);
            let why = if lost.is_some() { ", which rounding took from the centre" } else { "" };
            Worked::found(text + why, found)
        }
        Step::Divide { value, scale, .. } => {
            Worked::found(format!("{} / {}", p.operand(value), p.factor(scale)), p.number(value) / p.number(scale))
        }
        Step::Range { value, low, high, .. } => {
            let span = format!("({} \u{2212} {})", p.text(high), p.operand(low));
            let how = format!("{} + {} \u{d7} {span}", p.text(low), p.operand(value));
            Worked::found(how, p.number(low) + p.number(value) * (p.number(high) - p.number(low)))
        }
        Step::Clip { value, low, high, .. } => {
            Worked::told(format!("{} within {} to {}", p.text(value), p.text(low), p.text(high)))
        }
        Step::Gamma { value, gamma, .. } => {
            let how = format!("{} \u{d7} {}", p.operand(value), p.operand(gamma));
            Worked::found(how, p.number(value) * p.number(gamma))
        }
        Step::Beta { value, beta, .. } => {
            Worked::found(format!("{} + {}", p.text(value), p.operand(beta)), p.number(value) + p.number(beta))
        }
    }
}

/// The result in one line, from the value, its centre and its scale: `(777,627 − 499,724) / 287,385` and `0.967`. `None`
/// when there is nothing to calculate, or what is done is not only that.
pub fn brief(trace: &Trace) -> Option<(String, String)> {
    let steps = steps(trace);
    if steps.is_empty() || trace.output.is_nan() || steps.iter().any(|step| matches!(step, Step::Clip { .. })) {
        return None;
    }
    let side = |p: SignificantDigits| {
        let (mut how, mut found) = (p.text(trace.value), p.number(trace.value));
        for (index, step) in steps.iter().enumerate() {
            let last = index + 1 == steps.len();
            (how, found) = match step {
                Step::Subtract { center, .. } => {
                    let text = format!("{how} \u{2212} {}", p.operand(*center));
                    (if last { text } else { format!("({text})") }, found - p.number(*center))
                }
                Step::Divide { scale, .. } => (format!("{how} / {}", p.factor(*scale)), found / p.number(*scale)),
                Step::Range { low, high, .. } => {
                    let span = p.number(*high) - p.number(*low);
                    let text =
                        format!("{} + {how} \u{d7} ({} \u{2212} {})", p.text(*low), p.text(*high), p.operand(*low));
                    (text, p.number(*low) + found * span)
                }
                Step::Gamma { gamma, .. } => (format!("{how} \u{d7} {}", p.operand(*gamma)), found * p.number(*gamma)),
                Step::Beta { beta, .. } => (format!("{how} + {}", p.operand(*beta)), found + p.number(*beta)),
                Step::Clip { .. } => (how, found),
            };
        }
        Worked::found(how, found)
    };
    let (worked, result, about) = work_out(trace.output, side);
    Some((format!("{} {}", worked.how, if about { '\u{2248}' } else { '=' }), result))
}

/// Whether two numbers are not the same to the digits that are written, nor but for the last ones.
fn differ(p: SignificantDigits, a: f64, b: f64) -> bool {
    (a - b).abs() > 1e-12 * b.abs() && p.text(a) != p.text(b)
}

/// What rounding took from a centre, where one of the differences to it shows that.
pub(super) fn lost(p: SignificantDigits, values: impl IntoIterator<Item = f64>, center: f64, low: f64) -> Option<f64> {
    let shown = values.into_iter().any(|value| differ(p, value - center, (value - center) - low));
    shown.then_some(low)
}

pub(super) fn difference(p: SignificantDigits, value: f64, center: f64, lost: Option<f64>) -> (String, Number) {
    let text = format!("{} \u{2212} {}", p.text(value), p.operand(center));
    let found = p.number(value) - p.number(center);
    match lost {
        None => (text, found),
        Some(low) => (format!("{text} \u{2212} {}", p.operand(low)), found - p.number(low)),
    }
}

/// The first terms of a sum, each written by `term`, and how many more; what the sum is when these are all.
fn terms(p: SignificantDigits, sum: &Sum, term: impl Fn(f64) -> (String, Number)) -> (String, Option<Number>) {
    let (texts, numbers): (Vec<_>, Vec<_>) = sum.first.iter().map(|one| term(one.value)).unzip();
    let mut text = texts.join(" + ");
    if sum.more > 0 {
        text.push_str(&format!(" + \u{2026} {} more", whole(sum.more as u64)));
    }
    (text, (sum.more == 0).then(|| numbers.into_iter().fold(p.number(0.0), |sum, one| sum + one)))
}

fn squared(p: SignificantDigits, squares: &Sum) -> (String, Option<Number>) {
    terms(p, squares, |value| (format!("{}\u{b2}", p.factor(value)), p.number(value).squared()))
}

/// Found between two values of the group.
fn between(p: SignificantDigits, found: &Interpolation) -> Worked {
    let place = |rank: usize| whole(rank as u64 + 1);
    if found.share == 0.0 {
        return Worked::told(format!("the value at place {} in ascending order", place(found.rank)));
    }
    let places = format!("between places {} and {} in ascending order", place(found.rank), place(found.rank + 1));
    if found.below == found.above {
        return Worked::told(format!("{places}: both are {}", p.text(found.below)));
    }
    let (text, distance) = difference(p, found.above, found.below, None);
    let how = format!("{places}: {} + {} \u{d7} ({text})", p.text(found.below), p.text(found.share));
    Worked::found(how, p.number(found.below) + p.number(found.share) * distance)
}
