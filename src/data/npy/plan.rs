//! Where every value of an array goes.

use super::error::NpyError;
use super::header::NpyHeader;
use super::{DimensionRole, DimensionRoles};
use crate::csv::MOST_COLUMNS;
use crate::{Column, Dataset, Image, Role, Values, memory};

/// Takes the values in the order of the file to their places in a data set of `features` columns.
#[derive(Clone, Debug)]
pub struct ReadPlan {
    pub axes: DimensionRoles,
    pub values: u64,
    rows: usize,
    features: usize,
    positions: usize,
    image: Option<Image>,
    /// The dimensions, those that run fastest first.
    runs: Vec<Run>,
}

/// One dimension, and how far its next index is from the one before.
#[derive(Clone, Copy, Debug)]
struct Run {
    size: usize,
    at: usize,
    /// In columns.
    feature: usize,
    /// In values of a column.
    place: usize,
}

impl ReadPlan {
    /// For an array with this header in so many bytes, header and all.
    ///
    /// # Errors
    /// [`NpyError`] for what is no data set, for what does not fit, and when there are not as many bytes as the header
    /// promises.
    pub fn new(header: &NpyHeader, asked: Option<&DimensionRoles>, bytes: u64) -> Result<Self, NpyError> {
        let shape = &header.shape;
        if !(1..=DimensionRoles::AT_MOST).contains(&shape.len()) {
            return Err(NpyError::Dimensions { shape: shape.clone() });
        }
        if shape.contains(&0) {
            return Err(NpyError::Empty { shape: shape.clone() });
        }
        let too_large = |bytes| NpyError::TooLarge { shape: shape.clone(), bytes, limit: memory::LIMIT };
        let values = shape.iter().try_fold(1_u64, |product, &size| product.checked_mul(size));
        let expected = values.and_then(|values| values.checked_mul(header.dtype.size() as u64));
        let (values, expected) = values.zip(expected).ok_or_else(|| too_large(None))?;
        let found = bytes.saturating_sub(header.end as u64);
        if found < expected {
            return Err(NpyError::Truncated { shape: shape.clone(), expected, found });
        }
        let fitting = asked.filter(|axes| axes.as_slice().len() == shape.len());
        let axes = fitting.cloned().unwrap_or_else(|| DimensionRoles::usual(shape, MOST_COLUMNS as u64));
        let count = |wanted: DimensionRole| {
            let sizes = axes.as_slice().iter().zip(shape).filter(|(axis, _)| **axis == wanted);
            sizes.fold(1, |product, (_, &size)| product * size)
        };
        let (rows, features, positions) =
            (count(DimensionRole::Example), count(DimensionRole::Feature), count(DimensionRole::Position));
        if features > MOST_COLUMNS as u64 {
            return Err(NpyError::TooWide { features, limit: MOST_COLUMNS as u64, axes });
        }
        let needed = memory::needed(rows * positions, features as usize);
        if needed > memory::LIMIT {
            return Err(too_large(Some(needed)));
        }
        // What is below the limit of memory can be counted.
        let (rows, features, positions) = (rows as usize, features as usize, positions as usize);
        let runs = runs(&axes, shape, header.fortran, positions);
        Ok(Self { image: image(&axes, shape), axes, values, rows, features, positions, runs })
    }

    /// Bytes that the numbers take.
    pub fn bytes(&self) -> u64 {
        self.values * size_of::<f64>() as u64
    }

    /// Columns of missing values.
    ///
    /// # Errors
    /// [`NpyError::NoMemory`].
    pub fn columns(&self) -> Result<Vec<Vec<f64>>, NpyError> {
        let length = self.rows * self.positions;
        let column = || {
            let mut column = Vec::new();
            column.try_reserve_exact(length).ok()?;
            column.resize(length, f64::NAN);
            Some(column)
        };
        (0..self.features).map(|_| column().ok_or(NpyError::NoMemory { bytes: self.bytes() })).collect()
    }

    /// Puts the next values where they belong.
    pub fn place(&mut self, mut values: &[f64], columns: &mut [Vec<f64>]) {
        while let (Some((&fastest, _)), false) = (self.runs.split_first(), values.is_empty()) {
            let (now, later) = values.split_at(values.len().min(fastest.size - fastest.at));
            values = later;
            let feature: usize = self.runs.iter().map(|run| run.at * run.feature).sum();
            let place: usize = self.runs.iter().map(|run| run.at * run.place).sum();
            if fastest.feature == 0 {
                let column = columns.get_mut(feature).and_then(|column| column.get_mut(place..));
                let places = column.unwrap_or_default().iter_mut().step_by(fastest.place.max(1));
                places.zip(now).for_each(|(place, value)| *place = *value);
            } else {
                let columns = columns.get_mut(feature..).unwrap_or_default().iter_mut().step_by(fastest.feature);
                let places = columns.filter_map(|column| column.get_mut(place));
                places.zip(now).for_each(|(place, value)| *place = *value);
            }
            self.advance(now.len());
        }
    }

    fn advance(&mut self, count: usize) {
        let mut carry = count;
        for run in &mut self.runs {
            run.at += carry;
            if run.at < run.size {
                return;
            }
            // Never more than one run at once.
            run.at = 0;
            carry = 1;
        }
    }

    pub fn finish(self, name: &str, columns: Vec<Vec<f64>>) -> Dataset {
        let kind = match self.axes.as_slice() {
            axes if !axes.contains(&DimensionRole::Feature) => None,
            axes if axes.contains(&DimensionRole::Position) => Some("channel"),
            _ => Some("feature"),
        };
        let column = |(index, values): (usize, Vec<f64>)| {
            let name = kind.map_or("value".into(), |kind| format!("{kind} {}", index + 1));
            // Also a channel that never fires: a layer normalizes it with the others.
            let column = Column {
                original: name.clone(),
                role: Role::Feature,
                positions: 1,
                values: Values::Number(values),
                name,
            };
            column.with_positions(self.positions)
        };
        let columns = columns.into_iter().enumerate().map(column).collect();
        Dataset { name: name.into(), rows: self.rows, positions: self.positions, image: self.image, columns }
    }
}

/// The index of the value at this place in the order of the file.
pub fn index(header: &NpyHeader, place: u64) -> Vec<u64> {
    let mut rest = place;
    let mut index = vec![0; header.shape.len()];
    for dimension in fastest_first(header.shape.len(), header.fortran) {
        let size = header.shape[dimension].max(1);
        index[dimension] = rest % size;
        rest /= size;
    }
    index
}

fn fastest_first(dimensions: usize, fortran: bool) -> impl Iterator<Item = usize> {
    (0..dimensions).map(move |dimension| if fortran { dimension } else { dimensions - 1 - dimension })
}

fn runs(axes: &DimensionRoles, shape: &[u64], fortran: bool, positions: usize) -> Vec<Run> {
    // Among dimensions of one kind the last is the innermost.
    let (mut example, mut feature, mut position) = (positions, 1, 1);
    let mut runs: Vec<Run> = Vec::new();
    for (axis, &size) in axes.as_slice().iter().zip(shape).rev() {
        let size = size as usize;
        let step = match axis {
            DimensionRole::Example => &mut example,
            DimensionRole::Feature => &mut feature,
            DimensionRole::Position => &mut position,
        };
        let run = Run { size, at: 0, feature: 0, place: 0 };
        runs.push(match axis {
            DimensionRole::Feature => Run { feature: *step, ..run },
            _ => Run { place: *step, ..run },
        });
        *step *= size;
    }
    // Here the last dimension is first.
    if fortran {
        runs.reverse();
    }
    runs
}

/// Two positions are the sides of an image.
fn image(axes: &DimensionRoles, shape: &[u64]) -> Option<Image> {
    let sides: Vec<usize> = axes
        .as_slice()
        .iter()
        .zip(shape)
        .filter(|(axis, _)| **axis == DimensionRole::Position)
        .map(|(_, &size)| size as usize)
        .collect();
    match sides[..] {
        [height, width] if height * width > 1 => Some(Image { height, width }),
        _ => None,
    }
}
