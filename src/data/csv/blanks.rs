//! Columns that are aligned by runs of blanks.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};

/// Whether these bytes hold runs of blanks, or lines that begin or end with one.
pub(super) fn are_aligned(bytes: &[u8]) -> bool {
    let finds = |part: &[u8]| memmem::find(bytes, part).is_some();
    bytes.starts_with(b" ") || [b"  ".as_slice(), b"\n ", b" \n", b" \r", b" \t", b"\t "].into_iter().any(finds)
}

/// Whether blanks follow each of these delimiters: then the delimiter separates, and they only pad.
pub(super) fn pad(bytes: &[u8], delimiter: u8) -> bool {
    memchr_iter(delimiter, bytes).all(|at| bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace))
}

/// Makes one space of every run of blanks outside quotes, and nothing of those at the beginning and the end of a line.
#[derive(Clone)]
pub(super) struct Squeezer {
    at_start: bool,
    /// Blanks have come that are a space if something follows.
    pending: bool,
    in_quotes: bool,
}

impl Squeezer {
    pub fn new() -> Self {
        Self { at_start: true, pending: false, in_quotes: false }
    }

    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut squeezed = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            match byte {
                b' ' | b'\t' if !self.in_quotes => {
                    self.pending = !self.at_start;
                    continue;
                }
                b'\n' | b'\r' if !self.in_quotes => (self.at_start, self.pending) = (true, false),
                _ => {
                    if std::mem::take(&mut self.pending) {
                        squeezed.push(b' ');
                    }
                    self.at_start = false;
                    self.in_quotes ^= byte == b'"';
                }
            }
            squeezed.push(byte);
        }
        squeezed
    }
}

/// Bytes as they are, or squeezed.
pub(super) fn squeezed<'a>(squeezer: &mut Option<Squeezer>, bytes: &'a [u8]) -> Cow<'a, [u8]> {
    match squeezer {
        Some(squeezer) => Cow::Owned(squeezer.push(bytes)),
        None => Cow::Borrowed(bytes),
    }
}
