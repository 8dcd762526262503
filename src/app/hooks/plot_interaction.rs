//! What the pointer or the keys are at, and what is highlighted for it. Separate from the answers: moving a mouse must not draw the page again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use crate::app::client::Client;
use crate::data::{self, Edit};
use crate::protocol::{Highlight, HighlightQuery, Pick, Reply, WhatIfResult};
use crate::state::{Action, ByPtr};

/// A cheap handle, equal to itself for the whole visit.
#[derive(Clone, Default)]
pub struct PlotInteraction(Rc<InteractionState>);

#[derive(Default)]
struct InteractionState {
    client: RefCell<Option<Client>>,
    act: RefCell<Callback<Action>>,
    /// The screen does not show yet what was changed last: the next change of a drag waits for it, the latest wins.
    busy: Cell<bool>,
    drag: RefCell<Option<Edit>>,
    /// What is pointed at now.
    hover: Cell<Option<Pick>>,
    /// What is highlighted while nothing is pointed at: the one selection there is, which the state holds.
    at_rest: Cell<Option<Pick>>,
    /// Id of the call that is not answered yet: there is one at a time, and the latest wins.
    in_flight: Cell<Option<u64>>,
    highlight: RefCell<Option<Rc<Highlight>>>,
    /// What would move, while a value is tried out.
    tried: RefCell<Option<ByPtr<WhatIfResult>>>,
    /// How far on their transition from before to after the points are.
    progress: Cell<f64>,
    transition: Cell<u32>,
    /// The value that was asked where it comes from by a button which is gone then: the answer takes the focus.
    sought: Cell<Option<data::DataCell>>,
    watchers: RefCell<Vec<(u32, Callback<()>)>>,
    next: Cell<u32>,
}

impl PartialEq for PlotInteraction {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PlotInteraction {
    pub fn wire(&self, client: Client, act: Callback<Action>) {
        self.0.client.replace(Some(client));
        self.0.act.replace(act);
        self.0.progress.set(1.0);
    }

    pub fn set_busy(&self, busy: bool) {
        self.0.busy.set(busy);
        if !busy && let Some(edit) = self.0.drag.take() {
            self.act(Action::Edit(edit));
        }
    }

    pub fn act(&self, action: Action) {
        let act = self.0.act.borrow().clone();
        act.emit(action);
    }

    /// One of many changes of a gesture.
    pub fn drag(&self, edit: Edit) {
        if self.0.busy.get() {
            self.0.drag.replace(Some(edit));
        } else {
            self.act(Action::Edit(edit));
        }
    }

    /// The gesture ended: its last change counts, and the next gesture is another step.
    pub fn drop(&self) {
        if let Some(edit) = self.0.drag.take() {
            self.act(Action::Edit(edit));
        }
        self.act(Action::Release);
    }

    /// What is shown: what is pointed at, else what is picked.
    fn target(&self) -> Option<Pick> {
        self.0.hover.get().or_else(|| self.0.at_rest.get())
    }

    /// The highlight of what is pointed at or picked; until that is answered, the last one.
    pub fn highlight(&self) -> Option<Rc<Highlight>> {
        self.target().and_then(|_| self.0.highlight.borrow().clone())
    }

    /// What would move if a value were another, while that is tried out.
    pub fn tried(&self) -> Option<ByPtr<WhatIfResult>> {
        self.0.tried.borrow().clone()
    }

    pub fn try_out(&self, what_if_result: Option<ByPtr<WhatIfResult>>) {
        self.0.tried.replace(what_if_result);
        self.notify();
    }

    pub fn progress(&self) -> f64 {
        self.0.progress.get()
    }

    /// Somebody puts the points somewhere: a transition under way ends.
    pub fn set_progress(&self, progress: f64) {
        self.start_transition();
        self.step(progress);
    }

    /// A new transition; its number.
    pub fn start_transition(&self) -> u32 {
        self.0.transition.set(self.0.transition.get() + 1);
        self.transition()
    }

    pub fn transition(&self) -> u32 {
        self.0.transition.get()
    }

    /// Goes on with a transition.
    pub fn step(&self, progress: f64) {
        self.0.progress.set(progress);
        self.notify();
    }

    /// Picks a value by a control that goes away with it.
    pub fn seek(&self, cell: data::DataCell) {
        self.0.sought.set(Some(cell));
        self.act(Action::Pick(Some(Pick::Cell(cell))));
    }

    /// Whether this value was asked for like that; true once.
    pub fn finds(&self, cell: data::DataCell) -> bool {
        self.0.sought.take() == Some(cell)
    }

    pub fn point(&self, at: Option<Pick>) {
        if self.0.hover.replace(at) != at {
            self.ask();
        }
    }

    /// Another view, or another pick: what is highlighted may lie elsewhere now.
    pub fn highlight_again(&self, pick: Option<Pick>) {
        if self.0.sought.get().map(Pick::Cell) != pick {
            self.0.sought.set(None);
        }
        self.0.at_rest.set(pick);
        self.0.in_flight.set(None);
        self.0.highlight.replace(None);
        self.ask();
    }

    fn ask(&self) {
        match (self.target(), &*self.0.client.borrow()) {
            (Some(pick), Some(client)) => {
                let shown = self.0.highlight.borrow().as_ref().is_some_and(|highlight| highlight.pick == pick);
                if !shown && self.0.in_flight.get().is_none() {
                    let interaction = self.clone();
                    let on_reply = Callback::from(move |(id, reply)| interaction.on_reply(id, reply));
                    self.0.in_flight.set(Some(client.call(&HighlightQuery { pick }, None, on_reply)));
                    return;
                }
                if !shown {
                    return;
                }
            }
            _ => drop(self.0.highlight.take()),
        }
        self.notify();
    }

    fn on_reply(&self, id: u64, reply: Reply<Highlight>) {
        if self.0.in_flight.get() != Some(id) {
            return;
        }
        self.0.in_flight.set(None);
        if let Reply::Ready(highlight) = reply {
            let shown = highlight.pick;
            self.0.highlight.replace(Some(Rc::new(highlight)));
            self.notify();
            if self.target() != Some(shown) {
                self.ask();
            }
        }
    }

    /// Calls back whenever something changed, until the returned number is unwatched.
    pub fn watch(&self, callback: Callback<()>) -> u32 {
        let number = self.0.next.replace(self.0.next.get() + 1);
        self.0.watchers.borrow_mut().push((number, callback));
        number
    }

    pub fn unwatch(&self, number: u32) {
        self.0.watchers.borrow_mut().retain(|(other, _)| *other != number);
    }

    fn notify(&self) {
        let watchers = self.0.watchers.borrow().clone();
        for (_, callback) in watchers {
            callback.emit(());
        }
    }
}

/// Draws a component again whenever something changed.
#[hook]
pub fn use_plot_interaction(interaction: &PlotInteraction) {
    let again = use_force_update();
    use_effect_with(interaction.clone(), move |interaction| {
        let interaction = interaction.clone();
        let number = interaction.watch(Callback::from(move |()| again.force_update()));
        move || interaction.unwatch(number)
    });
}
