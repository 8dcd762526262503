//! Numbers whose logarithm is normal.

use super::{Generate, GeneratorInfo, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Independent columns of `exp(log_mean + log_sd * z)` with z normal: mean `exp(log_mean + log_sd^2 / 2)`, median
/// `exp(log_mean)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Lognormal {
    size: TableShape,
    log_mean: f64,
    log_sd: f64,
}

impl Default for Lognormal {
    fn default() -> Self {
        Self { size: TableShape::default(), log_mean: 0.0, log_sd: 1.0 }
    }
}

impl Parameters for Lognormal {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        let mean = Field { key: "log-mean", label: "Mean of the logarithm", help: "Its exponential is the median." };
        fields.number(mean, Allowed::Between(-100.0, 100.0), &mut self.log_mean);
        let help = "How skewed it is: 0 is a constant, 2 is very skewed.";
        let sd = Field { key: "log-sd", label: "Standard deviation of the logarithm", help };
        fields.number(sd, Allowed::Between(0.0, 10.0), &mut self.log_sd);
    }
}

impl Generate for Lognormal {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "lognormal",
        name: "Lognormal",
        summary: "Skewed like incomes and prices: no scaling makes it symmetric, only a logarithm does.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        self.size.table(Self::INFO, seed, |stream| libm::exp(self.log_mean + self.log_sd * stream.normal()))
    }
}
