//! Writing an array as NumPy saves it.

use super::MAGIC;

/// A `.npy` file, version 1.0, of values in C order that are already bytes, little-endian: `descr` is their type, as `<f4`.
///
/// Source: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
pub fn file(descr: &str, shape: &[usize], values: impl Iterator<Item = u8>) -> Vec<u8> {
    // With a comma after each number, as a tuple of one needs it.
    let shape: String = shape.iter().map(|length| format!("{length}, ")).collect();
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({shape}), }}");
    // Magic, version and length are 10 bytes; all of it is a multiple of 64.
    while !(header.len() + 11).is_multiple_of(64) {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = MAGIC.to_vec();
    bytes.extend(b"\x01\x00");
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(values);
    bytes
}
