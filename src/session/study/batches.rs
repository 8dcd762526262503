//! Walked.

use super::{Loaded, NoView, Pace};
use crate::protocol::{BatchesQuery, Walked};

impl Loaded {
    pub(super) async fn walk(&mut self, query: &BatchesQuery, pace: &impl Pace) -> Result<Walked, NoView> {
        pace.breathe().await?;
        Ok(Walked { query: query.clone() })
    }
}
