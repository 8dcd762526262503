//! Effects: the address, the worker, the theme.

mod address;
mod choice;
mod lab;
mod theme;

pub use choice::{Own, OwnContent};
pub use lab::{Lab, use_lab};
pub use theme::use_theme;
