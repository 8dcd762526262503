//! Works for what is kept: one job after the other, so that none sees half of what another does.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::document::{Document, DocumentAction};
use super::user_file::UserFile;
use crate::app::recent_files::{self, Trouble};
use crate::data::Checksum;
use crate::state::{Event, FileIdentity, RecentFile};

pub enum Job {
    Look,
    Keep(Rc<UserFile>, Option<Checksum>),
    Forget(Vec<RecentFile>),
    /// Lets go of what was not read to its end.
    Drop(Rc<UserFile>),
    /// Brings the content; `true` when an address asks for it.
    Fetch(RecentFile, bool),
}

/// The jobs, and what they need.
pub struct Keeper {
    jobs: RefCell<VecDeque<Job>>,
    busy: RefCell<bool>,
    /// What was stored or fetched in this visit, under which key.
    stored: RefCell<Vec<(Rc<OnceCell<FileIdentity>>, String)>>,
    /// Keys of what the storage did not give back: it counts as not kept until the next visit.
    lost: RefCell<Vec<String>>,
    complained: RefCell<bool>,
    all: UseStateSetter<Option<Rc<Vec<RecentFile>>>>,
    document: UseReducerDispatcher<Document>,
    notify: Callback<Event>,
}

impl Keeper {
    pub fn new(
        all: UseStateSetter<Option<Rc<Vec<RecentFile>>>>,
        document: UseReducerDispatcher<Document>,
        notify: Callback<Event>,
    ) -> Self {
        Self {
            jobs: RefCell::default(),
            busy: RefCell::default(),
            stored: RefCell::default(),
            lost: RefCell::default(),
            complained: RefCell::default(),
            all,
            document,
            notify,
        }
    }

    pub fn ask(self: &Rc<Self>, job: Job) {
        self.jobs.borrow_mut().push_back(job);
        if self.busy.replace(true) {
            return;
        }
        let keeper = self.clone();
        spawn_local(async move {
            loop {
                let Some(job) = keeper.jobs.borrow_mut().pop_front() else { break };
                if let Err(trouble) = keeper.work(job).await {
                    keeper.complain(trouble);
                }
                let mut all = match recent_files::all().await {
                    Ok(all) => all,
                    Err(trouble) => {
                        // One that is forbidden is no matter until something is to be kept.
                        if trouble == Trouble::Silent {
                            keeper.complain(trouble);
                        }
                        Vec::new()
                    }
                };
                all.retain(|recent_file| !keeper.lost.borrow().contains(&recent_file.key()));
                keeper.all.set(Some(Rc::new(all)));
            }
            keeper.busy.replace(false);
        });
    }

    /// Says what is wrong with the storage, once.
    fn complain(&self, trouble: Trouble) {
        if self.complained.replace(true) {
            return;
        }
        let why = match trouble {
            Trouble::Refused => "This browser does not let the page save your data: its storage is full or blocked.",
            Trouble::Silent => {
                "Your data are not saved in this browser: its storage does not respond, perhaps because another tab is using it."
            }
        };
        self.notify.emit(Event::Tell(vec![format!(
            "{why} Everything works, but after a reload you have to open the file again."
        )]));
    }

    async fn work(&self, job: Job) -> Result<(), Trouble> {
        match job {
            Job::Look => Ok(()),
            Job::Keep(user_file, check) => self.keep(&user_file, check).await,
            Job::Forget(gone) => {
                let keys: Vec<_> = gone.iter().map(RecentFile::key).collect();
                self.stored.borrow_mut().retain(|(_, key)| !keys.contains(key));
                recent_files::forget(keys).await
            }
            Job::Drop(user_file) => match self.key_of(&user_file) {
                Some(key) => {
                    self.stored.borrow_mut().retain(|(_, other)| *other != key);
                    recent_files::forget(vec![key]).await
                }
                None => Ok(()),
            },
            Job::Fetch(recent_file, asked) => match recent_files::content(recent_file.key()).await {
                Ok(Some(content)) => {
                    let key = recent_file.key();
                    let user_file = UserFile::of_recent_file(recent_file, content);
                    self.stored.borrow_mut().push((user_file.identity.clone(), key));
                    self.document.dispatch(if asked {
                        DocumentAction::Found(user_file)
                    } else {
                        DocumentAction::Open(user_file)
                    });
                    Ok(())
                }
                // Half of it is there, which is as good as nothing.
                Ok(None) => recent_files::forget(vec![recent_file.key()]).await,
                Err(_) => {
                    let text = format!(
                        "\u{201c}{}\u{201d} is saved in this browser, but its storage does not return it: open the file \
                         again.",
                        recent_file.name
                    );
                    self.notify.emit(Event::Tell(vec![text]));
                    self.lost.borrow_mut().push(recent_file.key());
                    Ok(())
                }
            },
        }
    }

    /// Under which key these were stored, or fetched.
    fn key_of(&self, user_file: &UserFile) -> Option<String> {
        let stored = self.stored.borrow();
        stored.iter().rev().find(|(identity, _)| Rc::ptr_eq(identity, &user_file.identity)).map(|(_, key)| key.clone())
    }

    async fn keep(&self, user_file: &UserFile, check: Option<Checksum>) -> Result<(), Trouble> {
        let Some(recent_file) = &user_file.recent_file else { return Ok(()) };
        let all = recent_files::all().await?;
        let (recent_file, there) = recent_file.beside(&all, check);
        let recent_file = RecentFile { opened: js_sys::Date::now() as u64, ..recent_file };
        let Some(mut go) = recent_file.makes_go(&all) else { return Ok(()) };
        // What was not read yet may turn out to be worth nothing: until then, nothing goes for it.
        if recent_file.check.is_none() {
            go.clear();
        }
        let (key, before) = (recent_file.key(), self.key_of(user_file));
        let content = if there || before.as_ref() == Some(&key) { None } else { user_file.blob() };
        let mut keys: Vec<_> = go.iter().map(|gone| gone.key()).collect();
        // It turned out to be kept under another one.
        keys.extend(before.filter(|before| *before != key));
        recent_files::put(recent_file, content, keys).await?;
        // Only what this one stored goes with it.
        if !there {
            self.stored.borrow_mut().push((user_file.identity.clone(), key));
        }
        let gone = go.iter().map(|gone| {
            format!(
                "To make room for \u{201c}{}\u{201d}, \u{201c}{}\u{201d} is no longer saved in this browser.",
                user_file.name, gone.name
            )
        });
        self.notify.emit(Event::Tell(gone.collect()));
        Ok(())
    }
}
