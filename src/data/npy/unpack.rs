//! Unpacks one file of a zip archive.

use crc::{CRC_32_ISO_HDLC, Crc, Digest};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::NpyError;

/// The checksum of zip archives.
static CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// DEFLATE looks back so far.
const WINDOW: usize = 1 << 15;
/// No byte of DEFLATE becomes more than so many.
const MOST_FROM_ONE: u64 = 1032;

/// Turns the packed bytes of a file, pushed in chunks, into its content.
pub struct Unpacker {
    packing: Packing,
    /// Bytes of the content to come, as the directory of the archive says.
    left: u64,
    crc: Digest<'static, u32>,
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
        Ok(Self { packing, left: size, crc: CHECKSUM.digest(), expected: crc })
    }

    /// Unpacks the next bytes, and gives the content to `take`.
    ///
    /// # Errors
    /// [`NpyError::Damaged`], and what `take` says.
    pub fn push(&mut self, packed: &[u8], mut take: impl FnMut(&[u8]) -> Result<(), NpyError>) -> Result<(), NpyError> {
        let Self { packing, left, crc, .. } = self;
        let mut content = |bytes: &[u8]| {
            *left = left.checked_sub(bytes.len() as u64).ok_or_else(|| damaged("more is in it than it says"))?;
            crc.update(bytes);
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
        } else if self.crc.finalize() != self.expected {
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
