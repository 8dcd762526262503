//! Which data are shown, and how they are read, generated and drawn.

pub mod axes;
pub mod changes;
pub mod columns;
pub mod data_panel;
pub mod draw_pad;
pub mod drop_zone;
pub mod generator_panel;
pub mod reading;
pub mod recent_files;
