//! Products of matrices, row by row in memory.
//!
//! Every element adds up its terms in the order of the inner index, one by one and without fused operations, whatever the
//! processor has: so the same product has the same bits everywhere. (The `matrixmultiply` crate behind ndarray fuses where it can.)

/// How many columns are worked on together: two vectors of four.
const COLUMNS: usize = 8;

/// A matrix that is read by strides, so that its transpose needs no copy.
#[derive(Clone, Copy, Debug)]
pub struct Strided<'a> {
    pub values: &'a [f32],
    /// How far the next row is.
    pub row: usize,
    /// How far the next column is.
    pub column: usize,
}

impl<'a> Strided<'a> {
    /// A matrix of so many columns, row by row.
    pub fn rows(values: &'a [f32], columns: usize) -> Self {
        Self { values, row: columns, column: 1 }
    }

    /// The transpose of a matrix of so many columns that lies row by row.
    pub fn transposed(values: &'a [f32], columns: usize) -> Self {
        Self { values, row: 1, column: columns }
    }
}

/// `c = a b`, where `a` is m x k, `b` is k x n and `c` is m x n; `b` and `c` lie row by row.
pub fn multiply(a: Strided<'_>, b: &[f32], c: &mut [f32], (m, k, n): (usize, usize, usize)) {
    let mut row = 0;
    while row < m {
        row += match m - row {
            1 => rows::<1>(a, b, c, row, (k, n)),
            2 | 3 => rows::<2>(a, b, c, row, (k, n)),
            _ => rows::<4>(a, b, c, row, (k, n)),
        };
    }
}

/// So many rows of `c` from `row` on; says how many.
#[inline(always)]
fn rows<const ROWS: usize>(a: Strided<'_>, b: &[f32], c: &mut [f32], row: usize, (k, n): (usize, usize)) -> usize {
    let whole = n - n % COLUMNS;
    if a.column == 1 {
        let lines: [&[f32]; ROWS] = std::array::from_fn(|index| &a.values[(row + index) * a.row..][..k]);
        for first in (0..whole).step_by(COLUMNS) {
            let factors = (0..k).map(|inner| -> [f32; ROWS] { std::array::from_fn(|index| lines[index][inner]) });
            tile(factors, b, c, (row, first, n));
        }
    } else {
        for first in (0..whole).step_by(COLUMNS) {
            let factors = (0..k).map(|inner| -> [f32; ROWS] {
                let line = &a.values[row * a.row + inner * a.column..];
                std::array::from_fn(|index| line[index * a.row])
            });
            tile(factors, b, c, (row, first, n));
        }
    }
    for column in whole..n {
        for index in row..row + ROWS {
            let term = |inner: usize| a.values[index * a.row + inner * a.column] * b[inner * n + column];
            c[index * n + column] = (0..k).fold(0.0, |sum, inner| sum + term(inner));
        }
    }
    ROWS
}

/// The columns from `first` on of so many rows from `row` on: `factors` are those of each line of `b`, which has `n` columns.
#[inline(always)]
fn tile<const ROWS: usize>(
    factors: impl Iterator<Item = [f32; ROWS]>,
    b: &[f32],
    c: &mut [f32],
    (row, first, n): (usize, usize, usize),
) {
    let mut sums = [[0.0_f32; COLUMNS]; ROWS];
    for (factors, line) in factors.zip(b.chunks_exact(n)) {
        let line = &line[first..][..COLUMNS];
        for (factor, sums) in factors.iter().zip(&mut sums) {
            for (sum, value) in sums.iter_mut().zip(line) {
                *sum += factor * value;
            }
        }
    }
    for (index, sums) in sums.iter().enumerate() {
        c[(row + index) * n + first..][..COLUMNS].copy_from_slice(sums);
    }
}

/// The transpose of an m x n matrix, row by row.
pub fn transpose(a: &[f32], into: &mut [f32], (m, n): (usize, usize)) {
    for row in 0..m {
        for column in 0..n {
            into[column * m + row] = a[row * n + column];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers, so that sums are exact in any order.
    fn numbers(count: usize, salt: usize) -> Vec<f32> {
        (0..count).map(|index| ((index * 7 + salt * 13) % 11) as f32 - 5.0).collect()
    }

    #[test]
    fn products_of_every_shape() {
        for (m, k, n) in [(1, 1, 1), (2, 3, 8), (3, 5, 10), (4, 64, 64), (7, 2, 17), (64, 13, 3)] {
            let (a, b) = (numbers(m * k, 1), numbers(k * n, 2));
            let expected: Vec<f32> =
                (0..m * n).map(|at| (0..k).map(|inner| a[at / n * k + inner] * b[inner * n + at % n]).sum()).collect();
            let mut c = vec![f32::NAN; m * n];
            multiply(Strided::rows(&a, k), &b, &mut c, (m, k, n));
            assert_eq!(c, expected, "{m} {k} {n}");
            let mut turned = vec![0.0; m * k];
            transpose(&a, &mut turned, (m, k));
            c.fill(f32::NAN);
            multiply(Strided::transposed(&turned, m), &b, &mut c, (m, k, n));
            assert_eq!(c, expected, "{m} {k} {n}, transposed");
        }
    }
}
