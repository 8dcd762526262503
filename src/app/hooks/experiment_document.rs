//! What was chosen on the page of an experiment, with its history.

use std::rc::Rc;

use yew::prelude::*;

use super::address;
use crate::state::{ExperimentAction, ExperimentState, History};

/// What was chosen, and the steps that led there.
#[derive(Clone, PartialEq)]
pub struct ExperimentDocument {
    pub state: Rc<ExperimentState>,
    /// What was not understood of the address.
    pub complaints: Rc<Vec<String>>,
    history: ExperimentHistory,
    last: Option<ExperimentAction>,
    /// Whether this belongs to the same entry of the browser's history as what was there before.
    pub same_entry: bool,
}

/// Equal only to itself: what differs is seen by the state.
#[derive(Clone)]
struct ExperimentHistory(History<Rc<ExperimentState>>);

impl PartialEq for ExperimentHistory {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

pub enum DocumentChange {
    Act(ExperimentAction),
    /// Another address was opened.
    Open(ExperimentState, Vec<String>),
    UndoOrRedo(bool),
}

impl ExperimentDocument {
    /// As the address has it.
    pub fn of(slug: &str) -> Self {
        let (state, complaints) = ExperimentState::decode(slug, &address::hash());
        Self {
            state: Rc::new(state),
            complaints: Rc::new(complaints),
            history: ExperimentHistory(History::default()),
            last: None,
            same_entry: true,
        }
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.history.0.can_undo(), self.history.0.can_redo())
    }
}

impl Reducible for ExperimentDocument {
    type Action = DocumentChange;

    fn reduce(self: Rc<Self>, change: DocumentChange) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            DocumentChange::Act(action) => {
                let state = self.state.after(action.clone());
                let continues = self.last.as_ref().is_some_and(|last| action.continues(last));
                if state == *self.state {
                    return self;
                }
                next.history.0.step(self.state.clone(), continues);
                (next.state, next.same_entry) = (Rc::new(state), continues);
                next.last = Some(action);
            }
            DocumentChange::Open(state, complaints) => {
                if state != *self.state {
                    next.history.0.step(self.state.clone(), false);
                }
                (next.state, next.complaints) = (Rc::new(state), Rc::new(complaints));
                (next.same_entry, next.last) = (true, None);
            }
            DocumentChange::UndoOrRedo(redo) => {
                let now = self.state.clone();
                let found = if redo { next.history.0.redo(now) } else { next.history.0.undo(now) };
                let Some(state) = found else { return self };
                (next.state, next.same_entry, next.last) = (state, false, None);
            }
        }
        Rc::new(next)
    }
}
