//! What this browser keeps of the visitor's own data, so that a reload finds them.
//!
//! Kept as soon as it is opened, before it is read: a reload may come in between.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::document::Document;
use super::file_keeper::{Job, Keeper};
use super::user_file::UserFile;
use crate::state::{Event, FileIdentity, RecentFile};

/// Milliseconds after which a storage that does not answer is done without.
const PATIENCE: u32 = 1000;

/// What the page needs to know of what is kept.
#[derive(Clone, Default, PartialEq)]
pub struct RecentFiles {
    /// `None` until the storage has answered.
    all: Option<Rc<Vec<RecentFile>>>,
    pub forget: Callback<Vec<RecentFile>>,
    pub open: Callback<RecentFile>,
    /// Data are being fetched that the address asks for.
    pub pending: bool,
}

impl RecentFiles {
    pub fn all(&self) -> &[RecentFile] {
        self.all.as_ref().map_or(&[], |all| all)
    }

    /// As what these are kept.
    pub fn of(&self, own: &UserFile) -> Option<&RecentFile> {
        own.kept.as_ref()?.among(self.all(), own.known.get().and_then(FileIdentity::checksum))
    }
}

/// Keeps what is opened, and finds what an address asks for.
#[hook]
pub fn use_recent_files(choice: &UseReducerHandle<Document>, notify: &Callback<Event>) -> RecentFiles {
    let all = use_state_eq(|| None::<Rc<Vec<RecentFile>>>);
    let keeper = {
        let (all, choice, notify) = (all.setter(), choice.dispatcher(), notify.clone());
        use_memo((), move |()| Rc::new(Keeper::new(all, choice, notify)))
    };
    let answered = all.is_some();
    {
        let keeper = keeper.clone();
        use_effect_with((), move |()| keeper.ask(Job::Look));
    }
    {
        let all = all.setter();
        use_effect_with(answered, move |answered| {
            let waiting = (!answered).then(|| Timeout::new(PATIENCE, move || all.set(Some(Rc::default()))));
            move || drop(waiting)
        });
    }
    {
        let keeper = keeper.clone();
        let check = choice.user_file.as_ref().and_then(|own| own.known.get()).and_then(FileIdentity::checksum);
        use_effect_with((choice.user_file.clone(), check), move |(own, check)| {
            if let Some(own) = own {
                keeper.ask(Job::Keep(own.clone(), *check));
            }
            let own = own.clone();
            move || {
                // It could not be read, or was given up.
                if let Some(own) = own.filter(|own| own.known.get().is_none()) {
                    keeper.ask(Job::Drop(own));
                }
            }
        });
    }
    let needed = choice.needed().and_then(|data| match &*all {
        Some(all) => RecentFile::find(all, data).cloned(),
        None => Some(RecentFile::default()),
    });
    {
        let keeper = keeper.clone();
        use_effect_with(needed.clone().filter(|_| answered), move |needed| {
            if let Some(kept) = needed {
                keeper.ask(Job::Fetch(kept.clone(), true));
            }
        });
    }
    let forget = {
        let keeper = keeper.clone();
        use_callback((), move |gone: Vec<RecentFile>, ()| keeper.ask(Job::Forget(gone)))
    };
    let open = use_callback((), move |kept: RecentFile, ()| keeper.ask(Job::Fetch(kept, false)));
    RecentFiles { all: (*all).clone(), forget, open, pending: needed.is_some() }
}
