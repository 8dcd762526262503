//! Files to take away: asked of the worker, handed over when they are made.

use std::rc::Rc;

use yew::prelude::*;

use super::in_flight::InFlight;
use crate::app::link::Link;
use crate::protocol::{Ask, Save};
use crate::state::Event;

/// What to do about a file.
pub enum Saving {
    /// Make it, under this name.
    Start(Save, String),
    Stop,
}

#[hook]
pub fn use_save(link: &Link, asked: &Rc<InFlight>, notify: &Callback<Event>) -> Callback<Saving> {
    let (link, asked, notify) = (link.clone(), asked.clone(), notify.clone());
    use_callback((), move |saving: Saving, ()| match saving {
        Saving::Start(what, name) => {
            let id = link.ask(Ask::Save(what.clone()), None);
            asked.saving.replace(Some((id, name.clone())));
            notify.emit(Event::SaveAsked { id, name, what });
        }
        Saving::Stop => {
            if let Some((id, _)) = asked.saving.take() {
                link.ask(Ask::Cancel(id), None);
                notify.emit(Event::SaveStopped);
            }
        }
    })
}
