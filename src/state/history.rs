//! Undo and redo: what was before, step by step.

use std::collections::VecDeque;

/// So many steps can be taken back.
pub const STEPS: usize = 100;

/// What can be taken back, and what was taken back. The present is kept elsewhere, and handed in.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: VecDeque<T>,
    future: Vec<T>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { past: VecDeque::new(), future: Vec::new() }
    }
}

impl<T> History<T> {
    /// A step away from `before`. One that continues the gesture of the last step is part of that.
    pub fn step(&mut self, before: T, continues: bool) {
        self.future.clear();
        if continues && !self.past.is_empty() {
            return;
        }
        if self.past.len() == STEPS {
            self.past.pop_front();
        }
        self.past.push_back(before);
    }

    /// What was before `now`.
    pub fn undo(&mut self, now: T) -> Option<T> {
        let before = self.past.pop_back()?;
        self.future.push(now);
        Some(before)
    }

    /// What `now` was before the last undo.
    pub fn redo(&mut self, now: T) -> Option<T> {
        let after = self.future.pop()?;
        self.past.push_back(now);
        Some(after)
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Everything that can be gone back to, the newest first.
    pub fn snapshots(&self) -> impl Iterator<Item = &T> {
        self.past.iter().rev().chain(self.future.iter().rev())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth() {
        let mut history = History::default();
        history.step('a', false);
        history.step('b', false);
        assert!(history.can_undo() && !history.can_redo());
        assert_eq!(history.undo('c'), Some('b'));
        assert_eq!(history.undo('b'), Some('a'));
        assert_eq!(history.undo('a'), None);
        assert_eq!(history.redo('a'), Some('b'));
        assert_eq!(history.snapshots().copied().collect::<String>(), "ac");
        history.step('b', false);
        assert!(!history.can_redo(), "a new step leaves what was taken back");
        assert_eq!(history.undo('d'), Some('b'));
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut history = History::default();
        history.step(0, true);
        history.step(1, true);
        history.step(2, true);
        assert_eq!(history.undo(3), Some(0));
        assert!(!history.can_undo());
    }

    #[test]
    fn a_hundred_steps_are_kept() {
        let mut history = History::default();
        for now in 0..250 {
            history.step(now, false);
        }
        let mut now = 250;
        while let Some(before) = history.undo(now) {
            now = before;
        }
        assert_eq!(now, 150);
    }
}
