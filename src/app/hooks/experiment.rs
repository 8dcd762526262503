//! The state of the page of an experiment: what was chosen, its address, its history, and what the program answered.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::{document, window};
use yew::prelude::*;

use super::address;
use super::app_context::AppContext;
use super::experiment_document::{DocumentChange, ExperimentDocument};
use super::keys::use_undo_keys;
use crate::app::client::use_call;
use crate::app::experiments::{ExperimentsClient, FromProgram};
use crate::protocol::UserTableQuery;
use crate::report::{PauseCommand, RunRequest, ToExperiments};
use crate::state::{
    ExperimentAction, ExperimentAnswers, ExperimentData, ExperimentEvent, ExperimentState, Page, SEEDS,
};

/// What the components of the page get.
#[derive(Clone, PartialEq)]
pub struct ExperimentContext {
    pub state: Rc<ExperimentState>,
    pub answers: Rc<ExperimentAnswers>,
    pub act: Callback<ExperimentAction>,
    /// Undoes, or redoes when true.
    pub undo_or_redo: Callback<bool>,
    /// Whether there is something to undo, and to redo.
    pub can_undo_redo: (bool, bool),
    /// Stops what is running.
    pub cancel: Callback<()>,
    /// Pauses what is running, or lets it go on.
    pub pause: Callback<PauseCommand>,
    /// What was not understood of the address.
    pub complaints: Rc<Vec<String>>,
    /// Why the table of Explore cannot be taken, where it is asked for.
    pub table_problem: Option<String>,
}

impl ExperimentContext {
    /// Without what came out.
    pub fn untold(&self) -> Self {
        let mut answers = (*self.answers).clone();
        (answers.report, answers.progress) = (None, None);
        Self { answers: Rc::new(answers), ..self.clone() }
    }
}

#[derive(Default, PartialEq)]
struct ExperimentAnswersState(Rc<ExperimentAnswers>);

impl Reducible for ExperimentAnswersState {
    type Action = ExperimentEvent;

    fn reduce(self: Rc<Self>, event: ExperimentEvent) -> Rc<Self> {
        let next = self.0.after(event);
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

/// Follows an experiment, which may run on the table of Explore.
#[hook]
pub fn use_experiment(client: &ExperimentsClient, slug: &str, app: &AppContext) -> ExperimentContext {
    let document = use_reducer_eq(|| ExperimentDocument::of(slug));
    let answers = use_reducer_eq(ExperimentAnswersState::default);
    use_effect_with(client.clone(), {
        let answers = answers.dispatcher();
        move |client| {
            client.listen(Callback::from(move |on_bytes| {
                answers.dispatch(match on_bytes {
                    FromProgram::Answer(answer) => ExperimentEvent::Answered(answer),
                    FromProgram::Stopped(why) => ExperimentEvent::Stopped(why),
                });
            }));
        }
    });
    use_address(&document);
    let state = document.state.clone();
    let mine = matches!(state.data, ExperimentData::Mine { .. });
    let user_table = match &state.data {
        ExperimentData::Mine { target, .. } => {
            Some(UserTableQuery { target: target.clone(), fit: app.state.fit.clone() })
        }
        _ => None,
    };
    let user_table = use_call(&app.client, user_table);
    let table_problem = user_table.reason().map(ToOwned::to_owned);
    let table = user_table.last().filter(|_| table_problem.is_none()).cloned();
    let request = RunRequest { on_user_table: table.is_some(), ..state.request() };
    // Other data must not take the place of a table that is not there.
    let ready = !mine || table.is_some();
    let awaited = mine && table.is_none() && table_problem.is_none();
    use_effect_with((request.clone(), table.clone(), awaited), {
        let (client, answers) = (client.clone(), answers.dispatcher());
        move |(request, table, awaited)| {
            if *awaited {
                return;
            }
            table.iter().for_each(|table| client.keep(table));
            let id = client.new_id();
            answers.dispatch(ExperimentEvent::AskedToDescribe(id));
            client.ask(&ToExperiments::Describe(RunRequest { id, ..request.clone() }));
        }
    });
    use_effect_with((request, table, state.run && ready, state.many), {
        let (client, answers) = (client.clone(), answers.dispatcher());
        move |(request, table, run, many)| {
            if !run {
                client.ask(&ToExperiments::Cancel);
                return answers.dispatch(ExperimentEvent::Forgotten);
            }
            table.iter().for_each(|table| client.keep(table));
            let id = client.new_id();
            answers.dispatch(ExperimentEvent::AskedToRun(id));
            let request = RunRequest { id, ..request.clone() };
            client.ask(&if *many { ToExperiments::Seeds(request, SEEDS) } else { ToExperiments::Run(request) });
        }
    });
    let act = use_callback(document.dispatcher(), |action, document| document.dispatch(DocumentChange::Act(action)));
    let undo_or_redo =
        use_callback(document.dispatcher(), |redo, document| document.dispatch(DocumentChange::UndoOrRedo(redo)));
    use_undo_keys(&undo_or_redo);
    let cancel = use_callback((client.clone(), answers.dispatcher()), |(), (client, answers)| {
        client.ask(&ToExperiments::Cancel);
        answers.dispatch(ExperimentEvent::Cancelled);
    });
    let pause = use_callback((client.clone(), answers.dispatcher()), |command, (client, answers)| {
        client.ask(&ToExperiments::Pause(command));
        answers.dispatch(ExperimentEvent::PauseChanged(command));
    });
    use_pause_while_hidden(&answers.0, &pause);
    ExperimentContext {
        state,
        answers: answers.0.clone(),
        act,
        undo_or_redo,
        can_undo_redo: document.can_undo_redo(),
        cancel,
        pause,
        complaints: document.complaints.clone(),
        table_problem,
    }
}

/// Pauses a run while nobody can see the page; afterwards it goes on where it was.
#[hook]
fn use_pause_while_hidden(answers: &ExperimentAnswers, pause: &Callback<PauseCommand>) {
    let goes = answers.progress.is_some() && !answers.paused;
    let paused_here = use_mut_ref(|| false);
    use_effect_with((goes, pause.clone()), move |(goes, pause)| {
        let (goes, pause) = (*goes, pause.clone());
        // It began behind another tab, or a moment before this one was left.
        if goes && document().hidden() {
            pause.emit(PauseCommand::Pause);
            *paused_here.borrow_mut() = true;
        }
        let listener = EventListener::new(&document(), "visibilitychange", move |_| {
            let hidden = document().hidden();
            if hidden && goes {
                pause.emit(PauseCommand::Pause);
            } else if !hidden && *paused_here.borrow() {
                pause.emit(PauseCommand::Continue);
            }
            *paused_here.borrow_mut() = hidden && goes;
        });
        move || drop(listener)
    });
}

/// Keeps address and state together.
#[hook]
fn use_address(document: &UseReducerHandle<ExperimentDocument>) {
    use_effect_with((document.state.clone(), document.same_entry), |(state, same_entry)| {
        let text = state.encode();
        if address::hash() != text {
            address::put(&text, *same_entry);
        }
    });
    let slug = document.state.slug.clone();
    use_effect_with(slug, {
        let document = document.dispatcher();
        move |slug| {
            let slug = slug.clone();
            let listener = EventListener::new(&window(), "popstate", move |_| {
                let address = address::hash();
                if Page::of(&address) == Some(Page::Experiment(slug.clone())) {
                    let (state, complaints) = ExperimentState::decode(&slug, &address);
                    document.dispatch(DocumentChange::Open(state, complaints));
                }
            });
            move || drop(listener)
        }
    });
}
