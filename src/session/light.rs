//! Where picked values are on both sides of the last view.

use super::{NoView, Session};
use crate::protocol::{LightQuery, Lit};

impl Session {
    /// The picked values before and after.
    ///
    /// # Errors
    /// When there has been no view yet.
    pub fn light(&mut self, query: &LightQuery) -> Result<Lit, NoView> {
        let _ = query;
        Err(NoView::Stale)
    }
}
