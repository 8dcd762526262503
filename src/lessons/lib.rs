//! Lessons: the questions of Practice, each a generator. A seed gives data, a question, the answer that the engine computes,
//! and the arithmetic of that very answer; no answer is typed in.
//!
//! **A new question** is a file in `questions/` and its line in the list there.
//!
//! Architecture invariant: no browser, no clock, no files, no randomness but from the seed. The program that carries the
//! lessons to the page is that of the experiments.

mod frame;
mod questions;

pub use frame::{Template, answer, item, set};
pub use questions::all;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod tests;
