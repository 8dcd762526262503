//! How much memory a table takes, and how much there is.

/// A page has 4 GiB; what is above this is left for everything that is not the table.
pub const LIMIT: u64 = 3_000_000_000;

/// Of a wide table so many columns are normalized at first.
const CHOSEN: u64 = 64;

/// Bytes for a table of numbers from reading to the picture: each value with its number of digits while it is read; of
/// what is chosen also one copy before, one after and one to work in.
pub fn needed(rows: u64, columns: usize) -> u64 {
    const READ: u64 = 9;
    const SHOWN: u64 = 3 * 8;
    let columns = columns as u64;
    rows.saturating_mul(columns * READ + columns.min(CHOSEN) * SHOWN)
}
