//! A column that says nothing.

use super::{Generate, GeneratorInfo, TableShape, feature};
use crate::Dataset;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Standard normal columns and, last, one in which every value is the same.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantColumn {
    size: TableShape,
    value: f64,
}

impl Default for ConstantColumn {
    fn default() -> Self {
        Self { size: TableShape { rows: 200, columns: 2 }, value: 7.0 }
    }
}

impl Parameters for ConstantColumn {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.size.rows(fields);
        let columns = Field { key: "columns", label: "Normal columns", help: "The constant one comes after them." };
        fields.integer(columns, Allowed::Between(1.0, 1000.0), &mut self.size.columns);
        let value = Field { key: "value", label: "Value", help: "Every value of the constant column." };
        fields.number(value, Allowed::Between(-super::LARGE, super::LARGE), &mut self.value);
    }
}

impl Generate for ConstantColumn {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "constant-column",
        name: "Constant column",
        summary: "One column never changes: its standard deviation and its range are 0, and nothing can be divided by them.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        super::check_values(self.size.rows, self.size.columns + 1, 1)?;
        let mut dataset = self.size.table(Self::INFO, seed, super::Stream::normal)?;
        dataset.columns.push(feature("constant", vec![self.value; dataset.rows]));
        Ok(dataset)
    }
}
