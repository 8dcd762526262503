//! Which data a choice asks for, and how the worker is told.

use std::rc::Rc;

use web_sys::Blob;

use super::own::{Own, OwnContent};
use crate::protocol::Source;
use crate::state::{DataChoice, OwnData};

/// The data that a choice asks for; equal for choices that differ in other things only.
#[derive(Clone, PartialEq)]
pub struct Wanted {
    data: DataChoice,
    own: Option<Rc<Own>>,
}

impl Wanted {
    pub fn new(data: DataChoice, own: Option<Rc<Own>>) -> Self {
        Self { data, own }
    }

    /// What the worker is told, and the file that goes beside it; the name of the missing file when only its owner
    /// has it.
    pub fn source(&self) -> Result<(Source, Option<&Blob>), String> {
        let source = match (&self.data, &self.own) {
            (DataChoice::Sample(slug), _) => Source::Sample((*slug).into()),
            (DataChoice::Generated { generator, seed }, _) => {
                let settings = generator.parameters();
                let settings = settings.iter().map(|one| (one.field.key.into(), one.value.text())).collect();
                Source::Generated { generator: generator.info().slug.into(), settings, seed: *seed }
            }
            (DataChoice::Own(OwnData { name, reading, .. }), Some(own)) => {
                let (name, options) = (name.clone(), reading.clone());
                match &own.content {
                    OwnContent::File(file) => return Ok((Source::File { name, options }, Some(file))),
                    OwnContent::Text(text) => Source::Text { name, text: text.to_string(), options },
                    OwnContent::Packed(packed) => Source::Packed { name, packed: packed.to_string(), options },
                }
            }
            (DataChoice::Own(data), None) => return Err(data.name.clone()),
        };
        Ok((source, None))
    }

    /// The visitor's own data, when these are such.
    pub fn own(&self) -> Option<&Rc<Own>> {
        self.own.as_ref()
    }

    /// What to call it while it loads.
    pub fn name(&self) -> String {
        match &self.data {
            DataChoice::Sample(slug) => {
                let sample = crate::data::sample::ALL.iter().find(|sample| sample.slug == *slug);
                sample.map_or(*slug, |sample| sample.title).into()
            }
            DataChoice::Generated { generator, .. } => generator.info().name.into(),
            DataChoice::Own(data) => data.name.clone(),
        }
    }
}
