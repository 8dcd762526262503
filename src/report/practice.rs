//! A question of Practice as plain data: the lessons make it of a template and a seed, and the page shows any of it.

use serde::{Deserialize, Serialize};

use super::{Fact, Prediction};
use normlab_engine::trace::Trace;
use normlab_plot::Scene;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    Tables,
    BatchNorm,
    /// LayerNorm, RMSNorm, GroupNorm, InstanceNorm.
    Others,
}

impl Topic {
    pub const ALL: [Self; 3] = [Self::Tables, Self::BatchNorm, Self::Others];

    /// In the address, forever.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::BatchNorm => "batchnorm",
            Self::Others => "others",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Tables => "Tables",
            Self::BatchNorm => "BatchNorm",
            Self::Others => "LayerNorm and the others",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.slug() == slug)
    }
}

/// Which question: the same template and seed make the same one everywhere, to the last bit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemId {
    /// The slug of the template: `min-max-value`.
    pub template: String,
    pub seed: u32,
}

impl ItemId {
    /// As the address has it: `min-max-value.7`.
    pub fn text(&self) -> String {
        format!("{}.{}", self.template, self.seed)
    }

    /// The way back from [`Self::text`].
    pub fn read(text: &str) -> Option<Self> {
        let (template, seed) = text.rsplit_once('.')?;
        let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        let named = !template.is_empty() && template.bytes().all(plain);
        named.then_some(Self { template: template.into(), seed: seed.parse().ok()? })
    }

    /// Another question of the same template.
    #[must_use]
    pub fn another(&self) -> Self {
        Self { template: self.template.clone(), seed: self.seed.wrapping_add(1) }
    }
}

/// A question with its data, its answer and where the answer comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PracticeItem {
    pub id: ItemId,
    pub topic: Topic,
    /// What the data are, in a sentence; shown with them, before the question.
    pub setting: String,
    pub data: ItemTable,
    /// Numbers that are given besides the table, each with its name.
    pub given: Vec<(String, f64)>,
    /// The data as a picture, where that says more than the table.
    pub picture: Option<Scene>,
    /// The question; its key is that of the fact.
    pub prediction: Prediction,
    /// The right answer, and one sentence on why it is.
    pub fact: Fact,
    /// Every digit of a number counts, as of a count; else three significant digits are right.
    pub exact: bool,
    /// Wrong answers that people give, each with the mistake that leads to it.
    pub slips: Vec<Slip>,
    /// The computation of the asked value, where it is that of one value by a method.
    pub trace: Option<Trace>,
    /// The arithmetic of this item, beside or instead of the trace.
    pub working: Vec<WorkingLine>,
    /// Where the same data and settings are, as it stands behind `#`.
    pub open: String,
    /// The state of an experiment that is about what was asked, as it stands behind `#`; may be empty.
    pub experiment: String,
    /// The question as an interviewer asks it.
    pub spoken: String,
    /// What a good answer to that says.
    pub points: Vec<String>,
}

/// The data of a question: a small table, or an array whose positions are columns beside each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ItemTable {
    /// What a row is: `example`.
    pub row_name: String,
    pub columns: Vec<String>,
    pub rows: Vec<String>,
    /// Row by row.
    pub values: Vec<Vec<f64>>,
    /// The cell that the question is about, as (row, column).
    pub marked: Option<(usize, usize)>,
}

/// A wrong answer, and what leads to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    pub answer: f64,
    /// The end of a sentence that begins with "That is what comes out when ": `the variance is divided by`.
    pub when: String,
}

/// One line of arithmetic: what it gives, how, and the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingLine {
    pub name: String,
    pub how: String,
    pub result: String,
}

/// Which questions the page wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PracticeQuery {
    /// So many for this seed, of these topics (none: all): the same for everybody.
    Set { seed: u32, topics: Vec<Topic>, count: u32 },
    /// These; what is of no template that there is, is left out.
    Items(Vec<ItemId>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_from_its_text() {
        let id = ItemId { template: "min-max-value".into(), seed: 7 };
        assert_eq!(id.text(), "min-max-value.7");
        assert_eq!(ItemId::read("min-max-value.7"), Some(id));
        for wrong in ["", "min-max-value", ".7", "min-max-value.x", "Min.7", "a.-1", "a.4294967296"] {
            assert_eq!(ItemId::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_topic_comes_back_from_its_slug() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_slug(topic.slug()), Some(topic));
        }
        assert_eq!(Topic::from_slug("nets"), None);
    }
}
