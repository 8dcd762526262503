//! In which order a network sees its examples.

use normlab_data::random::Stream;

/// Batches of rows in random order, each row once an epoch. Rows that are left over at the end of an epoch and do not fill a
/// batch are not used in it.
pub struct BatchOrder {
    stream: Stream,
    rows: usize,
    size: usize,
    order: Vec<usize>,
    next: usize,
}

impl BatchOrder {
    /// Batches of `size` of so many rows (at most all of them).
    pub fn new(seed: u64, rows: usize, size: usize) -> Self {
        let size = size.clamp(1, rows.max(1));
        Self { stream: Stream::new(seed, Stream::ROWS), rows, size, order: Vec::new(), next: 0 }
    }

    /// How many batches an epoch has.
    pub fn per_epoch(&self) -> usize {
        self.rows / self.size
    }

    /// The rows of the next batch.
    pub fn next_batch(&mut self) -> &[usize] {
        if self.next + self.size > self.order.len() {
            self.order = self.stream.choose(self.rows, self.rows);
            self.next = 0;
        }
        let first = self.next;
        self.next += self.size;
        &self.order[first..self.next]
    }
}
