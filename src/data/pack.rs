//! Small data as a part of a link: the checksum of the bytes, then the bytes as raw DEFLATE (RFC 1951), all in base64 with the
//! alphabet for addresses.
//!
//! Compressing and the way back are the browser's. Raw DEFLATE tells no damage, so the checksum does.

use base64ct::{Base64UrlUnpadded, Encoding};

use super::Checksum;

/// Of data with more bytes there is no point in trying.
pub const DATA_AT_MOST: usize = 64 << 10;
/// A link with more letters is cut by programs on its way: mail and chat programs take a few thousand.
pub const LINK_AT_MOST: usize = 8000;

const CHECKSUM_BYTES: usize = 8;

/// What stands in the link for bytes with this checksum and these compressed bytes; `None` when it would be too long.
pub fn join(check: Checksum, deflated: &[u8]) -> Option<String> {
    let mut bytes = Vec::with_capacity(CHECKSUM_BYTES + deflated.len());
    bytes.extend(check.0.to_be_bytes());
    bytes.extend(deflated);
    let text = Base64UrlUnpadded::encode_string(&bytes);
    (text.len() <= LINK_AT_MOST).then_some(text)
}

/// Checksum and compressed bytes of such a text; `None` when it is none.
pub fn split(text: &str) -> Option<(Checksum, Vec<u8>)> {
    if text.len() > LINK_AT_MOST {
        return None;
    }
    let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
    let (check, deflated) = bytes.split_first_chunk::<CHECKSUM_BYTES>()?;
    Some((Checksum(u64::from_be_bytes(*check)), deflated.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_halves_come_back_and_a_link_has_an_end() {
        let check = Checksum(0x0123_4567_89ab_cdef);
        let text = join(check, b"whatever").unwrap();
        assert_eq!(split(&text), Some((check, b"whatever".to_vec())));
        assert_eq!(split(&join(check, b"").unwrap()), Some((check, Vec::new())));
        assert_eq!(join(check, &[0; 6000]), None);
        assert_eq!(join(check, &[0; 5992]).unwrap().len(), LINK_AT_MOST);
        for wrong in ["", "AAAA", "?", "AAAAAAAAAA", "caf\u{e9}"] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }
}
