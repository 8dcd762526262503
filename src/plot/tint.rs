use serde::{Deserialize, Serialize};

/// How the colours go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tint {
    /// From pale to strong.
    Sequential,
    /// From one strong colour over a pale middle to another.
    Diverging,
    /// From paper to ink.
    Grey,
}
