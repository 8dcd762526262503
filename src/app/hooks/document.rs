//! What the visitor chose, with the data that only the visitor has.

use std::rc::Rc;

use yew::Reducible;

use super::data_request::DataRequest;
use super::user_file::UserFile;
use crate::protocol::IdentifiedContent;
use crate::state::{Action, AppState, DataChoice, FileIdentity, History, UserFileInfo, address};

/// State and own data change together: a file, and the address that names it.
///
/// Two ways lead back. Undo and Redo go along the steps of this visit, whatever they changed, own data and edits
/// included. The browser's Back and Forward go along its addresses. Each is a change like any other to the other one: what
/// Back did can be undone, and Back leaves a row of Undos, which shares one entry of the browser's history.
#[derive(Clone)]
pub struct Document {
    pub state: Rc<AppState>,
    pub user_file: Option<Rc<UserFile>>,
    steps: History<Snapshot>,
    last: Last,
    /// What was asked for and came to nothing, so that this was gone back to.
    failed: Option<Snapshot>,
    /// Whether this belongs to the same entry of the browser's history as what was there before.
    pub same_entry: bool,
    /// Of two choices with the same number neither is newer: they are the same.
    number: u32,
}

/// What Undo comes back to.
pub type Snapshot = (Rc<AppState>, Option<Rc<UserFile>>);

/// What happened last: a gesture goes on, and so does a row of Undos.
#[derive(Clone, PartialEq)]
enum Last {
    Other,
    Action(Action),
    Undo,
}

pub enum DocumentAction {
    Act(Action),
    Open(UserFile),
    /// What the address asks for, and the browser kept.
    Found(UserFile),
    /// What the worker says of the content of these data, which may be others than those at hand by now.
    Identified {
        user_file: Rc<UserFile>,
        info: IdentifiedContent,
    },
    Undo,
    Redo,
    /// Back or Forward to what was there before.
    Return(Snapshot),
    /// Back to what is on the screen.
    Restore(Document),
    /// To what came to nothing, once more.
    Again,
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Document {
    pub fn new(state: AppState) -> Self {
        let steps = History::default();
        Self {
            state: Rc::new(state),
            user_file: None,
            steps,
            last: Last::Other,
            failed: None,
            same_entry: true,
            number: 0,
        }
        .settled()
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.steps.can_undo(), self.steps.can_redo())
    }

    fn snapshot(&self) -> Snapshot {
        (self.state.clone(), self.user_file.clone())
    }

    /// What had this address in this visit: more than an address holds.
    pub fn snapshot_at(&self, address: &str) -> Option<Snapshot> {
        self.steps
            .snapshots()
            .find(|(state, user_file)| address::encode(&identified(state, user_file.as_ref())) == address)
            .cloned()
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
            next.steps.step(self.snapshot(), continues);
        }
        // An address that was opened has its entry, also when it is written more plainly now.
        next.same_entry = continues || matches!(action, Action::Open(_));
        next.last = Last::Action(action);
        next
    }

    fn open(&self, user_file: UserFile) -> Self {
        let mut next = self.clone();
        let data = self.needed().filter(|data| data.name == user_file.name);
        let expected = data.and_then(|data| data.identity.checksum());
        let action = Action::OpenUserFile { name: user_file.name.clone(), awaited: data.is_some() };
        next.state = Rc::new(self.state.after(action));
        next.user_file = Some(Rc::new(UserFile { expected, ..user_file }));
        next.steps.step(self.snapshot(), false);
        Self { last: Last::Other, same_entry: false, ..next }
    }

    fn learn(&self, user_file: &UserFile, info: IdentifiedContent) -> Self {
        let identity =
            info.packed.map_or(FileIdentity::Checksum(info.check), |packed| FileIdentity::Packed(packed.into()));
        // The same data have the same content: whoever was first was right.
        let _ = user_file.identity.set(identity);
        Self { same_entry: true, ..self.clone() }
    }

    /// The state says what is known of its own data; data that came in the link are at hand.
    fn settled(mut self) -> Self {
        self.state = identified(&self.state, self.user_file.as_ref());
        if let DataChoice::UserFile(UserFileInfo { name, identity: FileIdentity::Packed(packed), .. }) =
            &self.state.data
            && meant(&self.state, self.user_file.as_ref()).is_none()
        {
            self.user_file = Some(Rc::new(UserFile::of_link(name, packed)));
        }
        self
    }

    fn undo_or_redo(&self, snapshot: Option<Snapshot>, steps: History<Snapshot>) -> Self {
        let Some((state, user_file)) = snapshot else { return self.clone() };
        Self { state, user_file, steps, same_entry: self.last == Last::Undo, last: Last::Undo, ..self.clone() }
    }

    /// The own data that this asks for, and that are not at hand.
    pub fn needed(&self) -> Option<&UserFileInfo> {
        match &self.state.data {
            DataChoice::UserFile(data) if meant(&self.state, self.user_file.as_ref()).is_none() => Some(data),
            _ => None,
        }
    }

    /// The data this asks for.
    pub fn data_request(&self) -> DataRequest {
        let user_file = meant(&self.state, self.user_file.as_ref()).cloned();
        let mut data = self.state.data.clone();
        if let (DataChoice::UserFile(data), Some(_)) = (&mut data, &user_file) {
            // What turns out about the content does not change it.
            data.identity = FileIdentity::Nothing;
        }
        DataRequest::new(data, user_file)
    }
}

/// The own data, when they are what the state means.
fn meant<'a>(state: &AppState, user_file: Option<&'a Rc<UserFile>>) -> Option<&'a Rc<UserFile>> {
    let DataChoice::UserFile(data) = &state.data else { return None };
    user_file.filter(|user_file| {
        user_file.name == data.name && user_file.identity.get().is_none_or(|identity| identity.agrees(&data.identity))
    })
}

/// The state with what is known of its own data.
fn identified(state: &Rc<AppState>, user_file: Option<&Rc<UserFile>>) -> Rc<AppState> {
    match (&state.data, meant(state, user_file).and_then(|user_file| user_file.identity.get())) {
        (DataChoice::UserFile(UserFileInfo { name, identity: FileIdentity::Nothing, .. }), Some(identity)) => {
            Rc::new(state.after(Action::UserFileIdentified { name: name.clone(), identity: identity.clone() }))
        }
        _ => state.clone(),
    }
}

impl Reducible for Document {
    type Action = DocumentAction;

    fn reduce(self: Rc<Self>, change: DocumentAction) -> Rc<Self> {
        let mut steps = self.steps.clone();
        let next = match change {
            // The same choice, of the same number: nothing is to be drawn again.
            DocumentAction::Act(Action::Release) => return Rc::new(Self { last: Last::Other, ..(*self).clone() }),
            DocumentAction::Act(action) => self.act(action),
            DocumentAction::Open(user_file) => self.open(user_file),
            DocumentAction::Found(user_file) => {
                let steps = self.steps.clone();
                Self { steps, same_entry: true, ..self.open(user_file) }
            }
            DocumentAction::Identified { user_file, info } => self.learn(&user_file, info),
            DocumentAction::Undo => self.undo_or_redo(steps.undo(self.snapshot()), steps),
            DocumentAction::Redo => self.undo_or_redo(steps.redo(self.snapshot()), steps),
            DocumentAction::Return((state, user_file)) => {
                Self { user_file, ..self.act(Action::Open(Box::new((*state).clone()))) }
            }
            DocumentAction::Restore(document) => {
                Self { last: Last::Other, failed: Some(self.snapshot()), same_entry: true, ..document }
            }
            DocumentAction::Again => match self.failed.clone() {
                Some((state, user_file)) => Self { user_file, ..self.act(Action::Open(Box::new((*state).clone()))) },
                None => return self,
            },
        };
        let next = next.settled();
        if next.state == self.state && next.user_file == self.user_file {
            return self;
        }
        Rc::new(Self { number: self.number + 1, ..next })
    }
}
