//! The state and the worker, kept together: what the visitor chose goes to the worker, what comes back to the screen.

use std::rc::Rc;

use yew::prelude::*;

use super::address::{self, use_address};
use super::document::{Document, DocumentAction};
use super::in_flight::InFlight;
use super::load::{use_load, use_view};
use super::open::use_open;
use super::plot_interaction::PlotInteraction;
use super::recent_files::{RecentFiles, use_recent_files};
use super::save::{Saving, use_save};
use super::user_file::UserFile;
use crate::app::client::Client;
use crate::app::link::Link;
use crate::state::{Action, Answers, AppState, Event, Stopped};

/// What the components get: the state, what is known, and how to change things.
#[derive(Clone, PartialEq)]
pub struct AppContext {
    pub state: Rc<AppState>,
    pub answers: Rc<Answers>,
    /// Asks about these data and this view.
    pub client: Client,
    /// The visitor's own data that were opened last.
    pub user_file: Option<Rc<UserFile>>,
    /// What this browser keeps of them.
    pub recent_files: RecentFiles,
    pub act: Callback<Action>,
    pub open: Callback<UserFile>,
    /// Stops the load under way.
    pub cancel: Callback<()>,
    /// Asks once more for the data that did not come.
    pub load_again: Callback<()>,
    pub notify: Callback<Event>,
    pub save: Callback<Saving>,
    /// Undoes, or redoes when true.
    pub undo_or_redo: Callback<bool>,
    /// Whether there is something to undo, and to redo.
    pub can_undo_redo: (bool, bool),
    /// What is pointed at.
    pub interaction: PlotInteraction,
}

#[derive(PartialEq)]
struct AnswersState(Rc<Answers>);

impl Reducible for AnswersState {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let next = self.0.after(event);
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

#[cfg(feature = "prerender")]
impl AppContext {
    /// The context of a page that nobody can operate yet, in its opening state.
    pub fn still(answers: Rc<Answers>) -> Self {
        Self {
            state: Rc::default(),
            client: Client::still(answers.version()),
            answers,
            user_file: None,
            recent_files: RecentFiles::default(),
            act: Callback::noop(),
            open: Callback::noop(),
            cancel: Callback::noop(),
            load_again: Callback::noop(),
            notify: Callback::noop(),
            save: Callback::noop(),
            undo_or_redo: Callback::noop(),
            can_undo_redo: (false, false),
            interaction: PlotInteraction::default(),
        }
    }
}

/// The context of the page.
#[hook]
pub fn use_app() -> AppContext {
    let opened = use_memo((), |()| address::read());
    let document = use_reducer_eq(|| Document::new(opened.0.clone()));
    let answers = use_reducer_eq(|| AnswersState(Rc::default()));
    let in_flight = use_memo((), |()| InFlight::default());
    let restarts = use_state(|| 0);
    let interaction = use_memo((), |()| PlotInteraction::default());
    let interaction = (*interaction).clone();
    let client = {
        let (document, answers, in_flight, restarts) =
            (document.dispatcher(), answers.dispatcher(), in_flight.clone(), restarts.setter());
        use_state(move || Client::new(Link::start(on_crash(document, answers, in_flight, restarts))))
    };
    let client = client.about(answers.0.version());
    let notify = use_callback(answers.dispatcher(), |event: Event, answers| answers.dispatch(event));
    {
        let notify = notify.clone();
        use_effect_with((), move |()| notify.emit(Event::Tell(opened.1.clone())));
    }
    let recent_files = use_recent_files(&document, &notify);
    let tries = use_state(|| 0);
    use_load(&document, &answers.0, &in_flight, &client, (*restarts + *tries, recent_files.pending), &notify);
    let load_again = use_callback((document.dispatcher(), *tries), {
        let tries = tries.setter();
        move |(), (document, tried)| {
            document.dispatch(DocumentAction::Again);
            // Where there was nothing to go back to, the choice is still the same.
            tries.set(tried + 1);
        }
    });
    let save = use_save(&client, &in_flight, &notify);
    use_view(&document.state, &answers.0, &in_flight, &client, &notify);
    use_address(&document, notify.clone());

    let act =
        use_callback(document.dispatcher(), |action: Action, document| document.dispatch(DocumentAction::Act(action)));
    {
        let (interaction, client, act) = (interaction.clone(), client.clone(), act.clone());
        use_effect_with((), move |()| interaction.wire(client, act));
    }
    {
        let interaction = interaction.clone();
        use_effect_with((document.state.pick, answers.0.view.clone()), move |(pick, _)| {
            interaction.highlight_again(*pick)
        });
    }
    {
        let interaction = interaction.clone();
        use_effect_with(answers.0.busy(), move |busy| interaction.set_busy(*busy));
    }
    let open = use_open(&document, &notify);
    let undo_or_redo = use_callback(document.dispatcher(), |redo: bool, document| {
        document.dispatch(if redo { DocumentAction::Redo } else { DocumentAction::Undo });
    });
    let cancel = {
        let client = client.clone();
        use_callback((), move |(), ()| {
            if let Some((id, _)) = &*in_flight.load.borrow() {
                client.cancel(*id);
            }
        })
    };
    let (state, user_file, can_undo_redo) =
        (document.state.clone(), document.user_file.clone(), document.can_undo_redo());
    AppContext {
        state,
        answers: answers.0.clone(),
        client,
        user_file,
        recent_files,
        save,
        act,
        open,
        cancel,
        load_again,
        notify,
        undo_or_redo,
        can_undo_redo,
        interaction,
    }
}

/// What to do when the worker is gone.
fn on_crash(
    document: UseReducerDispatcher<Document>,
    answers: UseReducerDispatcher<AnswersState>,
    in_flight: Rc<InFlight>,
    restarts: UseStateSetter<u32>,
) -> Callback<Stopped> {
    Callback::from(move |why| {
        let (again, shown) = in_flight.crash(why);
        answers.dispatch(Event::Crashed { why, again, loading: shown.is_some() });
        if let Some(shown) = shown {
            document.dispatch(DocumentAction::Restore(shown));
        }
        if again {
            in_flight.restarts.set(in_flight.restarts.get() + 1);
            restarts.set(in_flight.restarts.get());
        }
    })
}
