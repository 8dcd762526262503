//! From the bytes of a file to UTF-8: takes off a byte order mark, and decodes UTF-16, with a mark or without.

use std::borrow::Cow;

use crate::kind::kind_of;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// So many bytes tell UTF-16 without a mark.
const PATTERN: usize = 64;

/// Decodes bytes cut anywhere. UTF-8 passes as it is; whether it is valid is for the reader of fields to check.
#[derive(Default)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// The beginning of a mark or of a character.
    pending: Vec<u8>,
}

/// The characters of Windows-1252 for 0x80 to 0x9f, where it differs from Latin-1; a zero where it has none.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•',
    '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Whether these bytes, the beginning of a text, are Windows-1252 (or Latin-1, which it contains) and not UTF-8: some are no
/// UTF-8, more than there are characters of several bytes in UTF-8, and all are characters of Windows-1252.
pub(super) fn is_windows_1252(bytes: &[u8]) -> bool {
    let (mut n_valid, mut n_invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        // A character that is cut off at the end of a sample may well be whole behind it.
        let cut = chunk.invalid().len() > 1 && bytes.ends_with(chunk.invalid());
        n_invalid += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    n_invalid > n_valid && bytes.iter().all(|&byte| windows_1252(byte) != '\0' || byte == 0)
}

/// Bytes of Windows-1252 as UTF-8; what is no character of it becomes the replacement character.
pub(super) fn from_windows_1252(bytes: &[u8]) -> Vec<u8> {
    let letter = |&byte: &u8| match windows_1252(byte) {
        '\0' if byte != 0 => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    bytes.iter().map(letter).collect::<String>().into_bytes()
}

fn windows_1252(byte: u8) -> char {
    WINDOWS_1252.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Encoding {
    #[default]
    Unknown,
    Utf8,
    Utf16(Order),
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    LittleEndian,
    BigEndian,
}

/// A surrogate without its other half, or half a character at the end.
#[derive(Debug, PartialEq)]
pub(super) struct Invalid;

impl Decoder {
    /// What can be decoded so far. When it is [`Invalid`], `decoded` holds what came before.
    pub fn push<'a>(&mut self, chunk: &'a [u8], decoded: &mut String) -> Result<Cow<'a, [u8]>, Invalid> {
        if self.encoding == Encoding::Utf8 {
            return Ok(Cow::Borrowed(chunk));
        }
        self.pending.extend_from_slice(chunk);
        if self.encoding == Encoding::Unknown && !self.detect(false) {
            return Ok(Cow::Borrowed(&[]));
        }
        match self.encoding {
            Encoding::Utf16(order) => {
                self.utf16(order, decoded)?;
                Ok(Cow::Owned(std::mem::take(decoded).into_bytes()))
            }
            _ => Ok(Cow::Owned(std::mem::take(&mut self.pending))),
        }
    }

    /// What is left when no more bytes come.
    pub fn finish(&mut self) -> Result<Vec<u8>, Invalid> {
        if self.encoding == Encoding::Unknown {
            self.detect(true);
        }
        match self.encoding {
            Encoding::Utf16(order) => {
                let mut decoded = String::new();
                self.utf16(order, &mut decoded)?;
                if self.pending.is_empty() { Ok(decoded.into_bytes()) } else { Err(Invalid) }
            }
            _ => Ok(std::mem::take(&mut self.pending)),
        }
    }

    /// Takes the mark off; `false` when more bytes are needed to tell.
    fn detect(&mut self, at_end: bool) -> bool {
        let (encoding, mark) = match self.pending.as_slice() {
            [0xff, 0xfe, ..] => (Encoding::Utf16(Order::LittleEndian), 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16(Order::BigEndian), 2),
            bytes if bytes.starts_with(UTF8_MARK) => (Encoding::Utf8, UTF8_MARK.len()),
            bytes if !at_end && bytes.len() < PATTERN => return false,
            bytes => (unmarked(&bytes[..bytes.len().min(PATTERN)]), 0),
        };
        self.encoding = encoding;
        self.pending.drain(..mark);
        true
    }

    fn utf16(&mut self, order: Order, decoded: &mut String) -> Result<(), Invalid> {
        let unit = |pair: &[u8]| match order {
            Order::LittleEndian => u16::from_le_bytes([pair[0], pair[1]]),
            Order::BigEndian => u16::from_be_bytes([pair[0], pair[1]]),
        };
        let mut units: Vec<u16> = self.pending.chunks_exact(2).map(unit).collect();
        // The first half of a pair of surrogates waits for the second.
        if units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            units.pop();
        }
        self.pending.drain(..units.len() * 2);
        for character in char::decode_utf16(units) {
            decoded.push(character.map_err(|_| Invalid)?);
        }
        Ok(())
    }
}

/// UTF-16 has a zero for the upper half of every letter of ASCII, and hardly ever one for a lower half. A file of another
/// kind may look the same: one that says what it is, is not asked.
fn unmarked(bytes: &[u8]) -> Encoding {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).filter(|&&byte| byte == 0).count();
    let most = bytes.len() / 4;
    match (zeros(0), zeros(1)) {
        _ if bytes.len() < 4 || kind_of(bytes).is_some() => Encoding::Utf8,
        (0, odd) if odd > most => Encoding::Utf16(Order::LittleEndian),
        (even, 0) if even > most => Encoding::Utf16(Order::BigEndian),
        _ => Encoding::Utf8,
    }
}
