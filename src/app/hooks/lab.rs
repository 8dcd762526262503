//! The state and the worker, kept together: what the visitor chose goes to the worker, what comes back to the screen.

use std::rc::Rc;

use yew::prelude::*;

use super::address::{self, use_address};
use super::asked::Asked;
use super::choice::{Change, Choice};
use super::kept::{KeptHandle, use_kept};
use super::load::{use_load, use_view};
use super::open::use_open;
use super::own::Own;
use super::save::{Saving, use_save};
use super::stage::Stage;
use super::study::use_study;
use super::trace::use_trace;
use crate::app::download::download;
use crate::app::link::{Heard, Link, script};
use crate::protocol::{Answer, Ask, Reply, RowsQuery, StudyQuery};
use crate::state::{Action, AppState, Desk, Event};

/// What the components get: the state, what is known, and how to change things.
#[derive(Clone, PartialEq)]
pub struct Lab {
    pub state: Rc<AppState>,
    pub desk: Rc<Desk>,
    /// The visitor's own data that were opened last.
    pub own: Option<Rc<Own>>,
    /// What this browser keeps of them.
    pub kept: KeptHandle,
    pub act: Callback<Action>,
    pub open: Callback<Own>,
    /// Stops the load under way.
    pub cancel: Callback<()>,
    /// Asks once more for the data that did not come.
    pub again: Callback<()>,
    pub tell: Callback<Event>,
    /// Asks for a window of the table.
    pub rows: Callback<RowsQuery>,
    /// Asks for the table as an experiment takes it, with this column as its target.
    pub ask_own_table: Callback<Option<String>>,
    /// Asks for a closer look at the view.
    pub look: Callback<StudyQuery>,
    pub save: Callback<Saving>,
    /// Undoes, or redoes when true.
    pub travel: Callback<bool>,
    /// Whether there is something to undo, and to redo.
    pub can: (bool, bool),
    /// What is pointed at.
    pub stage: Stage,
}

#[derive(PartialEq)]
struct DeskState(Rc<Desk>);

impl Reducible for DeskState {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let next = self.0.after(event);
        if next == *self.0 { self } else { Rc::new(Self(Rc::new(next))) }
    }
}

#[cfg(feature = "prerender")]
impl Lab {
    /// The lab of a page that nobody can operate yet, in its opening state.
    pub fn still(desk: Rc<Desk>) -> Self {
        Self {
            state: Rc::default(),
            desk,
            own: None,
            kept: KeptHandle::default(),
            act: Callback::noop(),
            open: Callback::noop(),
            cancel: Callback::noop(),
            again: Callback::noop(),
            tell: Callback::noop(),
            rows: Callback::noop(),
            ask_own_table: Callback::noop(),
            look: Callback::noop(),
            save: Callback::noop(),
            travel: Callback::noop(),
            can: (false, false),
            stage: Stage::default(),
        }
    }
}

/// The lab of the page.
#[hook]
pub fn use_lab() -> Lab {
    let opened = use_memo((), |()| address::read());
    let choice = use_reducer_eq(|| Choice::new(opened.0.clone()));
    let desk = use_reducer_eq(|| DeskState(Rc::default()));
    let asked = use_memo((), |()| Asked::default());
    let restarts = use_state(|| 0);
    let stage = use_memo((), |()| Stage::default());
    let stage = (*stage).clone();
    let link = {
        let (choice, desk, asked, restarts, stage) =
            (choice.dispatcher(), desk.dispatcher(), asked.clone(), restarts.setter(), stage.clone());
        use_state(move || Link::start(script(), hear(choice, desk, asked, restarts, stage)))
    };
    let tell = use_callback(desk.dispatcher(), |event: Event, desk| desk.dispatch(event));
    {
        let tell = tell.clone();
        use_effect_with((), move |()| tell.emit(Event::Tell(opened.1.clone())));
    }
    let kept = use_kept(&choice, &tell);
    let tries = use_state(|| 0);
    use_load(&choice, &desk.0, &asked, &link, (*restarts + *tries, kept.pending), &tell);
    let again = use_callback((choice.dispatcher(), *tries), {
        let tries = tries.setter();
        move |(), (choice, tried)| {
            choice.dispatch(Change::Again);
            // Where there was nothing to go back to, the choice is still the same.
            tries.set(tried + 1);
        }
    });
    let save = use_save(&link, &asked, &tell);
    use_view(&choice.state, &desk.0, &link, &tell);
    use_trace(choice.state.pick, desk.0.seen(), &link);
    let study = desk.0.looked_at().and_then(|info| choice.state.study_query(info));
    use_study(study, desk.0.seen(), &link);
    use_address(&choice, tell.clone());

    let act = use_callback(choice.dispatcher(), |action: Action, choice| choice.dispatch(Change::Act(action)));
    {
        let (stage, link, act) = (stage.clone(), (*link).clone(), act.clone());
        use_effect_with((), move |()| stage.wire(link, act));
    }
    {
        let stage = stage.clone();
        use_effect_with((choice.state.pick, desk.0.view.clone()), move |(pick, _)| stage.look_again(*pick));
    }
    {
        let stage = stage.clone();
        use_effect_with(desk.0.busy(), move |busy| stage.set_busy(*busy));
    }
    let open = use_open(&choice, &tell);
    let travel = use_callback(choice.dispatcher(), |redo: bool, choice| {
        choice.dispatch(if redo { Change::Redo } else { Change::Undo });
    });
    let cancel = {
        let (link, asked) = ((*link).clone(), asked);
        use_callback((), move |(), ()| {
            if let Some((id, _)) = &*asked.load.borrow() {
                link.ask(Ask::Cancel(*id), None);
            }
        })
    };
    let rows = use_callback((), {
        let link = (*link).clone();
        move |query, ()| {
            link.ask(Ask::Rows(query), None);
        }
    });
    let ask_own_table = use_callback((), {
        let link = (*link).clone();
        move |target, ()| {
            link.ask(Ask::OwnTable(target), None);
        }
    });
    let look = use_callback((), {
        let link = (*link).clone();
        move |query: StudyQuery, ()| {
            link.ask(Ask::Study(query), None);
        }
    });
    let (state, own, can) = (choice.state.clone(), choice.own.clone(), choice.can());
    Lab {
        state,
        desk: desk.0.clone(),
        own,
        kept,
        save,
        act,
        open,
        cancel,
        again,
        tell,
        rows,
        ask_own_table,
        look,
        travel,
        can,
        stage,
    }
}

/// What to do with what the worker says.
fn hear(
    choice: UseReducerDispatcher<Choice>,
    desk: UseReducerDispatcher<DeskState>,
    asked: Rc<Asked>,
    restarts: UseStateSetter<u32>,
    stage: Stage,
) -> Callback<Heard> {
    Callback::from(move |heard| match heard {
        Heard::Reply(Reply { id, answer: Answer::Own(info) }) => {
            if let Some(own) = asked.own(id) {
                if let Some(expected) = own.expected.filter(|expected| *expected != info.check) {
                    desk.dispatch(Event::OtherFile { name: own.name.clone(), expected, found: info.check });
                }
                choice.dispatch(Change::Known { own, info });
            }
        }
        Heard::Reply(mut reply) => {
            if stage.hears(&mut reply) {
                return;
            }
            if let Answer::Saved(address) = &reply.answer
                && let Some((_, name)) = asked.saving.borrow_mut().take_if(|(id, _)| *id == reply.id)
            {
                download(address.clone(), &name);
            }
            if let Some(shown) = asked.hear(&reply) {
                choice.dispatch(Change::Restore(shown));
            }
            desk.dispatch(Event::Replied(Box::new(reply)));
        }
        Heard::Crash(why) => {
            let (again, shown) = asked.crash(why);
            desk.dispatch(Event::Crashed { why, again, loading: shown.is_some() });
            if let Some(shown) = shown {
                choice.dispatch(Change::Restore(shown));
            }
            if again {
                asked.restarts.set(asked.restarts.get() + 1);
                restarts.set(asked.restarts.get());
            }
        }
    })
}
