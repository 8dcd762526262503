//! What questions are made with.

mod cells;
mod chance;
mod data;
mod draft;
mod grid;
mod link;
mod residual;
mod serve;
mod template;
mod two;

pub use cells::{any_grid, cells};
pub use chance::{Chance, Story};
pub use data::{array_grid, batch_grid, story_column};
pub use draft::{Draft, TracedValue};
pub use grid::Grid;
pub use link::{ExploreLink, explore};
pub use residual::{NormPlace, last_sum, mean_square, normed, plain_rms_norm, plus, turned};
pub use serve::{answer, item, set};
pub use template::Template;
pub use two::{covariance, eigenvalues, two_features};

use normlab_plot::number::format4;

/// One line of arithmetic.
pub fn line(name: &str, how: impl Into<String>, result: f64) -> normlab_report::WorkingLine {
    normlab_report::WorkingLine { name: name.into(), how: how.into(), result: format4(result) }
}

/// What is nothing but rounding is nothing.
pub fn tidy(value: f64) -> f64 {
    if value.abs() < 1e-12 { 0.0 } else { value }
}
