//! Where picked values are on both sides of the last view.

use ndarray::{Array3, s};

use super::{Chosen, Loaded, QueryError, Session, feature_values};
use normlab_data::DataCell;
use normlab_engine::{Grouping, Shape, trace};
use normlab_plot::{Curve, Spacing};
use normlab_protocol::{Highlight, HighlightFeature, HighlightQuery, HighlightSide, Pick, PlotSide, ViewResult, When};

/// So many picked values are told one by one.
const FEW: usize = 200;
/// So many rows are told one by one: as many as a picture of points draws.
const ROWS_AT_MOST: usize = 5_000;
/// So many values are looked up for an answer that must follow the pointer; of more, those of the picked feature.
const WORK_AT_MOST: usize = 2_000_000;

/// Low end, high end and number of bins of a histogram, and how they are spread.
type Bins = (f64, f64, usize, Spacing);

/// The bins of the last view, for a part of its values to be counted in.
#[derive(Default)]
pub struct BinHighlighter(Vec<[Option<Bins>; 2]>);

impl BinHighlighter {
    pub fn of(view: &ViewResult) -> Self {
        let bins = |side: &PlotSide, feature: usize| match side.features.get(feature)?.first()? {
            Curve::Histogram(whole) => {
                Some((whole.low, whole.high, whole.counts.len(), side.axes.get(feature)?.spacing))
            }
            _ => None,
        };
        let features = 0..view.features.len();
        Self(features.map(|index| [&view.before, &view.after].map(|side| bins(side, index))).collect())
    }
}

impl Session {
    /// The picked values before and after.
    ///
    /// # Errors
    /// When there has been no view yet, or the picked column is not part of it.
    pub fn highlight(&mut self, query: &HighlightQuery) -> Result<Highlight, QueryError> {
        let Loaded { chosen, bars, .. } = self.loaded.as_ref().ok_or(QueryError::Cancelled)?;
        let chosen =
            chosen.as_ref().filter(|chosen| chosen.after.dim() == chosen.before.dim()).ok_or(QueryError::Cancelled)?;
        let (examples, features, positions) = chosen.before.dim();
        let (column, places, of) = match query.pick {
            Pick::Cell(cell) => {
                let place = cell.row as usize * positions + cell.position as usize;
                let there = (cell.row as usize) < examples && (cell.position as usize) < positions;
                (cell.column, if there { vec![place as u32] } else { Vec::new() }, examples * positions)
            }
            Pick::Range { column, when, from, to } => {
                let feature = chosen.feature(column).ok_or(QueryError::Cancelled)?;
                let mut gathered = Vec::new();
                let values = feature_values(chosen.side(when), feature, &mut gathered);
                let (places, of) = within(values, from, to);
                (column, places, of)
            }
        };
        let asked = chosen.feature(column);
        let mut left = WORK_AT_MOST;
        let mut gathered = Vec::new();
        let mut highlight = |feature: usize, when: When| {
            let values = feature_values(chosen.side(when), feature, &mut gathered);
            let bins = bars.0.get(feature).and_then(|sides| sides[when as usize]);
            side(places.iter().filter_map(|&place| values.get(place as usize).copied()).collect(), bins)
        };
        let features = (0..features).map(|feature| {
            if asked != Some(feature) {
                left = left.checked_sub(2 * places.len())?;
            }
            Some(HighlightFeature { before: highlight(feature, When::Before), after: highlight(feature, When::After) })
        });
        let features = features.map(Option::unwrap_or_default).collect();
        let few = |of: fn(u32, u32) -> u32| match places.len() {
            0..=ROWS_AT_MOST => places.iter().map(|place| of(*place, positions.max(1) as u32)).collect(),
            _ => Vec::new(),
        };
        Ok(Highlight {
            pick: query.pick,
            values: places.len() as u64,
            of: of as u64,
            rows: few(|place, positions| place / positions),
            positions: few(|place, positions| place % positions),
            features,
            group: match query.pick {
                Pick::Cell(cell) => group(chosen, bars, cell).unwrap_or_default(),
                Pick::Range { .. } => Vec::new(),
            },
        })
    }
}

impl Chosen {
    /// Which of the chosen columns it is.
    pub(super) fn feature(&self, column: u32) -> Option<usize> {
        self.columns.iter().position(|&chosen| chosen == column as usize)
    }

    /// Where a cell is in the values before and after.
    pub(super) fn place(&self, cell: DataCell) -> Option<[usize; 3]> {
        let place = [cell.row as usize, self.feature(cell.column)?, cell.position as usize];
        self.before.get(place).map(|_| place)
    }

    fn side(&self, when: When) -> &Array3<f64> {
        match when {
            When::Before => self.beside.as_ref().map_or(&self.before, |second| &second.values),
            When::After => &self.after,
        }
    }

    /// Which values share statistics there; before, those that the method will put together.
    fn grouping(&self, when: When) -> Option<Grouping> {
        let method = &self.computed.as_ref()?.method;
        let other = self.beside.as_ref().filter(|_| when == When::Before).map(|second| &second.method);
        Some(other.unwrap_or(method).recipe(Shape::of(&self.before.view())).ok()?.grouping)
    }
}

/// What of each feature shares statistics with a cell; `None` when the cell is not part of the view.
fn group(chosen: &Chosen, bars: &BinHighlighter, cell: DataCell) -> Option<Vec<HighlightFeature>> {
    let shape = Shape::of(&chosen.before.view());
    let at = trace::ArrayIndex::new(cell.row as usize, chosen.feature(cell.column)?, cell.position as usize);
    let mut highlight = vec![HighlightFeature::default(); shape.features];
    for when in [When::Before, When::After] {
        let [rows, features, positions] = chosen.grouping(when)?.members_with(shape, at).ok()?;
        let mut left = WORK_AT_MOST / 2;
        let all = rows.len() == shape.examples && positions.len() == shape.positions;
        for feature in features.filter(|_| !all) {
            let Some(rest) = left.checked_sub(rows.len() * positions.len()) else { break };
            left = rest;
            let members = chosen.side(when).slice(s![rows.clone(), feature, positions.clone()]);
            let bins = bars.0.get(feature).and_then(|sides| sides[when as usize]);
            let found = side(members.iter().copied().collect(), bins);
            match when {
                When::Before => highlight[feature].before = found,
                When::After => highlight[feature].after = found,
            }
        }
    }
    Some(highlight)
}

/// The places of the values from `from` to `to`, and how many values there are at all.
fn within(values: &[f64], from: f64, to: f64) -> (Vec<u32>, usize) {
    let mut places = Vec::new();
    let mut of = 0;
    for (place, value) in values.iter().enumerate() {
        of += usize::from(!value.is_nan());
        if (from..=to).contains(value) {
            places.push(place as u32);
        }
    }
    (places, of)
}

/// These values, described.
fn side(picked: Vec<f64>, bins: Option<Bins>) -> HighlightSide {
    let mut side = HighlightSide { min: f64::NAN, max: f64::NAN, counts: Vec::new(), values: Vec::new() };
    for value in &picked {
        side.min = side.min.min(*value);
        side.max = side.max.max(*value);
    }
    if let Some((low, high, bins, spacing)) = bins {
        side.counts = spacing.histogram(&picked, low, high, bins).counts;
    }
    if picked.len() <= FEW {
        side.values = picked;
    }
    side
}
