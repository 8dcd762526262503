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
/// all (and none when there are no rows). A larger share of the same seed keeps the rows of a smaller one. A share outside 0 to 1 counts as the nearer end, NaN as 1.
///
/// The same arguments give the same mask on every machine: the first of the rows shuffled by Fisher and Yates (Knuth,
/// The Art of Computer Programming, vol. 2, algorithm P), drawing from the ChaCha8 stream of the seed.
pub fn train_rows(rows: usize, share: f64, seed: u64) -> Vec<bool> {
    let share = if share.is_nan() { 1.0 } else { share.clamp(0.0, 1.0) };
    let n_train = ((share * rows as f64).round() as usize).max(1).min(rows);
    let mut mask = vec![false; rows];
    for row in Stream::new(seed, Stream::SPLIT).choose(rows, n_train) {
        mask[row] = true;
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(rows: usize, share: f64, seed: u64) -> usize {
        train_rows(rows, share, seed).iter().filter(|&&trains| trains).count()
    }

    #[test]
    fn exactly_the_share_but_at_least_one() {
        assert_eq!(count(10, 0.7, 1), 7);
        assert_eq!(count(7, 0.5, 1), 4);
        assert_eq!((count(10, 0.0, 1), count(10, -1.0, 1), count(10, 2.0, 1), count(10, f64::NAN, 1)), (1, 1, 10, 10));
        assert_eq!((count(1, 0.2, 1), count(0, 0.5, 1)), (1, 0));
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(train_rows(100, 0.5, 3), train_rows(100, 0.5, 3));
        assert_ne!(train_rows(100, 0.5, 3), train_rows(100, 0.5, 4));
        let chosen: Vec<_> =
            train_rows(20, 0.25, 0).iter().enumerate().filter(|(_, t)| **t).map(|(row, _)| row).collect();
        assert_eq!(chosen, [8, 12, 15, 18, 19]);
    }

    #[test]
    fn a_larger_share_keeps_the_rows_of_a_smaller() {
        let (small, large) = (train_rows(50, 0.3, 9), train_rows(50, 0.6, 9));
        assert!(small.iter().zip(&large).all(|(small, large)| !small || *large));
    }

    #[test]
    fn every_row_trains_equally_often() {
        let mut counts = [0; 10];
        for seed in 0..2000 {
            for (row, trains) in train_rows(10, 0.3, seed).into_iter().enumerate() {
                counts[row] += usize::from(trains);
            }
        }
        // 600 expected, standard deviation 20.
        assert!(counts.iter().all(|count| (500..700).contains(count)), "{counts:?}");
    }
}
