//! What the visitor chose, with the data that only the visitor has.

use std::rc::Rc;

use web_sys::File;
use yew::Reducible;

use crate::data::csv::ReadOptions;
use crate::protocol::Source;
use crate::state::{Action, AppState, DataChoice};

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
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub state: Rc<AppState>,
    pub own: Option<Rc<Own>>,
    last: Option<Action>,
    /// Whether this belongs to the same entry of the browser's history as what was there before.
    pub same_entry: bool,
}

pub enum Change {
    Act(Action),
    Open(Rc<Own>),
    /// Back to what is on the screen.
    Restore(Choice),
}

impl Choice {
    pub fn new(state: AppState) -> Self {
        Self { state: Rc::new(state), own: None, last: None, same_entry: true }
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
        let next = match change {
            Change::Act(action) => Self {
                state: Rc::new(self.state.after(action.clone())),
                own: self.own.clone(),
                // An address that was opened has its entry, also when it is written more plainly now.
                same_entry: matches!(action, Action::Open(_))
                    || self.last.as_ref().is_some_and(|last| action.continues(last)),
                last: Some(action),
            },
            Change::Open(own) => {
                let data = DataChoice::Own { name: own.name.clone() };
                let state = Rc::new(self.state.after(Action::ChooseData(data)));
                Self { state, own: Some(own), last: None, same_entry: false }
            }
            Change::Restore(choice) => Self { last: None, same_entry: true, ..choice },
        };
        if next == *self { self } else { Rc::new(next) }
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
