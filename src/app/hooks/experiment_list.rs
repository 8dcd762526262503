//! All experiments, and a small picture of what each finds: a short run of each, one after the other.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use yew::prelude::*;

use super::address::hash;
use crate::app::experiments::{ExperimentsClient, FromProgram};
use crate::plot::{Detail, Scene};
use crate::report::{FromExperiments, Listed, RunRequest, ToExperiments};
use crate::state::ExperimentState;

/// What is known of all experiments.
#[derive(Clone, Default, PartialEq)]
pub struct ExperimentList {
    pub all: Rc<Vec<Listed>>,
    /// By slug.
    pub pictures: Rc<BTreeMap<String, Rc<Scene>>>,
    /// Why there is no list.
    pub stopped: Option<String>,
}

/// Asks for the list, then for the pictures.
#[hook]
pub fn use_experiment_list(client: &ExperimentsClient) -> ExperimentList {
    let list = use_state_eq(ExperimentList::default);
    use_effect_with(client.clone(), {
        let list = list.setter();
        move |client| {
            let left = Rc::new(Cell::new(false));
            client.listen(on_reply(client.clone(), left.clone(), list));
            client.ask(&ToExperiments::List);
            // What is running is drawn by nobody; the next would be.
            move || left.set(true)
        }
    });
    (*list).clone()
}

fn on_reply(
    client: ExperimentsClient,
    left: Rc<Cell<bool>>,
    set: UseStateSetter<ExperimentList>,
) -> Callback<FromProgram> {
    let known = RefCell::new(ExperimentList::default());
    let waiting = RefCell::new(VecDeque::<Listed>::new());
    let next = move |waiting: &RefCell<VecDeque<Listed>>| {
        if let Some(listed) = waiting.borrow().front() {
            client.ask(&ToExperiments::Run(RunRequest {
                id: client.new_id(),
                slug: listed.slug.clone(),
                settings: listed.short.clone(),
                seed: 1,
                ..RunRequest::default()
            }));
        }
    };
    Callback::from(move |heard| {
        if left.get() {
            return;
        }
        let mut known = known.borrow_mut();
        match heard {
            FromProgram::Stopped(why) => known.stopped = Some(why),
            FromProgram::Answer(answer) => match *answer {
                FromExperiments::List(all) => {
                    waiting.replace(all.iter().cloned().collect());
                    known.all = Rc::new(all);
                    next(&waiting);
                }
                FromExperiments::Done { report, .. } => {
                    let Some(listed) = waiting.borrow_mut().pop_front() else { return };
                    let found = report.figures.into_iter().find(|figure| figure.key == listed.picture);
                    if let Some(figure) = found {
                        let scene = Scene { detail: Detail::Compact, ..figure.scene };
                        Rc::make_mut(&mut known.pictures).insert(listed.slug, Rc::new(scene));
                    }
                    next(&waiting);
                }
                FromExperiments::Refused { .. } => {
                    waiting.borrow_mut().pop_front();
                    next(&waiting);
                }
                _ => return,
            },
        }
        set.set(known.clone());
    })
}

/// Whether the address asks for the table that is open in Explore.
#[hook]
pub fn use_takes_table() -> bool {
    let takes = || ExperimentState::explore_address(&hash()).is_some();
    let state = use_state_eq(takes);
    let set = state.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "popstate", move |_| set.set(takes()));
        move || drop(listener)
    });
    *state
}
