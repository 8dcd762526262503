//! The order of values, for tables.

/// Indices of the values in ascending or descending order: equal ones as they were, missing ones (NaN) last in both.
///
/// Radix sort from the lowest byte of the bits to the highest (Knuth, The Art of Computer Programming, vol. 3, algorithm
/// 5.2.5R): it takes the same time for any order of the data, and bytes that all values share take none.
pub fn order(values: &[f64], descending: bool) -> Vec<u32> {
    let mut pairs: Vec<(u64, u32)> =
        values.iter().zip(0..).map(|(&value, index)| (key(value, descending), index)).collect();
    let mut sorted = vec![(0, 0); pairs.len()];
    let mut counts = [[0u32; 256]; 8];
    for (key, _) in &pairs {
        for (counts, byte) in counts.iter_mut().zip(key.to_le_bytes()) {
            counts[usize::from(byte)] += 1;
        }
    }
    for (place, counts) in counts.iter_mut().enumerate() {
        if counts.iter().any(|count| *count as usize == pairs.len()) {
            continue;
        }
        let mut next = 0;
        for count in counts.iter_mut() {
            next += std::mem::replace(count, next);
        }
        for pair in &pairs {
            let slot = &mut counts[(pair.0 >> (8 * place)) as usize & 0xff];
            sorted[*slot as usize] = *pair;
            *slot += 1;
        }
        std::mem::swap(&mut pairs, &mut sorted);
    }
    pairs.into_iter().map(|(_, index)| index).collect()
}

/// Whole numbers in the order of the values.
fn key(value: f64, descending: bool) -> u64 {
    if value.is_nan() {
        return u64::MAX;
    }
    // The two zeros are equal.
    let bits = (value + 0.0).to_bits();
    let ascending = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    if descending { !ascending } else { ascending }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_stable_order(values in proptest::collection::vec(
            prop_oneof![Just(0.0), Just(-0.0), Just(f64::NAN), Just(1e300), Just(f64::INFINITY), -5.0..5.0, any::<f64>()], 0..60
        ), descending: bool) {
            let mut expected: Vec<u32> = (0..values.len() as u32).collect();
            expected.sort_by(|&a, &b| {
                let (a, b) = (values[a as usize], values[b as usize]);
                let order = if descending { b.partial_cmp(&a) } else { a.partial_cmp(&b) };
                order.unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
            });
            prop_assert_eq!(order(&values, descending), expected);
        }
    }
}
