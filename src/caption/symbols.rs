//! The formula of one value in symbols, as MathML, and the number that each symbol stands for.

use crate::engine::Divisor;
use crate::engine::trace::{Application, CenterStep, ScaleStep, Step, Trace, TraceStage};

use super::arithmetic::{DigitsShown, steps};

/// A symbol, the number it stands for, and what that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Marks it in the formulas: `data-s`.
    pub key: &'static str,
    /// As text: `μ`.
    pub sign: &'static str,
    pub meaning: &'static str,
    pub number: String,
}

/// Formulas as MathML, each symbol in them marked with its key, and the symbols in the order they come up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbols {
    pub formulas: Vec<String>,
    pub symbols: Vec<Symbol>,
}

/// Which symbol the result of a line of the arithmetic is, by the line's name.
pub fn symbol_of(line: &str) -> Option<&'static str> {
    Some(match line {
        "centre" | "mean" | "median" | "minimum" => "c",
        "mean of the group" => "u",
        "variance" | "running variance" | "mean square" => "v",
        "scale" | "range" | "largest absolute value" | "sum of absolute values" | "length" => "s",
        "lower quantile" => "p",
        "upper quantile" => "q",
        _ => return None,
    })
}

/// The formulas that a trace went through, from the group to the result; none where there was nothing to compute.
pub fn symbols(trace: &Trace, digits: DigitsShown) -> Symbols {
    let mut found = Symbols::default();
    let Application::Steps(_) = &trace.application.step else { return found };
    let statistics = &trace.group.statistics;
    found.name("x", "x", "the value", digits(trace.value));
    let sums = matches!(trace.center.step, CenterStep::Mean { .. })
        || matches!(trace.scale.step, ScaleStep::StandardDeviation { .. } | ScaleStep::RootMeanSquare { .. });
    if sums {
        found.name("n", "n", "number of values", digits(statistics.count as f64));
    }
    let (center, sign) = match trace.center.step {
        CenterStep::None | CenterStep::Undefined => (String::new(), ""),
        CenterStep::Given { .. } => (String::new(), "c"),
        CenterStep::Mean { .. } => (row(&[&fraction(&number("1"), &of("n", "n")), &total(&each())]), "μ"),
        CenterStep::Median { .. } => (row(&[&text("median"), &each()]), "m"),
        CenterStep::Min { .. } => (row(&[&text("min"), &each()]), "m"),
    };
    let c = if sign.is_empty() { String::new() } else { of("c", sign) };
    if !sign.is_empty() {
        found.name("c", sign, "the centre", digits(statistics.center));
        found.define(&c, &center);
    }
    let s = of("s", "s");
    let around = match (&trace.center.step, &trace.scale.step) {
        // The deviation is one from the mean, whatever is subtracted.
        (center, ScaleStep::StandardDeviation { mean, .. }) if !matches!(center, CenterStep::Mean { .. }) => {
            let u = of("u", "μ");
            found.name("u", "μ", "the mean", in_units(digits(*mean), trace.scale.exponent));
            found.define(&u, &row(&[&fraction(&number("1"), &of("n", "n")), &total(&each())]));
            u
        }
        _ => c.clone(),
    };
    let scale = found.scale(&trace.scale, &around, digits);
    if trace.scale.step != ScaleStep::None {
        found.name("s", "s", "the scale", digits(statistics.scale));
        if trace.scale.step.substitute().is_some() {
            found.define(&s, &row(&[&number("1"), &text(" in place of "), &number("0")]));
        } else {
            found.define(&s, &scale);
        }
    }
    let mut y = of("x", "x");
    let mut sum = false;
    for step in steps(trace) {
        let part = if sum { row(&[&op("("), &y, &op(")")]) } else { y.clone() };
        (y, sum) = match *step {
            Step::Subtract { .. } => (row(&[&y, &op("−"), &c]), true),
            Step::Divide { .. } => (fraction(&y, &s), false),
            Step::Range { low, high, .. } => {
                found.name("a", "a", "low end of the range", digits(low));
                found.name("b", "b", "high end of the range", digits(high));
                let (a, b) = (of("a", "a"), of("b", "b"));
                (row(&[&a, &op("+"), &part, &op("·"), &op("("), &b, &op("−"), &a, &op(")")]), true)
            }
            Step::Clip { .. } => (row(&[&text("clip"), &op("("), &y, &op(")")]), false),
            Step::Gamma { gamma, .. } => {
                found.name("g", "γ", "gamma, learned in a network", digits(gamma));
                (row(&[&part, &op("·"), &of("g", "γ")]), false)
            }
            Step::Beta { beta, .. } => {
                found.name("d", "β", "beta, learned in a network", digits(beta));
                (row(&[&y, &op("+"), &of("d", "β")]), true)
            }
        };
    }
    found.name("y", "y", "the result", digits(trace.output));
    found.define(&of("y", "y"), &y);
    found
}

impl Symbols {
    fn name(&mut self, key: &'static str, sign: &'static str, meaning: &'static str, number: String) {
        self.symbols.push(Symbol { key, sign, meaning, number });
    }

    /// What a symbol is; nothing where that was found elsewhere.
    fn define(&mut self, symbol: &str, is: &str) {
        if !is.is_empty() {
            self.formulas.push(format!("<math display=\"block\">{}</math>", row(&[symbol, &op("="), is])));
        }
    }

    /// The right side of the formula of the scale; names what comes up in it.
    fn scale(
        &mut self,
        TraceStage { exponent, step }: &TraceStage<ScaleStep>,
        center: &str,
        digits: DigitsShown,
    ) -> String {
        let (length, square) =
            (|value: f64| in_units(digits(value), *exponent), |value: f64| in_units(digits(value), 2 * exponent));
        let mut root = |inner: &str, eps: f64| {
            if eps == 0.0 {
                return format!("<msqrt>{inner}</msqrt>");
            }
            self.name("e", "ε", "eps, prevents division by 0", square(eps));
            format!("<msqrt>{}</msqrt>", row(&[inner, &op("+"), &of("e", "ε")]))
        };
        match step {
            ScaleStep::None | ScaleStep::Undefined | ScaleStep::Given { .. } => String::new(),
            ScaleStep::Running { variance, eps, .. } => {
                let scale = root(&of("v", "v"), *eps);
                self.name("v", "v", "the running variance", square(*variance));
                scale
            }
            ScaleStep::StandardDeviation { divisor, variance, eps, .. } => {
                let n = of("n", "n");
                let by = if *divisor == Divisor::N { n } else { row(&[&n, &op("−"), &number("1")]) };
                let difference = row(&[&op("("), &each(), &op("−"), center, &op(")")]);
                let mean = row(&[&fraction(&number("1"), &by), &total(&squared(&difference))]);
                let scale = root(&of("v", "v"), *eps);
                self.name("v", "v", "the variance", square(*variance));
                self.define(&of("v", "v"), &mean);
                scale
            }
            ScaleStep::RootMeanSquare { mean_square, eps, .. } => {
                let mean = row(&[&fraction(&number("1"), &of("n", "n")), &total(&squared(&each()))]);
                let scale = root(&of("v", "v"), *eps);
                self.name("v", "v", "the mean square", square(*mean_square));
                self.define(&of("v", "v"), &mean);
                scale
            }
            ScaleStep::Range { .. } => row(&[&text("max"), &each(), &op("−"), &text("min"), &each()]),
            ScaleStep::InterquantileRange { low, high, normal, .. } => {
                self.name("p", "p", "the lower quantile", length(low.value));
                self.name("q", "q", "the upper quantile", length(high.value));
                let between = row(&[&of("q", "q"), &op("−"), &of("p", "p")]);
                match normal {
                    Some(normal) => fraction(&between, &number(&digits(*normal))),
                    None => between,
                }
            }
            ScaleStep::MaxAbs { .. } => row(&[&text("max"), &size(&each())]),
            ScaleStep::L1 { .. } => total(&size(&each())),
            ScaleStep::L2 { .. } => root(&total(&squared(&each())), 0.0),
        }
    }
}

/// A number in units of a power of 2, where plain numbers would not do.
fn in_units(number: String, exponent: i32) -> String {
    if exponent == 0 { number } else { format!("{number} \u{d7} 2^{exponent}") }
}

/// A symbol, marked with its key.
fn of(key: &str, sign: &str) -> String {
    format!("<mi data-s=\"{key}\">{sign}</mi>")
}

/// A value of the group.
fn each() -> String {
    "<msub><mi>x</mi><mi>i</mi></msub>".into()
}

fn op(sign: &str) -> String {
    format!("<mo>{sign}</mo>")
}

fn number(text: &str) -> String {
    format!("<mn>{text}</mn>")
}

fn text(text: &str) -> String {
    format!("<mtext>{text} </mtext>")
}

fn row(parts: &[&str]) -> String {
    format!("<mrow>{}</mrow>", parts.concat())
}

fn fraction(above: &str, below: &str) -> String {
    format!("<mfrac>{above}{below}</mfrac>")
}

fn squared(what: &str) -> String {
    format!("<msup>{what}<mn>2</mn></msup>")
}

fn size(what: &str) -> String {
    row(&[&op("|"), what, &op("|")])
}

/// The sum over the group.
fn total(what: &str) -> String {
    row(&["<munder><mo>∑</mo><mi>i</mi></munder>", what])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Method;
    use crate::engine::trace::{ArrayIndex, StatisticsSource};
    use crate::parameters::Parameters;
    use crate::plot::number::format4;
    use ndarray::array;

    fn written(slug: &str, settings: &[(&str, &str)]) -> Symbols {
        let mut method = Method::from_slug(slug).unwrap();
        settings.iter().for_each(|(key, text)| method.set(key, text).unwrap());
        let x = array![[[2.0], [1.0]], [[4.0], [5.0]], [[6.0], [9.0]]];
        let fitted = method.fit(x.view()).unwrap();
        symbols(&fitted.trace(x.view(), StatisticsSource::Values(x.view()), ArrayIndex::new(2, 0, 0)).unwrap(), format4)
    }

    /// What is between the tags.
    fn plain(formula: &str) -> String {
        let parts = formula.split('<').filter_map(|part| part.split_once('>'));
        parts.map(|(_, text)| text).collect::<String>().replace(' ', "")
    }

    #[test]
    fn a_z_score_is_mean_variance_scale_and_quotient() {
        let found = written("z-score", &[]);
        let formulas: Vec<String> = found.formulas.iter().map(|one| plain(one)).collect();
        assert_eq!(formulas, ["μ=1n∑ixi".to_owned(), "v=1n∑i(xi−μ)2".into(), "s=v".into(), "y=x−μs".into()]);
        let numbers: Vec<_> = found.symbols.iter().map(|one| (one.sign, one.number.as_str())).collect();
        assert_eq!(numbers, [("x", "6"), ("n", "3"), ("μ", "4"), ("v", "2.667"), ("s", "1.633"), ("y", "1.225")]);
    }

    /// Every symbol that is in a formula has a number, and every number is in a formula.
    #[test]
    fn symbols_and_numbers_belong_together_for_every_method() {
        let scales = ["none", "sd", "rms", "range", "iqr", "max-abs", "l1", "l2"];
        let mixtures = ["none", "mean", "median", "min"]
            .into_iter()
            .flat_map(|center| scales.map(|scale| [("center", center), ("divide", scale)]));
        let mixtures: Vec<_> = mixtures.collect();
        let methods = Method::all();
        let all = methods.iter().map(|method| (method.info().slug, [].as_slice()));
        for (slug, settings) in all.chain(mixtures.iter().map(|one| ("custom", one.as_slice()))) {
            let found = written(slug, settings);
            let formulas = found.formulas.concat();
            let mut marked: Vec<&str> =
                formulas.split("data-s=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
            marked.sort_unstable();
            marked.dedup();
            let mut named: Vec<&str> = found.symbols.iter().map(|one| one.key).collect();
            named.sort_unstable();
            assert_eq!(named, marked, "{slug} {settings:?}");
            let style = include_str!("../../static/css/studies.css");
            for key in &named {
                let rule = format!("[data-highlight=\"{key}\"] [data-s=\"{key}\"]");
                assert!(style.contains(&rule), "{slug} {settings:?}: {key} does not light up");
            }
            let opened = |tag: &str| formulas.matches(tag).count();
            for tag in ["mrow", "mfrac", "msqrt", "msup", "msub", "munder", "mi", "mo", "mn", "math"] {
                let (open, shut) =
                    (opened(&format!("<{tag}>")) + opened(&format!("<{tag} ")), opened(&format!("</{tag}>")));
                assert_eq!(open, shut, "{slug}: {tag}");
            }
        }
    }
}
