//! Reading tables of comma, tab, semicolon, pipe or space separated values.
//!
//! Bytes are pushed in chunks cut anywhere; the answer does not depend on where. See [`CsvReader`].

mod asides;
mod blanks;
mod candidate;
mod column;
mod decode;
mod dialect;
mod error;
mod finish;
mod layout;
mod note;
mod number;
mod number_marks;
mod options;
mod other;
mod printed;
mod questions;
mod quoted;
mod reader;
mod records;
mod shown;
mod sniff;
mod table;

pub use dialect::{CsvReading, Decimal, Delimiter, Dialect, Treatment};
pub use error::{ReadError, ReadErrorKind};
pub use note::{CsvNote, Unusual};
pub use number::read_number;
pub use number_marks::NumberMark;
pub use options::ReadOptions;
pub use other::OtherReading;
pub use reader::{CsvRead, CsvReader, parse_numbers};
pub(super) use records::MOST_COLUMNS;
