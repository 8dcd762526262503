//! What the visitor chose, with the data that only the visitor has.

use std::rc::Rc;

use web_sys::File;
use yew::Reducible;

use crate::data::csv::ReadOptions;
use crate::protocol::Source;
use crate::state::{Action, AppState, DataChoice, History, address};

/// The visitor's own data: they never go anywhere but into the worker.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    pub name: String,
    pub content: OwnContent,
    pub options: ReadOptions,
}

#[derive(Clone, Debug, PartialEq)]
pub enum OwnContent {
    File(File),
    Text(Rc<str>),
}

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
    Open(Rc<Own>),
    Undo,
    Redo,
    /// Back or Forward to what was there before.
    Return(Moment),
    /// Back to what is on the screen.
    Restore(Choice),
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Choice {
    pub fn new(state: AppState) -> Self {
        let steps = History::default();
        Self { state: Rc::new(state), own: None, steps, last: Last::Other, same_entry: true, number: 0 }
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
        self.steps.known().find(|(state, _)| address::encode(state) == address).cloned()
    }

    fn act(&self, action: Action) -> Self {
        let mut next = self.clone();
        next.state = Rc::new(self.state.after(action.clone()));
        // Pointing at something is no step.
        if matches!(action, Action::Pick(_)) {
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

    fn open(&self, own: Rc<Own>) -> Self {
        let mut next = self.clone();
        let data = DataChoice::Own { name: own.name.clone() };
        // Other data may have the same name: what was changed in the last ones does not belong to them.
        next.state = Rc::new(self.state.after(Action::ChooseData(data)).after(Action::ResetEdits));
        next.own = Some(own);
        next.steps.step(self.moment(), false);
        Self { last: Last::Other, same_entry: false, ..next }
    }

    fn travel(&self, moment: Option<Moment>, steps: History<Moment>) -> Self {
        let Some((state, own)) = moment else { return self.clone() };
        Self { state, own, steps, same_entry: self.last == Last::Undo, last: Last::Undo, number: self.number }
    }

    /// The data this asks for.
    pub fn wanted(&self) -> Wanted {
        let own = self.own.clone().filter(|own| self.state.data == DataChoice::Own { name: own.name.clone() });
        Wanted { data: self.state.data.clone(), own }
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
            Change::Undo => self.travel(steps.undo(self.moment()), steps),
            Change::Redo => self.travel(steps.redo(self.moment()), steps),
            Change::Return((state, own)) => Self { own, ..self.act(Action::Open(Box::new((*state).clone()))) },
            Change::Restore(choice) => Self { last: Last::Other, same_entry: true, ..choice },
        };
        if next.state == self.state && next.own == self.own {
            return self;
        }
        Rc::new(Self { number: self.number + 1, ..next })
    }
}

/// The data that a choice asks for; equal for choices that differ in other things only.
#[derive(Clone, PartialEq)]
pub struct Wanted {
    data: DataChoice,
    own: Option<Rc<Own>>,
}

impl Wanted {
    /// What the worker is told, and the file that goes beside it; the name of the missing file when only its owner
    /// has it.
    pub fn source(&self) -> Result<(Source, Option<&File>), String> {
        let source = match (&self.data, &self.own) {
            (DataChoice::Sample(slug), _) => Source::Sample((*slug).into()),
            (DataChoice::Generated { generator, seed }, _) => {
                let settings = generator.parameters();
                let settings = settings.iter().map(|one| (one.field.key.into(), one.value.text())).collect();
                Source::Generated { generator: generator.info().slug.into(), settings, seed: *seed }
            }
            (DataChoice::Own { .. }, Some(own)) => {
                let (name, options) = (own.name.clone(), own.options.clone());
                match &own.content {
                    OwnContent::File(file) => return Ok((Source::File { name, options }, Some(file))),
                    OwnContent::Text(text) => Source::Text { name, text: text.to_string(), options },
                }
            }
            (DataChoice::Own { name }, None) => return Err(name.clone()),
        };
        Ok((source, None))
    }

    /// What to call it while it loads.
    pub fn name(&self) -> String {
        match &self.data {
            DataChoice::Sample(slug) => {
                let sample = crate::data::sample::ALL.iter().find(|sample| sample.slug == *slug);
                sample.map_or(*slug, |sample| sample.title).into()
            }
            DataChoice::Generated { generator, .. } => generator.info().name.into(),
            DataChoice::Own { name } => name.clone(),
        }
    }
}
