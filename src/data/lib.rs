//! Data sets: what is read from a file, bundled as a sample, or made from a seed.
//!
//! Architecture invariants: no browser, no files and no clock (bytes are pushed in), no randomness but from an explicit
//! seed. The same bytes or the same seed give the same [`Dataset`] on every machine.

mod apply;
mod checksum;
pub mod csv;
mod dataset;
pub mod edit;
pub mod generator;
pub mod kind;
pub mod memory;
mod names;
pub mod npy;
pub mod pack;
pub mod random;
mod read;
mod role;
pub mod sample;
mod saved;
pub mod split;

pub use apply::{RefusedEdit, Undo};
pub use checksum::{Checksum, Summing};
pub use dataset::{Column, Dataset, Image, TextColumn, Values};
pub use edit::{DataCell, Edit};
pub use generator::Generator;
pub use names::{NAME_AT_MOST, free_name, long_name, shown_name, unique_names};
pub use read::{Read, Reader, Reading, Remark, Unread};
pub use role::Role;
pub use sample::Sample;
pub use saved::{SavedFeature, SavedFit};
