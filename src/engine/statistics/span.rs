//! Places between two ends of any magnitude.

/// Positions between two ends, also when their difference or its reciprocal is no finite number.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub low: f64,
    pub high: f64,
    /// 1, but 1/4 when the difference of the ends would overflow, and 2^600 when bins would have no width.
    pub scale: f64,
    /// Of the scaled ends; 1 when they are equal.
    pub width: f64,
}

impl Span {
    pub fn new(low: f64, high: f64) -> Self {
        let scale = match high - low {
            width if width < 1e-250 => 2_f64.powi(600),
            width if width.is_finite() => 1.0,
            _ => 0.25,
        };
        let width = high * scale - low * scale;
        Self { low, high, scale, width: if width > 0.0 { width } else { 1.0 } }
    }

    /// From 0 to `width` for values between the ends.
    pub fn offset(self, value: f64) -> f64 {
        value * self.scale - self.low * self.scale
    }
}
