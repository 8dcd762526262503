//! Residual connections: `y = x + s`, where `s` is an earlier activation of the same width.
//!
//! Backward: both get the gradient of `y`. Source: He et al. 2015, "Deep Residual Learning for Image Recognition".

/// The sum of what comes in and an earlier activation.
pub fn forward(input: &[f32], skipped: &[f32], output: &mut [f32]) {
    for ((output, input), skipped) in output.iter_mut().zip(input).zip(skipped) {
        *output = input + skipped;
    }
}

/// Adds the gradient of a sum to that of an activation that went into it.
pub fn backward(d_sum: &[f32], d_skipped: &mut [f32]) {
    d_skipped.iter_mut().zip(d_sum).for_each(|(gradient, more)| *gradient += more);
}
