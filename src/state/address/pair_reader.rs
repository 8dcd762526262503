//! The pairs of an address, taken one after the other.

use super::escape::unescape;
use super::limits;
use crate::parameters::Allowed;
use crate::state::Page;

/// At most so many complaints, each at most so long.
pub(super) const COMPLAINTS: usize = 5;
const COMPLAINT_CHARS: usize = 60;

/// Takes pair after pair out of an address.
pub(super) struct PairReader {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) complaints: Vec<String>,
}

impl PairReader {
    pub(super) fn new(address: &str) -> Self {
        let mut complaints = Vec::new();
        let mut address = address.strip_prefix('#').unwrap_or(address);
        if address.len() > limits::ADDRESS {
            let end = (0..=limits::ADDRESS).rev().find(|&end| address.is_char_boundary(end)).unwrap_or(0);
            address = &address[..end];
            complaints.push("The address is too long; its end was left out.".into());
        }
        let query = match Page::of(address) {
            Some(Page::Explore) => address.split_once('?').map_or("", |(_, query)| query),
            // Another page has an address of its own, and leaves this one as it opens.
            Some(_) => "",
            None => {
                complaints.push("Page not found; showing the start page.".into());
                address.split_once('?').map_or("", |(_, query)| query)
            }
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        // Lists keep their commas apart from commas inside names: values are decoded where they are used.
        Self { pairs: pairs.map(|(key, value)| (unescape(key), value.into())).collect(), complaints }
    }

    /// The undecoded value of a key; the last one counts.
    pub(super) fn take_raw(&mut self, key: &str) -> Option<String> {
        let found = self.pairs.iter().rposition(|(other, _)| other == key)?;
        let value = self.pairs.swap_remove(found).1;
        self.pairs.retain(|(other, _)| other != key);
        Some(value)
    }

    pub(super) fn take(&mut self, key: &str) -> Option<String> {
        self.take_raw(key).map(|value| unescape(&value))
    }

    pub(super) fn complain(&mut self, key: &str, value: &str, allowed: &str) {
        self.complaints.push(complaint(key, value, allowed));
    }

    pub(super) fn number(&mut self, key: &str, allowed: Allowed) -> Option<f64> {
        let text = self.take(key)?;
        let number = allowed.read(&text);
        if number.is_none() {
            self.complain(key, &text, &format!("allowed: {}", allowed.describe()));
        }
        number
    }

    pub(super) fn whole(&mut self, key: &str) -> Option<u64> {
        let text = self.take(key)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.complain(key, &text, "allowed: a whole number");
        }
        number
    }

    pub(super) fn finish(mut self) -> Vec<String> {
        for (key, value) in std::mem::take(&mut self.pairs) {
            self.complain(&key, &unescape(&value), "no such setting");
        }
        let more = self.complaints.len().saturating_sub(COMPLAINTS);
        self.complaints.truncate(COMPLAINTS);
        if more > 0 {
            self.complaints.push(format!("{more} more parts of the address were not understood."));
        }
        self.complaints
    }
}

/// Sets these pairs; gives back those that cannot be set, and why. A setting may become known only through another (a mode
/// that shows more of them), so this goes round until nothing changes.
pub(super) fn refused(
    mut open: Vec<(String, String)>,
    set: &mut dyn FnMut(&str, &str) -> Result<(), String>,
) -> Vec<(String, String, String)> {
    loop {
        let before = open.len();
        let mut refused = Vec::new();
        for (key, value) in open {
            if let Err(why) = set(&key, &value) {
                refused.push((key, value, why));
            }
        }
        if refused.len() == before || refused.is_empty() {
            return refused;
        }
        open = refused.into_iter().map(|(key, value, _)| (key, value)).collect();
    }
}

/// That a part of the address was not understood.
pub(super) fn complaint(key: &str, value: &str, allowed: &str) -> String {
    let allowed = allowed.trim_end_matches('.');
    format!("\u{201c}{}={}\u{201d} was not understood ({allowed}).", shorten(key), shorten(value))
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= COMPLAINT_CHARS {
        return text.into();
    }
    text.chars().take(COMPLAINT_CHARS).chain(['\u{2026}']).collect()
}
