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
    document: &UseReducerHandle<Document>,
    answers: &Rc<Answers>,
    in_flight: &Rc<InFlight>,
    client: &Client,
    // How often the worker was started again or asked once more, and whether the data are just being fetched from where they are kept.
    when: (u32, bool),
    notify: &Callback<Event>,
) {
    {
        let (in_flight, client, notify) = (in_flight.clone(), client.clone(), notify.clone());
        let on_reply = on_load(document.dispatcher(), in_flight.clone(), notify.clone());
        let gone = answers.worker_gone.then(|| document.state.clone());
        use_effect_with((document.data_request(), when, gone), move |(data_request, (_, pending), gone)| {
            if *pending {
                return;
            }
            // A worker that was given up is started again only by something that the visitor does.
            let before = in_flight.given_up.replace(gone.clone());
            if gone.is_some() && (before.is_none() || before == *gone) {
                return;
            }
            let loading_now = in_flight.load.take();
            if loading_now.as_ref().is_some_and(|(_, loading)| loading == data_request) {
                in_flight.load.replace(loading_now);
                return;
            }
            if in_flight.held.borrow().as_ref() == Some(data_request) {
                if let Some((id, _)) = loading_now {
                    client.cancel(id);
                }
                return;
            }
            let needed = data_request.source().err();
            let load = match data_request.source() {
                Ok(source) => Some(source),
                Err(_) if in_flight.held.borrow().is_some() => None,
                Err(_) => Some((DataSource::Sample(sample::ALL[0].slug.into()), None)),
            };
            if let Some((source, file)) = load {
                let id = client.call(&source, file, on_reply.clone());
                in_flight.load.replace(Some((id, data_request.clone())));
                notify.emit(Event::LoadAsked { id, name: data_request.name() });
            }
            // Asking for a load takes away what was wrong with the last one: this comes after.
            if let Some(name) = needed {
                notify.emit(Event::FileNeeded { name });
            }
        });
    }
    let in_flight = in_flight.clone();
    use_effect_with(((**document).clone(), answers.loads), move |(document, _)| {
        if in_flight.held.borrow().as_ref() == Some(&document.data_request()) {
            in_flight.shown.replace(Some(document.clone()));
        }
    });
}

/// What to do with what the worker says to a load.
fn on_load(
    document: UseReducerDispatcher<Document>,
    in_flight: Rc<InFlight>,
    notify: Callback<Event>,
) -> Callback<(u64, Reply<LoadedData>)> {
    Callback::from(move |(id, reply): (u64, Reply<LoadedData>)| {
        if let Reply::Ready(LoadedData { content: Some(info), .. }) = &reply
            && let Some(user_file) = in_flight.user_file(id)
        {
            if let Some(expected) = user_file.expected.filter(|expected| *expected != info.check) {
                notify.emit(Event::OtherFile { name: user_file.name.clone(), expected, found: info.check });
            }
            document.dispatch(DocumentAction::Identified { user_file, info: info.clone() });
        }
        if let Some(shown) = in_flight.on_load(id, &reply) {
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
    in_flight: &Rc<InFlight>,
    client: &Client,
    notify: &Callback<Event>,
) {
    let ready = answers.info.as_ref().filter(|_| answers.loading.is_none() && !answers.worker_gone);
    let query = ready.map(|info| state.query(info));
    let (in_flight, client, notify) = (in_flight.clone(), client.clone(), notify.clone());
    use_effect_with((query, answers.loads), move |(query, _)| {
        if let Some(query) = query {
            let told = notify.clone();
            let on_reply = Callback::from(move |(id, reply)| {
                if matches!(reply, Reply::Ready(_)) {
                    in_flight.crashes.borrow_mut().forget();
                }
                told.emit(Event::View { id, reply: Box::new(reply) });
            });
            let id = client.call(query, None, on_reply);
            notify.emit(Event::ViewAsked { id });
        }
    });
}
