//! What a network learns from.

/// Rows of numbers, each with a class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// Numbers of a row.
    pub width: usize,
    /// Row after row.
    pub x: Vec<f32>,
    /// The class of each row, from 0.
    pub class: Vec<u32>,
}

impl Examples {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.class.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.class.is_empty()
    }

    /// The numbers of a row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.x[row * self.width..][..self.width]
    }

    /// Fills every row up with zeros to so many numbers.
    pub fn widen(&mut self, width: usize) {
        let widened = |row: &[f32]| row.iter().copied().chain(std::iter::repeat(0.0)).take(width).collect::<Vec<f32>>();
        if width > self.width {
            self.x = self.x.chunks_exact(self.width).flat_map(widened).collect();
            self.width = width;
        }
    }

    /// Writes rows one after the other.
    pub(crate) fn gather(&self, rows: &[usize], into: &mut [f32]) {
        for (to, row) in into.chunks_exact_mut(self.width).zip(rows) {
            to.copy_from_slice(self.row(*row));
        }
    }
}
