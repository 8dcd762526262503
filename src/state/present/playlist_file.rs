//! A playlist as JSON, in files, in links, and as the browser keeps it:
//!
//! ```json
//! { "normlab_playlist": 1, "title": "Outliers",
//!   "entries": [{"address": "/explore?data=outliers&seed=1&method=min-max", "title": "One far value",
//!     "note": "Ask before you show it.", "steps": ["predict", "reveal", "explanation"]}] }
//! ```
//!
//! `title` and `note` of an entry may be absent, and so may `steps`, which then are the usual ones of the address.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::playlist::{Playlist, PlaylistEntry, RevealStep};
use crate::data::pack::LINK_AT_MOST;
use crate::state::Page;

const VERSION: u64 = 1;
/// Longer playlists are not read.
pub const ENTRIES_AT_MOST: usize = 200;
/// Letters of an address: no state needs as much.
const ADDRESS_AT_MOST: usize = 100_000;

#[derive(Serialize, Deserialize)]
struct PlaylistFile {
    normlab_playlist: Option<u64>,
    #[serde(default)]
    title: String,
    entries: Option<Entries>,
}

/// Entries, of which a mistake is told with its number.
#[derive(Serialize)]
struct Entries(Vec<EntryInFile>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a list of entries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                loop {
                    let numbered = |why| A::Error::custom(format_args!("entry {}: {why}", entries.len() + 1));
                    match list.next_element().map_err(numbered)? {
                        Some(entry) => entries.push(entry),
                        None => return Ok(Entries(entries)),
                    }
                }
            }
        }

        deserializer.deserialize_seq(EntriesVisitor)
    }
}

#[derive(Serialize, Deserialize)]
struct EntryInFile {
    address: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    note: String,
    steps: Option<Vec<String>>,
}

impl Playlist {
    /// As a file.
    pub fn to_json(&self) -> String {
        let entries = self.entries.iter().map(|entry| {
            let PlaylistEntry { address, title, note, steps } = entry.clone();
            let steps = Some(steps.into_iter().map(|step| step.slug().into()).collect());
            EntryInFile { address, title, note, steps }
        });
        let file = PlaylistFile {
            normlab_playlist: Some(VERSION),
            title: self.title.clone(),
            entries: Some(Entries(entries.collect())),
        };
        // Texts always have a form in JSON.
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// What is wrong in it, and in which entry, as the end of a sentence.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let file: PlaylistFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match file.normlab_playlist {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}; this page reads version {VERSION}")),
            None => return Err("there is no \"normlab_playlist\": 1 in it".into()),
        }
        let Entries(list) = file.entries.ok_or("there are no entries in it")?;
        if list.len() > ENTRIES_AT_MOST {
            return Err(format!("it has {} entries, and at most {ENTRIES_AT_MOST} are read", list.len()));
        }
        let entries = list
            .into_iter()
            .enumerate()
            .map(|(index, entry)| entry.checked().map_err(|why| format!("entry {}: {why}", index + 1)));
        Ok(Self { title: file.title, entries: entries.collect::<Result<_, _>>()? })
    }
}

impl Playlist {
    /// As a part of a link; `None` when that would be longer than [`LINK_AT_MOST`] letters.
    pub fn to_link(&self) -> Option<String> {
        let text = Base64UrlUnpadded::encode_string(self.to_json().as_bytes());
        (text.len() <= LINK_AT_MOST).then_some(text)
    }

    /// Reads such a part.
    ///
    /// # Errors
    /// What is wrong in it, as the end of a sentence.
    pub fn from_link(text: &str) -> Result<Self, String> {
        let damaged = "it was cut off or changed on its way";
        if text.len() > LINK_AT_MOST {
            return Err(damaged.into());
        }
        let bytes = Base64UrlUnpadded::decode_vec(text).map_err(|_| damaged)?;
        Self::from_json(&String::from_utf8(bytes).map_err(|_| damaged)?)
    }
}

impl EntryInFile {
    fn checked(self) -> Result<PlaylistEntry, String> {
        let Self { address, title, note, steps } = self;
        let shown: String = address.chars().take(40).collect();
        let of_page = address.starts_with('/') && !matches!(Page::of(&address), None | Some(Page::Present));
        if !of_page || address.len() > ADDRESS_AT_MOST {
            return Err(format!("no page that can be shown has the address \u{201c}{shown}\u{201d}"));
        }
        let Some(named) = steps else { return Ok(PlaylistEntry { note, ..PlaylistEntry::new(&address, &title) }) };
        for name in &named {
            if RevealStep::from_slug(name).is_none() {
                let name: String = name.chars().take(40).collect();
                return Err(format!("\u{201c}{name}\u{201d} is no step; there are predict, reveal and explanation"));
            }
        }
        let steps: Vec<_> =
            RevealStep::ALL.into_iter().filter(|step| named.iter().any(|name| name == step.slug())).collect();
        if steps.is_empty() {
            return Err("it has no steps".into());
        }
        Ok(PlaylistEntry { address, title, note, steps })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{ExperimentState, PracticeState, address, present::BUNDLED};

    fn with_entry(entry: &str) -> String {
        format!("{{\"normlab_playlist\": 1, \"title\": \"t\", \"entries\": [{{\"address\": \"/explore\"}}, {entry}]}}")
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut entry = PlaylistEntry::new("/explore?data=wine&pick=3.2", "Wine \u{201c}3\u{201d}");
        entry.note = "One\ntwo \"three\"".into();
        let list =
            Playlist { title: "Lecture".into(), entries: vec![entry, PlaylistEntry::new("/practice?seed=21", "")] };
        assert_eq!(Playlist::from_json(&list.to_json()), Ok(list));
        assert_eq!(Playlist::from_json(&Playlist::default().to_json()), Ok(Playlist::default()));
        // What may be absent.
        let read = Playlist::from_json(&with_entry("{\"address\": \"/explore?pick=1.2\"}")).unwrap();
        assert_eq!(read.entries[1], PlaylistEntry::new("/explore?pick=1.2", ""));
    }

    #[test]
    fn a_small_playlist_travels_in_a_link() {
        let list = Playlist { title: "Lecture".into(), entries: vec![PlaylistEntry::new("/explore", "\u{e4}"); 20] };
        let link = list.to_link().unwrap();
        assert_eq!(Playlist::from_link(&link), Ok(list.clone()));
        for wrong in [&link[..link.len() - 9], "", "?", "caf\u{e9}"] {
            assert!(Playlist::from_link(wrong).is_err(), "{wrong}");
        }
        let large = Playlist { entries: vec![list.entries[0].clone(); 100], ..list };
        assert_eq!(large.to_link(), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_entry() {
        for (text, part) in [
            ("".into(), "line 1"),
            ("{}".into(), "no \"normlab_playlist\": 1"),
            ("{\"normlab_playlist\": 2}".into(), "version 2"),
            ("{\"normlab_playlist\": 1}".into(), "no entries"),
            (with_entry("7"), "entry 2: invalid type"),
            (with_entry("{}"), "entry 2: missing field `address`"),
            (
                with_entry("{\"address\": \"/about\"}"),
                "entry 2: no page that can be shown has the address \u{201c}/about",
            ),
            (with_entry("{\"address\": \"/present\"}"), "entry 2: no page"),
            (with_entry("{\"address\": \"https://example.com\"}"), "entry 2: no page"),
            (
                with_entry("{\"address\": \"/explore\", \"steps\": [\"show\"]}"),
                "entry 2: \u{201c}show\u{201d} is no step",
            ),
            (with_entry("{\"address\": \"/explore\", \"steps\": []}"), "entry 2: it has no steps"),
        ] {
            let why = Playlist::from_json(&text).unwrap_err();
            assert!(why.contains(part), "{text}: {why}");
        }
        let many = vec!["{\"address\": \"/explore\"}"; ENTRIES_AT_MOST + 1].join(",");
        let why = Playlist::from_json(&format!("{{\"normlab_playlist\": 1, \"entries\": [{many}]}}")).unwrap_err();
        assert_eq!(why, "it has 201 entries, and at most 200 are read");
    }

    /// Each bundled playlist can be read, and each of its addresses is understood completely and written as the page writes it.
    #[test]
    fn bundled_playlists_open_without_an_error() {
        for slug in BUNDLED {
            let file = format!("{}/static/playlists/{slug}.json", env!("CARGO_MANIFEST_DIR"));
            let list = Playlist::from_json(&std::fs::read_to_string(&file).unwrap())
                .unwrap_or_else(|why| panic!("{file}: {why}"));
            assert!(!list.title.is_empty() && list.entries.len() >= 4, "{file}");
            for PlaylistEntry { address, title, note, .. } in &list.entries {
                assert!(!title.is_empty() && !note.is_empty(), "{file}: {address}");
                let (written, complaints) = match Page::of(address).unwrap() {
                    Page::Explore => {
                        let (state, complaints) = address::decode(address);
                        (address::encode(&state), complaints)
                    }
                    Page::Experiment(slug) => {
                        let (state, complaints) = ExperimentState::decode(&slug, address);
                        (state.encode(), complaints)
                    }
                    Page::Practice => {
                        let (state, complaints) = PracticeState::decode(address);
                        (state.encode(), complaints)
                    }
                    Page::Experiments | Page::Present => panic!("{file}: {address}"),
                };
                assert_eq!((written.as_str(), complaints.as_slice()), (address.as_str(), [].as_slice()), "{file}");
            }
        }
    }
}
