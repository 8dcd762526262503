//! What is shown to an audience: where a presentation is (`present=` of an address), the keys that steer it, and playlists.

mod command;
mod place;
mod playlist;
mod playlist_file;

pub use command::PresentCommand;
pub use place::{ListPlace, PresentPlace};
pub use playlist::{Playlist, PlaylistEntry, RevealStep, free_slug, is_slug};
pub use playlist_file::ENTRIES_AT_MOST;

/// Slugs of the playlists that come with the page, in the order in which they are listed. Each is a file in
/// `static/playlists`, loaded when it is needed.
pub const BUNDLED: [&str; 6] =
    ["why-scale-matters", "outliers", "fit-on-train-only", "batch-norm", "layer-norm", "pre-norm"];
