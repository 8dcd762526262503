//! Questions and answers of the studies below the result, and of what-if: each a file.

mod batches;
mod compare;
mod what_if;

pub use batches::*;
pub use compare::*;
pub use what_if::*;
