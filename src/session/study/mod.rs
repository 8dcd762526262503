//! What is looked at more closely than a view does.

mod applied;
mod batches;
mod compare;
mod measured;
mod what_if;

pub use measured::Measured;

use super::view::refused;
use super::{Loaded, QueryError, Session, Yield};
use normlab_protocol::{Studied, StudyQuery};

impl Session {
    /// What was asked about the last view.
    ///
    /// # Errors
    /// [`QueryError::Cancelled`] when there has been no view yet, or the work is no longer wanted; why there is no answer, for the
    /// visitor.
    pub async fn study(&mut self, query: &StudyQuery, yielder: &impl Yield) -> Result<Studied, QueryError> {
        let loaded = self.loaded.as_mut().ok_or(QueryError::Cancelled)?;
        Ok(match query {
            StudyQuery::Compare(query) => Studied::Compare(Box::new(loaded.compare(query, yielder).await?)),
            StudyQuery::Batches(query) => Studied::Batches(Box::new(loaded.walk(query, yielder).await?)),
            StudyQuery::WhatIf(query) => Studied::WhatIf(Box::new(loaded.what_if(query, yielder).await?)),
        })
    }
}
