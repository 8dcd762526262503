//! Plots on a canvas, and what lies over and beside them.

pub mod canvas;
pub mod cell_links;
pub mod handles;
pub mod legend;
pub mod make_room;
pub mod overlay;
pub mod pair_plot;
pub mod plot_data;
pub mod plot_input;
pub mod plots;
pub mod save_plot;
pub mod screen;
#[cfg(feature = "prerender")]
pub mod still;
pub mod transition;
pub mod view_bar;
