//! Made-up data sets, one generator a file. A new generator is a file here and its line in the list below.
//!
//! The same parameters and seed give the same numbers on every machine, bit for bit: see `random.rs`.

use super::random::Stream;
use super::{Column, Dataset, Role};
use normlab_engine::Error;
use normlab_parameters::{Allowed, Described, Field, Fields, Parameters};

/// The most numbers a generator makes.
pub const MAX_VALUES: u64 = 20_000_000;
/// The most rows.
pub const MAX_ROWS: u64 = 1_000_000;

/// What a reader is told of a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GeneratorInfo {
    /// In the address, forever: `student-t`.
    pub slug: &'static str,
    /// On the page.
    pub name: &'static str,
    /// One sentence: what is in the data, and what to look for.
    pub summary: &'static str,
}

/// A generator: parameters and the data set they and a seed make.
pub trait Generate: Parameters + Clone + Default + PartialEq {
    const INFO: GeneratorInfo;

    /// The data set of this seed; its name is the generator's.
    ///
    /// # Errors
    /// [`Error::Parameter`] when parameters contradict each other or ask for more than [`MAX_VALUES`] numbers.
    fn generate(&self, seed: u64) -> Result<Dataset, Error>;
}

/// Declares the modules and the enum [`Generator`] over them: the only list of generators there is.
macro_rules! generators {
    ($($module:ident :: $name:ident,)*) => {
        $(mod $module; pub use $module::$name;)*

        /// A chosen generator with its parameters.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Generator { $($name($name),)* }

        impl Generator {
            /// Every generator with its default parameters, in the order of the page.
            pub fn all() -> Vec<Self> {
                vec![$(Self::$name($name::default()),)*]
            }

            pub fn info(&self) -> GeneratorInfo {
                match self { $(Self::$name(_) => $name::INFO,)* }
            }

            /// See [`Generate::generate`].
            ///
            /// # Errors
            /// As there.
            pub fn generate(&self, seed: u64) -> Result<Dataset, Error> {
                match self { $(Self::$name(generator) => generator.generate(seed),)* }
            }
        }

        impl Parameters for Generator {
            fn fields<F: Fields>(&mut self, fields: &mut F) {
                match self { $(Self::$name(generator) => generator.fields(fields),)* }
            }
        }
    };
}

generators! {
    normal::Normal,
    uniform::Uniform,
    lognormal::Lognormal,
    exponential::Exponential,
    bimodal::Bimodal,
    student_t::StudentT,
    correlated_pair::CorrelatedPair,
    two_scales::TwoScales,
    outliers::Outliers,
    constant_column::ConstantColumn,
    activations::Activations,
    drawn::Drawn,
}

impl Generator {
    /// The generator of that slug, with default parameters.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::all().into_iter().find(|generator| generator.info().slug == slug)
    }

    /// Every parameter that has an effect now.
    pub fn parameters(&self) -> Vec<Described> {
        self.describe()
    }
}

/// The size of a plain table: a common part of most generators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TableShape {
    rows: u64,
    columns: u64,
}

impl Default for TableShape {
    fn default() -> Self {
        Self { rows: 1000, columns: 2 }
    }
}

const ROWS: Field = Field { key: "rows", label: "Rows", help: "How many examples." };
const COLUMNS: Field = Field { key: "columns", label: "Columns", help: "How many features, drawn independently." };

impl TableShape {
    fn rows<F: Fields>(&mut self, fields: &mut F) {
        fields.integer(ROWS, Allowed::Between(1.0, MAX_ROWS as f64), &mut self.rows);
    }

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        self.rows(fields);
        fields.integer(COLUMNS, Allowed::Between(1.0, 1000.0), &mut self.columns);
    }

    /// A table named after the generator with columns `x1`, `x2`... filled by `value`, each from a stream of its own.
    fn table(
        self,
        info: GeneratorInfo,
        seed: u64,
        mut value: impl FnMut(&mut Stream) -> f64,
    ) -> Result<Dataset, Error> {
        check_values(self.rows, self.columns, 1)?;
        let columns = (0..self.columns)
            .map(|index| {
                let mut stream = Stream::new(seed, index);
                let values = (0..self.rows).map(|_| value(&mut stream)).collect();
                feature(format!("x{}", index + 1), values)
            })
            .collect();
        Ok(Dataset::table(info.name, self.rows as usize, columns))
    }
}

/// A column that is chosen by default, whatever it looks like.
fn feature(name: impl Into<String>, values: Vec<f64>) -> Column {
    Column::number(name, values).with_role(Role::Feature)
}

/// Refuses what would not fit into memory.
fn check_values(rows: u64, columns: u64, positions: u64) -> Result<(), Error> {
    match rows.checked_mul(columns).and_then(|values| values.checked_mul(positions)) {
        Some(values) if values <= MAX_VALUES => Ok(()),
        _ => Err(Error::Parameter {
            name: "rows",
            value: format!("{rows}, times {columns} columns, times {positions} positions"),
            allowed: format!("at most {MAX_VALUES} values in all"),
        }),
    }
}

/// Keeps sums of [`MAX_VALUES`] squares far from overflow.
const LARGE: f64 = 1e100;

fn mean<F: Fields>(fields: &mut F, value: &mut f64) {
    let field = Field { key: "mean", label: "Mean", help: "The middle of the distribution." };
    fields.number(field, Allowed::Between(-LARGE, LARGE), value);
}

fn sd<F: Fields>(fields: &mut F, value: &mut f64) {
    let field = Field { key: "sd", label: "Standard deviation", help: "The typical distance from the mean." };
    fields.number(field, Allowed::Between(0.0, LARGE), value);
}

#[cfg(test)]
mod tests;
