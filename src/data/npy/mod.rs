//! Arrays of numbers as NumPy saves them, mostly reading them: `.npy`, and `.npz`, which is a zip archive of such.
//!
//! Bytes are pushed in chunks cut anywhere, as with [`super::csv`], so that a file of any size is never in memory as a
//! whole beside its numbers. What a header promises is compared with the bytes that there are before anything is allocated.
//!
//! Source of the format: NumPy Enhancement Proposal 1 and `numpy.lib.format`, versions 1.0 to 3.0. The header is read
//! here: the libraries that do it carry a grammar for all of Python's literals, which is larger than the rest of this.

mod archive;
mod axes;
mod dtype;
mod error;
mod header;
mod note;
mod plan;
mod quoted;
mod reader;
#[cfg(test)]
mod tests;
mod unpack;
mod write;

pub use archive::ArchiveReader;
pub use axes::{DimensionRole, DimensionRoles};
pub use error::NpyError;
pub use note::NpyNote;
pub use rawzip::ReaderAt;
pub use reader::{NpyRead, NpyReader, NpyReading};
pub use write::file;

/// What every `.npy` file begins with.
pub const MAGIC: &[u8] = b"\x93NUMPY";
