//! The session that owns the data.

/// Starts the session in a dedicated worker.
pub fn start() {}
