//! Two features of very different size.

use super::{Generate, GeneratorInfo, TableShape, feature};
use crate::Dataset;
use crate::random::Stream;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Two independent uniform columns: `small` from 0 to 1 and `large` from 0 to `ratio`.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoScales {
    size: TableShape,
    ratio: f64,
}

impl Default for TwoScales {
    fn default() -> Self {
        Self { size: TableShape { rows: 200, columns: 2 }, ratio: 1e6 }
    }
}

impl Parameters for TwoScales {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.rows(fields);
        let help = "How many times larger the second feature is; 1 makes them alike.";
        fields.number(Field { key: "ratio", label: "Ratio", help }, Allowed::Between(1.0, 1e12), &mut self.ratio);
    }
}

impl Generate for TwoScales {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "two-scales",
        name: "Two scales",
        summary: "One feature a million times larger than the other: in every distance, the small one does not count.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        let column = |number, high: f64| {
            let mut stream = Stream::new(seed, number);
            (0..self.size.rows).map(|_| high * stream.uniform()).collect()
        };
        let columns = vec![feature("small", column(0, 1.0)), feature("large", column(1, self.ratio))];
        Ok(Dataset::table(Self::INFO.name, self.size.rows as usize, columns))
    }
}
