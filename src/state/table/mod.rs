//! The table of values: cursor, selection, text, scrolling.

pub mod grid;
pub mod grid_text;
pub mod virtual_scroll;
