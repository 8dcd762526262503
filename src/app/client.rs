//! Calls of the page: the one home of what is known of each, and the hook that asks.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;
use yew::prelude::*;

use super::link::Link;
use crate::protocol::{self, Call, CallKind, Reply};
use crate::state::{AnyAnswer, ByPtr, CallState, DataVersion, Loadable};

/// A cheap handle on the worker and on what it answered; equal as long as data and view are the same.
#[derive(Clone)]
pub struct Client {
    /// None on a page that nobody can operate.
    link: Option<Link>,
    calls: Rc<Calls>,
    /// What is asked is about these.
    version: DataVersion,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.calls, &other.calls) && self.version == other.version
    }
}

/// What is known of each call, whoever asks. It stays while nobody shows it.
#[derive(Default)]
struct Calls {
    /// By name.
    states: RefCell<Vec<(&'static str, CallState)>>,
    /// Whom to tell of a change: number, name of the call, what to do.
    watchers: RefCell<Vec<(u32, &'static str, Callback<()>)>>,
    next_watcher: Cell<u32>,
}

impl Calls {
    fn with<T>(&self, kind: CallKind, act: impl FnOnce(&mut CallState) -> T) -> T {
        let mut states = self.states.borrow_mut();
        let place = states.iter().position(|(name, _)| *name == kind.name).unwrap_or_else(|| {
            states.push((kind.name, CallState::new(kind.lane)));
            states.len() - 1
        });
        act(&mut states[place].1)
    }

    fn watch(&self, name: &'static str, callback: Callback<()>) -> u32 {
        let number = self.next_watcher.replace(self.next_watcher.get() + 1);
        self.watchers.borrow_mut().push((number, name, callback));
        number
    }

    fn unwatch(&self, number: u32) {
        self.watchers.borrow_mut().retain(|(other, ..)| *other != number);
    }

    fn notify(&self, name: &'static str) {
        let watchers = self.watchers.borrow().clone();
        watchers.iter().filter(|(_, other, _)| *other == name).for_each(|(.., callback)| callback.emit(()));
    }
}

/// A call whose type is forgotten, so that asking is one function for all: equal when the query is.
#[derive(Clone)]
struct Question {
    kind: CallKind,
    query: Rc<[u8]>,
    read: fn(&[u8]) -> Result<AnyAnswer, String>,
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.query == other.query
    }
}

impl Question {
    fn of<C: Call>(query: &C) -> Option<Self> {
        let query = protocol::encode(query).ok()?.into();
        Some(Self { kind: CallKind::of::<C>(), query, read: |bytes| read::<C>(bytes).map(ByPtr::any) })
    }
}

/// The answer of these bytes.
fn read<C: Call>(bytes: &[u8]) -> Result<C::Answer, String> {
    protocol::decode(bytes).map_err(|error| error.to_string())
}

impl Client {
    /// Calls to the worker of this link.
    pub fn new(link: Link) -> Self {
        Self { link: Some(link), calls: Rc::default(), version: DataVersion::default() }
    }

    /// The same, about these data and this view.
    pub fn about(&self, version: DataVersion) -> Self {
        Self { version, ..self.clone() }
    }

    /// Calls that nobody answers; what is known is put there.
    #[cfg(feature = "prerender")]
    pub fn still(version: DataVersion) -> Self {
        Self { link: None, calls: Rc::default(), version }
    }

    /// This is the answer, without a question.
    #[cfg(feature = "prerender")]
    pub fn put<C: Call>(&self, answer: C::Answer) {
        self.calls.with(CallKind::of::<C>(), |state| state.put(ByPtr::any(answer), self.version));
    }

    /// Calls, and hands every reply to `on_reply`, with the id that is returned. `file` goes with
    /// [`DataSource::File`](protocol::DataSource::File).
    pub fn call<C: Call>(&self, query: &C, file: Option<&Blob>, on_reply: Callback<(u64, Reply<C::Answer>)>) -> u64 {
        let Some(link) = &self.link else { return 0 };
        let id = link.new_id();
        let on_reply = move |reply: Reply<&[u8]>| on_reply.emit((id, reply.try_map(read::<C>)));
        link.call(id, CallKind::of::<C>(), protocol::encode_call(id, query), file, Rc::new(on_reply));
        id
    }

    /// Tells the worker that nobody waits for the answer to the call of this id.
    pub fn cancel(&self, id: u64) {
        self.link.iter().for_each(|link| link.cancel(id));
    }

    /// Asks for what [`use_loadable`] knows, unless that is asked already.
    pub fn ask<C: Call>(&self, query: &C) {
        Question::of(query).iter().for_each(|question| self.ask_question(question));
    }

    fn ask_question(&self, question: &Question) {
        let (Some(link), Question { kind, query, read }) = (&self.link, question.clone()) else { return };
        if !self.calls.with(kind, |state| state.is_new(&query, self.version)) {
            return;
        }
        let id = link.new_id();
        let on_reply = {
            let calls = Rc::downgrade(&self.calls);
            move |reply: Reply<&[u8]>| {
                if let Some(calls) = calls.upgrade() {
                    calls.with(kind, |state| state.on_reply(id, reply.try_map(read)));
                    calls.notify(kind.name);
                }
            }
        };
        link.call(id, kind, protocol::join_call(id, kind, &query), None, Rc::new(on_reply));
        self.calls.with(kind, |state| state.ask(id, query, self.version));
        self.calls.notify(kind.name);
    }
}

/// What is known of a call; draws the component again when that changes.
#[hook]
pub fn use_loadable<C: Call>(client: &Client) -> Loadable<C::Answer> {
    use_any_loadable(client, CallKind::of::<C>()).downcast()
}

#[hook]
fn use_any_loadable(client: &Client, kind: CallKind) -> Loadable<dyn Any> {
    let again = use_force_update();
    use_effect_with((), {
        let calls = client.calls.clone();
        move |()| {
            let number = calls.watch(kind.name, Callback::from(move |()| again.force_update()));
            move || calls.unwatch(number)
        }
    });
    client.calls.with(kind, |state| state.loadable(client.version))
}

/// Asks whenever the question changes, or what it is about; what is known of the answer. Nothing is asked without a question.
#[hook]
pub fn use_call<C: Call>(client: &Client, query: Option<C>) -> Loadable<C::Answer> {
    use_question(client, CallKind::of::<C>(), query.as_ref().and_then(Question::of)).downcast()
}

#[hook]
fn use_question(client: &Client, kind: CallKind, question: Option<Question>) -> Loadable<dyn Any> {
    let loadable = use_any_loadable(client, kind);
    let asks = question.is_some();
    use_effect_with((question, client.clone()), |(question, client)| {
        if let Some(question) = question.clone() {
            let client = client.clone();
            // Once everybody has asked who does it at this look of the page: the view comes first, and this is about it.
            spawn_local(async move { client.ask_question(&question) });
        }
    });
    if asks { loadable } else { Loadable::Idle }
}
