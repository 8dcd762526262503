//! The session as the worker runs it, without a browser: real data sets through the real reader, questions as the page
//! asks them.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "session/arrays.rs"]
mod arrays;
#[path = "session/bad_input.rs"]
mod bad_input;
#[path = "session/batch_of_one.rs"]
mod batch_of_one;
#[path = "session/batches.rs"]
mod batches;
#[path = "session/beside.rs"]
mod beside;
#[path = "session/calculator.rs"]
mod calculator;
#[path = "session/captions.rs"]
mod captions;
#[path = "session/categories.rs"]
mod categories;
#[path = "session/compare.rs"]
mod compare;
#[path = "session/compare_followed.rs"]
mod compare_followed;
#[path = "session/compare_small.rs"]
mod compare_small;
#[path = "session/conventions.rs"]
mod conventions;
#[path = "session/edits.rs"]
mod edits;
#[path = "session/explorer.rs"]
mod explorer;
#[path = "session/files.rs"]
mod files;
#[path = "session/golden.rs"]
mod golden;
#[path = "session/headlines.rs"]
mod headlines;
#[path = "session/held_out.rs"]
mod held_out;
#[path = "session/highlight.rs"]
mod highlight;
#[path = "session/inspect.rs"]
mod inspect;
#[path = "session/layouts.rs"]
mod layouts;
#[path = "session/openings.rs"]
mod openings;
#[path = "session/printed.rs"]
mod printed;
#[path = "session/questions.rs"]
mod questions;
#[path = "session/refused.rs"]
mod refused;
#[path = "session/save.rs"]
mod save;
#[path = "session/shapes.rs"]
mod shapes;
#[path = "session/snapshots.rs"]
mod snapshots;
#[path = "session/table.rs"]
mod table;
#[path = "session/trouble.rs"]
mod trouble;
#[path = "session/views.rs"]
mod views;
#[path = "session/what_if.rs"]
mod what_if;
#[path = "session/wine.rs"]
mod wine;
#[path = "session/written.rs"]
mod written;
