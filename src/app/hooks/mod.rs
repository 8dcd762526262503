//! Effects: the address, the worker, the theme.

mod address;
mod app_context;
mod data_request;
mod document;
mod experiment;
mod experiment_list;
mod file_keeper;
mod in_flight;
mod keys;
mod load;
mod loads_late;
mod location;
mod open;
mod opening;
mod plot_interaction;
mod practice;
mod recent_files;
mod rows;
mod save;
mod theme;
mod title;
mod user_file;

pub use app_context::{AppContext, use_app};
pub use experiment::{ExperimentContext, use_experiment};
pub use experiment_list::{use_experiment_list, use_takes_table};
pub use keys::{types_text, use_undo_keys};
pub use loads_late::use_late;
pub use location::use_page;
pub use opening::{use_opening, use_shown};
pub use plot_interaction::{PlotInteraction, use_plot_interaction};
pub use practice::{PracticeChange, PracticeContext, use_practice};
pub use rows::use_rows;
pub use save::Saving;
pub use theme::{ThemeHandle, use_theme};
pub use title::use_title;
pub use user_file::UserFile;
