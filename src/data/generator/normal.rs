//! Normal numbers.

use super::{Generate, GeneratorInfo, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Fields, Parameters};

/// Independent normal columns, all of the same mean and standard deviation, by Box and Muller.
#[derive(Clone, Debug, PartialEq)]
pub struct Normal {
    size: TableShape,
    mean: f64,
    sd: f64,
}

impl Default for Normal {
    fn default() -> Self {
        Self { size: TableShape::default(), mean: 0.0, sd: 1.0 }
    }
}

impl Parameters for Normal {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        super::mean(fields, &mut self.mean);
        super::sd(fields, &mut self.sd);
    }
}

impl Generate for Normal {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "normal",
        name: "Normal",
        summary: "The bell curve: after z-score, every normal column looks the same.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        self.size.table(Self::INFO, seed, |stream| self.mean + self.sd * stream.normal())
    }
}
