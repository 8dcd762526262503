//! What the page knows of the studies below the result.

use super::Shared;
use crate::protocol::{Compared, Moved, Studied, Walked};

/// The last answers of the studies and of what-if.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Studies {
    pub compared: Option<Shared<Compared>>,
    pub walked: Option<Shared<Walked>>,
    pub moved: Option<Shared<Moved>>,
    /// Why there is no answer to the last question.
    pub problem: Option<String>,
}

impl Studies {
    /// Takes in an answer.
    pub(super) fn hear(&mut self, found: Result<Studied, String>) {
        self.problem = None;
        match found {
            Ok(Studied::Compare(compared)) => self.compared = Some(Shared::new(*compared)),
            Ok(Studied::Batches(walked)) => self.walked = Some(Shared::new(*walked)),
            Ok(Studied::WhatIf(moved)) => self.moved = Some(Shared::new(*moved)),
            Err(why) => self.problem = Some(why),
        }
    }
}
