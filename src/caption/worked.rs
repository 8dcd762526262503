//! Equations as they are written: with so many digits that who works them out by hand finds what stands there.

use std::ops::{Add, Div, Mul, Sub};

use crate::plot::number::{digits, full, written};

/// Digits that are written unless an equation needs more.
const FEW: usize = 4;
/// So many decimal digits every `f64` has.
const MOST: usize = 15;

/// From here on, few digits have no decimals.
const WHOLE: f64 = 999.5;

/// How many significant digits numbers are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignificantDigits {
    Digits(usize),
    All,
}

impl SignificantDigits {
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Digits(count) => digits(value, count),
            Self::All => full(value),
        }
    }

    /// In brackets when it is negative: `5 − (−2)`.
    pub fn operand(self, value: f64) -> String {
        let text = self.text(value);
        if value < 0.0 { format!("({text})") } else { text }
    }

    /// In brackets also when it is a power of ten, for what binds more closely: `(2×10⁻⁵)²`, `√(2×10⁻⁵)`.
    pub fn factor(self, value: f64) -> String {
        let text = self.text(value);
        if value < 0.0 || text.contains('\u{d7}') { format!("({text})") } else { text }
    }

    /// The number that is written, to be calculated with.
    pub fn number(self, value: f64) -> Number {
        let value = match self {
            Self::Digits(count) => written(value, count),
            Self::All => value,
        };
        Number { value, slack: value.abs() * f64::EPSILON }
    }
}

/// What a calculation by hand finds: this, but for what rounding adds to it here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    value: f64,
    slack: f64,
}

impl Number {
    fn new(value: f64, slack: f64) -> Self {
        Self { value, slack: slack + value.abs() * f64::EPSILON }
    }

    pub fn sqrt(self) -> Self {
        Self::new(self.value.sqrt(), self.slack / self.value.sqrt().max(f64::MIN_POSITIVE))
    }

    pub fn abs(self) -> Self {
        Self { value: self.value.abs(), ..self }
    }

    pub fn squared(self) -> Self {
        self * self
    }

    /// Whether it is `told` in so many digits.
    fn is(self, told: f64, count: usize) -> bool {
        let text = digits(told, count);
        let near = [self.value - self.slack, self.value + self.slack];
        self.value == written(told, count) || near.iter().all(|end| digits(*end, count) == text)
    }
}

impl Add for Number {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.value + other.value, self.slack + other.slack)
    }
}

impl Sub for Number {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.value - other.value, self.slack + other.slack)
    }
}

impl Mul for Number {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let slack = self.slack * other.value.abs() + other.slack * self.value.abs();
        Self::new(self.value * other.value, slack)
    }
}

impl Div for Number {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        Self::new(value, (self.slack + value.abs() * other.slack) / other.value.abs())
    }
}

/// One side of an equation, and what can be checked of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worked {
    pub how: String,
    /// What is found from written numbers on the way, and what is written for it.
    pub between: Option<(Number, f64)>,
    /// What is found at the end; `None` where that cannot be worked out from what is written.
    pub found: Option<Number>,
}

impl Worked {
    pub fn told(how: impl Into<String>) -> Self {
        Self { how: how.into(), ..Self::default() }
    }

    pub fn found(how: String, found: Number) -> Self {
        Self { how, between: None, found: Some(found) }
    }

    /// That what stands there is what is found only about.
    fn about(mut self) -> Self {
        self.how = self.how.replace(" = ", " ≈ ");
        self
    }
}

/// An equation with as few digits as give its result by hand, and the text of that; else with all digits, and that it is
/// true only about.
pub fn work_out(result: f64, side: impl Fn(SignificantDigits) -> Worked) -> (Worked, String, bool) {
    for count in FEW..=MOST {
        let worked = side(SignificantDigits::Digits(count));
        if worked.between.is_some_and(|(found, told)| !found.is(told, count)) {
            continue;
        }
        // As the table has it, but that decimals are not left out altogether.
        let fewer = if result.abs() < WHOLE { FEW } else { count };
        let holds = |shown: &usize| worked.found.is_none_or(|found| found.is(result, *shown));
        if let Some(shown) = [fewer, count].into_iter().find(holds) {
            return (worked, digits(result, shown), false);
        }
    }
    (side(SignificantDigits::All).about(), full(result), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(a: f64, b: f64) -> String {
        let side = |p: SignificantDigits| {
            Worked::found(format!("{} − {}", p.text(a), p.operand(b)), p.number(a) - p.number(b))
        };
        let (worked, result, about) = work_out(a - b, side);
        format!("{} {} {result}", worked.how, if about { '≈' } else { '=' })
    }

    #[test]
    fn an_equation_has_the_digits_it_needs_and_no_more() {
        assert_eq!(difference(5.0, 2.0), "5 − 2 = 3");
        // With four digits: 777,627 − 388,814 = 388,814.
        assert_eq!(difference(777_627.433_4, 388_813.756_53), "777,627.4334 − 388,813.7565 = 388,813.6769");
        assert_eq!(difference(1.0 / 3.0, -1.0 / 3.0), "0.33333 − (−0.33333) = 0.6667");
    }

    #[test]
    fn what_digits_cannot_do_is_only_about() {
        assert_eq!(difference(1e14 + 9.0, 1e14 + 3.796_875), "100,000,000,000,009 − 100,000,000,000,003.8 ≈ 5.203125");
    }
}
