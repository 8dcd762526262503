//! Words that several views use.

use crate::number::{format4, whole};

/// `1 value`, `178 values`.
pub(super) fn values(count: u64) -> String {
    if count == 1 { "1 value".to_owned() } else { format!("{} values", whole(count)) }
}

/// `12.2 to 12.6`.
pub(super) fn range((low, high): (f64, f64)) -> String {
    format!("{} to {}", format4(low), format4(high))
}

/// Where the middle half of a mass lies: the place where a quarter of it is passed, and three quarters.
pub(super) fn middle_half(masses: impl Iterator<Item = f64> + Clone) -> Option<(usize, usize)> {
    let total: f64 = masses.clone().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let mut passed = 0.0;
    let (mut first, mut last) = (None, 0);
    for (index, mass) in masses.enumerate() {
        passed += mass;
        if first.is_none() && passed >= total * 0.25 {
            first = Some(index);
        }
        if passed >= total * 0.75 {
            last = index;
            break;
        }
    }
    first.map(|first| (first, last.max(first)))
}
