//! The page's end of the wire to the worker: sends calls, hears replies, and starts a worker that died again.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};
use yew::Callback;

use crate::loaders;
use crate::protocol::{self, CallKind, Message, Reply};
use crate::state::{Stopped, Watch, WorkerCheck};

/// In milliseconds.
const SECOND: u32 = 1000;

/// Takes what is said to a call, an answer as bytes.
pub type OnReply = Rc<dyn Fn(Reply<&[u8]>)>;

/// A cheap handle on the wire.
#[derive(Clone)]
pub struct Link(Rc<Wire>);

struct Wire {
    /// The worker is gone; what it held and what it was asked are lost. The next question starts another.
    on_crash: Callback<Stopped>,
    next_id: Cell<u64>,
    /// The calls that are not answered yet, by id.
    open: RefCell<Vec<(u64, OnReply)>>,
    running: RefCell<Option<RunningWorker>>,
    watch: RefCell<Watch>,
    /// Somebody looks at it every second, as long as something is waited for.
    watching: Cell<bool>,
}

struct RunningWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Link {
    /// Starts the worker.
    pub fn start(on_crash: Callback<Stopped>) -> Self {
        let link = Self(Rc::new(Wire {
            on_crash,
            next_id: Cell::new(1),
            open: RefCell::default(),
            running: RefCell::default(),
            watch: RefCell::default(),
            watching: Cell::default(),
        }));
        link.run();
        link
    }

    fn run(&self) {
        match self.spawn() {
            Ok(running) => drop(self.0.running.replace(Some(running))),
            Err(error) => {
                web_sys::console::error_1(&error);
                self.0.on_crash.emit(Stopped::Died);
            }
        }
    }

    /// An id that no call has had.
    pub fn new_id(&self) -> u64 {
        self.0.next_id.replace(self.0.next_id.get() + 1)
    }

    /// Sends a call of this id, and hands each reply to `on_reply`. `file` goes with
    /// [`protocol::DataSource::File`].
    pub fn call<E: Display>(
        &self,
        id: u64,
        kind: CallKind,
        message: Result<Vec<u8>, E>,
        file: Option<&Blob>,
        on_reply: OnReply,
    ) {
        if self.0.running.borrow().is_none() {
            self.run();
        }
        if self.0.running.borrow().is_some() {
            self.0.watch.borrow_mut().asked(id, kind);
            self.0.open.borrow_mut().push((id, on_reply));
        }
        self.send(message, file);
        self.watch_worker();
    }

    /// Nobody waits for the answer to the call of this id any more.
    pub fn cancel(&self, id: u64) {
        self.0.watch.borrow_mut().cancelled(id);
        self.send(protocol::encode(&Message::Cancel(id)), None);
    }

    /// Looks once a second whether the worker does its work, until nothing is waited for. A page that sleeps does not count.
    fn watch_worker(&self) {
        if self.0.watch.borrow().is_idle() || self.0.watching.replace(true) {
            return;
        }
        let link = self.clone();
        let check = move || {
            link.0.watching.set(false);
            let worker_check = link.0.watch.borrow_mut().tick();
            match worker_check {
                WorkerCheck::Nothing => {}
                WorkerCheck::Ping => link.send(protocol::encode(&Message::Ping), None),
                WorkerCheck::End(why) => {
                    link.stop();
                    link.0.on_crash.emit(why);
                }
            }
            link.watch_worker();
        };
        Timeout::new(SECOND, check).forget();
    }

    fn send<E: Display>(&self, message: Result<Vec<u8>, E>, file: Option<&Blob>) {
        let posted = match message {
            Ok(bytes) => {
                let bytes = Uint8Array::from(bytes.as_slice());
                let file = file.map_or(JsValue::UNDEFINED, |file| file.clone().into());
                let running = self.0.running.borrow();
                running.as_ref().map_or(Ok(()), |running| running.worker.post_message(&Array::of2(&bytes, &file)))
            }
            Err(error) => Err(error.to_string().into()),
        };
        if let Err(error) = posted {
            web_sys::console::error_1(&error);
        }
    }

    fn spawn(&self) -> Result<RunningWorker, JsValue> {
        let worker = loaders::start_program()?;
        let wire = Rc::downgrade(&self.0);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(wire) = wire.upgrade() {
                Self(wire).on_bytes(&event.data());
            }
        });
        let wire = Rc::downgrade(&self.0);
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // The visitor is told on the page.
            event.prevent_default();
            if let Some(wire) = wire.upgrade() {
                let link = Self(wire);
                link.stop();
                link.0.on_crash.emit(Stopped::Died);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(RunningWorker { worker, _on_message: on_message, _on_error: on_error })
    }

    fn on_bytes(&self, data: &JsValue) {
        let bytes = Uint8Array::new(data).to_vec();
        let (id, reply) = match protocol::decode_reply(&bytes) {
            Ok(said) => said,
            Err(error) => return web_sys::console::error_1(&error.to_string().into()),
        };
        self.0.watch.borrow_mut().spoke();
        let open = self.0.open.borrow().iter().find(|(other, _)| *other == id).map(|(_, open)| open.clone());
        if reply.is_last() {
            self.0.open.borrow_mut().retain(|(other, _)| *other != id);
            self.0.watch.borrow_mut().finished(id);
        }
        if let Some(on_reply) = open {
            on_reply(reply);
        }
    }

    fn stop(&self) {
        self.0.watch.take();
        self.0.open.take();
        if let Some(running) = self.0.running.take() {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.terminate();
            // An error handler may be what runs right now: its closure must outlive this call.
            Timeout::new(0, move || drop(running)).forget();
        }
    }
}

/// Address of the program's script, as the build wrote it into the page.
pub fn script() -> String {
    let document = gloo_utils::document();
    let tag = document.query_selector("meta[name=program]").ok().flatten();
    let script = tag.and_then(|tag| tag.get_attribute("data-js")).unwrap_or_default();
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(&script, &base).map_or(script, |url| url.href())
}
