//! What of the visitor's own data is kept in the browser: which to find, and which must go.

use serde::{Deserialize, Serialize};

use crate::data::Checksum;
use crate::engine::sort_by;
use crate::state::{FileIdentity, UserFileInfo};

/// So many data sets are kept.
const MOST: usize = 5;
/// And so many bytes of all together; a larger file is not kept.
const BYTES_AT_MOST: u64 = 500 << 20;

/// One data set that is kept. Its content lies beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentFile {
    pub name: String,
    pub bytes: u64,
    /// Tells two of the same name and size apart: when the file was changed last, or the checksum of the content.
    pub mark: u64,
    /// Milliseconds since 1970 when it was opened last.
    pub opened: u64,
    /// Once it was read.
    pub check: Option<Checksum>,
}

impl RecentFile {
    /// What tells it from all others.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.bytes, self.mark, self.name)
    }

    /// The one of `all` that is these data, whose checksum is `check` or not known yet.
    pub fn among<'a>(&self, all: &'a [Self], check: Option<Checksum>) -> Option<&'a Self> {
        let check = check.or(self.check);
        all.iter().find(|other| (&other.name, other.bytes, other.check) == (&self.name, self.bytes, check))
    }

    /// As what to keep these data beside `all`, and whether their content is kept already.
    ///
    /// The checksum decides: what has the same name, size and time may be other data all the same. Until it is known,
    /// the others are taken to be the same, because nearly always they are.
    pub fn beside(&self, all: &[Self], check: Option<Checksum>) -> (Self, bool) {
        let check = check.or(self.check);
        if let Some(same) = self.among(all, check).filter(|_| check.is_some()) {
            return (same.clone(), true);
        }
        let taken = all.iter().find(|other| other.key() == self.key() && other.check.is_some());
        match (taken, check) {
            (Some(other), None) => (other.clone(), true),
            (Some(_), Some(content)) => (Self { mark: content.0, check, ..self.clone() }, false),
            (None, _) => (Self { check, ..self.clone() }, false),
        }
    }

    /// Those of `all` that must go so that this one can be kept, the oldest first; `None` when it is too large.
    pub fn makes_go<'a>(&self, all: &'a [Self]) -> Option<Vec<&'a Self>> {
        if self.bytes > BYTES_AT_MOST {
            return None;
        }
        let mut others: Vec<&Self> = all.iter().filter(|other| other.key() != self.key()).collect();
        sort_by(&mut others, |a, b| a.opened > b.opened);
        let (mut n, mut bytes) = (1, self.bytes);
        let stays = |other: &&Self| {
            n += 1;
            bytes = bytes.saturating_add(other.bytes);
            n <= MOST && bytes <= BYTES_AT_MOST
        };
        let staying = others.iter().copied().take_while(stays).count();
        others.drain(..staying);
        others.reverse();
        Some(others)
    }

    /// The one that an address means: of the content it names, else of its name, the newest first. One whose content is
    /// known to be another is none.
    pub fn find<'a>(all: &'a [Self], data: &UserFileInfo) -> Option<&'a Self> {
        let check = data.identity.checksum().filter(|_| data.identity != FileIdentity::Nothing);
        let named = all.iter().filter(|recent_file| recent_file.name == data.name);
        let fits =
            named.filter(|recent_file| check.is_none() || recent_file.check.is_none() || recent_file.check == check);
        fits.max_by_key(|recent_file| (check.is_some() && recent_file.check == check, recent_file.opened))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent_file(name: &str, bytes: u64, opened: u64) -> RecentFile {
        RecentFile { name: name.into(), bytes, mark: 0, opened, check: None }
    }

    fn names(recent_files: Option<Vec<&RecentFile>>) -> Option<Vec<&str>> {
        recent_files.map(|recent_files| recent_files.iter().map(|one| one.name.as_str()).collect())
    }

    #[test]
    fn the_oldest_go_first() {
        let all: Vec<_> = (0..6).map(|index| recent_file(&index.to_string(), 10, 100 - index)).collect();
        assert_eq!(names(recent_file("new", 10, 200).makes_go(&all)), Some(vec!["5", "4"]));
        assert_eq!(names(recent_file("2", 10, 200).makes_go(&all)), Some(vec!["5"]), "itself makes no room for itself");
        assert_eq!(names(recent_file("new", 10, 200).makes_go(&[])), Some(Vec::new()));
    }

    #[test]
    fn there_is_a_limit_of_bytes_too() {
        let all =
            [recent_file("small", 10, 1), recent_file("large", 300 << 20, 2), recent_file("middle", 100 << 20, 3)];
        assert_eq!(names(recent_file("new", 300 << 20, 9).makes_go(&all)), Some(vec!["small", "large"]));
        assert_eq!(names(recent_file("new", 501 << 20, 9).makes_go(&all)), None);
    }

    #[test]
    fn the_checksum_decides_what_is_kept() {
        let (a, b) = (Some(Checksum(1)), Some(Checksum(2)));
        let with = |mark, check| RecentFile { mark, check, ..recent_file("x", 10, 1) };
        let new = with(7, None);
        assert_eq!(new.beside(&[], None), (with(7, None), false));
        // Read to its end, it is written once more, without its content when that was its own.
        assert_eq!(new.beside(&[with(7, None)], a), (with(7, a), false));
        let all = [with(7, a)];
        assert_eq!(new.beside(&all, None), (with(7, a), true), "most likely the same");
        assert_eq!(new.beside(&all, a), (with(7, a), true));
        assert_eq!(new.beside(&all, b), (with(2, b), false), "of the same name, size and time, but another");
        let all = [with(7, a), with(2, b)];
        assert_eq!(new.beside(&all, b), (with(2, b), true));
        assert_eq!(with(9, None).beside(&all, a), (with(7, a), true), "a copy of the file");
        let found = |check| new.among(&all, check).map(|recent_file| recent_file.mark);
        assert_eq!((found(a), found(b), found(Some(Checksum(3))), found(None)), (Some(7), Some(2), None, None));
    }

    #[test]
    fn an_address_finds_its_content_or_at_least_its_name() {
        let checked = |name: &str, opened, check| RecentFile { check, ..recent_file(name, 10, opened) };
        let (a, b) = (Some(Checksum(1)), Some(Checksum(2)));
        let all = [checked("x", 1, a), checked("x", 3, b), checked("x", 2, None), checked("y", 9, a)];
        let find = |name: &str, check: Option<Checksum>| {
            let identity = check.map_or(FileIdentity::Nothing, FileIdentity::Checksum);
            RecentFile::find(&all, &UserFileInfo { identity, ..UserFileInfo::named(name) })
                .map(|recent_file| recent_file.opened)
        };
        assert_eq!(find("x", None), Some(3), "the newest");
        assert_eq!((find("x", a), find("x", b)), (Some(1), Some(3)));
        assert_eq!(find("x", Some(Checksum(3))), Some(2), "the one that was never read to its end");
        assert_eq!((find("y", b), find("z", None)), (None, None));
    }
}
