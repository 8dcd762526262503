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

/// Sorts in ascending order.
pub fn sort<V: Clone + PartialOrd>(values: &mut [V]) {
    sort_by(values, |a, b| a < b);
}

/// Sorts so that what is `less` comes first; the others stay in their order.
///
/// There is one function that sorts: the standard library has one for each kind of values and each comparison, which came to
/// a twentieth of the page.
pub fn sort_by<V: Clone>(values: &mut [V], less: impl Fn(&V, &V) -> bool) {
    let order = merged(values.len(), &|a, b| less(&values[a], &values[b]));
    let sorted: Vec<V> = order.into_iter().map(|index| values[index].clone()).collect();
    values.clone_from_slice(&sorted);
}

/// Indices in the order of what they stand for, by merging ever longer runs.
fn merged(len: usize, less: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut next = order.clone();
    let mut width = 1;
    while width < len {
        for start in (0..len).step_by(2 * width) {
            let (middle, end) = ((start + width).min(len), (start + 2 * width).min(len));
            let (mut left, mut right) = (start, middle);
            for slot in &mut next[start..end] {
                let from_right = right < end && (left == middle || less(order[right], order[left]));
                let from = if from_right { &mut right } else { &mut left };
                *slot = order[*from];
                *from += 1;
            }
        }
        std::mem::swap(&mut order, &mut next);
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_is_stable(mut values in proptest::collection::vec((0..9_u8, any::<u8>()), 0..70)) {
            let mut expected = values.clone();
            expected.sort_by_key(|value| value.0);
            sort_by(&mut values, |a, b| a.0 < b.0);
            prop_assert_eq!(&values, &expected);
            expected.sort();
            sort(&mut values);
            prop_assert_eq!(values, expected);
        }

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
