//! Claims that captions touch, each with the experiment that is about it.

/// An experiment about a claim. What it is called stands here, too: the program of the experiments is not loaded for a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The slug of the experiment.
    pub experiment: &'static str,
    pub question: &'static str,
}

/// Of distances between rows.
pub const NEAREST: Claim = Claim { experiment: "nearest", question: "Does one feature drown the others?" };
/// Of values far out.
pub const OUTLIERS: Claim = Claim { experiment: "outliers", question: "Does standardization handle outliers better?" };
/// Of rows that a method is fitted on, and others.
pub const LEAKAGE: Claim = Claim { experiment: "leakage", question: "Who may see the test set?" };
/// Of the shape of distributions.
pub const SHAPE: Claim = Claim { experiment: "shape", question: "Does a z-score make data normal?" };

/// All of them.
pub const ALL: [Claim; 4] = [NEAREST, OUTLIERS, LEAKAGE, SHAPE];
