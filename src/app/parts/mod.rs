//! The components, one a file.

pub mod canvas;
pub mod changes;
pub mod choice;
pub mod columns;
pub mod data_panel;
pub mod data_table;
pub mod draw_pad;
pub mod drop_zone;
pub mod field;
pub mod fit;
pub mod fold;
pub mod generator_panel;
pub mod glyph;
pub mod groups_table;
pub mod header;
pub mod legend;
pub mod method_panel;
pub mod notices;
pub mod number;
pub mod plots;
pub mod reading;
pub mod result;
pub mod rows_table;
pub mod settings_panel;
pub mod stats_table;
pub mod view_bar;
