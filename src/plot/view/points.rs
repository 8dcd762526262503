//! Values that are drawn one by one: what the views of points have in common.

use serde::{Deserialize, Serialize};

use super::text::values;
use super::{MeasureFrame, PlotTable, Series, ViewOptions};
use crate::number::{format4, whole};
use crate::scene::{Axis, Key, Mark, Place, Scene};
use crate::spacing::Spacing;

/// A value to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its place among the values of its series.
    pub place: u32,
    /// The row of the data it is of, from 0.
    pub row: u32,
}

/// Values of one series, each with its place; missing ones are NaN, so that two features of the same rows go together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cloud {
    /// Lowest and highest value of what is compared.
    pub low: f64,
    pub high: f64,
    pub places: Vec<Place>,
    pub values: Vec<f64>,
}

/// So many points stand in a table; a screen reader would read for hours.
const ROWS_AT_MOST: usize = 200;

impl Cloud {
    pub(super) fn measure(all: &[f64], frame: &MeasureFrame) -> Self {
        let (low, high) = frame.range.unwrap_or_default();
        let positions = frame.positions.max(1) as u32;
        let place = |shown: &Shown| Place { row: shown.row, position: shown.place % positions };
        let found = frame.shown.iter().filter_map(|shown| Some((place(shown), *all.get(shown.place as usize)?)));
        let (places, values) = found.unzip();
        Self { low, high, places, values }
    }

    pub(super) fn on_own_axis(self, spacing: Spacing) -> Self {
        let part = |value: &f64| spacing.part(self.low, self.high, *value);
        Self { low: 0.0, high: 1.0, values: self.values.iter().map(part).collect(), places: self.places }
    }
}

pub(super) fn key<D>(one: &Series<D>) -> Key {
    Key { name: one.name.clone(), role: one.role }
}

/// What is left out of a picture of points: `5,000 of 1,000,000 rows drawn. 2 values are missing.`
///
/// `missing` values and points `outside` of the axes are counted too.
pub(super) fn note(options: &ViewOptions, missing: u64, outside: u64) -> String {
    let mut note = String::new();
    if let Some((drawn, all)) = options.sample.filter(|(drawn, all)| drawn < all) {
        let what = if options.counted == "values" { "values" } else { "rows" };
        note = format!("{} of {} {what} drawn.", whole(drawn), whole(all));
    }
    if missing > 0 {
        let gap = if note.is_empty() { "" } else { " " };
        let drawn = if missing == 1 {
            "1 missing value is".to_owned()
        } else {
            format!("{} missing values are", whole(missing))
        };
        note.push_str(&format!("{gap}{drawn} not drawn."));
    }
    if outside > 0 {
        let gap = if note.is_empty() { "" } else { " " };
        let points = if outside == 1 { "1 point is".to_owned() } else { format!("{} points are", whole(outside)) };
        note.push_str(&format!("{gap}{points} outside of the picture."));
    }
    note
}

/// A picture of points, its words still missing; so many values are left out because there are none.
pub(super) fn scene(options: &ViewOptions, (x, y): (Axis, Axis), marks: Vec<Mark>, missing: usize) -> Scene {
    Scene {
        title: options.title.clone(),
        note: note(options, missing as u64, outside(&marks, &x, &y)),
        x,
        y,
        marks,
        detail: options.detail,
        ..Scene::default()
    }
}

/// The points of a scene.
pub(super) fn clouds(scene: &Scene) -> impl Iterator<Item = (&Key, &[(f64, f64)], &[Place])> {
    scene.marks.iter().filter_map(|mark| match mark {
        Mark::Points { key, points, places } => Some((key, points.as_slice(), places.as_slice())),
        _ => None,
    })
}

/// How many points are outside of the axes.
pub(super) fn outside(marks: &[Mark], x: &Axis, y: &Axis) -> u64 {
    let clouds =
        marks.iter().filter_map(|mark| if let Mark::Points { points, .. } = mark { Some(points) } else { None });
    let inside = |axis: &Axis, value: f64| (-1e-9..=1.0 + 1e-9).contains(&axis.part(value));
    clouds.flatten().filter(|at| !inside(x, at.0) || !inside(y, at.1)).count() as u64
}

/// Sentence for sentence, and the note at the end.
pub(super) fn description(mut sentences: Vec<String>, note: &str) -> String {
    if sentences.is_empty() {
        sentences.push("No values.".to_owned());
    }
    if !note.is_empty() {
        sentences.push(note.to_owned());
    }
    sentences.join(" ")
}

/// Lowest and highest of some numbers; `None` when there is none.
pub(super) fn extent(numbers: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.filter(|number| !number.is_nan()).map(|number| (number, number)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// One line a point: its row (from 1), its series where there are several, and these numbers of it. Of many points, the
/// first; the last line tells how many follow.
pub(super) fn table(scene: &Scene, headers: &[&str], numbers: impl Fn((f64, f64)) -> Vec<f64>) -> PlotTable {
    let several = clouds(scene).nth(1).is_some();
    let mut all: Vec<(u32, &str, (f64, f64))> = clouds(scene)
        .flat_map(|(key, points, places)| {
            places.iter().zip(points).map(|(at, point)| (at.row, key.name.as_str(), *point))
        })
        .collect();
    let more = all.len().saturating_sub(ROWS_AT_MOST);
    all.truncate(ROWS_AT_MOST);
    let series = several.then_some("series");
    let mut rows: Vec<Vec<String>> = all
        .into_iter()
        .map(|(row, name, at)| {
            let cells = std::iter::once(whole(u64::from(row) + 1)).chain(several.then(|| name.to_owned()));
            cells.chain(numbers(at).into_iter().map(format4)).collect()
        })
        .collect();
    if more > 0 {
        let mut last = vec![format!("and {} more", values(more as u64))];
        last.resize(1 + usize::from(several) + headers.len(), String::new());
        rows.push(last);
    }
    let headers = std::iter::once("row").chain(series).chain(headers.iter().copied());
    PlotTable { headers: headers.map(str::to_owned).collect(), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_drawn_is_told() {
        let note =
            |sample, counted, missing| note(&ViewOptions { sample, counted, ..ViewOptions::default() }, missing, 0);
        assert_eq!(note(Some((5_000, 1_000_000)), "examples", 0), "5,000 of 1,000,000 rows drawn.");
        assert_eq!(
            note(Some((5_000, 115_008)), "values", 2),
            "5,000 of 115,008 values drawn. 2 missing values are not drawn."
        );
        assert_eq!(note(Some((178, 178)), "", 1), "1 missing value is not drawn.");
        assert_eq!(note(None, "", 0), "");
    }

    #[test]
    fn a_cloud_keeps_its_rows_and_its_holes() {
        let shown = [Shown { place: 0, row: 3 }, Shown { place: 1, row: 5 }, Shown { place: 9, row: 7 }];
        let cloud = Cloud::measure(
            &[2.0, f64::NAN],
            &MeasureFrame { range: Some((0.0, 4.0)), shown: &shown, ..MeasureFrame::default() },
        );
        assert_eq!(
            (cloud.places.iter().map(|place| place.row).collect::<Vec<_>>(), cloud.values[0]),
            (vec![3, 5], 2.0)
        );
        assert!(cloud.values[1].is_nan());
        assert_eq!(cloud.on_own_axis(Spacing::Linear).values[0], 0.5);
    }
}
