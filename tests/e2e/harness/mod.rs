//! Server, driver and browser of a test.

// A helper may wait for the scenario that needs it.
#![allow(dead_code, unused_imports)]

/// The project's directory.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

mod browser;
mod driver;
mod found;
mod frame;
mod page;
mod server;
mod wait;
mod windows;

pub use found::Found;
pub use page::{DESKTOP, PHONE, PROJECTOR, Page, Theme};
pub use server::{Fault, Server, built};
