//! A residual stream whose blocks turn it: every block adds something at right angles to what it has seen.

use ndarray::Array3;
use normlab_engine::method::RmsNorm;
use normlab_engine::{Error, Method};

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

/// `(-z2, z1, -z4, z3, ...)`, of an even number of features.
pub fn turned(z: &Array3<f64>) -> Array3<f64> {
    Array3::from_shape_fn(z.dim(), |(token, feature, position)| {
        let sign = if feature % 2 == 0 { -1.0 } else { 1.0 };
        sign * z[[token, feature ^ 1, position]]
    })
}

/// The last sum `x + F(...)` of so many blocks `F(z) = gain * turned(z)`, before any norm that follows it.
///
/// # Errors
/// Those of the engine.
pub fn last_sum(token: &Array3<f64>, place: NormPlace, gain: f64, blocks: usize) -> Result<Array3<f64>, Error> {
    let method = plain_rms_norm();
    let mut x = token.clone();
    for block in 0..blocks {
        if place == NormPlace::Post && block > 0 {
            x = method.run(x.view(), None)?.values;
        }
        let seen = if place == NormPlace::Pre { method.run(x.view(), None)?.values } else { x.clone() };
        x = x + gain * turned(&seen);
    }
    Ok(x)
}

pub fn mean_square(x: &Array3<f64>) -> f64 {
    x.iter().map(|value| value * value).sum::<f64>() / x.len() as f64
}
