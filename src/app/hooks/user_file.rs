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
    pub content: FileContent,
    /// Which content the address asked for, when it asked for some.
    pub expected: Option<Checksum>,
    /// What turned out about the content once it was read; the same for all that hold these data.
    pub identity: Rc<OnceCell<FileIdentity>>,
    /// As what the browser keeps it; what came in a link is kept there.
    pub recent_file: Option<RecentFile>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FileContent {
    File(Blob),
    Text(Rc<str>),
    /// What came in a link.
    Packed(Rc<str>),
}

impl UserFile {
    pub fn of_file(file: File) -> Self {
        let (name, bytes, mark) = (file.name(), file.size() as u64, file.last_modified() as u64);
        Self::new(name, FileContent::File(file.into()), bytes, mark)
    }

    pub fn of_text(name: &str, text: &str) -> Self {
        let mark = Checksum::of(text.as_bytes()).0;
        Self::new(name.into(), FileContent::Text(text.into()), text.len() as u64, mark)
    }

    fn new(name: String, content: FileContent, bytes: u64, mark: u64) -> Self {
        let recent_file = RecentFile { name: name.clone(), bytes, mark, opened: 0, check: None };
        Self { name, content, expected: None, identity: Rc::default(), recent_file: Some(recent_file) }
    }

    pub fn of_link(name: &str, packed: &Rc<str>) -> Self {
        let identity = Rc::new(OnceCell::from(FileIdentity::Packed(packed.clone())));
        Self {
            name: name.into(),
            content: FileContent::Packed(packed.clone()),
            expected: None,
            identity,
            recent_file: None,
        }
    }

    /// What the browser kept.
    pub fn of_recent_file(recent_file: RecentFile, content: Blob) -> Self {
        let name = recent_file.name.clone();
        Self {
            name,
            content: FileContent::File(content),
            expected: None,
            identity: Rc::default(),
            recent_file: Some(recent_file),
        }
    }

    /// The content for the browser to keep.
    pub fn blob(&self) -> Option<Blob> {
        match &self.content {
            FileContent::File(file) => Some(file.clone()),
            FileContent::Text(text) => Blob::new_with_str_sequence(&Array::of1(&(&**text).into())).ok(),
            FileContent::Packed(_) => None,
        }
    }
}
