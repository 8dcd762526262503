//! Waiting times.

use super::{Generate, GeneratorInfo, LARGE, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Independent exponential columns of the given mean (which is their standard deviation too), by inversion:
/// `-mean * ln(u)` with u uniform.
#[derive(Clone, Debug, PartialEq)]
pub struct Exponential {
    size: TableShape,
    mean: f64,
}

impl Default for Exponential {
    fn default() -> Self {
        Self { size: TableShape::default(), mean: 1.0 }
    }
}

impl Parameters for Exponential {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        let field = Field { key: "mean", label: "Mean", help: "Also the standard deviation." };
        fields.number(field, Allowed::Above(0.0, LARGE), &mut self.mean);
    }
}

impl Generate for Exponential {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "exponential",
        name: "Exponential",
        summary: "Waiting times: never negative, most of them short, a few very long.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        self.size.table(Self::INFO, seed, |stream| -self.mean * libm::log(stream.uniform()))
    }
}
