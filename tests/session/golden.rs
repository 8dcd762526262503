//! The numbers of `fixtures/wine/golden.json`, and comparing with them.

use normlab::engine::Summary;
use normlab::protocol::{Feature, ViewResult};
use serde_json::Value;

/// Largest distance allowed, as a share of the column's largest absolute value. Both sides round in every one of some
/// hundred additions, in another order; 178 additions of numbers of one size lose at most about 178 * 2^-53 = 2e-14 of
/// it. The rest is room for the division by a spread that is smaller than the values (ash: its mean is 8.6 of its
/// standard deviations, and LayerNorm's subtraction of numbers as far apart as proline's and hue's).
const TOLERANCE: f64 = 1e-12;

pub struct Golden(Value);

impl Golden {
    pub fn read() -> Self {
        Self(serde_json::from_str(include_str!("../fixtures/wine/golden.json")).unwrap())
    }

    pub fn features(&self) -> Vec<&str> {
        self.0["features"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect()
    }

    pub fn methods(&self, part: &str) -> Vec<String> {
        self.0[part].as_object().unwrap().keys().cloned().collect()
    }

    /// Every number of both sides.
    pub fn check(&self, part: &str, slug: &str, view: &ViewResult) {
        let names: Vec<_> = view.features.iter().map(|feature| feature.name.as_str()).collect();
        assert_eq!(names, self.features(), "{slug}");
        for (index, Feature { name, before, after, .. }) in view.features.iter().enumerate() {
            compare(&format!("{slug}, {name}, before"), before, &self.0["before"][index]);
            compare(&format!("{slug}, {name}, after"), after, &self.0[part][slug][index]);
        }
    }
}

fn compare(what: &str, found: &Summary, expected: &Value) {
    assert_eq!((found.count, found.missing), (expected["n"].as_u64().unwrap(), 0), "{what}");
    let number = |key: &str| expected[key].as_f64().unwrap_or(f64::NAN);
    let size = number("min").abs().max(number("max").abs());
    let with_unit = [
        ("mean", found.mean),
        ("sd", found.sd),
        ("min", found.min),
        ("q1", found.q1),
        ("median", found.median),
        ("q3", found.q3),
        ("max", found.max),
    ];
    // Moments of standardized values have no unit: rounding counts against 1, or against themselves.
    let shape = [("skewness", found.skewness), ("kurtosis", found.excess_kurtosis)];
    let shape = shape.map(|(key, value)| (key, value, number(key).abs().max(1.0) * 10.0));
    for (key, value, size) in with_unit.map(|(key, value)| (key, value, size)).into_iter().chain(shape) {
        let agree = if number(key).is_nan() { value.is_nan() } else { (value - number(key)).abs() <= TOLERANCE * size };
        assert!(agree, "{what}: {key} is {value:e}, should be {:e}", number(key));
    }
}
