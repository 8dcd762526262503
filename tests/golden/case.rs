//! Reading the cases.

use ndarray::Array3;
use normlab::engine::{Error, Real, Shape};
use serde_json::Value;

pub struct Case(Value);

/// One array of a case.
pub struct Tensor {
    pub single: bool,
    pub lengths: Vec<usize>,
    pub data: Vec<f64>,
}

impl Tensor {
    /// As (N, C, L); typed error for fewer than two axes.
    pub fn array<T: Real>(&self) -> Result<Array3<T>, Error> {
        let shape = Shape::from_dimensions(&self.lengths)?;
        Ok(self.shaped((shape.examples, shape.features, shape.positions)))
    }

    pub fn shaped<T: Real>(&self, shape: (usize, usize, usize)) -> Array3<T> {
        Array3::from_shape_vec(shape, self.data.iter().map(|v| T::from_f64(*v)).collect())
            .expect("the shape of the data")
    }
}

impl Case {
    pub fn all() -> Vec<Self> {
        let text = std::fs::read_to_string("tests/fixtures/golden/torch_sklearn.json").expect("the fixture");
        let Value::Array(cases) = serde_json::from_str(&text).expect("JSON") else { panic!("expected a list") };
        cases.into_iter().map(Self).collect()
    }

    pub fn text(&self, key: &str) -> &str {
        self.0[key].as_str().expect("text")
    }

    pub fn name(&self) -> &str {
        self.text("name")
    }

    pub fn is_error(&self) -> bool {
        self.0.get("error").is_some()
    }

    /// What the library said.
    pub fn error(&self) -> &str {
        self.0["error"]["message"].as_str().expect("text")
    }

    pub fn is_quirk(&self) -> bool {
        self.0["quirk"].as_bool().unwrap_or(false)
    }

    pub fn has_tag(&self, tag: &str) -> bool {
        self.0["tags"].as_array().expect("tags").iter().any(|t| t == tag)
    }

    pub fn attr(&self, key: &str) -> &Value {
        &self.0["attrs"][key]
    }

    pub fn switch(&self, key: &str, default: bool) -> bool {
        self.attr(key).as_bool().unwrap_or(default)
    }

    pub fn pair(&self, key: &str) -> Option<(f64, f64)> {
        let pair = self.attr(key).as_array()?;
        Some((pair[0].as_f64()?, pair[1].as_f64()?))
    }

    pub fn input(&self, name: &str) -> Option<Tensor> {
        self.tensor("inputs", name)
    }

    pub fn output(&self, name: &str) -> Option<Tensor> {
        self.tensor("outputs", name)
    }

    pub fn exact(&self) -> Option<Tensor> {
        self.tensor("exact", "y")
    }

    fn tensor(&self, list: &str, name: &str) -> Option<Tensor> {
        let found = self.0.get(list)?.as_array()?.iter().find(|t| t["name"] == name)?;
        let number = |v: &Value| match v.as_str() {
            Some("NaN") => f64::NAN,
            Some("Infinity") => f64::INFINITY,
            Some("-Infinity") => f64::NEG_INFINITY,
            Some(other) => panic!("{other} is not a number"),
            None => v.as_f64().expect("a number"),
        };
        let list = |key: &str| found[key].as_array().expect("a list").iter();
        Some(Tensor {
            single: found["dtype"] == "float32",
            lengths: list("shape").map(|v| v.as_u64().expect("a length") as usize).collect(),
            data: list("data").map(number).collect(),
        })
    }
}
