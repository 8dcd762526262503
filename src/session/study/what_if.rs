//! Moved.

use super::{Loaded, NoView, Pace};
use crate::protocol::{Moved, WhatIfQuery};

impl Loaded {
    pub(super) async fn what_if(&mut self, query: &WhatIfQuery, pace: &impl Pace) -> Result<Moved, NoView> {
        pace.breathe().await?;
        Ok(Moved { query: query.clone() })
    }
}
