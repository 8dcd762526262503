//! What the page knows of the studies below the result.

use crate::protocol::{
    MethodComparison, RefusedQuestion, RunningStats, Studied, StudyQuery, WhatIfQuery, WhatIfResult,
};
use crate::state::ByPtr;

/// The last answers of the studies and of what-if.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Studies {
    pub compared: Option<ByPtr<MethodComparison>>,
    pub walked: Option<ByPtr<RunningStats>>,
    pub moved: Option<ByPtr<WhatIfResult>>,
    /// Why there is no answer to the last question of each.
    pub compare_problem: Option<String>,
    pub walk_problem: Option<String>,
    pub what_if_problem: Option<RefusedQuestion<WhatIfQuery>>,
}

impl Studies {
    /// Takes in an answer.
    pub(in crate::state) fn hear(&mut self, found: Result<Studied, RefusedQuestion<StudyQuery>>) {
        match found {
            Ok(Studied::Compare(compared)) => {
                (self.compared, self.compare_problem) = (Some(ByPtr::new(*compared)), None);
            }
            Ok(Studied::Batches(walked)) => (self.walked, self.walk_problem) = (Some(ByPtr::new(*walked)), None),
            Ok(Studied::WhatIf(moved)) => (self.moved, self.what_if_problem) = (Some(ByPtr::new(*moved)), None),
            Err(RefusedQuestion { query: StudyQuery::Compare(_), why }) => self.compare_problem = Some(why),
            Err(RefusedQuestion { query: StudyQuery::Batches(_), why }) => self.walk_problem = Some(why),
            Err(RefusedQuestion { query: StudyQuery::WhatIf(query), why }) => {
                self.what_if_problem = Some(RefusedQuestion { query, why });
            }
        }
    }
}
