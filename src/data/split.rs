//! Which rows train and which test.

use super::random::Stream;

/// A seeded share of rows to fit on; the rest tests. `seed` and `share` stand in the address, so that a whole class
/// sees the same split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Of all rows, from 0 to 1.
    pub share: f64,
    pub seed: u64,
}

impl Default for Split {
    /// 70 % of the rows, seed 0.
    fn default() -> Self {
        Self { share: 0.7, seed: 0 }
    }
}

impl Split {
    /// See [`train_rows`].
    pub fn train_rows(self, rows: usize) -> Vec<bool> {
        train_rows(rows, self.share, self.seed)
    }
}

/// A mask over the rows, `true` for those that train: exactly `round(share * rows)` of them, but at least 1 and at most
/// all (and none when there are no rows). A share outside 0 to 1 counts as the nearer end, NaN as 1.
///
/// The same arguments give the same mask on every machine: the first of the rows shuffled by Fisher and Yates (Knuth,
/// The Art of Computer Programming, vol. 2, algorithm P), drawing from the ChaCha8 stream of the seed.
pub fn train_rows(rows: usize, share: f64, seed: u64) -> Vec<bool> {
    let share = if share.is_nan() { 1.0 } else { share.clamp(0.0, 1.0) };
    let n_train = ((share * rows as f64).round() as usize).max(1).min(rows);
    let mut order: Vec<usize> = (0..rows).collect();
    let mut stream = Stream::new(seed, Stream::SPLIT);
    let mut mask = vec![false; rows];
    for step in 0..n_train {
        let pick = step + stream.below((rows - step) as u64) as usize;
        order.swap(step, pick);
        mask[order[step]] = true;
    }
    mask
}
