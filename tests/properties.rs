//! What must hold for all data: identities between methods, invariances, ways back, and no panic on anything.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails loudly")]

#[path = "properties/arithmetic.rs"]
mod arithmetic;
#[path = "properties/data.rs"]
mod data;
#[path = "properties/identities.rs"]
mod identities;
#[path = "properties/invariances.rs"]
mod invariances;
#[path = "properties/mixtures.rs"]
mod mixtures;
#[path = "properties/naming.rs"]
mod naming;
#[path = "properties/numerics.rs"]
mod numerics;
#[path = "properties/robustness.rs"]
mod robustness;
#[path = "properties/trace.rs"]
mod trace;
#[path = "properties/what_if.rs"]
mod what_if;
