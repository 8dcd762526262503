//! What came of planted outliers.

/// How nearest neighbours did, with outliers in some of the features.
#[derive(Clone, Debug, PartialEq)]
pub struct Planted {
    /// The names of the features with an outlier; of those chosen by chance, none.
    pub features: Vec<String>,
    pub n_planted: usize,
    pub n_features: usize,
    /// Splits that are done.
    pub splits: usize,
    pub n_train: usize,
    pub n_test: usize,
    /// Correct rows over all splits, for each of [`AFFINE`](super::spread::AFFINE) and each of [`FACTORS`](super::planted::FACTORS).
    pub correct: [[u64; 3]; 4],
    /// The sum over the splits of the squared shares: for the standard error.
    pub squares: [[f64; 3]; 4],
}

impl Planted {
    /// The share of the test rows that are right.
    pub fn share(&self, scaling: usize, factor: usize) -> f64 {
        self.correct[scaling][factor] as f64 / (self.splits * self.n_test).max(1) as f64
    }

    /// The standard error of [`Self::share`] over the splits.
    pub fn error(&self, scaling: usize, factor: usize) -> f64 {
        let n = self.splits as f64;
        let share = self.share(scaling, factor);
        ((self.squares[scaling][factor] / n - share * share).max(0.0) / (n - 1.0).max(1.0)).sqrt()
    }
}
