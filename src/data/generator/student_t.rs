//! Heavy tails.

use std::f64::consts::TAU;

use super::{Generate, GeneratorInfo, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Independent columns of Student's t distribution times `scale`, by Bailey, Polar generation of random variates with
/// the t-distribution (1994), in its form without rejection: `sqrt(df * (u^(-2 / df) - 1)) * cos(2 pi v)`.
///
/// The variance is `scale^2 * df / (df - 2)` for more than 2 degrees of freedom and infinite below; there is no mean for
/// 1 or fewer.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentT {
    size: TableShape,
    df: f64,
    scale: f64,
}

impl Default for StudentT {
    fn default() -> Self {
        Self { size: TableShape::default(), df: 2.0, scale: 1.0 }
    }
}

impl Parameters for StudentT {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        let help = "The fewer, the heavier the tails: 1 has no mean, 2 no variance, 30 is nearly normal.";
        let df = Field { key: "df", label: "Degrees of freedom", help };
        fields.number(df, Allowed::Between(0.5, 1000.0), &mut self.df);
        let scale = Field { key: "scale", label: "Scale", help: "Every value is multiplied by it." };
        fields.number(scale, Allowed::Above(0.0, 1e50), &mut self.scale);
    }
}

impl Generate for StudentT {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "student-t",
        name: "Heavy tails (Student's t)",
        summary: "A bell with wild values: mean and standard deviation jump with every seed, median and quartiles stay.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        self.size.table(Self::INFO, seed, |stream| {
            let tail = libm::pow(stream.uniform(), -2.0 / self.df) - 1.0;
            self.scale * (self.df * tail).sqrt() * libm::cos(TAU * stream.uniform())
        })
    }
}
