//! Sums with twice the digits, and exact powers of two. Error-free transformations of Dekker (1971) and Knuth; wasm has
//! no fused multiply-add, so products are split.

/// An unevaluated sum `high + low` with `low` below half a unit of the last place of `high`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Double {
    pub high: f64,
    pub low: f64,
}

/// `a + b` as rounded sum and exact error.
#[inline(always)]
pub(crate) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}

/// `a * b` as rounded product and exact error, for magnitudes far from overflow and underflow.
#[inline(always)]
pub(crate) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let split = |x: f64| {
        let wide = x * 134_217_729.0;
        let high = wide - (wide - x);
        (high, x - high)
    };
    let product = a * b;
    let ((ah, al), (bh, bl)) = (split(a), split(b));
    (product, ((ah * bh - product) + ah * bl + al * bh) + al * bl)
}

impl Double {
    #[inline(always)]
    pub fn add(&mut self, value: f64) {
        let (high, error) = two_sum(self.high, value);
        self.high = high;
        self.low += error;
    }

    /// Adds `value` squared, exactly to twice the digits.
    #[inline(always)]
    pub fn add_square(&mut self, value: f64) {
        let (square, error) = two_product(value, value);
        self.add(square);
        self.low += error;
    }

    pub fn plus(self, other: Self) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        Self { high, low: error + (self.low + other.low) }.tidy()
    }

    pub fn times(self, factor: f64) -> Self {
        let (high, error) = two_product(self.high, factor);
        Self { high, low: error + self.low * factor }.tidy()
    }

    pub fn divided_by(self, divisor: f64) -> Self {
        let high = (self.high + self.low) / divisor;
        let (back, error) = two_product(high, divisor);
        let low = (((self.high - back) - error) + self.low) / divisor;
        Self { high, low: if low.is_finite() { low } else { 0.0 } }.tidy()
    }

    /// Moves what has gathered in `low` up.
    pub fn tidy(self) -> Self {
        let (high, low) = two_sum(self.high, self.low);
        Self { high, low: if low.is_finite() { low } else { 0.0 } }
    }

    /// Rounded to one number.
    pub fn value(self) -> f64 {
        self.high + self.low
    }
}

/// The largest exponent that [`exponent`] gives, so that 2^e and 2^-e are ordinary numbers.
pub(crate) const LIMIT: i32 = 1000;

/// 2^exponent, for exponents from -1022 to 1023.
pub(crate) fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent.clamp(-1022, 1023) + 1023) as u64) << 52)
}

/// The e of `2^e <= |value| < 2^(e+1)`, kept within +-[`LIMIT`]; 0 for 0.
pub(crate) fn exponent(value: f64) -> i32 {
    if value == 0.0 {
        return 0;
    }
    let biased = ((value.to_bits() >> 52) & 0x7ff) as i32;
    (biased - 1023).clamp(-LIMIT, LIMIT)
}

/// value * 2^exponent, also where 2^exponent alone is out of range.
pub(crate) fn shift(value: f64, exponent: i32) -> f64 {
    let half = exponent / 2;
    value * power_of_two(half) * power_of_two(exponent - half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_keeps_what_one_number_would_lose() {
        let mut sum = Double::default();
        for value in [1e16, 1.0, -1e16] {
            sum.add(value);
        }
        assert_eq!(sum.value(), 1.0);
        let third = Double { high: 1.0, low: 0.0 }.divided_by(3.0);
        assert_eq!(third.times(3.0).value(), 1.0);
        assert!(third.low != 0.0);
    }

    #[test]
    fn powers_of_two_are_exact() {
        assert_eq!(power_of_two(exponent(5e-324)), power_of_two(-1000));
        assert_eq!(exponent(0.75), -1);
        assert_eq!(exponent(f64::MAX), 1000);
        assert_eq!(shift(5e-324, 1074), 1.0);
    }
}
