//! What a visitor does on the page of Practice: its address, the order of the questions, and what is remembered of the
//! answers.

mod calibration;
mod queue;
mod record;

pub use calibration::{SurenessCount, calibration};
pub use queue::{AskReason, QueueEntry, due, missed, queue};
pub use record::{PracticeAnswer, PracticeRecord};

use crate::report::{ItemId, Topic};

/// How sure somebody can be, in percent.
pub const SURENESS: [u8; 6] = [50, 60, 70, 80, 90, 100];
/// From here on, a wrong answer was a sure one, and comes back.
pub const SURE: u8 = 80;
/// Questions of a set.
pub const SET_SIZE: u32 = 10;

/// Everything that the address of Practice says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeState {
    /// Of the set; `None`: none was begun.
    pub seed: Option<u32>,
    /// Those that were chosen, in the order of [`Topic::ALL`]; none means all.
    pub topics: Vec<Topic>,
    /// One question to be answered aloud first.
    pub interview: bool,
    /// A single question.
    pub item: Option<ItemId>,
}

impl PracticeState {
    /// The state of an address, with a sentence for each part that was not understood.
    pub fn decode(address: &str) -> (Self, Vec<String>) {
        let (mut state, mut complaints) = (Self::default(), Vec::new());
        let query = address.split_once('?').map_or("", |(_, query)| query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, text) = pair.split_once('=').unwrap_or((pair, ""));
            let mut complain = |allowed: &str| {
                let shown: String = text.chars().take(40).collect();
                complaints.push(format!("{key} is \u{201c}{shown}\u{201d}. Allowed: {allowed}."));
            };
            match key {
                "seed" => match text.parse() {
                    Ok(seed) => state.seed = Some(seed),
                    Err(_) => complain("a whole number from 0 to 4,294,967,295"),
                },
                "topics" => {
                    let named: Option<Vec<Topic>> = text.split(',').map(Topic::from_slug).collect();
                    match named {
                        Some(named) => state.topics = known(&named),
                        None => complain("tables, batchnorm, others, with commas between"),
                    }
                }
                "interview" => state.interview = true,
                "item" => match ItemId::read(text) {
                    Some(item) => state.item = Some(item),
                    None => complain("the name of a question and a number, as min-max-value.7"),
                },
                // How the page is framed, which another part of it reads.
                "present" | "embed" => {}
                _ => {
                    let key: String = key.chars().take(40).collect();
                    complaints.push(format!("\u{201c}{key}\u{201d} is nothing that Practice knows."));
                }
            }
        }
        (state, complaints)
    }

    /// The address, as it stands behind `#`.
    pub fn encode(&self) -> String {
        let mut pairs = Vec::new();
        if let Some(item) = &self.item {
            pairs.push(format!("item={}", item.text()));
        }
        pairs.extend(self.seed.map(|seed| format!("seed={seed}")));
        if !self.topics.is_empty() {
            let slugs: Vec<_> = self.topics.iter().map(|topic| topic.slug()).collect();
            pairs.push(format!("topics={}", slugs.join(",")));
        }
        if self.interview {
            pairs.push("interview=1".into());
        }
        if pairs.is_empty() { "/practice".into() } else { format!("/practice?{}", pairs.join("&")) }
    }

    /// What is remembered as begun: the set of an address, which everybody with that address has.
    pub fn set_key(&self) -> Option<String> {
        (self.item.is_none() && !self.interview && self.seed.is_some()).then(|| self.encode())
    }

    /// The same with a topic chosen or not; all of them is as none.
    #[must_use]
    pub fn with_topic(&self, topic: Topic, chosen: bool) -> Self {
        let mut now = if self.topics.is_empty() { Topic::ALL.to_vec() } else { self.topics.clone() };
        now.retain(|other| *other != topic);
        if chosen {
            now.push(topic);
        }
        Self { topics: known(&now), ..self.clone() }
    }

    /// Whether questions on a topic are asked.
    pub fn has_topic(&self, topic: Topic) -> bool {
        self.topics.is_empty() || self.topics.contains(&topic)
    }
}

/// Topics in their order; all of them is none.
fn known(named: &[Topic]) -> Vec<Topic> {
    let found: Vec<Topic> = Topic::ALL.into_iter().filter(|topic| named.contains(topic)).collect();
    if found.len() == Topic::ALL.len() { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was() {
        for address in [
            "/practice",
            "/practice?seed=21",
            "/practice?seed=21&topics=tables,others",
            "/practice?seed=4&interview=1",
            "/practice?item=min-max-value.7",
        ] {
            let (state, complaints) = PracticeState::decode(address);
            assert_eq!((state.encode().as_str(), complaints.len()), (address, 0));
        }
    }

    #[test]
    fn what_is_not_understood_is_told_and_changes_nothing() {
        let (state, complaints) = PracticeState::decode("/practice?seed=-1&topics=nets&item=x&what=1");
        assert_eq!(state, PracticeState::default());
        assert_eq!(complaints.len(), 4, "{complaints:?}");
        assert!(complaints[0].starts_with("seed is “-1”"));
    }

    #[test]
    fn all_topics_are_as_none() {
        let state = PracticeState::default().with_topic(Topic::BatchNorm, false);
        assert_eq!(state.topics, [Topic::Tables, Topic::Others]);
        assert_eq!(state.with_topic(Topic::BatchNorm, true).topics, []);
        assert!(state.has_topic(Topic::Tables) && !state.has_topic(Topic::BatchNorm));
    }

    #[test]
    fn a_set_is_known_by_its_address() {
        let key = |address| PracticeState::decode(address).0.set_key();
        assert_eq!(key("/practice?seed=21&topics=tables").as_deref(), Some("/practice?seed=21&topics=tables"));
        assert_eq!(
            [key("/practice"), key("/practice?item=a.1"), key("/practice?seed=1&interview=1")],
            [None, None, None]
        );
    }
}
