//! A template: everything of a question but the seed.

use normlab_engine::Error;
use normlab_report::Topic;

use super::{Chance, Draft};

/// A kind of question. Its slug is that of the file.
pub struct Template {
    /// In addresses and in what browsers keep, forever: `min-max-value`.
    pub slug: &'static str,
    pub topic: Topic,
    /// The question as an interviewer asks it.
    pub spoken: &'static str,
    /// What a good answer says.
    pub points: &'static [&'static str],
    /// Makes one instance: the same random numbers make the same.
    pub make: fn(&mut Chance) -> Result<Draft, Error>,
}
