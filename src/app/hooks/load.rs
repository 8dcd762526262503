//! Asks the worker for the wanted data, and for a view of them.

use std::rc::Rc;

use yew::prelude::*;

use super::document::{Document, DocumentAction};
use super::in_flight::InFlight;
use crate::app::client::Client;
use crate::data::sample;
use crate::protocol::{DataSource, LoadedData, Reply};
use crate::state::{Answers, AppState, Event};

/// Loads the wanted data when the worker holds others, also after it was started again.
#[hook]
pub fn use_load(
    choice: &UseReducerHandle<Document>,
    answers: &Rc<Answers>,
    asked: &Rc<InFlight>,
    client: &Client,
    // How often the worker was started again or asked once more, and whether the data are just being fetched from where they are kept.
    when: (u32, bool),
    notify: &Callback<Event>,
) {
    {
        let (asked, client, notify) = (asked.clone(), client.clone(), notify.clone());
        let on_reply = on_load(choice.dispatcher(), asked.clone(), notify.clone());
        let gone = answers.worker_gone.then(|| choice.state.clone());
        use_effect_with((choice.data_request(), when, gone), move |(wanted, (_, pending), gone)| {
            if *pending {
                return;
            }
            // A worker that was given up is started again only by something that the visitor does.
            let before = asked.given_up.replace(gone.clone());
            if gone.is_some() && (before.is_none() || before == *gone) {
                return;
            }
            let under_way = asked.load.take();
            if under_way.as_ref().is_some_and(|(_, loading)| loading == wanted) {
                asked.load.replace(under_way);
                return;
            }
            if asked.held.borrow().as_ref() == Some(wanted) {
                if let Some((id, _)) = under_way {
                    client.cancel(id);
                }
                return;
            }
            let needed = wanted.source().err();
            let load = match wanted.source() {
                Ok(source) => Some(source),
                Err(_) if asked.held.borrow().is_some() => None,
                Err(_) => Some((DataSource::Sample(sample::ALL[0].slug.into()), None)),
            };
            if let Some((source, file)) = load {
                let id = client.call(&source, file, on_reply.clone());
                asked.load.replace(Some((id, wanted.clone())));
                notify.emit(Event::LoadAsked { id, name: wanted.name() });
            }
            // Asking for a load takes away what was wrong with the last one: this comes after.
            if let Some(name) = needed {
                notify.emit(Event::FileNeeded { name });
            }
        });
    }
    let asked = asked.clone();
    use_effect_with(((**choice).clone(), answers.loads), move |(choice, _)| {
        if asked.held.borrow().as_ref() == Some(&choice.data_request()) {
            asked.shown.replace(Some(choice.clone()));
        }
    });
}

/// What to do with what the worker says to a load.
fn on_load(
    document: UseReducerDispatcher<Document>,
    asked: Rc<InFlight>,
    notify: Callback<Event>,
) -> Callback<(u64, Reply<LoadedData>)> {
    Callback::from(move |(id, reply): (u64, Reply<LoadedData>)| {
        if let Reply::Ready(LoadedData { own: Some(info), .. }) = &reply
            && let Some(user_file) = asked.user_file(id)
        {
            if let Some(expected) = user_file.expected.filter(|expected| *expected != info.check) {
                notify.emit(Event::OtherFile { name: user_file.name.clone(), expected, found: info.check });
            }
            document.dispatch(DocumentAction::Identified { user_file, info: info.clone() });
        }
        if let Some(shown) = asked.on_load(id, &reply) {
            document.dispatch(DocumentAction::Restore(shown));
        }
        notify.emit(Event::Load { id, reply });
    })
}

/// Asks for a view whenever the question changes, or the data.
#[hook]
pub fn use_view(
    state: &Rc<AppState>,
    answers: &Rc<Answers>,
    asked: &Rc<InFlight>,
    client: &Client,
    notify: &Callback<Event>,
) {
    let ready = answers.info.as_ref().filter(|_| answers.loading.is_none() && !answers.worker_gone);
    let query = ready.map(|info| state.query(info));
    let (asked, client, notify) = (asked.clone(), client.clone(), notify.clone());
    use_effect_with((query, answers.loads), move |(query, _)| {
        if let Some(query) = query {
            let told = notify.clone();
            let on_reply = Callback::from(move |(id, reply)| {
                if matches!(reply, Reply::Ready(_)) {
                    asked.crashes.borrow_mut().forget();
                }
                told.emit(Event::View { id, reply: Box::new(reply) });
            });
            let id = client.call(query, None, on_reply);
            notify.emit(Event::ViewAsked { id });
        }
    });
}
