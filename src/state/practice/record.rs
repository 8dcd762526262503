//! What this browser remembers of the answers, as JSON:
//!
//! ```json
//! { "normlab_practice": 1, "sessions": 3, "set": "/practice?seed=21",
//!   "answers": [{"item": "min-max-value.7", "sure": 90, "right": false, "guess": "0.5", "session": 3}] }
//! ```

use serde::{Deserialize, Serialize};

use super::SURENESS;
use crate::report::ItemId;

const VERSION: u64 = 1;
/// Of more answers the oldest are forgotten.
const AT_MOST: usize = 2000;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeAnswer {
    pub item: ItemId,
    /// In percent, one of [`SURENESS`].
    pub sure: u8,
    pub right: bool,
    /// As an address has it.
    pub guess: String,
    /// In which session, counted from 1; 0: outside of any set.
    pub session: u32,
}

/// All answers, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeRecord {
    pub answers: Vec<PracticeAnswer>,
    /// Sessions that were begun.
    pub sessions: u32,
    /// The set of the last session.
    pub set: Option<String>,
}

impl PracticeRecord {
    /// With a session of this set: the last one where it is of the same set, else a new one.
    #[must_use]
    pub fn opened(&self, set: &str) -> Self {
        if self.set.as_deref() == Some(set) { self.clone() } else { self.begun(set) }
    }

    /// With a new session of this set.
    #[must_use]
    pub fn begun(&self, set: &str) -> Self {
        Self { sessions: self.sessions + 1, set: Some(set.into()), ..self.clone() }
    }

    /// With one more answer.
    #[must_use]
    pub fn answered(&self, answer: PracticeAnswer) -> Self {
        let mut next = self.clone();
        next.answers.push(answer);
        let surplus = next.answers.len().saturating_sub(AT_MOST);
        next.answers.drain(..surplus);
        next
    }

    /// The answers of a session.
    pub fn of_session(&self, session: u32) -> Vec<&PracticeAnswer> {
        self.answers.iter().filter(|answer| answer.session == session).collect()
    }

    /// As a file, and as the browser keeps it.
    pub fn to_json(&self) -> String {
        let file = PracticeFile {
            normlab_practice: Some(VERSION),
            sessions: Some(self.sessions),
            set: self.set.clone(),
            answers: Some(self.answers.iter().map(AnswerInFile::from).collect()),
        };
        // Texts and whole numbers always have a form in JSON.
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// What is wrong in it, as the end of a sentence.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let file: PracticeFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match file.normlab_practice {
            Some(VERSION) => {}
            Some(other) => return Err(format!("it is of version {other}; this page reads version {VERSION}")),
            None => return Err("there is no \"normlab_practice\": 1 in it".into()),
        }
        let list = file.answers.ok_or("there are no answers in it")?;
        let mut answers = Vec::new();
        for (index, answer) in list.into_iter().enumerate() {
            answers.push(answer.checked().ok_or_else(|| format!("answer {} is none", index + 1))?);
        }
        answers.drain(..answers.len().saturating_sub(AT_MOST));
        let sessions = file.sessions.ok_or("the number of sessions is missing")?;
        // No session may come that was there before.
        let sessions = answers.iter().map(|answer: &PracticeAnswer| answer.session).fold(sessions, u32::max);
        Ok(Self { answers, sessions, set: file.set })
    }
}

#[derive(Serialize, Deserialize)]
struct PracticeFile {
    normlab_practice: Option<u64>,
    sessions: Option<u32>,
    set: Option<String>,
    answers: Option<Vec<AnswerInFile>>,
}

#[derive(Serialize, Deserialize)]
struct AnswerInFile {
    item: String,
    sure: u8,
    right: bool,
    guess: String,
    session: u32,
}

impl From<&PracticeAnswer> for AnswerInFile {
    fn from(answer: &PracticeAnswer) -> Self {
        let PracticeAnswer { item, sure, right, guess, session } = answer;
        Self { item: item.text(), sure: *sure, right: *right, guess: guess.clone(), session: *session }
    }
}

impl AnswerInFile {
    fn checked(self) -> Option<PracticeAnswer> {
        let Self { item, sure, right, guess, session } = self;
        let sure = SURENESS.contains(&sure).then_some(sure)?;
        Some(PracticeAnswer { item: ItemId::read(&item)?, sure, right, guess, session })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(seed: u32, session: u32) -> PracticeAnswer {
        let item = ItemId { template: "min-max-value".into(), seed };
        PracticeAnswer { item, sure: 90, right: false, guess: "0.5\"".into(), session }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let record =
            PracticeRecord::default().opened("/practice?seed=21").answered(answer(7, 1)).answered(answer(8, 1));
        assert_eq!(PracticeRecord::from_json(&record.to_json()), Ok(record.clone()));
        let theirs: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(theirs["answers"][1]["item"], "min-max-value.8");
        assert_eq!(PracticeRecord::from_json(&PracticeRecord::default().to_json()), Ok(PracticeRecord::default()));
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, part) in [
            ("", "line 1"),
            ("{}", "no \"normlab_practice\": 1"),
            ("{\"normlab_practice\": 2}", "version 2"),
            ("{\"normlab_practice\": 1}", "no answers"),
            ("{\"normlab_practice\": 1, \"answers\": []}", "number of sessions"),
            ("{\"normlab_practice\": 1, \"sessions\": -1, \"answers\": []}", "`-1`"),
            (
                "{\"normlab_practice\": 1, \"sessions\": 1, \"answers\": [{\"item\": \"a.1\", \"sure\": 55}]}",
                "missing field `right`",
            ),
            (
                "{\"normlab_practice\": 1, \"sessions\": 1, \"answers\": [{\"item\": \"a.1\", \"sure\": 55, \"right\": true, \
                 \"guess\": \"\", \"session\": 1}]}",
                "answer 1 is none",
            ),
        ] {
            let why = PracticeRecord::from_json(text).unwrap_err();
            assert!(why.contains(part), "{text}: {why}");
        }
    }

    #[test]
    fn a_session_is_of_a_set_and_begins_anew_on_request() {
        let record = PracticeRecord::default().opened("a");
        assert_eq!((record.opened("a").sessions, record.opened("b").sessions, record.begun("a").sessions), (1, 2, 2));
    }

    #[test]
    fn the_oldest_answers_are_forgotten() {
        let record = (0..2005).fold(PracticeRecord::default(), |record, seed| record.answered(answer(seed, 1)));
        assert_eq!((record.answers.len(), record.answers[0].item.seed), (2000, 5));
    }
}
