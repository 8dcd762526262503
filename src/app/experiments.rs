//! The page's end of the wire to the program of the experiments, which is loaded with the first of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};
use yew::Callback;

use super::link::script;
use crate::loaders;
use crate::protocol;
use crate::report::{FromExperiments, ToExperiments, UserTable};
use crate::state::ByPtr;

/// What comes over the wire.
pub enum FromProgram {
    Answer(Box<FromExperiments>),
    /// The program did not come, or stopped: why, for the visitor. The next question starts another.
    Stopped(String),
}

/// A cheap handle on the wire.
#[derive(Clone)]
pub struct ExperimentsClient(Rc<ExperimentsWire>);

#[derive(Default)]
struct ExperimentsWire {
    on_answer: RefCell<Callback<FromProgram>>,
    next_id: Cell<u64>,
    running: RefCell<Option<ExperimentsWorker>>,
    /// The table that the program has.
    sent_table: RefCell<Option<ByPtr<UserTable>>>,
}

struct ExperimentsWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl PartialEq for ExperimentsClient {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Default for ExperimentsClient {
    fn default() -> Self {
        Self(Rc::new(ExperimentsWire { next_id: Cell::new(1), ..ExperimentsWire::default() }))
    }
}

impl ExperimentsClient {
    /// Who hears the answers from now on.
    pub fn listen(&self, on_answer: Callback<FromProgram>) {
        *self.0.on_answer.borrow_mut() = on_answer;
    }

    /// An id that no request has had.
    pub fn new_id(&self) -> u64 {
        self.0.next_id.replace(self.0.next_id.get() + 1)
    }

    /// Sends a table for the requests that come after, if the program does not have it.
    pub fn keep(&self, table: &ByPtr<UserTable>) {
        if self.0.sent_table.borrow().as_ref() != Some(table) {
            self.ask(&ToExperiments::Keep((**table).clone()));
            self.0.sent_table.replace(Some(table.clone()));
        }
    }

    pub fn ask(&self, message: &ToExperiments) {
        if self.0.running.borrow().is_none() {
            match self.spawn() {
                Ok(running) => drop(self.0.running.replace(Some(running))),
                Err(error) => web_sys::console::error_1(&error),
            }
        }
        let bytes = match protocol::encode(message) {
            Ok(bytes) => Uint8Array::from(bytes.as_slice()),
            Err(error) => return web_sys::console::error_1(&error.to_string().into()),
        };
        let posted = self.0.running.borrow().as_ref().map(|running| running.worker.post_message(&bytes));
        if !matches!(posted, Some(Ok(()))) {
            self.stopped("The program of the experiments could not be started.");
        }
    }

    /// Ends the program, with whatever it is doing.
    pub fn end(&self) {
        self.0.sent_table.take();
        if let Some(running) = self.0.running.take() {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.terminate();
            // A handler may be what runs right now: its closure must outlive this call.
            Timeout::new(0, move || drop(running)).forget();
        }
    }

    fn stopped(&self, why: &str) {
        self.end();
        let on_answer = self.0.on_answer.borrow().clone();
        on_answer.emit(FromProgram::Stopped(why.into()));
    }

    fn spawn(&self) -> Result<ExperimentsWorker, JsValue> {
        let worker = loaders::start(loaders::EXPERIMENTS, &script())?;
        let wire = Rc::downgrade(&self.0);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(wire) = wire.upgrade() {
                Self(wire).on_message(&event.data());
            }
        });
        let wire = Rc::downgrade(&self.0);
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // The visitor is told on the page.
            event.prevent_default();
            if let Some(wire) = wire.upgrade() {
                Self(wire).stopped("The program of the experiments stopped by a mistake of its own. Run it again.");
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(ExperimentsWorker { worker, _on_message: on_message, _on_error: on_error })
    }

    fn on_message(&self, data: &JsValue) {
        if data.as_string().as_deref() == Some("missing") {
            return self.stopped("The program of the experiments did not arrive. Try again when you are online.");
        }
        match protocol::decode::<FromExperiments>(&Uint8Array::new(data).to_vec()) {
            Ok(answer) => {
                let on_answer = self.0.on_answer.borrow().clone();
                on_answer.emit(FromProgram::Answer(Box::new(answer)));
            }
            Err(error) => web_sys::console::error_1(&error.to_string().into()),
        }
    }
}
