//! What is there to present: the frame around a presented page, playlists, the speaker's notes.

pub mod add_state;
pub mod entry_editor;
pub mod frame;
mod keys;
mod overlays;
pub mod playlist_editor;
pub mod playlist_list;
pub mod printed;
pub mod qr_code;
pub mod speaker;
