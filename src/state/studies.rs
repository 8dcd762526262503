//! What the page knows of the studies below the result.

use super::Shared;
use crate::protocol::{Compared, Moved, Refused, Studied, StudyQuery, Walked, WhatIfQuery};

/// The last answers of the studies and of what-if.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Studies {
    pub compared: Option<Shared<Compared>>,
    pub walked: Option<Shared<Walked>>,
    pub moved: Option<Shared<Moved>>,
    /// Why there is no answer to the last question of each.
    pub compare_problem: Option<String>,
    pub walk_problem: Option<String>,
    pub what_if_problem: Option<Refused<WhatIfQuery>>,
}

impl Studies {
    /// Takes in an answer.
    pub(super) fn hear(&mut self, found: Result<Studied, Refused<StudyQuery>>) {
        match found {
            Ok(Studied::Compare(compared)) => {
                (self.compared, self.compare_problem) = (Some(Shared::new(*compared)), None);
            }
            Ok(Studied::Batches(walked)) => (self.walked, self.walk_problem) = (Some(Shared::new(*walked)), None),
            Ok(Studied::WhatIf(moved)) => (self.moved, self.what_if_problem) = (Some(Shared::new(*moved)), None),
            Err(Refused { query: StudyQuery::Compare(_), why }) => self.compare_problem = Some(why),
            Err(Refused { query: StudyQuery::Batches(_), why }) => self.walk_problem = Some(why),
            Err(Refused { query: StudyQuery::WhatIf(query), why }) => {
                self.what_if_problem = Some(Refused { query, why });
            }
        }
    }
}
