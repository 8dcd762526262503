//! Which method, with which settings, fitted on what.

pub mod fit;
pub mod glyph;
pub mod library;
pub mod method_map;
pub mod method_panel;
pub mod settings_panel;
pub mod with_field;
