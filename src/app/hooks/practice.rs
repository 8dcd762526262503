//! The page of Practice: what its address says, the questions that came from the program, and the answers so far.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use yew::prelude::*;

use super::address;
use crate::app::experiments::{ExperimentsClient, FromProgram};
use crate::app::practice_store;
use crate::report::{FromExperiments, ItemId, PracticeItem, PracticeQuery, ToExperiments};
use crate::state::{Page, PracticeAnswer, PracticeRecord, PracticeState, QueueEntry, SET_SIZE, due, missed, queue};

/// What the components of the page get.
#[derive(Clone, PartialEq)]
pub struct PracticeContext {
    pub state: Rc<PracticeState>,
    pub complaints: Rc<Vec<String>>,
    pub record: Rc<PracticeRecord>,
    /// What went wrong with the program or with what was kept.
    pub problem: Option<AttrValue>,
    pub items: Rc<PracticeItems>,
    /// The questions of the session in their order.
    pub entries: Rc<Vec<QueueEntry>>,
    /// Which of them is shown; their number when all were answered.
    pub at: usize,
    pub open: Callback<PracticeState>,
    pub change: Callback<PracticeChange>,
}

/// The questions that came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PracticeItems {
    all: BTreeMap<ItemId, Rc<PracticeItem>>,
    /// The set that came last, and what was asked for.
    set: Option<(PracticeQuery, Vec<ItemId>)>,
    /// Ids that no question has.
    unknown: BTreeSet<ItemId>,
    stopped: Option<String>,
}

/// What the visitor does with the answers.
#[derive(Clone, Debug, PartialEq)]
pub enum PracticeChange {
    /// The question that is shown was answered.
    Answer {
        item: ItemId,
        sure: u8,
        right: bool,
        guess: String,
    },
    /// The next question.
    Next,
    /// The same set once more.
    Again,
    Import(PracticeRecord),
    Forget,
}

impl PracticeItems {
    pub fn item(&self, id: &ItemId) -> Option<&Rc<PracticeItem>> {
        self.all.get(id)
    }

    pub fn is_unknown(&self, id: &ItemId) -> bool {
        self.unknown.contains(id)
    }

    fn set(&self, query: &PracticeQuery) -> Option<&[ItemId]> {
        self.set.as_ref().filter(|(known, _)| known == query).map(|(_, ids)| ids.as_slice())
    }
}

impl Reducible for PracticeItems {
    type Action = FromProgram;

    fn reduce(self: Rc<Self>, message: FromProgram) -> Rc<Self> {
        let mut next = (*self).clone();
        match message {
            FromProgram::Stopped(why) => next.stopped = Some(why),
            FromProgram::Answer(answer) => {
                let FromExperiments::Practice { query, items } = *answer else { return self };
                next.stopped = None;
                let ids: Vec<ItemId> = items.iter().map(|item| item.id.clone()).collect();
                match query {
                    PracticeQuery::Set { .. } => next.set = Some((query, ids)),
                    PracticeQuery::Items(asked) => {
                        next.unknown.extend(asked.into_iter().filter(|id| !ids.contains(id)))
                    }
                }
                next.all.extend(items.into_iter().map(|item| (item.id.clone(), Rc::new(item))));
            }
        }
        Rc::new(next)
    }
}

/// What is remembered, and whether the question that was answered last is still shown.
#[derive(Clone, PartialEq)]
struct PracticeMemory {
    record: Rc<PracticeRecord>,
    stays: bool,
    problem: Option<AttrValue>,
}

impl PracticeMemory {
    fn loaded() -> Self {
        let (record, problem) = match practice_store::load() {
            Ok(record) => (record, None),
            Err(why) => {
                let told = format!(
                    "What this browser kept of your answers cannot be read: {why}. Your next answer replaces it."
                );
                (PracticeRecord::default(), Some(told.into()))
            }
        };
        Self { record: Rc::new(record), stays: false, problem }
    }

    /// With another record, which is kept.
    fn with(&self, record: PracticeRecord, stays: bool) -> Self {
        let told = "This browser does not keep your answers: its storage is full or switched off.";
        let problem = (!practice_store::keep(&record)).then(|| AttrValue::from(told));
        Self { record: Rc::new(record), stays, problem }
    }
}

/// Follows the address of Practice.
#[hook]
pub fn use_practice(client: &ExperimentsClient) -> PracticeContext {
    let (state, complaints, open) = use_practice_address();
    let items = use_reducer_eq(PracticeItems::default);
    use_effect_with(client.clone(), {
        let items = items.dispatcher();
        move |client| client.listen(Callback::from(move |message| items.dispatch(message)))
    });
    let memory = use_state_eq(PracticeMemory::loaded);
    let key = state.set_key();
    use_effect_with(state.clone(), {
        let memory = memory.clone();
        move |state| {
            let opened = state.set_key().map(|key| memory.record.opened(&key));
            match opened {
                Some(record) if record != *memory.record => memory.set(memory.with(record, false)),
                _ => memory.set(PracticeMemory { stays: false, ..(*memory).clone() }),
            }
        }
    });
    let query = state.seed.filter(|_| state.item.is_none()).map(|seed| PracticeQuery::Set {
        seed,
        topics: state.topics.clone(),
        count: if state.interview { 1 } else { SET_SIZE },
    });
    use_effect_with(query.clone(), {
        let client = client.clone();
        move |query| {
            if let Some(query) = query {
                client.ask(&ToExperiments::Practice(query.clone()));
            }
        }
    });
    let set = query.as_ref().and_then(|query| items.set(query)).unwrap_or_default();
    let in_session = key.is_some() && memory.record.set == key;
    let session = if in_session { memory.record.sessions } else { 0 };
    let answers = if in_session { memory.record.of_session(session) } else { Vec::new() };
    let again = if in_session && !set.is_empty() { due(&memory.record, session) } else { Vec::new() };
    let entries = queue(set, &again, &answers);
    let at = answers.len().saturating_sub(usize::from(memory.stays)).min(entries.len());
    let listed = missed(&memory.record).into_iter().map(|answer| answer.item.clone());
    let wanted: Vec<ItemId> =
        entries.iter().map(|entry| entry.item.clone()).chain(state.item.clone()).chain(listed).collect();
    let absent: Vec<ItemId> = wanted.into_iter().filter(|id| items.item(id).is_none()).collect();
    use_effect_with(absent, {
        let client = client.clone();
        move |absent| {
            if !absent.is_empty() {
                client.ask(&ToExperiments::Practice(PracticeQuery::Items(absent.clone())));
            }
        }
    });
    let change = use_callback((memory.clone(), state.clone()), |change, (memory, state)| {
        let key = state.set_key();
        let session = if key.is_some() && memory.record.set == key { memory.record.sessions } else { 0 };
        memory.set(match change {
            PracticeChange::Answer { item, sure, right, guess } => {
                let answer = PracticeAnswer { item, sure, right, guess, session };
                memory.with(memory.record.answered(answer), true)
            }
            PracticeChange::Next => PracticeMemory { stays: false, ..(**memory).clone() },
            PracticeChange::Again => memory.with(memory.record.begun(&key.unwrap_or_default()), false),
            PracticeChange::Import(record) => {
                let record = key.map_or_else(|| record.clone(), |key| record.opened(&key));
                memory.with(record, false)
            }
            PracticeChange::Forget => {
                practice_store::forget();
                let record = key.map_or(PracticeRecord::default(), |key| PracticeRecord::default().begun(&key));
                PracticeMemory { record: Rc::new(record), stays: false, problem: None }
            }
        });
    });
    PracticeContext {
        state,
        complaints,
        record: memory.record.clone(),
        problem: items.stopped.clone().map(AttrValue::from).or(memory.problem.clone()),
        entries: Rc::new(entries),
        at,
        items: Rc::new((*items).clone()),
        open,
        change,
    }
}

/// State and address, and how to go to another.
#[hook]
fn use_practice_address() -> (Rc<PracticeState>, Rc<Vec<String>>, Callback<PracticeState>) {
    let read = || {
        let (state, complaints) = PracticeState::decode(&address::hash());
        (Rc::new(state), Rc::new(complaints))
    };
    let shown = use_state_eq(read);
    use_effect_with((), {
        let shown = shown.setter();
        move |()| {
            let listener = EventListener::new(&window(), "popstate", move |_| {
                if Page::of(&address::hash()) == Some(Page::Practice) {
                    shown.set(read());
                }
            });
            move || drop(listener)
        }
    });
    let open = use_callback((), {
        let shown = shown.setter();
        move |state: PracticeState, ()| {
            address::put(&state.encode(), false);
            shown.set((Rc::new(state), Rc::default()));
        }
    });
    (shown.0.clone(), shown.1.clone(), open)
}
