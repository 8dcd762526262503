//! The worker: a queue of calls in front of the [`Session`], one at a time, newest first where only the newest counts.

mod arrays;
mod bytes;
mod calls;
mod pack;
mod read;
mod save;
mod task;
mod workbook;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Display;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use normlab_web_worker::scope;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{self, CALLS, CallKind, CallLane, HERE, Message, Reply};
use crate::session::Session;
use task::Task;

/// Whether this is a worker, not the page.
pub fn is_here() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Starts the session in a dedicated worker.
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let queue = Rc::new(RequestQueue::default());
    let listener = queue.clone();
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| listener.receive(&event.data()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
}

/// Says something to the call of this id that is no answer.
fn reply(id: u64, reply: &Reply<()>) {
    send(protocol::encode_reply(id, reply));
}

fn send<E: Display>(bytes: Result<Vec<u8>, E>) {
    match bytes {
        Ok(bytes) => normlab_web_worker::send(&bytes),
        Err(error) => web_sys::console::error_1(&error.to_string().into()),
    }
}

/// Page and worker are not of one build: no answer would be right. The page hears of the stop.
fn unreadable(error: &impl Display) -> ! {
    wasm_bindgen::throw_str(&format!("The page sent what the worker cannot read: {error}"))
}

/// A call that waits.
struct Waiting {
    id: u64,
    kind: CallKind,
    /// The whole message; the query is behind so many bytes.
    message: Vec<u8>,
    query: usize,
    file: JsValue,
}

/// What waits, and what is being worked on.
#[derive(Default)]
struct RequestQueue {
    queue: RefCell<VecDeque<Waiting>>,
    cancelled: RefCell<Vec<u64>>,
    busy: RefCell<bool>,
    session: RefCell<Option<Session>>,
}

impl RequestQueue {
    /// A message is `[bytes of a Message and what belongs to it, File or undefined]`.
    fn receive(self: &Rc<Self>, message: &JsValue) {
        let parts: &Array = message.unchecked_ref();
        let message = Uint8Array::new(&parts.get(0)).to_vec();
        let (first, rest) = protocol::decode_first::<Message>(&message).unwrap_or_else(|error| unreadable(&error));
        let (id, name) = match first {
            Message::Call { id, name } => (id, name),
            Message::Cancel(id) => return self.cancelled.borrow_mut().push(id),
            Message::Ping => return reply(HERE, &Reply::Dropped),
        };
        let kind = CALLS.iter().find(|kind| kind.name == name);
        let kind = *kind.unwrap_or_else(|| unreadable(&name));
        let query = message.len() - rest.len();
        self.queue.borrow_mut().push_back(Waiting { id, kind, message, query, file: parts.get(1) });
        if !self.busy.replace(true) {
            let queue = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                queue.work().await;
                queue.busy.replace(false);
            });
        }
    }

    async fn work(&self) {
        let mut session = self.session.take().unwrap_or_default();
        while let Some(Waiting { id, kind, message, query, file }) = self.next() {
            let task = Task::new(self, id, kind);
            if task.unwanted() {
                reply(id, &Reply::Dropped);
            } else {
                calls::answer(&mut session, kind.name, &message[query..], file, &task).await;
            }
        }
        self.session.replace(Some(session));
    }

    fn next(&self) -> Option<Waiting> {
        self.queue.borrow_mut().pop_front()
    }

    /// Whether something in the queue makes the call pointless.
    fn overtaken(&self, id: u64, kind: CallKind) -> bool {
        self.queue.borrow().iter().any(|other| other.id > id && other.kind.overtakes(kind))
    }

    /// Whether there will be another result: what is of this one is asked for again then.
    fn passes(&self, kind: CallKind) -> bool {
        let renews = |other: &Waiting| matches!(other.kind.lane, CallLane::Load | CallLane::View);
        kind.lane.is_of_result() && self.queue.borrow().iter().any(renews)
    }

    fn is_cancelled(&self, id: u64) -> bool {
        self.cancelled.borrow().contains(&id)
    }
}
