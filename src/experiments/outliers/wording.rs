//! Names and numbers as sentences, tables and figures have them.

use normlab_plot::number::format4;

use super::spread::MovedColumn;

/// Values whose z-score is beyond this are often called outliers.
pub const RULE: f64 = 3.0;

/// What the value that is moved away is called.
pub fn moved(column: &MovedColumn) -> &'static str {
    if column.name.is_some() { "the largest value" } else { "the far value" }
}

/// The least number of values of which one can have a z-score beyond `z`.
pub fn first_beyond(z: f64) -> f64 {
    (z * z + 1.0).floor() + 1.0
}

/// What was done to the planted values.
pub fn planted_name(factor: f64) -> String {
    if factor == 1.0 { "no outliers".into() } else { format!("{} times too large", format4(factor)) }
}
