//! What the page knows of the studies below the result.

use std::rc::Rc;

use crate::protocol::{Compared, Moved, Studied, Walked, decode};

/// The last answers of the studies and of what-if.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Studies {
    pub compared: Option<Rc<Compared>>,
    pub walked: Option<Rc<Walked>>,
    pub moved: Option<Rc<Moved>>,
    /// Why there is no answer to the last question.
    pub problem: Option<String>,
}

impl Studies {
    /// Takes in an answer; nothing when page and worker are of different versions.
    #[inline(never)]
    pub(super) fn hear(&mut self, bytes: &[u8]) {
        let Ok(studied) = decode(bytes) else { return };
        self.problem = None;
        match studied {
            Ok(Studied::Compare(compared)) => self.compared = Some(Rc::from(compared)),
            Ok(Studied::Batches(walked)) => self.walked = Some(Rc::from(walked)),
            Ok(Studied::WhatIf(moved)) => self.moved = Some(Rc::from(moved)),
            Err(why) => self.problem = Some(why),
        }
    }
}
