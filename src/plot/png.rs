//! An image as a PNG inside of a document: for a grid of colours in an SVG file.

use base64ct::{Base64, Encoding};
use crc::{CRC_32_ISO_HDLC, Crc};

use super::theme::Rgb;

const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// A PNG of these palette indices, row by row, as a `data:` address. Not compressed: it is read once, by the program that opens the SVG file.
pub(super) fn data_url(width: u32, height: u32, palette: &[Rgb], indices: &[u8]) -> String {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // 8 bits a pixel, indices into a palette.
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    let colours: Vec<u8> = palette.iter().flat_map(|colour| [colour.0, colour.1, colour.2]).collect();
    chunk(&mut png, b"PLTE", &colours);
    let mut lines = Vec::with_capacity(indices.len() + height as usize);
    for line in indices.chunks(width.max(1) as usize) {
        lines.push(0);
        lines.extend(line);
    }
    chunk(&mut png, b"IDAT", &stored(&lines));
    chunk(&mut png, b"IEND", &[]);
    format!("data:image/png;base64,{}", Base64::encode_string(&png))
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(name);
    png.extend(data);
    let check = CHECKSUM.checksum(&png[start..]);
    png.extend(check.to_be_bytes());
}

/// As zlib has it, in blocks that are not compressed (RFC 1950 and 1951).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut zlib = vec![0x78, 0x01];
    let blocks = data.chunks(0xffff).len();
    for (index, block) in data.chunks(0xffff).enumerate() {
        let length = block.len() as u16;
        zlib.push(u8::from(index + 1 == blocks));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    zlib.extend((b << 16 | a).to_be_bytes());
    zlib
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_the_known_ones() {
        assert_eq!(CHECKSUM.checksum(b"IEND"), 0xae42_6082);
        // Adler-32 of "Wikipedia".
        assert_eq!(stored(b"Wikipedia")[stored(b"Wikipedia").len() - 4..], 0x11e6_0398_u32.to_be_bytes());
    }

    #[test]
    fn a_png_has_its_chunks() {
        let url = data_url(2, 1, &[Rgb(255, 0, 0), Rgb(0, 0, 255)], &[0, 1]);
        assert!(url.starts_with("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAAD"), "{url}");
        assert!(url.ends_with("AAAAASUVORK5CYII="), "{url}");
    }
}
