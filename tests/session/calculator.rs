//! The hand check: a calculator that knows nothing but what is printed finds what is printed.

use normlab::caption::{arithmetic, batches, brief};
use normlab::data::DataCell;
use normlab::engine::Method;
use normlab::plot::number::format4;
use normlab::state::Action;
use proptest::prelude::*;

use crate::batches::{open, walk};
use crate::explorer::Explorer;

/// Works out printed text: `(1.5 − (−2))² / 3`.
struct Calculator<'a> {
    rest: &'a str,
    /// Half a unit of the last digit of the last number that was read.
    half: f64,
}

impl<'a> Calculator<'a> {
    fn of(text: &'a str) -> Option<(f64, f64)> {
        let mut calculator = Self { rest: text.trim(), half: 0.0 };
        let value = calculator.sum()?;
        calculator.rest.is_empty().then_some((value, calculator.half))
    }

    fn take(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        loop {
            if self.take("+ ") {
                value += self.product()?;
            } else if self.take("\u{2212} ") {
                value -= self.product()?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.power()?;
        loop {
            if self.take("\u{d7}") {
                value *= self.power()?;
            } else if self.take("/") {
                value /= self.power()?;
            } else {
                return Some(value);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let value = self.atom()?;
        Some(if self.take("\u{b2}") { value * value } else { value })
    }

    /// The exponent right after a number, as in `9.5×10¹¹`.
    fn raised(&mut self) -> Option<String> {
        const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
        let rest = self.rest.strip_prefix("\u{d7}10").filter(|rest| rest.starts_with(|c| RAISED.contains(c)))?;
        self.rest = rest.trim_start_matches(|c| RAISED.contains(c));
        let digits = rest.chars().map_while(|c| RAISED.chars().position(|raised| raised == c));
        Some(digits.map(|digit| if digit > 9 { "-".into() } else { digit.to_string() }).collect())
    }

    fn atom(&mut self) -> Option<f64> {
        if self.take("\u{221a}") {
            return self.atom().map(f64::sqrt);
        }
        for (open, close) in [("(", ")"), ("|", "|")] {
            if self.take(open) {
                let value = self.sum()?;
                return self.take(close).then(|| if open == "|" { value.abs() } else { value });
            }
        }
        self.take("eps ");
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !"0123456789.,e-\u{2212}".contains(c)).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        let plain = text.replace(',', "").replace('\u{2212}', "-");
        let plain = match self.raised() {
            Some(exponent) => format!("{plain}e{exponent}"),
            None => plain,
        };
        let value: f64 = plain.parse().ok()?;
        let (digits, exponent) = plain.split_once('e').unwrap_or((&plain, "0"));
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
        self.half = 10_f64.powi(exponent.parse::<i32>().ok()? - decimals) / 2.0;
        Some(value)
    }
}

/// Whether a line can be worked out; `None` when it only tells.
fn check(how: &str, result: &str) -> Option<Result<(), String>> {
    let expression = |part: &str| {
        let part = part.rsplit(": ").next().unwrap_or_default();
        let end = part.find("; ").into_iter().chain(part.find(", ")).min().unwrap_or(part.len());
        Calculator::of(&part[..end])
    };
    let worked: Vec<_> = how.split(" = ").filter_map(expression).collect();
    let (found, _) = worked.last()?;
    let (told, half) = Calculator::of(result)?;
    let enough = half * (1.0 + 1e-9) + found.abs() * 1e-14;
    let mut right = (found - told).abs() <= enough;
    if let [(first, _), (second, _)] = worked[..] {
        // The total between is printed with as many digits as all else: its own last one may be off by half.
        right &= (first - second).abs() <= second.abs() * 1e-3;
    }
    Some(if right { Ok(()) } else { Err(format!("{how} is {found}, not {result}")) })
}

/// Every line of the explanation of a value, and how many of them could be worked out.
fn check_all(explorer: &mut Explorer, cell: DataCell) -> Result<usize, String> {
    explorer.view();
    // A constant column is not chosen.
    let Ok(traced) = explorer.session.trace(cell) else { return Ok(0) };
    let mut n_checked = 0;
    if let Some((how, result)) = brief(&traced.trace)
        && let Some(how) = how.strip_suffix(" =")
    {
        check(how, &result)
            .ok_or_else(|| format!("{how} cannot be worked out"))?
            .map_err(|why| format!("in brief: {why}"))?;
    }
    for line in arithmetic(&traced.trace, format4) {
        if line.about || line.result.is_empty() {
            continue;
        }
        if let Some(checked) = check(&line.how, &line.result) {
            checked.map_err(|why| format!("{}: {why}", line.name))?;
            n_checked += 1;
        }
    }
    Ok(n_checked)
}

#[test]
fn the_calculator_finds_what_is_wrong() {
    assert_eq!(check("777,627 \u{2212} 388,814", "388,814").map(|checked| checked.is_err()), Some(true));
    assert_eq!(check("777,627.4334 \u{2212} 388,813.7565", "388,813.6769"), Some(Ok(())));
    assert_eq!(check("(1 + 2 + 6) / 3 = 9 / 3", "3"), Some(Ok(())));
    assert_eq!(check("\u{221a}(4.01 + eps 1e-5)", "2.0025"), Some(Ok(())));
    assert_eq!(check("1.5\u{d7}10⁻⁹ / 2", "7.5\u{d7}10⁻¹⁰"), Some(Ok(())));
    assert_eq!(check("\u{221a}9.999327\u{d7}10\u{b9}\u{b9}", "999,966.3"), Some(Ok(())));
    assert_eq!(check("the smallest value of the group", "3"), None);
}

fn number() -> impl Strategy<Value = f64> {
    let whole = || -1000_i32..1000;
    prop_oneof![
        whole().prop_map(f64::from),
        (whole(), 1_i32..8).prop_map(|(a, b)| f64::from(a) / f64::from(b)),
        (-1.0..1.0_f64, -9_i32..9).prop_map(|(a, b)| a * 10_f64.powi(b)),
        whole().prop_map(|a| 1e6 + f64::from(a) / 7.0),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whoever_works_it_out_by_hand_finds_what_is_printed(
        rows in prop::collection::vec((number(), number(), number()), 2..5),
        method in 0..Method::all().len(),
    ) {
        let text: String = rows.iter().map(|(a, b, c)| format!("{a:?},{b:?},{c:?}\n")).collect();
        let mut explorer = Explorer::text(&format!("a,b,c\n{text}"));
        explorer.act(Action::ChooseMethod(Method::all()[method].info().slug));
        for column in 0..3 {
            if let Err(why) = check_all(&mut explorer, DataCell { row: 1, column, position: 0 }) {
                prop_assert!(false, "{}: {why}\n{text}", Method::all()[method].info().slug);
            }
        }
    }
}

/// Of three explanations that visitors are likely to see every line that calculates was worked out.
#[test]
fn three_explanations_by_calculator() {
    for (slug, feature, lines) in [("z-score", 0, 4), ("robust", 12, 5), ("layer-norm", 5, 4)] {
        let mut explorer = Explorer::sample("wine");
        explorer.act(Action::ChooseMethod(slug));
        let n_checked = check_all(&mut explorer, DataCell { row: 2, column: feature, position: 0 }).unwrap();
        assert!(n_checked >= lines, "{slug}: {n_checked}");
    }
}

#[test]
fn every_batch_by_calculator() {
    let mut explorer = open(Explorer::sample("wine"));
    let running_stats = walk(&mut explorer);
    for step in &running_stats.steps {
        for line in &batches::step(&running_stats, step)[1..] {
            let (how, result) = line.rsplit_once(" = ").unwrap_or_else(|| panic!("{line}"));
            assert_eq!(check(how, result), Some(Ok(())), "{line}");
        }
    }
}
