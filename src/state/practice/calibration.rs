//! How sure against how right.

use super::{PracticeRecord, SURENESS};

/// Answers that were given with the same sureness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurenessCount {
    /// In percent.
    pub sure: u8,
    pub answers: usize,
    pub right: usize,
}

impl SurenessCount {
    /// How many were right, in percent.
    pub fn percent(&self) -> f64 {
        100.0 * self.right as f64 / self.answers as f64
    }
}

/// One entry for each sureness with which something was answered, in ascending order.
pub fn calibration(record: &PracticeRecord) -> Vec<SurenessCount> {
    let count = |sure: u8| {
        let of = record.answers.iter().filter(|answer| answer.sure == sure);
        let (answers, right) = of.fold((0, 0), |(all, right), answer| (all + 1, right + usize::from(answer.right)));
        SurenessCount { sure, answers, right }
    };
    SURENESS.map(count).into_iter().filter(|count| count.answers > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ItemId;
    use crate::state::PracticeAnswer;

    #[test]
    fn answers_are_counted_by_how_sure_they_were() {
        let answer =
            |sure, right| PracticeAnswer { item: ItemId::default(), sure, right, guess: String::new(), session: 1 };
        let record = PracticeRecord {
            answers: vec![answer(90, true), answer(90, false), answer(50, false)],
            ..PracticeRecord::default()
        };
        let found = calibration(&record);
        assert_eq!(found[0], SurenessCount { sure: 50, answers: 1, right: 0 });
        assert_eq!((found.len(), found[1].percent()), (2, 50.0));
    }
}
