//! The worker: a queue of requests in front of the [`Session`], one at a time, newest first where only the newest counts.

mod arrays;
mod bytes;
mod pack;
mod read;
mod save;
mod task;
mod workbook;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use normlab_web_worker::scope;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{self, Answer, Ask, AskKind, RefusedQuestion, Reply, Request};
use crate::session::{QueryError, Session};
use task::Task;

/// Whether this is a worker, not the page.
pub fn is_here() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Starts the session in a dedicated worker.
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let answers = Rc::new(RequestQueue::default());
    let listener = answers.clone();
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| listener.receive(&event.data()));
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
}

/// Sends an answer to the page.
fn reply(id: u64, answer: Answer) {
    match protocol::encode(&Reply { id, answer }) {
        Ok(bytes) => normlab_web_worker::send(&bytes),
        Err(error) => web_sys::console::error_1(&error.to_string().into()),
    }
}

/// What waits, and what is being worked on.
#[derive(Default)]
struct RequestQueue {
    queue: RefCell<VecDeque<(Request, JsValue)>>,
    cancelled: RefCell<Vec<u64>>,
    busy: RefCell<bool>,
    session: RefCell<Option<Session>>,
}

impl RequestQueue {
    /// A message is `[bytes of a Request, File or undefined]`.
    fn receive(self: &Rc<Self>, message: &JsValue) {
        let message: &Array = message.unchecked_ref();
        let bytes = Uint8Array::new(&message.get(0)).to_vec();
        let request: Request = match protocol::decode(&bytes) {
            Ok(request) => request,
            // Page and worker are not of one build: no answer would be right. The page hears of the stop.
            Err(error) => wasm_bindgen::throw_str(&format!("The page sent what the worker cannot read: {error}")),
        };
        match request.ask {
            Ask::Cancel(id) => return self.cancelled.borrow_mut().push(id),
            Ask::Ping => return reply(request.id, Answer::Here),
            _ => {}
        }
        self.queue.borrow_mut().push_back((request, message.get(1)));
        if !self.busy.replace(true) {
            let answers = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                answers.work().await;
                answers.busy.replace(false);
            });
        }
    }

    async fn work(&self) {
        let mut session = self.session.take().unwrap_or_default();
        while let Some((request, handle)) = self.next() {
            let task = Task::new(self, request.id, request.ask.kind());
            let answer = match request.ask {
                _ if task.unwanted() => Answer::Dropped,
                Ask::Load(source) => read::load(&mut session, &source, handle, &task).await,
                Ask::View(query) => answer(session.view(&query, &task).await, |view| Answer::View(Box::new(view))),
                Ask::Rows(query) => named(session.rows(&query), query, Answer::Rows),
                Ask::Highlight(query) => answer(session.highlight(&query), Answer::Highlight),
                Ask::Trace(cell) => named(session.trace(cell).map(Box::new), cell, Answer::Trace),
                Ask::Study(query) => named(session.study(&query, &task).await, query, Answer::Study),
                Ask::OwnTable(query) => named(session.own_table(&query).map(Box::new), query, Answer::OwnTable),
                Ask::Save(what) => save::save(&mut session, &what, &task).await,
                Ask::Cancel(_) | Ask::Ping => continue,
            };
            // What belongs to a view is asked for again after the next: why there is none now is no matter then.
            let passes = matches!(answer, Answer::Rows(Err(_)) | Answer::Trace(Err(_)));
            let answer = if passes && self.overtaken(request.id, AskKind::View) { Answer::Dropped } else { answer };
            reply(request.id, answer);
        }
        self.session.replace(Some(session));
    }

    fn next(&self) -> Option<(Request, JsValue)> {
        self.queue.borrow_mut().pop_front()
    }

    /// Whether something in the queue makes the request pointless.
    fn overtaken(&self, id: u64, kind: AskKind) -> bool {
        self.queue.borrow().iter().any(|(other, _)| other.id > id && other.ask.kind().overtakes(kind))
    }

    fn is_cancelled(&self, id: u64) -> bool {
        self.cancelled.borrow().contains(&id)
    }
}

/// An answer that says what was asked, when it is why there is none.
fn named<T, Q>(
    found: Result<T, QueryError>,
    query: Q,
    wrap: impl FnOnce(Result<T, RefusedQuestion<Q>>) -> Answer,
) -> Answer {
    match found {
        Ok(found) => wrap(Ok(found)),
        Err(QueryError::Cancelled) => Answer::Dropped,
        Err(QueryError::Because(why)) => wrap(Err(RefusedQuestion { query, why })),
    }
}

fn answer<T>(found: Result<T, QueryError>, wrap: impl FnOnce(T) -> Answer) -> Answer {
    match found {
        Ok(found) => wrap(found),
        Err(QueryError::Cancelled) => Answer::Dropped,
        Err(QueryError::Because(why)) => Answer::Failed(why),
    }
}
