//! A few values far out.

use super::{Generate, GeneratorInfo, TableShape};
use crate::random::Stream;
use crate::{Dataset, Values};
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Normal columns in which the values of `count` rows, chosen at random for each column, are replaced by
/// `mean + distance * sd`.
#[derive(Clone, Debug, PartialEq)]
pub struct Outliers {
    size: TableShape,
    mean: f64,
    sd: f64,
    count: u64,
    distance: f64,
}

impl Default for Outliers {
    fn default() -> Self {
        Self { size: TableShape { rows: 200, columns: 2 }, mean: 0.0, sd: 1.0, count: 3, distance: 20.0 }
    }
}

impl Parameters for Outliers {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.fields(fields);
        super::mean(fields, &mut self.mean);
        super::sd(fields, &mut self.sd);
        let count = Field { key: "outliers", label: "Outliers", help: "How many values of each column are far out." };
        fields.integer(count, Allowed::Between(0.0, super::MAX_ROWS as f64), &mut self.count);
        let help = "How far out, in standard deviations from the mean.";
        let distance = Field { key: "distance", label: "Distance", help };
        fields.number(distance, Allowed::Between(-1e6, 1e6), &mut self.distance);
    }
}

impl Generate for Outliers {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "outliers",
        name: "Outliers",
        summary: "A bell and a few values far out: they squeeze everything else under min-max, and barely move robust scaling.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        if self.count > self.size.rows {
            let allowed = format!("at most the number of rows, {}", self.size.rows);
            return Err(Error::Parameter { name: "outliers", value: self.count.to_string(), allowed });
        }
        let mut dataset = self.size.table(Self::INFO, seed, |stream| self.mean + self.sd * stream.normal())?;
        let mut stream = Stream::new(seed, Stream::ROWS);
        for column in &mut dataset.columns {
            if let Values::Number(values) = &mut column.values {
                for row in stream.choose(values.len(), self.count as usize) {
                    values[row] = self.mean + self.distance * self.sd;
                }
            }
        }
        Ok(dataset)
    }
}
