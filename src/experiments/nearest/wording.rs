//! Names and numbers as sentences, tables and figures have them.

use normlab_plot::number::{digits, format4, whole};

use super::Model;
use super::outcome::NearestOutcome;

/// How the score of a model is said.
pub fn said(model: Model, value: f64) -> String {
    match model {
        Model::KMeans => digits(value, 3),
        Model::Pca => format!("{}%", format4(value)),
        _ => whole(value as u64),
    }
}

/// The number of a row in the data, from 1.
pub fn row_number(outcome: &NearestOutcome, place: usize) -> String {
    whole(u64::from(outcome.prepared.rows.get(place).copied().unwrap_or(0)) + 1)
}

/// The name of the class of a row.
pub fn class_name(outcome: &NearestOutcome, class: u32) -> &str {
    outcome.prepared.classes.get(class as usize).map_or("", String::as_str)
}
