//! What has been asked of the worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::choice::Choice;
use super::own::Own;
use super::wanted::Wanted;
use crate::protocol::{Answer, Reply};
use crate::state::{AppState, Crashes, Stopped};

/// What has been asked of the worker, and what it holds.
#[derive(Default)]
pub struct Asked {
    /// Id of the load under way, and the data it asks for.
    pub load: RefCell<Option<(u64, Wanted)>>,
    pub held: RefCell<Option<Wanted>>,
    /// The last choice whose data the worker holds: what a failed load goes back to.
    pub shown: RefCell<Option<Choice>>,
    /// What the visitor had chosen when a worker that kept dying was given up.
    pub given_up: RefCell<Option<Rc<AppState>>>,
    pub crashes: RefCell<Crashes>,
    /// Id and name of the file that is being made.
    pub saving: RefCell<Option<(u64, String)>>,
    pub restarts: Cell<u32>,
}

impl Asked {
    pub fn loads(&self, id: u64) -> bool {
        self.load.borrow().as_ref().is_some_and(|(asked, _)| *asked == id)
    }

    /// The own data that load `id` asks for.
    pub fn own(&self, id: u64) -> Option<Rc<Own>> {
        let load = self.load.borrow();
        let (_, wanted) = load.as_ref().filter(|(asked, _)| *asked == id)?;
        wanted.own().cloned()
    }

    /// Follows a reply; the choice to go back to when a load came to nothing.
    pub fn hear(&self, reply: &Reply) -> Option<Choice> {
        match reply.answer {
            Answer::Loaded(_) if self.loads(reply.id) => {
                let loaded = self.load.take();
                self.held.replace(loaded.map(|(_, wanted)| wanted));
            }
            Answer::Failed(_) | Answer::Missing(_) | Answer::Unread { .. } | Answer::Dropped
                if self.loads(reply.id) =>
            {
                self.load.take();
                return self.shown.borrow().clone();
            }
            Answer::View(_) => self.crashes.borrow_mut().forget(),
            _ => {}
        }
        None
    }

    /// The worker is gone, with all it held: whether it should be started again, and the choice to go back to when it
    /// died of a load. What it died of is not tried again; what it did not stop for is.
    pub fn crash(&self, why: Stopped) -> (bool, Option<Choice>) {
        let load = self.load.take().filter(|_| why != Stopped::Overtaken);
        self.held.take();
        self.saving.take();
        let shown = self.shown.borrow().clone();
        let shown = load.and_then(|(_, wanted)| shown.filter(|shown| shown.wanted() != wanted));
        (self.crashes.borrow_mut().another(), shown)
    }
}
