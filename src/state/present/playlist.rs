//! A playlist: states to show one after the other, and how each is revealed.

use crate::state::Page;

/// What is shown of an entry before the next one comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevealStep {
    /// The question, for the audience to predict: in Explore the values before, of an experiment its question.
    Predict,
    /// What comes out.
    Reveal,
    /// Why: the arithmetic of the chosen value (without one, the statistics), or what else an experiment found.
    Explanation,
}

impl RevealStep {
    pub const ALL: [Self; 3] = [Self::Predict, Self::Reveal, Self::Explanation];

    /// As files and style sheets call it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Predict => "predict",
            Self::Reveal => "reveal",
            Self::Explanation => "explanation",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// As it is called on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Predict => "Predict",
            Self::Reveal => "Result",
            Self::Explanation => "Explanation",
        }
    }

    /// The steps of an address that stands in no playlist, or was just added to one.
    pub fn usual(address: &str) -> Vec<Self> {
        let picked = address.split(['?', '&']).any(|pair| pair.starts_with("pick="));
        match Page::of(address) {
            Some(Page::Experiment(_)) => Self::ALL.to_vec(),
            Some(Page::Explore) if picked => vec![Self::Reveal, Self::Explanation],
            _ => vec![Self::Reveal],
        }
    }
}

/// One state to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaylistEntry {
    /// What stands behind `#` in the address of the state.
    pub address: String,
    pub title: String,
    /// For the speaker only.
    pub note: String,
    /// At least one, in the order of [`RevealStep::ALL`].
    pub steps: Vec<RevealStep>,
}

impl PlaylistEntry {
    pub fn new(address: &str, title: &str) -> Self {
        let steps = RevealStep::usual(address);
        Self { address: address.into(), title: title.into(), note: String::new(), steps }
    }

    /// With a step, or without it; the last one stays.
    #[must_use]
    pub fn with_step(&self, step: RevealStep, wanted: bool) -> Self {
        let chosen = |one: &RevealStep| if *one == step { wanted } else { self.steps.contains(one) };
        let steps: Vec<RevealStep> = RevealStep::ALL.into_iter().filter(chosen).collect();
        if steps.is_empty() { self.clone() } else { Self { steps, ..self.clone() } }
    }
}

/// States in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Playlist {
    pub title: String,
    pub entries: Vec<PlaylistEntry>,
}

impl Playlist {
    /// With another entry in the place of this one.
    #[must_use]
    pub fn with(&self, index: usize, entry: PlaylistEntry) -> Self {
        let mut next = self.clone();
        if let Some(old) = next.entries.get_mut(index) {
            *old = entry;
        }
        next
    }

    /// With one entry more, at this place.
    #[must_use]
    pub fn inserted(&self, index: usize, entry: PlaylistEntry) -> Self {
        let mut next = self.clone();
        next.entries.insert(index.min(self.entries.len()), entry);
        next
    }

    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let mut next = self.clone();
        if index < next.entries.len() {
            next.entries.remove(index);
        }
        next
    }

    /// With an entry at another place.
    #[must_use]
    pub fn moved(&self, from: usize, to: usize) -> Self {
        match self.entries.get(from) {
            Some(entry) if to < self.entries.len() => self.without(from).inserted(to, entry.clone()),
            _ => self.clone(),
        }
    }
}

/// Whether this can name a playlist in an address: small letters, digits and hyphens, a letter first.
pub fn is_slug(text: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(plain)
}

/// A slug for a playlist of this title that none of the others has.
pub fn free_slug(title: &str, taken: impl Fn(&str) -> bool) -> String {
    let words = title.to_ascii_lowercase();
    let words = words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    let slug = if is_slug(&slug) { slug } else { format!("list-{slug}").trim_end_matches('-').to_owned() };
    let mut numbered = (2..).map(|number| format!("{slug}-{number}"));
    if taken(&slug) { numbered.find(|slug| !taken(slug)).unwrap_or(slug) } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Playlist {
        let entry = |title: &str| PlaylistEntry::new("/explore?data=wine", title);
        Playlist { title: "Scale".into(), entries: ["a", "b", "c"].map(entry).into() }
    }

    fn titles(list: &Playlist) -> String {
        list.entries.iter().map(|entry| entry.title.as_str()).collect()
    }

    #[test]
    fn entries_are_moved_and_removed() {
        let list = list();
        assert_eq!(titles(&list.moved(0, 2)), "bca");
        assert_eq!(titles(&list.moved(2, 0)), "cab");
        assert_eq!(list.moved(0, 3), list);
        assert_eq!(titles(&list.without(1)), "ac");
        assert_eq!(list.without(3), list);
        assert_eq!(list.without(1).inserted(1, list.entries[1].clone()), list);
    }

    #[test]
    fn an_entry_keeps_a_step_and_their_order() {
        let entry = PlaylistEntry::new("/explore?pick=1.2", "");
        assert_eq!(entry.steps, [RevealStep::Reveal, RevealStep::Explanation]);
        assert_eq!(entry.with_step(RevealStep::Predict, true).steps, RevealStep::ALL);
        let one = entry.with_step(RevealStep::Reveal, false);
        assert_eq!(one.steps, [RevealStep::Explanation]);
        assert_eq!(one.with_step(RevealStep::Explanation, false), one);
        assert_eq!(PlaylistEntry::new("/experiment/nearest?run=1", "").steps, RevealStep::ALL);
        assert_eq!(PlaylistEntry::new("/practice?seed=21", "").steps, [RevealStep::Reveal]);
    }

    #[test]
    fn titles_become_slugs_that_differ() {
        let free = |title: &str| free_slug(title, |slug| ["lecture-1", "lecture-1-2"].contains(&slug));
        assert_eq!(free("Why scale matters!"), "why-scale-matters");
        assert_eq!(free("Lecture 1"), "lecture-1-3");
        assert_eq!(free("2026: \u{dc}bung"), "list-2026-bung");
        assert_eq!(free("\u{4e00}"), "list");
        assert!(is_slug(&free("3")) && !is_slug("a b") && !is_slug(""));
    }
}
