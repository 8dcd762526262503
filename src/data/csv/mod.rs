//! Reading tables of comma, tab, semicolon, pipe or space separated values.
//!
//! Bytes are pushed in chunks cut anywhere; the answer does not depend on where. See [`Reader`].

mod column;
mod decode;
mod dialect;
mod error;
mod finish;
mod marks;
mod note;
mod number;
mod quoted;
mod reader;
mod records;
mod sniff;
mod table;

pub use dialect::{Decimal, Delimiter, Dialect, Reading, Treatment};
pub use error::{ReadError, ReadErrorKind};
pub use marks::Mark;
pub use note::{Note, Unusual};
pub use number::read_number;
pub use reader::{Read, ReadOptions, Reader, parse_numbers};
pub(super) use records::MOST_COLUMNS;
