//! Effects: the address, the worker, the theme.

mod address;
mod asked;
mod choice;
mod keys;
mod lab;
mod theme;
mod wanted;

pub use choice::{Own, OwnContent};
pub use keys::types_text;
pub use lab::{Lab, use_lab};
pub use theme::use_theme;
