//! The data of an experiment: features that are numbers, and perhaps a target of classes.

use normlab_data::csv::ReadOptions;
use normlab_data::{Column, Dataset, Reader, Role, Sample, Values};
use normlab_report::UserTable;

/// A table of one value a row and feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExperimentTable {
    pub name: String,
    pub origin: Origin,
    /// Names of the features, each with its values; NaN means missing.
    pub features: Vec<(String, Vec<f64>)>,
    pub target: Option<Target>,
    /// The rows (from 0, ascending) that a scaling of all rows is fitted on; `None`: all of them.
    pub fitted_on: Option<Vec<u32>>,
}

/// Where a table comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The visitor's own table.
    #[default]
    Own,
    /// The bundled sample of this slug.
    Sample(&'static str),
    /// Made by the experiment under this slug; another seed makes others.
    Made(&'static str),
}

/// What is to be predicted: one of several classes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    pub name: String,
    /// In their order: numbers by size, anything else by the alphabet.
    pub classes: Vec<String>,
    /// The class of each row; `None` means missing.
    pub of_row: Vec<Option<u32>>,
}

impl Target {
    /// Classes of texts, one a row; an empty text means missing.
    pub fn of_texts<T: AsRef<str>>(name: impl Into<String>, texts: &[T]) -> Self {
        let mut classes: Vec<String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for text in texts.iter().map(|text| text.as_ref().trim()).filter(|text| !text.is_empty()) {
            if seen.insert(text.to_owned()) {
                classes.push(text.to_owned());
            }
        }
        let numbers: Option<Vec<f64>> = classes.iter().map(|class| class.parse().ok()).collect();
        match numbers {
            Some(numbers) => {
                let mut order: Vec<(f64, String)> = numbers.into_iter().zip(classes).collect();
                order.sort_by(|a, b| a.0.total_cmp(&b.0));
                classes = order.into_iter().map(|(_, class)| class).collect();
            }
            None => classes.sort_unstable(),
        }
        let index: std::collections::BTreeMap<&str, u32> =
            classes.iter().enumerate().map(|(index, class)| (class.as_str(), index as u32)).collect();
        let of_row = texts.iter().map(|text| index.get(text.as_ref().trim()).copied()).collect();
        Self { name: name.into(), of_row, classes }
    }

    /// The number of each row, NaN where it is missing; `None` when a class is no number.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        let number = |class: &String| class.parse::<f64>().ok().filter(|number| number.is_finite());
        let numbers: Vec<f64> = self.classes.iter().map(number).collect::<Option<_>>()?;
        let of_class = |class: &Option<u32>| class.and_then(|class| numbers.get(class as usize).copied());
        Some(self.of_row.iter().map(|class| of_class(class).unwrap_or(f64::NAN)).collect())
    }
}

impl ExperimentTable {
    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        let of_features = self.features.iter().map(|(_, values)| values.len()).max();
        of_features.or(self.target.as_ref().map(|target| target.of_row.len())).unwrap_or_default()
    }

    /// The visitor's own table. A target that is a feature too is no feature.
    pub fn of_user_table(user_table: &UserTable) -> Self {
        let target = user_table.target.as_ref().map(|(name, texts)| Target::of_texts(name, texts));
        let is_target = |name: &str| target.as_ref().is_some_and(|target| target.name == name);
        let features = user_table.features.iter().filter(|(name, _)| !is_target(name)).cloned().collect();
        Self {
            name: user_table.name.clone(),
            origin: Origin::Own,
            features,
            target,
            fitted_on: user_table.fitted_on.clone(),
        }
    }

    /// The table of a bundled sample, from the bytes of its file. `None` when these are not what the file holds.
    pub fn of_sample(sample: &'static Sample, bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes, bytes.len() as u64, ReadOptions::default());
        reader.push(bytes).ok()?;
        let dataset = reader.finish(sample.title).ok()?.dataset;
        sample.is_of(&dataset).then(|| Self::of_dataset(sample, &sample.finish(dataset)))
    }

    fn of_dataset(sample: &'static Sample, dataset: &Dataset) -> Self {
        let features = dataset.columns.iter().filter(|column| column.role == Role::Feature).flat_map(features_of);
        let label = sample.label.and_then(|name| dataset.column_index(name));
        Self {
            name: dataset.name.clone(),
            origin: Origin::Sample(sample.slug),
            features: features.collect(),
            target: label.map(|label| target(sample, &dataset.columns[label])),
            fitted_on: None,
        }
    }
}

/// The features of a column: one, or one for each position, as `pixel 1`.
fn features_of(column: &Column) -> Vec<(String, Vec<f64>)> {
    let Some(numbers) = column.numbers() else { return Vec::new() };
    let at = |position: usize| numbers.iter().skip(position).step_by(column.positions).copied().collect();
    match column.positions {
        1 => vec![(column.name.clone(), numbers.to_vec())],
        positions => {
            (0..positions).map(|position| (format!("{} {}", column.name, position + 1), at(position))).collect()
        }
    }
}

fn target(sample: &Sample, column: &Column) -> Target {
    match &column.values {
        Values::Number(numbers) if !sample.classes.is_empty() => Target {
            name: column.name.clone(),
            classes: sample.classes.iter().map(|class| (*class).to_owned()).collect(),
            of_row: numbers.iter().map(|number| (!number.is_nan()).then_some(*number as u32)).collect(),
        },
        Values::Number(numbers) => {
            let text = |number: &f64| if number.is_nan() { String::new() } else { number.to_string() };
            Target::of_texts(&column.name, &numbers.iter().map(text).collect::<Vec<_>>())
        }
        Values::Text(text) => {
            let texts: Vec<&str> = (0..text.codes.len()).map(|row| text.get(row).unwrap_or_default()).collect();
            Target::of_texts(&column.name, &texts)
        }
    }
}
