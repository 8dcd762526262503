//! Eigenvalues and eigenvectors of a symmetric matrix of three rows.

use crate::rotation::JacobiRotation;

/// A symmetric matrix, row by row.
pub type Matrix3 = [[f64; 3]; 3];

const SWEEPS_AT_MOST: usize = 60;

/// The eigenvalues, the largest first, each with its eigenvector.
///
/// Rotations take one element off the diagonal to zero after the other, until all are nothing beside both elements of the
/// diagonal: small eigenvalues of positive definite matrices come out as exactly as large ones (Demmel and Veselić, Jacobi's
/// method is more accurate than QR, 1992).
pub fn eigen(mut matrix: Matrix3) -> ([f64; 3], Matrix3) {
    let mut vectors = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..SWEEPS_AT_MOST {
        let mut turned = false;
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            let (off, low, high) = (matrix[p][q], matrix[p][p], matrix[q][q]);
            let Some(JacobiRotation { sin, cos, tangent }) = JacobiRotation::of(off, low, high) else { continue };
            turned = true;
            let other = 3 - p - q;
            let (a, b) = (matrix[other][p], matrix[other][q]);
            (matrix[other][p], matrix[other][q]) = (cos * a - sin * b, sin * a + cos * b);
            (matrix[p][other], matrix[q][other]) = (matrix[other][p], matrix[other][q]);
            (matrix[p][p], matrix[q][q]) = (low - tangent * off, high + tangent * off);
            (matrix[p][q], matrix[q][p]) = (0.0, 0.0);
            for vector in &mut vectors {
                let (a, b) = (vector[p], vector[q]);
                (vector[p], vector[q]) = (cos * a - sin * b, sin * a + cos * b);
            }
        }
        if !turned {
            break;
        }
    }
    let mut order = [0, 1, 2];
    order.sort_by(|a, b| matrix[*b][*b].total_cmp(&matrix[*a][*a]));
    (order.map(|index| matrix[index][index]), order.map(|index| [0, 1, 2].map(|row| vectors[row][index])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_times_its_eigenvectors_stretches_them() {
        let matrix = [[4.0, 1.0, -2.0], [1.0, 3.0, 0.5], [-2.0, 0.5, 1e6]];
        let (values, vectors) = eigen(matrix);
        assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
        for (value, vector) in values.iter().zip(vectors) {
            for row in 0..3 {
                let product: f64 = (0..3).map(|k| matrix[row][k] * vector[k]).sum();
                assert!((product - value * vector[row]).abs() < 1e-9, "{values:?}");
            }
        }
        assert_eq!(eigen([[0.0; 3]; 3]).0, [0.0; 3]);
    }

    #[test]
    fn small_eigenvalues_are_as_exact_as_large_ones() {
        // Determinant 1 and trace 2 + m^2 with the first row and column left alone.
        let m: f64 = 1e6;
        let (values, _) = eigen([[1.0, 0.0, 0.0], [0.0, 1.0 + m * m, m], [0.0, m, 1.0]]);
        assert!((values[0] * values[2] - 1.0).abs() < 1e-3, "{values:?}");
    }
}
