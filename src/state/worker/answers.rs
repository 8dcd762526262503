//! What the page knows of data and result: the last good ones, what is under way, and what went wrong. What is asked about a
//! result has a [`CallState`](crate::state::CallState) each.

use crate::data::Checksum;
use crate::data::csv::OtherReading;
use crate::protocol::{DataInfo, Failure, LoadedData, Reply, Retry, Save, ViewResult};
use crate::state::{ByPtr, DataVersion, Stopped};

/// The last good answers stay until better ones come: nothing that went wrong clears the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The data as they are, edits included.
    pub info: Option<ByPtr<DataInfo>>,
    /// The data as they were loaded.
    pub loaded: Option<ByPtr<DataInfo>>,
    pub view: Option<ByPtr<ViewResult>>,
    pub loading: Option<Loading>,
    /// A file to take away that is being made.
    pub saving: Option<Making>,
    /// Id of the newest question for a view that is not answered yet.
    pub viewing: Option<u64>,
    /// What is wrong with the data that were asked for.
    pub load_problem: Option<Notice>,
    /// What is wrong with the method or its settings.
    pub view_problem: Option<String>,
    pub notices: Vec<Notice>,
    /// The worker died too often and was given up; the next load starts another.
    pub worker_gone: bool,
    /// How many data sets were loaded so far: tells two that look alike apart.
    pub loads: u32,
    /// Answers to this question and to older ones are stale.
    seen: u64,
    /// How many data sets were loaded when a view was asked for last.
    loads_at_last_view: u32,
    /// How many were loaded when the view on the screen was: another number, and it is of other data.
    view_of: u32,
    /// How often what was known of a result became that of another one.
    cleared: u32,
}

/// Whether a worker that died is worth starting again.
#[derive(Debug, Default)]
pub struct Crashes(u32);

impl Crashes {
    /// After so many crashes with no picture in between, the same would only happen again.
    const AT_MOST: u32 = 3;

    /// Counts a crash; true when the worker should be started again.
    pub const fn another(&mut self) -> bool {
        self.0 += 1;
        self.0 < Self::AT_MOST
    }

    /// A picture came: the next crash is a new one.
    pub const fn forget(&mut self) {
        self.0 = 0;
    }
}

/// Data on their way.
#[derive(Clone, Debug, PartialEq)]
pub struct Loading {
    pub id: u64,
    pub name: String,
    /// Bytes done of bytes in all, when known.
    pub progress: Option<(u64, u64)>,
}

/// A file on its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Making {
    pub id: u64,
    pub name: String,
    pub what: Save,
    /// Rows done of rows in all, when known.
    pub progress: Option<(u64, u64)>,
}

/// Something to tell the visitor, until dismissed.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub text: String,
    /// What can be tried once more.
    pub again: Option<Again>,
}

/// What came to nothing through no fault of its own.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// A file to take away, under its name.
    Save { name: String, what: Save },
    /// The data that were asked for last.
    Load,
    /// The same, read otherwise.
    Otherwise(OtherReading),
}

impl Notice {
    pub fn new(text: String) -> Self {
        Self { text, again: None }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    LoadAsked {
        id: u64,
        name: String,
    },
    ViewAsked {
        id: u64,
    },
    /// A file to take away is being made.
    SaveAsked {
        id: u64,
        name: String,
        what: Save,
    },
    SaveStopped,
    /// Said to the load of this id.
    Load {
        id: u64,
        reply: Reply<LoadedData>,
    },
    /// To the question for a view.
    View {
        id: u64,
        reply: Box<Reply<ViewResult>>,
    },
    /// To that for a file to take away.
    Save {
        id: u64,
        reply: Reply<String>,
    },
    /// The worker is gone; whether it was started again, and whether a load did it, which is not tried again.
    Crashed {
        why: Stopped,
        again: bool,
        loading: bool,
    },
    Tell(Vec<String>),
    Dismiss(usize),
    /// The load problem was read.
    DismissProblem,
    /// Data that only the visitor has.
    FileNeeded {
        name: String,
    },
    /// The file that was opened is not the one that the address means.
    OtherFile {
        name: String,
        expected: Checksum,
        found: Checksum,
    },
}

impl Answers {
    /// What is known after `event`. Answers to questions that are no longer open change nothing.
    #[must_use]
    pub fn after(&self, event: Event) -> Self {
        let mut next = self.clone();
        match event {
            Event::LoadAsked { id, name } => {
                next.loading = Some(Loading { id, name, progress: None });
                next.load_problem = None;
                next.viewing = None;
                next.worker_gone = false;
            }
            Event::ViewAsked { id } => {
                next.viewing = Some(id);
                next.loads_at_last_view = next.loads;
            }
            Event::SaveAsked { id, name, what } => next.saving = Some(Making { id, name, what, progress: None }),
            Event::SaveStopped => next.saving = None,
            Event::Load { id, reply } => next.on_load(id, reply),
            Event::View { id, reply } => next.on_view(id, *reply),
            Event::Save { id, reply } => next.on_save(id, reply),
            Event::Crashed { why, again, loading } => next.crash(why, again, loading),
            Event::Tell(texts) => next.notices.extend(texts.into_iter().map(Notice::new)),
            Event::Dismiss(index) => {
                if index < next.notices.len() {
                    next.notices.remove(index);
                }
            }
            Event::DismissProblem => next.load_problem = None,
            Event::FileNeeded { name } => {
                next.load_problem = Some(Notice::new(format!(
                    "This address belongs to \u{201c}{name}\u{201d}, which only its owner has: open that file here to see \
                     it. Until then, other data are shown."
                )));
            }
            Event::OtherFile { name, expected, found } => {
                let text = format!(
                    "This is another \u{201c}{name}\u{201d} than the one this address was made with: its checksum begins \
                     with {}, that of the other with {}. It was opened anyway.",
                    found.start(),
                    expected.start()
                );
                next.notices.push(Notice::new(text));
            }
        }
        next
    }

    /// Whether the screen does not show what was asked for last: a gesture that asks again and again (a drawing, a
    /// dragged point) waits for that, or no answer would ever be in time.
    pub fn busy(&self) -> bool {
        self.loading.is_some() || self.viewing.is_some() || self.loads_at_last_view != self.loads
    }

    /// The data, once there is a view of them or a word why there is none: a study may still have something to tell.
    pub fn looked_at(&self) -> Option<&ByPtr<DataInfo>> {
        self.info.as_ref().filter(|_| self.view.is_some() || self.view_problem.is_some())
    }

    /// What questions about the data and the view are about now.
    pub const fn version(&self) -> DataVersion {
        DataVersion { seen: self.seen, result: self.cleared }
    }

    fn on_load(&mut self, id: u64, reply: Reply<LoadedData>) {
        let Some(loading) = self.loading.as_mut().filter(|loading| loading.id == id) else { return };
        match reply {
            Reply::Progress { done, total } => return loading.progress = Some((done, total)),
            Reply::Ready(LoadedData { info, .. }) => {
                self.info = Some(ByPtr::new(info));
                self.loaded.clone_from(&self.info);
                self.loads += 1;
                self.seen = id;
                self.view_problem = None;
            }
            Reply::Failed(Failure { why, retry }) => {
                let again = retry.map(|retry| match retry {
                    Retry::Same => Again::Load,
                    Retry::Otherwise(other) => Again::Otherwise(other),
                });
                self.load_problem = Some(Notice { text: why, again });
            }
            Reply::Dropped => {}
        }
        self.loading = None;
    }

    fn on_view(&mut self, id: u64, reply: Reply<ViewResult>) {
        let newest = self.viewing == Some(id);
        match reply {
            // While a slider moves, the answers on the way are shown too: each is newer than what is on the screen.
            Reply::Ready(view) if id > self.seen && self.viewing.is_some_and(|newest| id <= newest) => {
                // The same description stays the same value: who shows it need not look again.
                match &view.edited {
                    Some(edited) if self.info.as_deref() != Some(edited) => {
                        self.info = Some(ByPtr::new(edited.clone()))
                    }
                    Some(_) => {}
                    None => self.info.clone_from(&self.loaded),
                }
                self.view_problem.clone_from(&view.refused);
                // A result of other data, or of other columns, must not stand under these controls.
                self.cleared += u32::from(view.refused.is_some());
                self.view = Some(ByPtr::new(view));
                self.view_of = self.loads;
                self.seen = id;
                if newest {
                    self.viewing = None;
                }
            }
            Reply::Failed(failure) if newest => {
                self.viewing = None;
                self.view_problem = Some(failure.why);
                // A result of other data must not stand under these controls.
                if self.view_of != self.loads {
                    self.view = None;
                    self.cleared += 1;
                }
            }
            _ => {}
        }
    }

    fn on_save(&mut self, id: u64, reply: Reply<String>) {
        let Some(saving) = self.saving.as_mut().filter(|saving| saving.id == id) else { return };
        let why = match reply {
            Reply::Progress { done, total } => return saving.progress = Some((done, total)),
            Reply::Dropped => Some("something else was chosen in the meantime".to_string()),
            Reply::Failed(failure) => Some(failure.why),
            Reply::Ready(_) => None,
        };
        let texts = why.map(|why| Notice::new(format!("\u{201c}{}\u{201d} was not saved: {why}", saving.name)));
        self.notices.extend(texts);
        self.saving = None;
    }

    fn crash(&mut self, why: Stopped, again: bool, loading: bool) {
        let loading = self.loading.take().filter(|_| loading);
        let saving = self.saving.take();
        self.viewing = None;
        self.worker_gone = !again;
        let text = if let Some(loading) = loading {
            let how = match why {
                Stopped::Died => "stopped unexpectedly, as it does when there is not enough memory",
                Stopped::Cancelled => "did not stop when it was cancelled, and was ended",
                Stopped::Overtaken | Stopped::Silent => "did not go on, and was ended",
            };
            format!("Reading \u{201c}{}\u{201d} {how}. The data from before are loaded again.", loading.name)
        } else if again {
            let how = match why {
                Stopped::Died => "stopped unexpectedly",
                Stopped::Cancelled | Stopped::Overtaken => {
                    "did not stop when something else was asked for, and was ended"
                }
                Stopped::Silent => "did not answer any more, and was ended",
            };
            format!("The calculation {how}. It was started again, and your data are loaded again.")
        } else if self.info.is_none() {
            "The worker that computes could not be started: its script did not load, or it stopped at once.".into()
        } else {
            "The calculation stopped several times on these data and was not started again. Choose other data or \
             another method to go on."
                .into()
        };
        let unsaved = saving.map(|Making { name, what, .. }| Notice {
            text: format!("\u{201c}{name}\u{201d} was not saved, because the calculation stopped."),
            again: Some(Again::Save { name, what }),
        });
        for notice in [Some(Notice::new(text)), unsaved].into_iter().flatten() {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
    }
}

#[cfg(test)]
mod tests;
