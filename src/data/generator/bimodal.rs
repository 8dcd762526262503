//! Two groups in one column.

use super::{Generate, GeneratorInfo, LARGE, TableShape};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Independent columns, each value from one of two normal distributions of the same standard deviation, whose means are
/// `distance` apart around 0; from the upper one with probability `share`.
#[derive(Clone, Debug, PartialEq)]
pub struct Bimodal {
    size: TableShape,
    distance: f64,
    sd: f64,
    share: f64,
}

impl Default for Bimodal {
    fn default() -> Self {
        Self { size: TableShape::default(), distance: 6.0, sd: 1.0, share: 0.5 }
    }
}

impl Parameters for Bimodal {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        let distance = Field { key: "distance", label: "Distance", help: "Between the means of the two groups." };
        fields.number(distance, Allowed::Between(0.0, LARGE), &mut self.distance);
        super::sd(fields, &mut self.sd);
        let share = Field { key: "share", label: "Share of the upper group", help: "Of all values, from 0 to 1." };
        fields.number(share, Allowed::Between(0.0, 1.0), &mut self.share);
    }
}

impl Generate for Bimodal {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "bimodal",
        name: "Two groups",
        summary: "Two bells in one column: the mean lies where there is nothing.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        self.size.table(Self::INFO, seed, |stream| {
            let side = if stream.uniform() < self.share { 0.5 } else { -0.5 };
            side * self.distance + self.sd * stream.normal()
        })
    }
}
