//! How the output of a picked value moves with the values of its group, as arithmetic and in sentences.

use super::arithmetic::{difference, is_full, lost};
use super::worked::{Number, SignificantDigits, Worked};
use super::{ArithmeticLine, DigitsShown};
use crate::engine::trace::{Application, CenterStep, ScaleStep, Trace};
use crate::engine::{Center, Dependence, Error, GradientTotal, GroupEnd, OtherInput, OutputGradient, Scale};
use crate::plot::number::whole;
use crate::protocol::Traced;

/// The derivatives of one output by the inputs of its group: what they say, and their arithmetic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GradientExplanation {
    /// By the value itself; or why there is none.
    pub summary: String,
    pub lines: Vec<ArithmeticLine>,
    /// By other values, by all of them, and what is made of that.
    pub notes: Vec<String>,
}

/// Explains the gradient of a picked output.
pub fn explain_gradient(traced: &Traced, digits: DigitsShown) -> GradientExplanation {
    let trace = &traced.trace;
    let dependence = if traced.left_out { Dependence::Constant } else { Dependence::OnInput };
    let only = |summary: String| GradientExplanation { summary, ..GradientExplanation::default() };
    match trace.gradient(dependence) {
        Err(why) => only(refused(trace, &why)),
        Ok(None) => only(missing(trace).into()),
        Ok(Some(gradient)) => {
            let writer = GradientWriter { traced, trace, gradient: &gradient, digits };
            GradientExplanation { summary: writer.summary(), lines: writer.lines(), notes: writer.notes() }
        }
    }
}

/// The methods that it is explained for, and what keeps this one from being one.
fn refused(trace: &Trace, why: &Error) -> String {
    let recipe = &trace.replay.recipe;
    let this = match why {
        Error::Parameter { name: "clip", .. } => "this one clips its outputs".to_owned(),
        Error::Parameter { name: "range", .. } => "this one maps its outputs to a range of its own".into(),
        _ => match (recipe.center.words(), recipe.scale.words()) {
            (Some(center), Some(scale)) => format!("this one subtracts the {center} and divides by the {scale}"),
            (Some(center), None) => format!("this one subtracts the {center}"),
            (None, Some(scale)) => format!("this one divides by the {scale}"),
            (None, None) => "this one does something else".into(),
        },
    };
    format!(
        "The gradient is explained for z-score, BatchNorm, LayerNorm, GroupNorm, InstanceNorm, RMSNorm and unit length \
         (L2), and for custom methods with the same centre and scale; {this}."
    )
}

fn missing(trace: &Trace) -> &'static str {
    match trace.application.step {
        Application::MissingValue => "A missing value has no output, so there is no gradient.",
        Application::MissingMember => {
            "A value of the group is missing, and missing values are not left out here: there is no gradient."
        }
        _ => "The group has no value, so there is no gradient.",
    }
}

/// The sign and the size of a derivative: `increases its output 1.2 times as much`.
fn moves(gradient: f64, output: &str, digits: DigitsShown) -> String {
    match gradient {
        0.0 => format!("does not move {output}"),
        up if up > 0.0 => format!("increases {output} {}", as_much(up, digits)),
        down => format!("decreases {output} {}", as_much(down, digits)),
    }
}

fn as_much(gradient: f64, digits: DigitsShown) -> String {
    if gradient.abs() == 1.0 { "just as much".into() } else { format!("{} times as much", digits(gradient.abs())) }
}

struct GradientWriter<'a> {
    traced: &'a Traced,
    trace: &'a Trace,
    gradient: &'a OutputGradient,
    digits: DigitsShown,
}

impl GradientWriter<'_> {
    fn is_constant(&self) -> bool {
        self.gradient.total == GradientTotal::Own
    }

    /// Whether there is neither a centre nor a scale.
    fn uses_none(&self) -> bool {
        let recipe = &self.trace.replay.recipe;
        (recipe.center, recipe.scale) == (Center::None, Scale::None)
    }

    /// Which statistics the value moves, as `mean and standard deviation`, and whether these are two.
    fn moved(&self) -> (String, bool) {
        let recipe = &self.trace.replay.recipe;
        let center = recipe.center.words().filter(|_| self.gradient.has_mean);
        let scale = recipe.scale.words().filter(|_| self.gradient.divisor.is_some());
        match (center, scale) {
            (Some(center), Some(scale)) => (format!("{center} and {scale}"), true),
            (Some(one), None) | (None, Some(one)) => (one.to_owned(), false),
            (None, None) => ("scale".into(), false),
        }
    }

    /// What the derivative is with constants, in symbols and brackets; nothing where that is 1.
    fn ratio(&self) -> &'static str {
        let recipe = &self.trace.replay.recipe;
        match (&recipe.affine, recipe.scale) {
            (Some(_), Scale::None) => " (gamma)",
            (Some(_), _) => " (gamma / scale)",
            (None, Scale::None) => "",
            (None, _) => " (1 / scale)",
        }
    }

    fn summary(&self) -> String {
        let &OutputGradient { own, fixed, gamma, .. } = self.gradient;
        let rises = format!("A small increase of this value {}", moves(own, "its output", self.digits));
        if gamma == 0.0 {
            return "Gamma is 0, so no value moves this output.".into();
        }
        if self.is_constant() {
            return format!("{} {rises}{}.", self.constants(), self.ratio());
        }
        let ((moved, both), replaced) = (self.moved(), self.replaced());
        if own == fixed {
            let near =
                if self.trace.value == 0.0 { "at 0, it does not move" } else { "it is so small that it hardly moves" };
            return format!("{rises}{}: {near} the {moved}.", self.ratio());
        }
        let them = if both { "both" } else { "it" };
        let with = format!("With the {moved} held fixed, it would");
        let but = format!("but the value moves {them}, which takes back");
        if own == 0.0 {
            let would = if fixed > 0.0 { "increase" } else { "decrease" };
            let as_much = as_much(fixed, self.digits);
            return format!("{rises}. {with} {would} it {as_much}{}, {but} all of that.{replaced}", self.ratio());
        }
        format!("{rises}. {with} be {}{}, {but} the difference.{replaced}", as_much(fixed, self.digits), self.ratio())
    }

    /// Why the statistics are constants.
    fn constants(&self) -> String {
        match (&self.trace.group.fitted, &self.trace.scale.step) {
            _ if self.uses_none() => "Nothing is subtracted from this value, and it is not divided.".into(),
            (Some(_), step) if step.substitute().is_some() && !self.traced.left_out => {
                "All values of the group are 0: their scale would be 0, which has no derivative; the 1 in its place is a \
                 constant."
                    .into()
            }
            (None, ScaleStep::Running { .. }) => "In evaluation, running mean and variance are constants.".into(),
            (None, _) => "Centre and scale were found before: they are constants.".into(),
            _ => format!(
                "Row {} is not a training row, so for it centre and scale are constants.",
                whole(self.traced.cell.row + 1)
            ),
        }
    }

    /// A scale of 0 has no derivative.
    fn replaced(&self) -> &'static str {
        match self.trace.scale.step.substitute() {
            Some(_) => " The scale would be 0, which has no derivative; the 1 in its place counts as a constant.",
            None => "",
        }
    }

    fn notes(&self) -> Vec<String> {
        if self.gradient.gamma == 0.0 {
            return Vec::new();
        }
        let backward = if self.is_constant() {
            format!("Backpropagation multiplies each gradient by this factor{}, value by value.", self.ratio())
        } else {
            "Backpropagation adds up such derivatives over all outputs of the group, each times the gradient of its output."
                .into()
        };
        [self.others(), self.total(), backward].into_iter().filter(|note| !note.is_empty()).collect()
    }

    fn others(&self) -> String {
        let Some(OtherInput { which, value, gradient, is_most, .. }) = self.gradient.other else {
            let others = match self.is_constant() {
                true if self.uses_none() => "No other value moves this output.",
                true => "With these constants, no other value moves this output.",
                false => "The group has no other value.",
            };
            return others.into();
        };
        let (value, effect) = ((self.digits)(value), moves(gradient, "this output", self.digits));
        let which = match which {
            _ if self.gradient.count == 2 => {
                return format!("A small increase of the other value of the group ({value}) {effect}.");
            }
            GroupEnd::Every => return format!("A small increase of any other value of the group {effect}."),
            _ if is_most && gradient == 0.0 => return "No other value of the group moves this output.".into(),
            GroupEnd::Least => "least",
            GroupEnd::Greatest => "greatest",
        };
        if is_most {
            format!(
                "Of the other values of the group, the {which} one ({value}) moves this output the most: a small increase \
                 of it {effect}."
            )
        } else {
            format!("A small increase of the {which} value of the group ({value}) {effect}.")
        }
    }

    fn total(&self) -> String {
        let (moved, _) = self.moved();
        match self.gradient.total {
            GradientTotal::Own => String::new(),
            GradientTotal::Shift => {
                "The derivatives by all values of the group add up to 0: adding the same amount to \
                                     all of them moves the mean by it and no output."
                    .into()
            }
            GradientTotal::Factor(_) if self.trace.replay.recipe.eps == 0.0 => format!(
                "Each times its value, the derivatives add up to 0: multiplying all values of the group by a positive \
                 factor multiplies the {moved} by it and moves no output."
            ),
            GradientTotal::Factor(0.0) => "Each times its value, the derivatives add up to 0.".into(),
            GradientTotal::Factor(total) => format!(
                "Each times its value, the derivatives add up to {}; without eps it would be 0: multiplying all values of \
                 the group by a positive factor would move no output.",
                (self.digits)(total)
            ),
        }
    }

    fn lines(&self) -> Vec<ArithmeticLine> {
        let gradient = self.gradient;
        let all = is_full(self.digits);
        let line =
            |name, result, side: &dyn Fn(SignificantDigits) -> Worked| ArithmeticLine::new(name, result, all, side);
        let fixed = |p| match self.slope(p, false) {
            (text, _) if text == "1" => Worked::told("nothing is divided"),
            (text, found) => Worked::found(text, found),
        };
        if self.is_constant() {
            let why = if self.uses_none() { "no other value takes part" } else { "centre and scale are constants" };
            let none = |_| Worked::told(why);
            return vec![line("by the value itself", gradient.own, &fixed), line("by any other value", 0.0, &none)];
        }
        let has_xhat = gradient.divisor.is_some();
        let held = match (gradient.has_mean, has_xhat) {
            (true, true) => "with centre and scale held fixed",
            (true, false) => "with the mean held fixed",
            (false, _) => "with the scale held fixed",
        };
        let mut lines = vec![line(held, gradient.fixed, &fixed)];
        if gradient.gamma == 0.0 {
            return lines;
        }
        if has_xhat {
            lines.push(line("x\u{302} of the value", gradient.xhat, &|p| self.xhat(p, self.trace.value)));
        }
        lines.push(line("by the value itself", gradient.own, &|p| self.own(p)));
        if let Some(other) = gradient.other {
            let [of, by] = match other.which {
                _ if gradient.count == 2 => ["x\u{302} of the other value", "by the other value"],
                GroupEnd::Least => ["x\u{302} of the least value", "by the least value"],
                GroupEnd::Greatest => ["x\u{302} of the greatest value", "by the greatest value"],
                GroupEnd::Every => ["x\u{302} of any other value", "by any other value"],
            };
            if has_xhat {
                lines.push(line(of, other.xhat, &|p| self.xhat(p, other.value)));
            }
            lines.push(line(by, other.gradient, &|p| self.by_other(p, other.xhat)));
        }
        lines.push(match gradient.total {
            GradientTotal::Factor(total) => line("sum, each times its value", total, &|p| self.factor(p)),
            _ => line("sum over the group", 0.0, &|_| Worked::told("the mean moves with all values at once")),
        });
        lines
    }

    /// Gamma over the scale; the opposite of it with `minus`.
    fn slope(&self, p: SignificantDigits, minus: bool) -> (String, Number) {
        let &OutputGradient { gamma, scale, .. } = self.gradient;
        let gamma_text = if minus { format!("\u{2212}{}", p.operand(gamma)) } else { p.text(gamma) };
        let number = if minus { p.number(-gamma) } else { p.number(gamma) };
        if self.trace.replay.recipe.scale == Scale::None {
            return (gamma_text, number);
        }
        (format!("{gamma_text} / {}", p.factor(scale)), number / p.number(scale))
    }

    /// `(value − centre) / scale`
    fn xhat(&self, p: SignificantDigits, value: f64) -> Worked {
        let statistics = &self.trace.group.statistics;
        let scale = p.number(statistics.scale);
        let low = match self.trace.center.step {
            CenterStep::None => {
                let how = format!("value / scale: {} / {}", p.text(value), p.factor(statistics.scale));
                return Worked::found(how, p.number(value) / scale);
            }
            CenterStep::Mean { low, .. } if self.trace.center.exponent == 0 => low,
            _ => 0.0,
        };
        let (text, found) = difference(p, value, statistics.center, lost(p, [value], statistics.center, low));
        Worked::found(
            format!("(value \u{2212} mean) / scale: ({text}) / {}", p.factor(statistics.scale)),
            found / scale,
        )
    }

    /// `1 / scale × (1 − 1 / n − x̂² / d)`
    fn own(&self, p: SignificantDigits) -> Worked {
        let &OutputGradient { xhat, has_mean, divisor, .. } = self.gradient;
        let (slope, found) = self.slope(p, false);
        let (mut how, mut sum) = ("1".to_owned(), SignificantDigits::All.number(1.0));
        if has_mean {
            let (text, part) = self.of_mean();
            how.push_str(&format!(" \u{2212} {text}"));
            sum = sum - part;
        }
        if let Some(divisor) = divisor {
            let (over, divisor) = over(divisor);
            how.push_str(&format!(" \u{2212} {}\u{b2}{over}", p.factor(xhat)));
            sum = sum - p.number(xhat).squared() / divisor;
        }
        let how = if slope == "1" { how } else { format!("{slope} \u{d7} ({how})") };
        Worked::found(how, found * sum)
    }

    /// `−1 / scale × (1 / n + x̂ × x̂ / d)`
    fn by_other(&self, p: SignificantDigits, xhat: f64) -> Worked {
        let gradient = self.gradient;
        let (slope, found) = self.slope(p, true);
        let product = gradient.divisor.map(|divisor| {
            let (over, divisor) = over(divisor);
            let text = format!("{} \u{d7} {}{over}", p.operand(gradient.xhat), p.operand(xhat));
            (text, p.number(gradient.xhat) * p.number(xhat) / divisor)
        });
        let (how, sum) = match (gradient.has_mean, product) {
            (true, Some((text, product))) => {
                let (mean, part) = self.of_mean();
                (format!("{mean} + {text}"), part + product)
            }
            (false, Some(product)) => product,
            _ => self.of_mean(),
        };
        Worked::found(format!("{slope} \u{d7} ({how})"), found * sum)
    }

    /// `1 / n`
    fn of_mean(&self) -> (String, Number) {
        let (n, exact) = (self.gradient.count, |value| SignificantDigits::All.number(value));
        (format!("1 / {}", whole(n as u64)), exact(1.0) / exact(n as f64))
    }

    /// `gamma × x̂ × eps / scale²`
    fn factor(&self, p: SignificantDigits) -> Worked {
        let (&OutputGradient { gamma, xhat, scale, .. }, recipe) = (self.gradient, &self.trace.replay.recipe);
        if recipe.eps == 0.0 {
            return Worked::told("the scale is multiplied as all values are at once");
        }
        let with_gamma = recipe.affine.as_ref().map_or(String::new(), |_| format!("{} \u{d7} ", p.text(gamma)));
        let xhat_text = if with_gamma.is_empty() { p.text(xhat) } else { p.operand(xhat) };
        let how = format!("{with_gamma}{xhat_text} \u{d7} eps {} / {}\u{b2}", p.text(recipe.eps), p.factor(scale));
        let found = p.number(gamma) * p.number(xhat) * p.number(recipe.eps) / p.number(scale).squared();
        Worked::found(how, found)
    }
}

/// ` / d`, or nothing for 1.
fn over(divisor: f64) -> (String, Number) {
    let text = if divisor == 1.0 { String::new() } else { format!(" / {}", whole(divisor as u64)) };
    (text, SignificantDigits::All.number(divisor))
}

#[cfg(test)]
mod tests;
