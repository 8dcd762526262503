//! Training has the same bits natively as in a browser (`tests/browser.rs`), and the same as when this was written.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "training/checksum.rs"]
mod checksum;

#[test]
fn a_hundred_steps_have_the_same_bits_as_in_a_browser() {
    let found: Vec<_> = checksum::cases()
        .map(|(kind, optimizer, expected)| (kind, checksum::after_a_hundred_steps(kind, optimizer), expected))
        .to_vec();
    let wrong: Vec<_> = found.iter().filter(|(_, found, expected)| found != expected).collect();
    assert!(wrong.is_empty(), "{wrong:#x?}");
    let (found, expected) = checksum::recurrent_after_a_hundred_steps();
    assert_eq!(found, expected, "{found:#x}");
}

#[test]
fn a_hundred_steps_of_convolutions_have_the_same_bits_as_in_a_browser() {
    let found = checksum::after_a_hundred_steps_of_convolutions();
    assert!(found == checksum::OF_CONVOLUTIONS, "{found:#x}");
}
