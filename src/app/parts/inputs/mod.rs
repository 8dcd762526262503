//! Fields, lists and folds, with the sentence that explains each.

pub mod choice;
pub mod explained;
pub mod field;
pub mod fold;
pub mod list;
pub mod one_of;
pub mod terms;
pub mod words;
