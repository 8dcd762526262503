//! What is looked at more closely than a view does.

mod applied;
mod batches;
mod compare;
mod measured;
mod what_if;

pub use measured::Measured;

use super::view::refused;
use super::{Loaded, QueryError, Session, Yield};
use normlab_protocol::{BatchesQuery, CompareQuery, MethodComparison, RunningStats, WhatIfQuery, WhatIfResult};

/// Each fails with [`QueryError::Cancelled`] when there has been no view yet, or the work is no longer wanted; else with why
/// there is no answer, for the visitor.
impl Session {
    /// What each of several methods makes of the columns of the last view.
    ///
    /// # Errors
    /// See above.
    pub async fn compare(
        &mut self,
        query: &CompareQuery,
        yielder: &impl Yield,
    ) -> Result<MethodComparison, QueryError> {
        self.loaded.as_mut().ok_or(QueryError::Cancelled)?.compare(query, yielder).await
    }

    /// How BatchNorm walks one of these columns batch by batch.
    ///
    /// # Errors
    /// See above.
    pub async fn batches(&mut self, query: &BatchesQuery, yielder: &impl Yield) -> Result<RunningStats, QueryError> {
        self.loaded.as_mut().ok_or(QueryError::Cancelled)?.walk(query, yielder).await
    }

    /// What would move if one value of the last view were another.
    ///
    /// # Errors
    /// See above.
    pub async fn what_if(&mut self, query: &WhatIfQuery, yielder: &impl Yield) -> Result<WhatIfResult, QueryError> {
        self.loaded.as_mut().ok_or(QueryError::Cancelled)?.what_if(query, yielder).await
    }
}
