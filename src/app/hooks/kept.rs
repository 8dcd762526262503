//! What this browser keeps of the visitor's own data, so that a reload finds them.
//!
//! Kept as soon as it is opened, before it is read: a reload may come in between. One job after the other, so that none
//! sees half of what another does.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::choice::{Change, Choice};
use super::own::Own;
use crate::app::store;
use crate::data::Checksum;
use crate::state::{Event, Kept, Known};

/// Milliseconds after which a storage that does not answer is done without.
const PATIENCE: u32 = 1000;

/// What the page needs to know of what is kept.
#[derive(Clone, Default, PartialEq)]
pub struct KeptHandle {
    /// `None` until the storage has answered.
    all: Option<Rc<Vec<Kept>>>,
    pub forget: Callback<Vec<Kept>>,
    pub open: Callback<Kept>,
    /// Data are being fetched that the address asks for.
    pub pending: bool,
}

impl KeptHandle {
    pub fn all(&self) -> &[Kept] {
        self.all.as_ref().map_or(&[], |all| all)
    }

    /// Whether these are kept.
    pub fn holds(&self, own: &Own) -> bool {
        own.kept.as_ref().is_some_and(|kept| self.all().iter().any(|other| other.key() == kept.key()))
    }
}

enum Job {
    Look,
    Keep(Rc<Own>, Option<Checksum>),
    Forget(Vec<Kept>),
    /// Brings the content; `true` when an address asks for it.
    Fetch(Kept, bool),
}

/// The jobs, and what they need.
struct Keeper {
    jobs: RefCell<VecDeque<Job>>,
    busy: RefCell<bool>,
    /// Keys of what was stored in this visit.
    stored: RefCell<Vec<String>>,
    complained: RefCell<bool>,
    all: UseStateSetter<Option<Rc<Vec<Kept>>>>,
    choice: UseReducerDispatcher<Choice>,
    tell: Callback<Event>,
}

impl Keeper {
    fn ask(self: &Rc<Self>, job: Job) {
        self.jobs.borrow_mut().push_back(job);
        if self.busy.replace(true) {
            return;
        }
        let keeper = self.clone();
        spawn_local(async move {
            loop {
                let Some(job) = keeper.jobs.borrow_mut().pop_front() else { break };
                let looks = matches!(job, Job::Look);
                let done = if looks { Ok(()) } else { keeper.work(job).await };
                if done.is_err() && !looks && !keeper.complained.replace(true) {
                    let text = "This browser does not let the page keep your data: its storage is full or forbidden. \
                                Everything works; after a reload, open the file again.";
                    keeper.tell.emit(Event::Tell(vec![text.into()]));
                }
                keeper.all.set(Some(Rc::new(store::all().await.unwrap_or_default())));
            }
            keeper.busy.replace(false);
        });
    }

    async fn work(&self, job: Job) -> Result<(), idb::Error> {
        match job {
            Job::Look => Ok(()),
            Job::Keep(own, check) => self.keep(&own, check).await,
            Job::Forget(gone) => {
                let keys: Vec<_> = gone.iter().map(Kept::key).collect();
                self.stored.borrow_mut().retain(|key| !keys.contains(key));
                store::forget(&keys).await
            }
            Job::Fetch(kept, asked) => match store::content(&kept.key()).await? {
                Some(content) => {
                    self.stored.borrow_mut().push(kept.key());
                    let own = Own::of_kept(kept, content);
                    self.choice.dispatch(if asked { Change::Found(own) } else { Change::Open(own) });
                    Ok(())
                }
                // Half of it is there, which is as good as nothing.
                None => store::forget(&[kept.key()]).await,
            },
        }
    }

    async fn keep(&self, own: &Own, check: Option<Checksum>) -> Result<(), idb::Error> {
        let Some(kept) = &own.kept else { return Ok(()) };
        let (opened, key) = (js_sys::Date::now() as u64, kept.key());
        let check = check.or(kept.check);
        let kept = Kept { opened, check, ..kept.clone() };
        let all = store::all().await?;
        let Some(mut go) = kept.makes_go(&all) else { return Ok(()) };
        // What was not read yet may turn out to be worth nothing: until then, nothing goes for it.
        if check.is_none() {
            go.clear();
        }
        let content = if self.stored.borrow().contains(&key) { None } else { own.blob() };
        let keys: Vec<_> = go.iter().map(|gone| gone.key()).collect();
        store::put(&kept, content.as_ref(), &keys).await?;
        self.stored.borrow_mut().push(key);
        let gone = go.iter().map(|gone| {
            format!(
                "To keep \u{201c}{}\u{201d}, \u{201c}{}\u{201d} is no longer kept in this browser.",
                own.name, gone.name
            )
        });
        self.tell.emit(Event::Tell(gone.collect()));
        Ok(())
    }
}

/// Keeps what is opened, and finds what an address asks for.
#[hook]
pub fn use_kept(choice: &UseReducerHandle<Choice>, tell: &Callback<Event>) -> KeptHandle {
    let all = use_state_eq(|| None::<Rc<Vec<Kept>>>);
    let keeper = {
        let (all, choice, tell) = (all.setter(), choice.dispatcher(), tell.clone());
        use_memo((), move |()| {
            Rc::new(Keeper {
                jobs: RefCell::default(),
                busy: RefCell::default(),
                stored: RefCell::default(),
                complained: RefCell::default(),
                all,
                choice,
                tell,
            })
        })
    };
    let answered = all.is_some();
    {
        let keeper = keeper.clone();
        use_effect_with((), move |()| keeper.ask(Job::Look));
    }
    {
        let all = all.setter();
        use_effect_with(answered, move |answered| {
            let waiting = (!answered).then(|| Timeout::new(PATIENCE, move || all.set(Some(Rc::default()))));
            move || drop(waiting)
        });
    }
    {
        let keeper = keeper.clone();
        let check = choice.own.as_ref().and_then(|own| own.known.get()).and_then(Known::checksum);
        use_effect_with((choice.own.clone(), check), move |(own, check)| {
            if let Some(own) = own {
                keeper.ask(Job::Keep(own.clone(), *check));
            }
            let own = own.clone();
            move || {
                // It could not be read, or was given up.
                if let Some(own) = own.filter(|own| own.known.get().is_none())
                    && let Some(kept) = &own.kept
                {
                    keeper.ask(Job::Forget(vec![kept.clone()]));
                }
            }
        });
    }
    let needed = choice.needed().and_then(|data| match &*all {
        Some(all) => Kept::find(all, data).cloned(),
        None => Some(Kept::default()),
    });
    {
        let keeper = keeper.clone();
        use_effect_with(needed.clone().filter(|_| answered), move |needed| {
            if let Some(kept) = needed {
                keeper.ask(Job::Fetch(kept.clone(), true));
            }
        });
    }
    let forget = {
        let keeper = keeper.clone();
        use_callback((), move |gone: Vec<Kept>, ()| keeper.ask(Job::Forget(gone)))
    };
    let open = use_callback((), move |kept: Kept, ()| keeper.ask(Job::Fetch(kept, false)));
    KeptHandle { all: (*all).clone(), forget, open, pending: needed.is_some() }
}
