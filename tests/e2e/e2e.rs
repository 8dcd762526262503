//! The built page in a real browser, driven over WebDriver: `make test` runs this after it has built the page.
//!
//! A scenario is a file with `#[test]` functions and a line here. Each test has a browser, a server and a profile of its
//! own. Whatever the test asserts, it also fails when the page wrote an error to the console or asked another host.

#![cfg(test)]
#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

mod explore;
mod harness;

mod accessibility;
mod activations;
mod address;
mod answers;
mod bad_input;
mod batches;
mod beside;
mod builder;
mod classroom;
mod compare;
mod data;
mod drawing;
mod experiment_page;
mod experiments;
mod explore_wine;
mod first_screen;
mod held_out;
mod inspect;
mod keep;
mod keyboard;
mod loading;
mod look;
mod missing;
mod networks;
mod opening;
mod playlists;
mod pointing;
mod practice;
mod present;
mod reading;
mod refused;
mod screenshots;
mod security;
mod settings;
mod soak;
mod speed;
mod table;
mod take_away;
mod terms;
mod views;
mod worker;
