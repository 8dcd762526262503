//! What the visitor chose, with the data that only the visitor has.

use std::rc::Rc;

use yew::Reducible;

use super::own::Own;
use super::wanted::Wanted;
use crate::protocol::OwnInfo;
use crate::state::{Action, AppState, DataChoice, History, Known, OwnData, address};

/// State and own data change together: a file, and the address that names it.
///
/// Two ways lead back. Undo and Redo go along the steps of this visit, whatever they changed, own data and edits
/// included. The browser's Back and Forward go along its addresses. Each is a change like any other to the other one: what
/// Back did can be undone, and Back leaves a row of Undos, which shares one entry of the browser's history.
#[derive(Clone)]
pub struct Choice {
    pub state: Rc<AppState>,
    pub own: Option<Rc<Own>>,
    steps: History<Moment>,
    last: Last,
    /// What was asked for and came to nothing, so that this was gone back to.
    failed: Option<Moment>,
    /// Whether this belongs to the same entry of the browser's history as what was there before.
    pub same_entry: bool,
    /// Of two choices with the same number neither is newer: they are the same.
    number: u32,
}

/// What Undo comes back to.
pub type Moment = (Rc<AppState>, Option<Rc<Own>>);

/// What happened last: a gesture goes on, and so does a row of Undos.
#[derive(Clone, PartialEq)]
enum Last {
    Other,
    Action(Action),
    Undo,
}

pub enum Change {
    Act(Action),
    Open(Own),
    /// What the address asks for, and the browser kept.
    Found(Own),
    /// What the worker says of the content of these data, which may be others than those at hand by now.
    Known {
        own: Rc<Own>,
        info: OwnInfo,
    },
    Undo,
    Redo,
    /// Back or Forward to what was there before.
    Return(Moment),
    /// Back to what is on the screen.
    Restore(Choice),
    /// To what came to nothing, once more.
    Again,
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Choice {
    pub fn new(state: AppState) -> Self {
        let steps = History::default();
        Self { state: Rc::new(state), own: None, steps, last: Last::Other, failed: None, same_entry: true, number: 0 }
            .settled()
    }

    /// Whether there is something to undo, and to redo.
    pub fn can(&self) -> (bool, bool) {
        (self.steps.can_undo(), self.steps.can_redo())
    }

    fn moment(&self) -> Moment {
        (self.state.clone(), self.own.clone())
    }

    /// What had this address in this visit: more than an address holds.
    pub fn known(&self, address: &str) -> Option<Moment> {
        self.steps.known().find(|(state, own)| address::encode(&told(state, own.as_ref())) == address).cloned()
    }

    fn act(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.state = Rc::new(self.state.after(action.clone()));
        // Pointing at something is no step, and no entry of the browser's history.
        if matches!(action, Action::Pick(_)) {
            next.same_entry = true;
            return next;
        }
        let continues = matches!(&self.last, Last::Action(last) if action.continues(last));
        if next.state != self.state {
            next.steps.step(self.moment(), continues);
        }
        // An address that was opened has its entry, also when it is written more plainly now.
        next.same_entry = continues || matches!(action, Action::Open(_));
        next.last = Last::Action(action);
        next
    }

    fn open(&self, own: Own) -> Self {
        let mut next = self.clone();
        let data = self.needed().filter(|data| data.name == own.name);
        let expected = data.and_then(|data| data.known.checksum());
        let action = Action::OpenOwn { name: own.name.clone(), awaited: data.is_some() };
        next.state = Rc::new(self.state.after(action));
        next.own = Some(Rc::new(Own { expected, ..own }));
        next.steps.step(self.moment(), false);
        Self { last: Last::Other, same_entry: false, ..next }
    }

    fn learn(&self, own: &Own, info: OwnInfo) -> Self {
        let known = info.packed.map_or(Known::Checksum(info.check), |packed| Known::Packed(packed.into()));
        // The same data have the same content: whoever was first was right.
        let _ = own.known.set(known);
        Self { same_entry: true, ..self.clone() }
    }

    /// The state says what is known of its own data; data that came in the link are at hand.
    fn settled(mut self) -> Self {
        self.state = told(&self.state, self.own.as_ref());
        if let DataChoice::Own(OwnData { name, known: Known::Packed(packed), .. }) = &self.state.data
            && meant(&self.state, self.own.as_ref()).is_none()
        {
            self.own = Some(Rc::new(Own::of_link(name, packed)));
        }
        self
    }

    fn travel(&self, moment: Option<Moment>, steps: History<Moment>) -> Self {
        let Some((state, own)) = moment else { return self.clone() };
        Self { state, own, steps, same_entry: self.last == Last::Undo, last: Last::Undo, ..self.clone() }
    }

    /// The own data that this asks for, and that are not at hand.
    pub fn needed(&self) -> Option<&OwnData> {
        match &self.state.data {
            DataChoice::Own(data) if meant(&self.state, self.own.as_ref()).is_none() => Some(data),
            _ => None,
        }
    }

    /// The data this asks for.
    pub fn wanted(&self) -> Wanted {
        let own = meant(&self.state, self.own.as_ref()).cloned();
        let mut data = self.state.data.clone();
        if let (DataChoice::Own(data), Some(_)) = (&mut data, &own) {
            // What turns out about the content does not change it.
            data.known = Known::Nothing;
        }
        Wanted::new(data, own)
    }
}

/// The own data, when they are what the state means.
fn meant<'a>(state: &AppState, own: Option<&'a Rc<Own>>) -> Option<&'a Rc<Own>> {
    let DataChoice::Own(data) = &state.data else { return None };
    own.filter(|own| own.name == data.name && own.known.get().is_none_or(|known| known.agrees(&data.known)))
}

/// The state with what is known of its own data.
fn told(state: &Rc<AppState>, own: Option<&Rc<Own>>) -> Rc<AppState> {
    match (&state.data, meant(state, own).and_then(|own| own.known.get())) {
        (DataChoice::Own(OwnData { name, known: Known::Nothing, .. }), Some(known)) => {
            Rc::new(state.after(Action::OwnKnown { name: name.clone(), known: known.clone() }))
        }
        _ => state.clone(),
    }
}

impl Reducible for Choice {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut steps = self.steps.clone();
        let next = match change {
            // The same choice, of the same number: nothing is to be drawn again.
            Change::Act(Action::Release) => return Rc::new(Self { last: Last::Other, ..(*self).clone() }),
            Change::Act(action) => self.act(action),
            Change::Open(own) => self.open(own),
            Change::Found(own) => {
                let steps = self.steps.clone();
                Self { steps, same_entry: true, ..self.open(own) }
            }
            Change::Known { own, info } => self.learn(&own, info),
            Change::Undo => self.travel(steps.undo(self.moment()), steps),
            Change::Redo => self.travel(steps.redo(self.moment()), steps),
            Change::Return((state, own)) => Self { own, ..self.act(Action::Open(Box::new((*state).clone()))) },
            Change::Restore(choice) => {
                Self { last: Last::Other, failed: Some(self.moment()), same_entry: true, ..choice }
            }
            Change::Again => match self.failed.clone() {
                Some((state, own)) => Self { own, ..self.act(Action::Open(Box::new((*state).clone()))) },
                None => return self,
            },
        };
        let next = next.settled();
        if next.state == self.state && next.own == self.own {
            return self;
        }
        Rc::new(Self { number: self.number + 1, ..next })
    }
}
