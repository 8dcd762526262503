//! What is made small.

/// Mean over the examples of the cross-entropy of softmax: `log(sum(exp(z))) - z[class]`, where `z` are the `classes`
/// numbers of an example. Sets `d_logits` to the gradient, `(softmax(z) - one at the class) / examples`.
///
/// Computed in f64 after the largest number of an example is subtracted, so that nothing overflows before `z` does; NaN or
/// infinite where `z` is not finite.
pub fn softmax_cross_entropy(logits: &[f32], class: &[u32], classes: usize, d_logits: &mut [f32]) -> f64 {
    let examples = class.len() as f64;
    let mut loss = 0.0;
    for ((logits, d_logits), class) in logits.chunks_exact(classes).zip(d_logits.chunks_exact_mut(classes)).zip(class) {
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exp = |z: f32| libm::exp(f64::from(z) - f64::from(largest));
        let sum: f64 = logits.iter().map(|z| exp(*z)).sum();
        let class = *class as usize;
        loss += libm::log(sum) - (f64::from(logits[class]) - f64::from(largest));
        for (index, (d, z)) in d_logits.iter_mut().zip(logits).enumerate() {
            let target = if index == class { 1.0 } else { 0.0 };
            *d = ((exp(*z) / sum - target) / examples) as f32;
        }
    }
    loss / examples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_that_of_finite_differences() {
        let logits = [0.3_f32, -1.2, 2.0, 0.1, 0.0, -0.4];
        let (class, mut d) = ([2, 0], [0.0; 6]);
        softmax_cross_entropy(&logits, &class, 3, &mut d);
        for index in 0..6 {
            let at = |step: f32| {
                let mut moved = logits;
                moved[index] += step;
                softmax_cross_entropy(&moved, &class, 3, &mut [0.0; 6])
            };
            let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
            assert!((slope - f64::from(d[index])).abs() < 1e-5, "{index}: {slope} {}", d[index]);
        }
    }

    #[test]
    fn large_numbers_are_no_trouble_and_what_is_not_finite_is_told() {
        let mut d = [0.0; 2];
        assert_eq!(softmax_cross_entropy(&[1e30, -1e30], &[0], 2, &mut d), 0.0);
        assert_eq!(d, [0.0, 0.0]);
        assert!(!softmax_cross_entropy(&[f32::NAN, 1.0], &[0], 2, &mut d).is_finite());
        assert!(!softmax_cross_entropy(&[f32::INFINITY, 1.0], &[1], 2, &mut d).is_finite());
    }
}
