//! What a call is: a question of the page whose type says how it is answered, and what it makes pointless.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use normlab_data::csv::OtherReading;

/// A question of the page: the session answers it in one function. All are listed in `calls.rs`.
pub trait Call: Clone + PartialEq + Serialize + DeserializeOwned + 'static {
    /// On the wire; no two calls are called alike.
    const NAME: &'static str;
    /// What it makes pointless.
    const LANE: CallLane;
    type Answer: Serialize + DeserializeOwned + 'static;
}

/// What a call is about, and so which earlier ones it makes pointless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallLane {
    /// Other data: nothing else is worth its time any more.
    Load,
    /// Another result: what takes long about the one before it is pointless.
    View,
    /// A closer look at the last result, which may take long.
    Study,
    /// A detail of the last result, which does not.
    Detail,
    /// About the loaded data, whatever the result.
    Data,
    /// A file to take away: each is wanted.
    Save,
}

impl CallLane {
    /// Whether its answers are of the last result, and gone with it.
    pub const fn is_of_result(self) -> bool {
        matches!(self, Self::Study | Self::Detail)
    }
}

/// A call as the queue knows it, whatever it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallKind {
    pub name: &'static str,
    pub lane: CallLane,
}

impl CallKind {
    pub const fn of<C: Call>() -> Self {
        Self { name: C::NAME, lane: C::LANE }
    }

    /// Whether a call of this kind makes an earlier one pointless. While a slider moves, or a scroll bar, only the newest of
    /// a kind is worth its time.
    pub fn overtakes(self, earlier: Self) -> bool {
        match self.lane {
            CallLane::Load => true,
            CallLane::View => matches!(earlier.lane, CallLane::View | CallLane::Study | CallLane::Save),
            CallLane::Study | CallLane::Detail | CallLane::Data => self == earlier,
            CallLane::Save => false,
        }
    }
}

/// What the worker says to a call: how far it is, any number of times, then one of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply<T> {
    /// So much is done of so much in all.
    Progress {
        done: u64,
        total: u64,
    },
    Ready(T),
    Failed(Failure),
    /// Cancelled, or overtaken by a newer call.
    Dropped,
}

impl<T> Reply<T> {
    /// Whether it is the last one to its call.
    pub const fn is_last(&self) -> bool {
        !matches!(self, Self::Progress { .. })
    }

    /// The same with what an answer becomes; a failure where it becomes nothing.
    pub fn try_map<U>(self, map: impl FnOnce(T) -> Result<U, String>) -> Reply<U> {
        match self {
            Self::Progress { done, total } => Reply::Progress { done, total },
            Self::Ready(answer) => match map(answer) {
                Ok(answer) => Reply::Ready(answer),
                Err(why) => Reply::Failed(why.into()),
            },
            Self::Failed(failure) => Reply::Failed(failure),
            Self::Dropped => Reply::Dropped,
        }
    }
}

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// For the visitor.
    pub why: String,
    /// What may still lead to an answer.
    pub retry: Option<Retry>,
}

/// How something that failed may come off after all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Retry {
    /// The same once more: something did not come from the server.
    Same,
    /// Read in another way.
    Otherwise(OtherReading),
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self { why, retry: None }
    }
}
