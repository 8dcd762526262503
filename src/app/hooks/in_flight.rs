//! What has been asked of the worker.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::data_request::DataRequest;
use super::document::Document;
use super::user_file::UserFile;
use crate::protocol::{LoadedData, Reply};
use crate::state::{AppState, Crashes, Stopped};

/// What has been asked of the worker, and what it holds.
#[derive(Default)]
pub struct InFlight {
    /// Id of the load under way, and the data it asks for.
    pub load: RefCell<Option<(u64, DataRequest)>>,
    pub held: RefCell<Option<DataRequest>>,
    /// The last choice whose data the worker holds: what a failed load goes back to.
    pub shown: RefCell<Option<Document>>,
    /// What the visitor had chosen when a worker that kept dying was given up.
    pub given_up: RefCell<Option<Rc<AppState>>>,
    pub crashes: RefCell<Crashes>,
    /// Id and name of the file that is being made.
    pub saving: RefCell<Option<(u64, String)>>,
    pub restarts: Cell<u32>,
}

impl InFlight {
    fn loads(&self, id: u64) -> bool {
        self.load.borrow().as_ref().is_some_and(|(number, _)| *number == id)
    }

    /// The own data that load `id` asks for.
    pub fn user_file(&self, id: u64) -> Option<Rc<UserFile>> {
        let load = self.load.borrow();
        let (_, data_request) = load.as_ref().filter(|(number, _)| *number == id)?;
        data_request.user_file().cloned()
    }

    /// Follows what is said to load `id`; the choice to go back to when it came to nothing.
    pub fn on_load(&self, id: u64, reply: &Reply<LoadedData>) -> Option<Document> {
        if !reply.is_last() || !self.loads(id) {
            return None;
        }
        let load = self.load.take();
        if matches!(reply, Reply::Ready(_)) {
            self.held.replace(load.map(|(_, data_request)| data_request));
            return None;
        }
        self.shown.borrow().clone()
    }

    /// The worker is gone, with all it held: whether it should be started again, and the choice to go back to when it
    /// died of a load. What it died of is not tried again; what it did not stop for is.
    pub fn crash(&self, why: Stopped) -> (bool, Option<Document>) {
        let load = self.load.take().filter(|_| why != Stopped::Overtaken);
        self.held.take();
        self.saving.take();
        let shown = self.shown.borrow().clone();
        let shown = load.and_then(|(_, data_request)| shown.filter(|shown| shown.data_request() != data_request));
        (self.crashes.borrow_mut().another(), shown)
    }
}
