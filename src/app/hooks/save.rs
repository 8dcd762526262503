//! Files to take away: asked of the worker, handed over when they are made.

use std::rc::Rc;

use yew::prelude::*;

use super::in_flight::InFlight;
use crate::app::client::Client;
use crate::app::download::download;
use crate::protocol::{Reply, Save};
use crate::state::Event;

/// What to do about a file.
pub enum Saving {
    /// Make it, under this name.
    Start(Save, String),
    Stop,
}

#[hook]
pub fn use_save(client: &Client, in_flight: &Rc<InFlight>, notify: &Callback<Event>) -> Callback<Saving> {
    let (client, in_flight, notify) = (client.clone(), in_flight.clone(), notify.clone());
    use_callback((), move |saving: Saving, ()| match saving {
        Saving::Start(what, name) => {
            let on_reply = {
                let (in_flight, notify) = (in_flight.clone(), notify.clone());
                Callback::from(move |(id, reply)| {
                    if let Reply::Ready(address) = &reply
                        && let Some((_, name)) = in_flight.saving.borrow_mut().take_if(|(saving, _)| *saving == id)
                    {
                        download(String::clone(address), &name);
                    }
                    notify.emit(Event::Save { id, reply });
                })
            };
            let id = client.call(&what, None, on_reply);
            in_flight.saving.replace(Some((id, name.clone())));
            notify.emit(Event::SaveAsked { id, name, what });
        }
        Saving::Stop => {
            if let Some((id, _)) = in_flight.saving.take() {
                client.cancel(id);
                notify.emit(Event::SaveStopped);
            }
        }
    })
}
