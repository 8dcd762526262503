//! Which data a choice asks for, and how the worker is told.

use std::rc::Rc;

use web_sys::Blob;

use super::user_file::{FileContent, UserFile};
use crate::protocol::DataSource;
use crate::state::{DataChoice, UserFileInfo};

/// The data that a choice asks for; equal for choices that differ in other things only.
#[derive(Clone, PartialEq)]
pub struct DataRequest {
    data: DataChoice,
    user_file: Option<Rc<UserFile>>,
}

impl DataRequest {
    pub fn new(data: DataChoice, user_file: Option<Rc<UserFile>>) -> Self {
        Self { data, user_file }
    }

    /// What the worker is told, and the file that goes beside it; the name of the missing file when only its owner
    /// has it.
    pub fn source(&self) -> Result<(DataSource, Option<&Blob>), String> {
        let source = match (&self.data, &self.user_file) {
            (DataChoice::Sample(slug), _) => DataSource::Sample((*slug).into()),
            (DataChoice::Generated { generator, seed }, _) => {
                let settings = generator.parameters();
                let settings = settings.iter().map(|one| (one.field.key.into(), one.value.text())).collect();
                DataSource::Generated { generator: generator.info().slug.into(), settings, seed: *seed }
            }
            (DataChoice::UserFile(UserFileInfo { name, reading, .. }), Some(user_file)) => {
                let (name, options) = (name.clone(), reading.clone());
                match &user_file.content {
                    FileContent::File(file) => return Ok((DataSource::File { name, options }, Some(file))),
                    FileContent::Text(text) => DataSource::Text { name, text: text.to_string(), options },
                    FileContent::Packed(packed) => DataSource::Packed { name, packed: packed.to_string(), options },
                }
            }
            (DataChoice::UserFile(data), None) => return Err(data.name.clone()),
        };
        Ok((source, None))
    }

    /// The visitor's own data, when these are such.
    pub fn user_file(&self) -> Option<&Rc<UserFile>> {
        self.user_file.as_ref()
    }

    /// What to call it while it loads.
    pub fn name(&self) -> String {
        match &self.data {
            DataChoice::Sample(slug) => {
                let sample = crate::data::sample::ALL.iter().find(|sample| sample.slug == *slug);
                sample.map_or(*slug, |sample| sample.title).into()
            }
            DataChoice::Generated { generator, .. } => generator.info().name.into(),
            DataChoice::UserFile(data) => data.name.clone(),
        }
    }
}
