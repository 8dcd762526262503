//! Whether two files are the same.

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh64::Xxh64;

/// XXH64 of all bytes of a file: tells files apart that differ by mistake. It is no seal against somebody who wants two
/// files to look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Checksum(pub u64);

/// A checksum of bytes that come in pieces.
pub struct Summing(Xxh64);

impl Default for Summing {
    fn default() -> Self {
        Self(Xxh64::new(0))
    }
}

impl Summing {
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The checksum of all of them.
    pub fn finish(&self) -> Checksum {
        Checksum(self.0.digest())
    }
}

impl Checksum {
    /// The checksum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut summing = Summing::default();
        summing.push(bytes);
        summing.finish()
    }

    /// The checksum that is written so: 16 hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.len() == 16 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|_| digits).map(Self)
    }

    /// Its first digits, for people who compare two.
    pub fn start(self) -> String {
        let mut digits = self.to_string();
        digits.truncate(6);
        digits
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference implementation gives these (`xxhsum -H1`).
    #[test]
    fn the_algorithm_is_xxh64() {
        assert_eq!(Checksum::of(b"").to_string(), "ef46db3751d8e999");
        assert_eq!(Checksum::of(b"abc").to_string(), "44bc2cf5ad770999");
    }

    #[test]
    fn pieces_do_not_matter() {
        let bytes: Vec<u8> = (0..1000_u32).map(|index| (index * 7) as u8).collect();
        for size in [1, 7, 32, 33, 999] {
            let mut summing = Summing::default();
            bytes.chunks(size).for_each(|piece| summing.push(piece));
            assert_eq!(summing.finish(), Checksum::of(&bytes), "{size}");
        }
    }

    #[test]
    fn it_is_written_with_16_digits() {
        assert_eq!(Checksum::from_hex(&Checksum(7).to_string()), Some(Checksum(7)));
        assert_eq!(Checksum(0xabc_def0_0000_0000).start(), "0abcde");
        for wrong in ["", "7", "+000000000000007", "00000000000000007", "g000000000000007"] {
            assert_eq!(Checksum::from_hex(wrong), None, "{wrong}");
        }
    }
}
