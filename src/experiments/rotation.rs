//! Rotations for eigenvalues of symmetric matrices (Jacobi 1846; Golub and Van Loan, Matrix Computations, section 8.5).

/// The rotation that takes one element off the diagonal to zero.
#[derive(Clone, Copy, Debug)]
pub struct JacobiRotation {
    pub sin: f64,
    pub cos: f64,
    pub tangent: f64,
}

impl JacobiRotation {
    /// For the element `off` between the elements `low` and `high` of the diagonal; `None` where it is nothing beside both.
    pub fn of(off: f64, low: f64, high: f64) -> Option<Self> {
        if off.abs() <= f64::EPSILON * 0.5 * (low.abs() * high.abs()).sqrt() {
            return None;
        }
        let theta = (high - low) / (2.0 * off);
        let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
        let cos = 1.0 / (tangent * tangent + 1.0).sqrt();
        Some(Self { sin: tangent * cos, cos, tangent })
    }
}
