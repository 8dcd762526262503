//! Calls of the page: the one home of what is known of each, and the hook that asks.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::Blob;
use yew::prelude::*;

use super::link::Link;
use crate::protocol::{Call, Reply};
use crate::state::{CallState, DataVersion, Loadable};

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
    /// By name; each is the `RefCell<CallState<C>>` of its call.
    states: RefCell<Vec<(&'static str, Rc<dyn Any>)>>,
    /// Whom to tell of a change: number, name of the call, what to do.
    watchers: RefCell<Vec<(u32, &'static str, Callback<()>)>>,
    next_watcher: Cell<u32>,
}

impl Calls {
    fn state<C: Call>(&self) -> Rc<RefCell<CallState<C>>> {
        let mut states = self.states.borrow_mut();
        let known = states.iter().find(|(name, _)| *name == C::NAME).map(|(_, state)| state.clone());
        // No two calls are called alike: what is there is of this type.
        known.and_then(|state| state.downcast().ok()).unwrap_or_else(|| {
            let state = Rc::<RefCell<CallState<C>>>::default();
            states.push((C::NAME, state.clone()));
            state
        })
    }

    fn watch<C: Call>(&self, callback: Callback<()>) -> u32 {
        let number = self.next_watcher.replace(self.next_watcher.get() + 1);
        self.watchers.borrow_mut().push((number, C::NAME, callback));
        number
    }

    fn unwatch(&self, number: u32) {
        self.watchers.borrow_mut().retain(|(other, ..)| *other != number);
    }

    fn notify<C: Call>(&self) {
        let watchers = self.watchers.borrow().clone();
        watchers.iter().filter(|(_, name, _)| *name == C::NAME).for_each(|(.., callback)| callback.emit(()));
    }
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
        self.calls.state::<C>().replace(CallState::of(answer, self.version));
    }

    /// Calls, and hands every reply to `on_reply`, with the id that is returned. `file` goes with
    /// [`DataSource::File`](crate::protocol::DataSource::File).
    pub fn call<C: Call>(&self, query: &C, file: Option<&Blob>, on_reply: Callback<(u64, Reply<C::Answer>)>) -> u64 {
        self.link.as_ref().map_or(0, |link| link.call(query, file, on_reply))
    }

    /// Tells the worker that nobody waits for the answer to the call of this id.
    pub fn cancel(&self, id: u64) {
        self.link.iter().for_each(|link| link.cancel(id));
    }

    /// Asks for what [`use_known`] knows, unless that is asked already.
    pub fn ask<C: Call>(&self, query: &C) {
        let state = self.calls.state::<C>();
        if !state.borrow().is_new(query, self.version) {
            return;
        }
        let on_reply = {
            let (calls, state) = (Rc::downgrade(&self.calls), state.clone());
            Callback::from(move |(id, reply)| {
                state.borrow_mut().on_reply(id, reply);
                calls.upgrade().iter().for_each(|calls| calls.notify::<C>());
            })
        };
        let id = self.call(query, None, on_reply);
        state.borrow_mut().ask(id, query.clone(), self.version);
        self.calls.notify::<C>();
    }
}

/// What is known of a call; draws the component again when that changes.
#[hook]
pub fn use_known<C: Call>(client: &Client) -> Loadable<C::Answer> {
    let again = use_force_update();
    use_effect_with((), {
        let calls = client.calls.clone();
        move |()| {
            let number = calls.watch::<C>(Callback::from(move |()| again.force_update()));
            move || calls.unwatch(number)
        }
    });
    client.calls.state::<C>().borrow().known(client.version)
}

/// Asks whenever the question changes, or what it is about; what is known of the answer. Nothing is asked without a question.
#[hook]
pub fn use_call<C: Call>(client: &Client, query: Option<C>) -> Loadable<C::Answer> {
    let known = use_known::<C>(client);
    let asks = query.is_some();
    use_effect_with((query, client.clone()), |(query, client)| {
        if let Some(query) = query {
            client.ask(query);
        }
    });
    if asks { known } else { Loadable::Idle }
}
