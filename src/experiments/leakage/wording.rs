//! Names and numbers as sentences, tables and figures have them.

use normlab_plot::number::{format4, whole};

use super::Leakage;

/// Two decimals.
fn decimals(value: f64) -> String {
    format4((100.0 * value).round() / 100.0)
}

/// A share as percent, two decimals.
pub fn percent(share: f64) -> String {
    format!("{}%", decimals(100.0 * share))
}

/// A share as percentage points, two decimals.
pub fn points(share: f64) -> String {
    decimals(100.0 * share)
}

/// As [`points`], with a plus sign.
pub fn signed(share: f64) -> String {
    let text = points(share);
    if share > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// `200 splits`.
pub fn counted(settings: &Leakage, count: usize) -> String {
    let (one, several) = settings.case.repeats();
    format!("{} {}", whole(count as u64), if count == 1 { one } else { several })
}

/// The probability that a new value is less or greater than all of `n`: each of n + 1 places in their order is as likely.
pub fn outside_law(n: usize) -> f64 {
    2.0 / (n as f64 + 1.0)
}

/// The name of the first repeat, as `the first split`.
pub fn first_repeat(settings: &Leakage) -> String {
    format!("the first {}", settings.case.repeats().0)
}
