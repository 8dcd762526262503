//! Unpacks one file of a zip archive.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::NpyError;

/// DEFLATE looks back so far.
const WINDOW: usize = 1 << 15;
/// No byte of DEFLATE becomes more than so many.
const MOST_FROM_ONE: u64 = 1032;

/// Turns the packed bytes of a file, pushed in chunks, into its content.
pub struct Unpacker {
    packing: Packing,
    /// Bytes of the content to come, as the directory of the archive says.
    left: u64,
    crc: Crc,
    expected: u32,
}

enum Packing {
    Stored,
    Deflated(Box<Inflate>),
}

struct Inflate {
    state: DecompressorOxide,
    window: Vec<u8>,
    at: usize,
    done: bool,
}

impl Unpacker {
    /// For a file of `size` bytes with the checksum `crc`, packed in `packed` bytes.
    ///
    /// # Errors
    /// [`NpyError::Damaged`] when that cannot be: nothing is allocated for what could not come.
    pub fn new(deflated: bool, packed: u64, size: u64, crc: u32) -> Result<Self, NpyError> {
        let most = if deflated { packed.saturating_mul(MOST_FROM_ONE) } else { packed };
        if size > most {
            return Err(damaged(&format!("{packed} bytes cannot hold the {size} that it says are in them")));
        }
        let packing = match deflated {
            false => Packing::Stored,
            true => Packing::Deflated(Box::new(Inflate {
                state: DecompressorOxide::new(),
                window: vec![0; WINDOW],
                at: 0,
                done: false,
            })),
        };
        Ok(Self { packing, left: size, crc: Crc::new(), expected: crc })
    }

    /// Unpacks the next bytes, and gives the content to `take`.
    ///
    /// # Errors
    /// [`NpyError::Damaged`], and what `take` says.
    pub fn push(&mut self, packed: &[u8], mut take: impl FnMut(&[u8]) -> Result<(), NpyError>) -> Result<(), NpyError> {
        let Self { packing, left, crc, .. } = self;
        let mut content = |bytes: &[u8]| {
            *left = left.checked_sub(bytes.len() as u64).ok_or_else(|| damaged("more is in it than it says"))?;
            crc.push(bytes);
            take(bytes)
        };
        match packing {
            Packing::Stored => content(packed),
            Packing::Deflated(inflate) => inflate.push(packed, &mut content),
        }
    }

    /// There are no more bytes.
    ///
    /// # Errors
    /// [`NpyError::Damaged`] when the content is not what the directory says.
    pub fn finish(self) -> Result<(), NpyError> {
        if self.left > 0 {
            Err(damaged("less is in it than it says"))
        } else if self.crc.finish() != self.expected {
            Err(damaged("the checksum is wrong"))
        } else {
            Ok(())
        }
    }
}

impl Inflate {
    fn push(
        &mut self,
        mut packed: &[u8],
        take: &mut impl FnMut(&[u8]) -> Result<(), NpyError>,
    ) -> Result<(), NpyError> {
        while !self.done {
            let flags = TINFL_FLAG_HAS_MORE_INPUT;
            let (status, used, made) = decompress(&mut self.state, packed, &mut self.window, self.at, flags);
            packed = packed.get(used..).unwrap_or_default();
            take(self.window.get(self.at..self.at + made).unwrap_or_default())?;
            self.at = (self.at + made) % WINDOW;
            match status {
                TINFLStatus::Done => self.done = true,
                TINFLStatus::NeedsMoreInput => break,
                TINFLStatus::HasMoreOutput => {}
                _ => return Err(damaged("what is packed in it makes no sense")),
            }
        }
        Ok(())
    }
}

pub(super) fn damaged(why: &str) -> NpyError {
    NpyError::Damaged { why: why.into() }
}

/// The checksum of zip archives, CRC-32. The table is made when it is needed, so that nobody loads it.
struct Crc {
    table: [u32; 256],
    state: u32,
}

impl Crc {
    const POLYNOMIAL: u32 = 0xedb8_8320;

    fn new() -> Self {
        let shift = |value: u32| if value & 1 == 1 { value >> 1 ^ Self::POLYNOMIAL } else { value >> 1 };
        let mut table = [0; 256];
        for (value, entry) in (0..).zip(&mut table) {
            *entry = (0..8).fold(value, |value, _| shift(value));
        }
        Self { table, state: !0 }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.state =
            bytes.iter().fold(self.state, |state, &byte| state >> 8 ^ self.table[usize::from(state as u8 ^ byte)]);
    }

    fn finish(self) -> u32 {
        !self.state
    }
}
