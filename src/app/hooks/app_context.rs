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
use super::study::use_study;
use super::trace::use_trace;
use super::user_file::UserFile;
use crate::app::download::download;
use crate::app::link::{FromWorker, Link, script};
use crate::protocol::{Answer, Ask, OwnTableQuery, Reply, RowsQuery, StudyQuery};
use crate::state::{Action, Answers, AppState, Event};

/// What the components get: the state, what is known, and how to change things.
#[derive(Clone, PartialEq)]
pub struct AppContext {
    pub state: Rc<AppState>,
    pub answers: Rc<Answers>,
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
    /// Asks for a window of the table.
    pub ask_rows: Callback<RowsQuery>,
    /// Asks for the table as an experiment takes it, with this column as its target.
    pub ask_own_table: Callback<OwnTableQuery>,
    /// Asks for a closer look at the view.
    pub ask_study: Callback<StudyQuery>,
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
            answers,
            user_file: None,
            recent_files: RecentFiles::default(),
            act: Callback::noop(),
            open: Callback::noop(),
            cancel: Callback::noop(),
            load_again: Callback::noop(),
            notify: Callback::noop(),
            ask_rows: Callback::noop(),
            ask_own_table: Callback::noop(),
            ask_study: Callback::noop(),
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
    let link = {
        let (document, answers, in_flight, restarts, interaction) =
            (document.dispatcher(), answers.dispatcher(), in_flight.clone(), restarts.setter(), interaction.clone());
        use_state(move || Link::start(script(), on_reply(document, answers, in_flight, restarts, interaction)))
    };
    let notify = use_callback(answers.dispatcher(), |event: Event, answers| answers.dispatch(event));
    {
        let notify = notify.clone();
        use_effect_with((), move |()| notify.emit(Event::Tell(opened.1.clone())));
    }
    let recent_files = use_recent_files(&document, &notify);
    let tries = use_state(|| 0);
    use_load(&document, &answers.0, &in_flight, &link, (*restarts + *tries, recent_files.pending), &notify);
    let load_again = use_callback((document.dispatcher(), *tries), {
        let tries = tries.setter();
        move |(), (document, tried)| {
            document.dispatch(DocumentAction::Again);
            // Where there was nothing to go back to, the choice is still the same.
            tries.set(tried + 1);
        }
    });
    let save = use_save(&link, &in_flight, &notify);
    use_view(&document.state, &answers.0, &link, &notify);
    use_trace(document.state.pick, answers.0.seen(), &link);
    let study = answers.0.looked_at().and_then(|info| document.state.study_query(info));
    use_study(study, answers.0.seen(), &link);
    use_address(&document, notify.clone());

    let act =
        use_callback(document.dispatcher(), |action: Action, document| document.dispatch(DocumentAction::Act(action)));
    {
        let (interaction, link, act) = (interaction.clone(), (*link).clone(), act.clone());
        use_effect_with((), move |()| interaction.wire(link, act));
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
        let (link, in_flight) = ((*link).clone(), in_flight);
        use_callback((), move |(), ()| {
            if let Some((id, _)) = &*in_flight.load.borrow() {
                link.ask(Ask::Cancel(*id), None);
            }
        })
    };
    let ask_rows = use_callback((), {
        let link = (*link).clone();
        move |query, ()| {
            link.ask(Ask::Rows(query), None);
        }
    });
    let ask_own_table = use_callback((), {
        let link = (*link).clone();
        move |query, ()| {
            link.ask(Ask::OwnTable(query), None);
        }
    });
    let ask_study = use_callback((), {
        let link = (*link).clone();
        move |query: StudyQuery, ()| {
            link.ask(Ask::Study(query), None);
        }
    });
    let (state, user_file, can_undo_redo) =
        (document.state.clone(), document.user_file.clone(), document.can_undo_redo());
    AppContext {
        state,
        answers: answers.0.clone(),
        user_file,
        recent_files,
        save,
        act,
        open,
        cancel,
        load_again,
        notify,
        ask_rows,
        ask_own_table,
        ask_study,
        undo_or_redo,
        can_undo_redo,
        interaction,
    }
}

/// What to do with what the worker says.
fn on_reply(
    document: UseReducerDispatcher<Document>,
    answers: UseReducerDispatcher<AnswersState>,
    in_flight: Rc<InFlight>,
    restarts: UseStateSetter<u32>,
    interaction: PlotInteraction,
) -> Callback<FromWorker> {
    Callback::from(move |message| match message {
        FromWorker::Reply(Reply { id, answer: Answer::Own(info) }) => {
            if let Some(user_file) = in_flight.user_file(id) {
                if let Some(expected) = user_file.expected.filter(|expected| *expected != info.check) {
                    answers.dispatch(Event::OtherFile { name: user_file.name.clone(), expected, found: info.check });
                }
                document.dispatch(DocumentAction::Identified { user_file, info });
            }
        }
        FromWorker::Reply(mut reply) => {
            if interaction.on_reply(&mut reply) {
                return;
            }
            if let Answer::Saved(address) = &reply.answer
                && let Some((_, name)) = in_flight.saving.borrow_mut().take_if(|(id, _)| *id == reply.id)
            {
                download(address.clone(), &name);
            }
            if let Some(shown) = in_flight.on_reply(&reply) {
                document.dispatch(DocumentAction::Restore(shown));
            }
            answers.dispatch(Event::Replied(Box::new(reply)));
        }
        FromWorker::Crash(why) => {
            let (again, shown) = in_flight.crash(why);
            answers.dispatch(Event::Crashed { why, again, loading: shown.is_some() });
            if let Some(shown) = shown {
                document.dispatch(DocumentAction::Restore(shown));
            }
            if again {
                in_flight.restarts.set(in_flight.restarts.get() + 1);
                restarts.set(in_flight.restarts.get());
            }
        }
    })
}
