//! Two columns that go together.

use super::{Generate, GeneratorInfo, TableShape, feature};
use crate::Dataset;
use crate::random::Stream;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Two normal columns of mean 0 and standard deviations 1 and `sd`, with the given correlation:
/// `x2 = sd * (r * z1 + sqrt(1 - r^2) * z2)`.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrelatedPair {
    size: TableShape,
    correlation: f64,
    sd: f64,
}

impl Default for CorrelatedPair {
    fn default() -> Self {
        Self { size: TableShape::default(), correlation: 0.8, sd: 10.0 }
    }
}

impl Parameters for CorrelatedPair {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.rows(fields);
        let help = "Of the distribution; that of the rows drawn differs a little.";
        let correlation = Field { key: "correlation", label: "Correlation", help };
        fields.number(correlation, Allowed::Between(-1.0, 1.0), &mut self.correlation);
        let sd = Field { key: "sd", label: "Standard deviation of x2", help: "That of x1 is 1." };
        fields.number(sd, Allowed::Above(0.0, super::LARGE), &mut self.sd);
    }
}

impl Generate for CorrelatedPair {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "correlated-pair",
        name: "Correlated pair",
        summary: "Two features that go together: scaling each of them never changes their correlation.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        let rest = (1.0 - self.correlation * self.correlation).sqrt();
        let mut streams = [Stream::new(seed, 0), Stream::new(seed, 1)];
        let pairs = (0..self.size.rows).map(|_| {
            let [first, second] = streams.each_mut().map(Stream::normal);
            (first, self.sd * (self.correlation * first + rest * second))
        });
        let (x1, x2) = pairs.unzip();
        Ok(Dataset::table(Self::INFO.name, self.size.rows as usize, vec![feature("x1", x1), feature("x2", x2)]))
    }
}
