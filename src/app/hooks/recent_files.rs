//! What this browser keeps of the visitor's own data, so that a reload finds them.
//!
//! A file is kept as soon as it is opened, before it is read: a reload may come in between.

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
    pub fn of(&self, user_file: &UserFile) -> Option<&RecentFile> {
        user_file.recent_file.as_ref()?.among(self.all(), user_file.identity.get().and_then(FileIdentity::checksum))
    }
}

/// Keeps what is opened, and finds what an address asks for.
#[hook]
pub fn use_recent_files(document: &UseReducerHandle<Document>, notify: &Callback<Event>) -> RecentFiles {
    let all = use_state_eq(|| None::<Rc<Vec<RecentFile>>>);
    let keeper = {
        let (all, document, notify) = (all.setter(), document.dispatcher(), notify.clone());
        use_memo((), move |()| Rc::new(Keeper::new(all, document, notify)))
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
        let check =
            document.user_file.as_ref().and_then(|user_file| user_file.identity.get()).and_then(FileIdentity::checksum);
        use_effect_with((document.user_file.clone(), check), move |(user_file, check)| {
            if let Some(user_file) = user_file {
                keeper.ask(Job::Keep(user_file.clone(), *check));
            }
            let user_file = user_file.clone();
            move || {
                // It could not be read, or was given up.
                if let Some(user_file) = user_file.filter(|user_file| user_file.identity.get().is_none()) {
                    keeper.ask(Job::Drop(user_file));
                }
            }
        });
    }
    let needed = document.needed().and_then(|data| match &*all {
        Some(all) => RecentFile::find(all, data).cloned(),
        None => Some(RecentFile::default()),
    });
    {
        let keeper = keeper.clone();
        use_effect_with(needed.clone().filter(|_| answered), move |needed| {
            if let Some(recent_file) = needed {
                keeper.ask(Job::Fetch(recent_file.clone(), true));
            }
        });
    }
    let forget = {
        let keeper = keeper.clone();
        use_callback((), move |gone: Vec<RecentFile>, ()| keeper.ask(Job::Forget(gone)))
    };
    let open = use_callback((), move |recent_file: RecentFile, ()| keeper.ask(Job::Fetch(recent_file, false)));
    RecentFiles { all: (*all).clone(), forget, open, pending: needed.is_some() }
}
