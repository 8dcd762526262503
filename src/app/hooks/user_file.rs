//! The data that only the visitor has.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::Array;
use web_sys::{Blob, File};

use crate::data::Checksum;
use crate::state::{FileIdentity, RecentFile};

/// The visitor's own data: they never go anywhere but into the worker, and into this browser's own storage.
#[derive(Clone, Debug, PartialEq)]
pub struct UserFile {
    pub name: String,
    pub content: OwnContent,
    /// Which content the address asked for, when it asked for some.
    pub expected: Option<Checksum>,
    /// What turned out about the content once it was read; the same for all that hold these data.
    pub known: Rc<OnceCell<FileIdentity>>,
    /// As what the browser keeps it; what came in a link is kept there.
    pub kept: Option<RecentFile>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum OwnContent {
    File(Blob),
    Text(Rc<str>),
    /// What came in a link.
    Packed(Rc<str>),
}

impl UserFile {
    pub fn of_file(file: File) -> Self {
        let (name, bytes, mark) = (file.name(), file.size() as u64, file.last_modified() as u64);
        Self::new(name, OwnContent::File(file.into()), bytes, mark)
    }

    pub fn of_text(name: &str, text: &str) -> Self {
        let mark = Checksum::of(text.as_bytes()).0;
        Self::new(name.into(), OwnContent::Text(text.into()), text.len() as u64, mark)
    }

    fn new(name: String, content: OwnContent, bytes: u64, mark: u64) -> Self {
        let kept = RecentFile { name: name.clone(), bytes, mark, opened: 0, check: None };
        Self { name, content, expected: None, known: Rc::default(), kept: Some(kept) }
    }

    pub fn of_link(name: &str, packed: &Rc<str>) -> Self {
        let known = Rc::new(OnceCell::from(FileIdentity::Packed(packed.clone())));
        Self { name: name.into(), content: OwnContent::Packed(packed.clone()), expected: None, known, kept: None }
    }

    /// What the browser kept.
    pub fn of_kept(kept: RecentFile, content: Blob) -> Self {
        let name = kept.name.clone();
        Self { name, content: OwnContent::File(content), expected: None, known: Rc::default(), kept: Some(kept) }
    }

    /// The content for the browser to keep.
    pub fn blob(&self) -> Option<Blob> {
        match &self.content {
            OwnContent::File(file) => Some(file.clone()),
            OwnContent::Text(text) => Blob::new_with_str_sequence(&Array::of1(&(&**text).into())).ok(),
            OwnContent::Packed(_) => None,
        }
    }
}
