//! A residual stream whose blocks turn it: every block adds something at right angles to what it has seen.

use normlab_engine::method::RmsNorm;
use normlab_engine::{Error, Method};

use super::Grid;

/// Where RMSNorm stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormPlace {
    /// `x + F(norm(x))`, and a norm behind the last block.
    Pre,
    /// `norm(x + F(x))`
    Post,
}

/// RMSNorm without eps, over the features of a token.
pub fn plain_rms_norm() -> Method {
    Method::RmsNorm(RmsNorm { eps: 0.0, ..RmsNorm::default() })
}

/// What it makes of a token.
///
/// # Errors
/// Those of the engine.
pub fn normed(token: &[f64]) -> Result<Vec<f64>, Error> {
    Ok(plain_rms_norm().run(Grid::batch(&[token.to_vec()]).view(), None)?.values.iter().copied().collect())
}

/// `(-z2, z1, -z4, z3, ...)`, of an even number of features.
pub fn turned(z: &[f64]) -> Vec<f64> {
    (0..z.len()).map(|feature| if feature % 2 == 0 { -z[feature + 1] } else { z[feature - 1] }).collect()
}

/// `x + factor * y`
pub fn plus(x: &[f64], factor: f64, y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x + factor * y).collect()
}

/// The last sum `x + F(...)` of so many blocks `F(z) = gain * turned(z)`, before any norm that follows it.
///
/// # Errors
/// Those of the engine.
pub fn last_sum(token: &[f64], place: NormPlace, gain: f64, blocks: usize) -> Result<Vec<f64>, Error> {
    let mut x = token.to_vec();
    for block in 0..blocks {
        if place == NormPlace::Post && block > 0 {
            x = normed(&x)?;
        }
        let seen = if place == NormPlace::Pre { normed(&x)? } else { x.clone() };
        x = plus(&x, gain, &turned(&seen));
    }
    Ok(x)
}

pub fn mean_square(x: &[f64]) -> f64 {
    x.iter().map(|value| value * value).sum::<f64>() / x.len() as f64
}
