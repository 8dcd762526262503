//! Which question comes next: those of the set, what was wrong and sure a few questions later once more, and at the end what
//! was so in earlier sessions. The order follows from the answers alone, so that a reload finds it again.

use super::{PracticeAnswer, PracticeRecord, SURE};
use crate::report::ItemId;

/// So many questions stand between a wrong and sure answer and the next of its kind.
const BETWEEN: usize = 3;
/// How often one question of a set makes another come.
const AGAIN_AT_MOST: usize = 2;
/// Questions from earlier sessions in one set.
const DUE_AT_MOST: usize = 5;

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskReason {
    /// It is one of the set.
    OfSet,
    /// One of its kind was answered wrong and sure a moment ago.
    WrongAndSure,
    /// One of its kind was answered wrong and sure in an earlier session.
    Earlier,
}

/// A question in its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    pub item: ItemId,
    pub asked: AskReason,
    /// How many of its kind came before it for being wrong and sure.
    again: usize,
}

/// All questions of a session so far: those of the set, of earlier sessions, and what its answers made come again.
pub fn queue(set: &[ItemId], due: &[ItemId], answers: &[&PracticeAnswer]) -> Vec<QueueEntry> {
    let entry = |asked| move |item: &ItemId| QueueEntry { item: item.clone(), asked, again: 0 };
    let mut entries: Vec<QueueEntry> =
        set.iter().map(entry(AskReason::OfSet)).chain(due.iter().map(entry(AskReason::Earlier))).collect();
    for (turn, answer) in answers.iter().enumerate() {
        let Some(entry) = entries.get(turn).cloned() else { break };
        if answer.is_wrong_and_sure() && entry.item == answer.item && entry.again < AGAIN_AT_MOST {
            // Another instance: what is to be remembered is the idea, not the number.
            let next =
                QueueEntry { item: entry.item.another(), asked: AskReason::WrongAndSure, again: entry.again + 1 };
            entries.insert((turn + 1 + BETWEEN).min(entries.len()), next);
        }
    }
    entries
}

/// Questions that come back from before this session: of each template that was answered wrong and sure and not right in a
/// later session, another instance. What is answered during the session does not change them.
pub fn due(record: &PracticeRecord, session: u32) -> Vec<ItemId> {
    let earlier: Vec<&PracticeAnswer> = record.answers.iter().take_while(|answer| answer.session != session).collect();
    let mut found: Vec<ItemId> = Vec::new();
    for (place, answer) in earlier.iter().enumerate().rev() {
        let same = |other: &&&PracticeAnswer| other.item.template == answer.item.template;
        let mended = earlier[place..].iter().filter(same).any(|other| other.right && other.session > answer.session);
        let known = found.iter().any(|item| item.template == answer.item.template);
        if answer.is_wrong_and_sure() && !mended && !known && found.len() < DUE_AT_MOST {
            let last = earlier.iter().rev().find(same).map_or(answer.item.clone(), |last| last.item.clone());
            found.push(last.another());
        }
    }
    found
}

/// The last wrong answer to each template that was not answered right since, the newest first.
pub fn missed(record: &PracticeRecord) -> Vec<&PracticeAnswer> {
    let mut seen: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for answer in record.answers.iter().rev() {
        if !seen.contains(&answer.item.template.as_str()) {
            seen.push(&answer.item.template);
            if !answer.right {
                found.push(answer);
            }
        }
    }
    found
}

impl PracticeAnswer {
    /// Whether this is to come back.
    pub fn is_wrong_and_sure(&self) -> bool {
        !self.right && self.sure >= SURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(template: &str, seed: u32) -> ItemId {
        ItemId { template: template.into(), seed }
    }

    fn answer(item: ItemId, sure: u8, right: bool, session: u32) -> PracticeAnswer {
        PracticeAnswer { item, sure, right, guess: "1".into(), session }
    }

    fn texts(entries: &[QueueEntry]) -> Vec<String> {
        entries.iter().map(|entry| entry.item.text()).collect()
    }

    #[test]
    fn wrong_and_sure_comes_back_after_three_others_and_at_the_end_at_once() {
        let set: Vec<ItemId> = ["a", "b", "c", "d", "e"].map(|name| id(name, 1)).to_vec();
        let wrong = answer(id("a", 1), 90, false, 1);
        let entries = queue(&set, &[], &[&wrong]);
        assert_eq!(texts(&entries), ["a.1", "b.1", "c.1", "d.1", "a.2", "e.1"]);
        assert_eq!(entries[4].asked, AskReason::WrongAndSure);
        for harmless in [answer(id("a", 1), 70, false, 1), answer(id("a", 1), 100, true, 1)] {
            assert_eq!(queue(&set, &[], &[&harmless]).len(), 5);
        }
        let one = [id("a", 1)];
        assert_eq!(texts(&queue(&one, &[], &[&wrong])), ["a.1", "a.2"]);
    }

    #[test]
    fn what_stays_wrong_does_not_come_forever() {
        let one = [id("a", 1)];
        let answers: Vec<PracticeAnswer> = (1..6).map(|seed| answer(id("a", seed), 100, false, 1)).collect();
        let answers: Vec<&PracticeAnswer> = answers.iter().collect();
        assert_eq!(texts(&queue(&one, &[], &answers)), ["a.1", "a.2", "a.3"]);
    }

    #[test]
    fn wrong_and_sure_comes_back_in_later_sessions_until_it_is_right_in_one() {
        let mut record = PracticeRecord::default();
        record.answers.push(answer(id("a", 1), 90, false, 1));
        record.answers.push(answer(id("a", 2), 90, true, 1));
        record.answers.push(answer(id("b", 1), 60, false, 1));
        assert_eq!(due(&record, 1), [], "not in the same session");
        assert_eq!(due(&record, 2), [id("a", 3)], "right a moment later is not enough");
        record.answers.push(answer(id("a", 3), 50, true, 2));
        assert_eq!(due(&record, 3), []);
        record.answers.push(answer(id("a", 4), 100, false, 3));
        assert_eq!(due(&record, 4), [id("a", 5)]);
        record.answers.push(answer(id("b", 2), 50, true, 4));
        record.answers.push(answer(id("c", 1), 100, false, 0));
        assert_eq!(due(&record, 4), [id("a", 5)], "a single question in between changes nothing");
        assert_eq!(due(&record, 5), [id("c", 2), id("a", 5)]);
    }

    #[test]
    fn what_was_missed_is_listed_until_it_is_right() {
        let mut record = PracticeRecord::default();
        record.answers.push(answer(id("a", 1), 50, false, 1));
        record.answers.push(answer(id("b", 1), 50, false, 1));
        record.answers.push(answer(id("a", 2), 50, true, 1));
        let found: Vec<String> = missed(&record).into_iter().map(|answer| answer.item.text()).collect();
        assert_eq!(found, ["b.1"]);
    }
}
