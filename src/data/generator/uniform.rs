//! Uniform numbers.

use super::{Generate, GeneratorInfo, LARGE, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Independent columns, every number between `low` and `high` equally likely.
#[derive(Clone, Debug, PartialEq)]
pub struct Uniform {
    size: TableShape,
    low: f64,
    high: f64,
}

impl Default for Uniform {
    fn default() -> Self {
        Self { size: TableShape::default(), low: 0.0, high: 1.0 }
    }
}

impl Parameters for Uniform {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        let allowed = Allowed::Between(-LARGE, LARGE);
        fields.number(Field { key: "low", label: "Low end", help: "No number is below it." }, allowed, &mut self.low);
        fields.number(
            Field { key: "high", label: "High end", help: "No number is above it." },
            allowed,
            &mut self.high,
        );
    }
}

impl Generate for Uniform {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "uniform",
        name: "Uniform",
        summary: "Flat between two ends: min-max maps it to exactly its range, and nothing is an outlier.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        if self.low >= self.high {
            let allowed = format!("less than the high end, which is {}", self.high);
            return Err(Error::Parameter { name: "low", value: self.low.to_string(), allowed });
        }
        let width = self.high - self.low;
        self.size.table(Self::INFO, seed, |stream| (self.low + width * stream.uniform()).clamp(self.low, self.high))
    }
}
