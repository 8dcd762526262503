//! Compared.

use super::{Loaded, NoView, Pace};
use crate::protocol::{CompareQuery, Compared};

impl Loaded {
    pub(super) async fn compare(&mut self, query: &CompareQuery, pace: &impl Pace) -> Result<Compared, NoView> {
        pace.breathe().await?;
        Ok(Compared { query: query.clone() })
    }
}
