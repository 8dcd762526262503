//! Where a presentation is, as an address says it: `present=1` alone, `present=outliers.2` at the second entry of a
//! playlist. Behind that the step and what of it is shown, counted from 1: `present=outliers.2.3`, `present=1.2.4`.

use super::playlist::{Playlist, RevealStep, is_slug};

const KEY: &str = "present";
/// In the place of a playlist: none is given.
const ALONE: &str = "1";

/// Which entry of which playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPlace {
    pub slug: String,
    /// Counted from 0.
    pub entry: usize,
}

/// Where a presentation is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PresentPlace {
    /// `None`: the page is shown by itself.
    pub list: Option<ListPlace>,
    /// Which reveal step of the entry, counted from 0.
    pub step: usize,
    /// Which of the figures and tables that an experiment shows one by one, counted from 0.
    pub item: usize,
}

impl PresentPlace {
    /// The beginning of an entry.
    pub fn entry(slug: &str, entry: usize) -> Self {
        Self { list: Some(ListPlace { slug: slug.into(), entry }), ..Self::default() }
    }

    /// An address without its place, and the place if there is one. What cannot be read is the beginning of the page alone.
    pub fn split(address: &str) -> (String, Option<Self>) {
        let Some((path, query)) = address.split_once('?') else { return (address.into(), None) };
        let is_place = |pair: &&str| pair.split('=').next() == Some(KEY);
        let Some(found) = query.split('&').find(is_place) else { return (address.into(), None) };
        let place = found.split_once('=').and_then(|(_, text)| Self::read(text)).unwrap_or_default();
        let others: Vec<&str> = query.split('&').filter(|pair| !is_place(pair)).collect();
        let others = others.join("&");
        (if others.is_empty() { path.into() } else { format!("{path}?{others}") }, Some(place))
    }

    /// This address, shown at this place.
    pub fn in_address(&self, address: &str) -> String {
        let joint = if address.contains('?') { '&' } else { '?' };
        let page = if address.is_empty() { "/explore" } else { address };
        format!("{page}{joint}{KEY}={}", self.text())
    }

    /// What comes after this: the next figure, the next step, the next entry. `steps` are those of this entry, `items` how
    /// many figures and tables it shows one by one, where that is known.
    pub fn next(&self, steps: &[RevealStep], items: usize, list: Option<&Playlist>) -> Option<Self> {
        let step = self.step.min(steps.len().saturating_sub(1));
        if steps.get(step) == Some(&RevealStep::Reveal) && self.item + 1 < items {
            return Some(Self { item: self.item + 1, ..self.clone() });
        }
        if step + 1 < steps.len() {
            return Some(Self { step: step + 1, item: 0, ..self.clone() });
        }
        let at = self.list.as_ref()?;
        (at.entry + 1 < list?.entries.len()).then(|| Self::entry(&at.slug, at.entry + 1))
    }

    /// What came before this: see [`Self::next`]. An earlier entry is shown as it was left, at its last step.
    pub fn back(&self, steps: &[RevealStep], items: usize, list: Option<&Playlist>) -> Option<Self> {
        if self.item > 0 {
            return Some(Self { item: self.item - 1, ..self.clone() });
        }
        if let Some(step) = self.step.min(steps.len()).checked_sub(1) {
            let item = if steps.get(step) == Some(&RevealStep::Reveal) { items.saturating_sub(1) } else { 0 };
            return Some(Self { step, item, ..self.clone() });
        }
        let at = self.list.as_ref()?;
        let entry = at.entry.checked_sub(1)?;
        let step = list?.entries.get(entry)?.steps.len().saturating_sub(1);
        Some(Self { step, ..Self::entry(&at.slug, entry) })
    }

    /// As an address has it.
    pub fn text(&self) -> String {
        let mut text = match &self.list {
            Some(list) => format!("{}.{}", list.slug, list.entry + 1),
            None => ALONE.into(),
        };
        if (self.step, self.item) != (0, 0) {
            text += &format!(".{}", self.step + 1);
        }
        if self.item != 0 {
            text += &format!(".{}", self.item + 1);
        }
        text
    }

    /// The place of such a text.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let slug = parts.next()?;
        let mut count = |lacking: Option<usize>| match parts.next() {
            Some(part) => part.parse::<usize>().ok()?.checked_sub(1),
            None => lacking,
        };
        let list = match slug {
            ALONE => None,
            slug if is_slug(slug) => Some(ListPlace { slug: slug.into(), entry: count(Some(0))? }),
            _ => return None,
        };
        Some(Self { list, step: count(Some(0))?, item: count(Some(0))? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::present::PlaylistEntry;

    #[test]
    fn a_place_comes_back_as_it_was() {
        for text in ["1", "1.2", "1.1.3", "outliers.1", "outliers.12.3", "my-lecture-2.1.2.4"] {
            assert_eq!(PresentPlace::read(text).map(|place| place.text()).as_deref(), Some(text), "{text}");
        }
        assert_eq!(PresentPlace::read("outliers"), Some(PresentPlace::entry("outliers", 0)));
        for wrong in ["", "0", "Outliers.1", "outliers.0", "outliers.x", "1.-1"] {
            assert_eq!(PresentPlace::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_way_through_a_playlist_and_back() {
        let entry = |address| PlaylistEntry::new(address, "");
        let entries = vec![entry("/explore?pick=1.2"), entry("/experiment/nearest?run=1"), entry("/explore?data=wine")];
        let list = Playlist { title: String::new(), entries };
        let steps = |place: &PresentPlace| list.entries[place.list.as_ref().unwrap().entry].steps.clone();
        let items = |place: &PresentPlace| if place.list.as_ref().unwrap().entry == 1 { 3 } else { 0 };
        let mut place = PresentPlace::entry("a", 0);
        let mut way = vec![place.text()];
        while let Some(next) = place.next(&steps(&place), items(&place), Some(&list)) {
            way.push(next.text());
            place = next;
        }
        assert_eq!(way, ["a.1", "a.1.2", "a.2", "a.2.2", "a.2.2.2", "a.2.2.3", "a.2.3", "a.3"]);
        way.pop();
        while let Some(back) = place.back(&steps(&place), items(&place), Some(&list)) {
            assert_eq!(Some(back.text()), way.pop());
            place = back;
        }
        assert!(way.is_empty());
        // Alone, a page has nothing before it and nothing after it.
        let alone = PresentPlace::default();
        assert_eq!(
            (alone.next(&[RevealStep::Reveal], 0, None), alone.back(&[RevealStep::Reveal], 0, None)),
            (None, None)
        );
    }

    #[test]
    fn an_address_is_the_same_without_its_place() {
        let place = PresentPlace::entry("outliers", 1);
        for address in ["/explore", "/explore?data=wine&pick=3.2", "/experiment/nearest?k=1&run=1"] {
            let presented = place.in_address(address);
            assert_eq!(PresentPlace::split(&presented), (address.into(), Some(place.clone())), "{presented}");
            assert_eq!(PresentPlace::split(address), (address.into(), None));
        }
        assert_eq!(PresentPlace::default().in_address(""), "/explore?present=1");
        let (address, found) = PresentPlace::split("/explore?present=what%20ever&data=wine");
        assert_eq!((address.as_str(), found), ("/explore?data=wine", Some(PresentPlace::default())));
    }
}
