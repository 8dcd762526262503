//! Effects: the address, the worker, the theme.

mod address;
mod asked;
mod choice;
mod experiment;
mod keeper;
mod kept;
mod keys;
mod lab;
mod late;
mod load;
mod location;
mod open;
mod opening;
mod own;
mod rows;
mod save;
mod stage;
mod study;
mod theme;
mod title;
mod trace;
mod wanted;

pub use experiment::{ExperimentContext, use_experiment};
pub use keys::{types_text, use_undo_keys};
pub use lab::{Lab, use_lab};
pub use late::use_late;
pub use location::use_page;
pub use opening::{use_opening, use_shown};
pub use own::Own;
pub use rows::use_rows;
pub use save::Saving;
pub use stage::{Stage, use_stage};
pub use theme::{ThemeHandle, use_theme};
pub use title::use_title;
