//! Every value as a point: one band a series.

use super::points::{self, Cloud, clouds, extent, key};
use super::text::{range, values};
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, ViewInfo, ViewOptions};
use crate::number::format4;
use crate::scene::{Axis, Mark, Place, Scene};
use crate::spacing::Spacing;
use normlab_engine::sort;

/// Where each value is.
pub struct Strip;

/// Points lie so far from the middle of their band, as a part of its height.
const SPREAD: f64 = 0.39;

impl PlotKind for Strip {
    const INFO: ViewInfo =
        ViewInfo { slug: "strip", label: "Strip", form: Form::Bands, sampling: Sampling::Points, margin: 0.0 };
    type Data = Cloud;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        Cloud::measure(values, frame)
    }

    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data {
        data.on_own_axis(spacing)
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let x = options.x(series.iter().map(|one| (one.data.low, one.data.high)));
        // A single series is told by the title.
        let name = |one: &Series<Self::Data>| if series.len() > 1 { one.name.clone() } else { String::new() };
        let y = Axis::of_names(series.iter().map(name).collect());
        let marks = series.iter().enumerate().map(|(index, one)| {
            let places = one.data.places.iter().zip(&one.data.values);
            let seen = places.filter(|(_, value)| !value.is_nan());
            let points = seen.map(|(place, value)| ((*value, y.row(index) + SPREAD * height(*place)), *place));
            let (points, places) = points.unzip();
            Mark::Points { key: key(one), points, places }
        });
        let marks: Vec<Mark> = marks.collect();
        let missing = series.iter().flat_map(|one| &one.data.values).filter(|value| value.is_nan()).count();
        let mut scene = points::scene(options, (x, y), marks, missing);
        scene.description = Self::describe(&scene);
        scene
    }

    fn describe(scene: &Scene) -> String {
        let sentences = clouds(scene).map(|(key, points, _)| {
            let mut sorted: Vec<f64> = points.iter().map(|point| point.0).collect();
            let Some(ends) = extent(sorted.iter().copied()) else { return format!("{}: no values.", key.name) };
            let count = values(sorted.len() as u64);
            if ends.0 == ends.1 {
                return format!("{}: {count} at {}.", key.name, format4(ends.0));
            }
            let middle = sorted.len() / 2;
            sort(&mut sorted);
            let median = sorted[middle];
            format!("{}: {count} from {}, the middle one at {}.", key.name, range(ends), format4(median))
        });
        points::description(sentences.collect(), &scene.note)
    }

    fn table(scene: &Scene) -> PlotTable {
        points::table(scene, &["value"], |(value, _)| vec![value])
    }
}

/// A height from -1 to 1: by chance, but always the same for the same place, before and after.
fn height(place: Place) -> f64 {
    // The values of one row at several positions are not on one line.
    scattered(place.row ^ (place.position << 22) ^ (place.position >> 10))
}

/// A number from -1 to 1 that looks like chance (the finisher of MurmurHash3).
fn scattered(seed: u32) -> f64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9);
    bits = (bits ^ (bits >> 16)).wrapping_mul(0x85eb_ca6b);
    bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae35);
    bits ^= bits >> 16;
    f64::from(bits) / f64::from(u32::MAX) * 2.0 - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, rows: &[u32], values: &[f64]) -> Series<Cloud> {
        let places = rows.iter().map(|&row| Place { row, position: 0 }).collect();
        let data = Cloud { low: 0.0, high: 10.0, places, values: values.to_vec() };
        Series { name: name.into(), role: 0, data }
    }

    #[test]
    fn a_row_keeps_its_height() {
        let before = Strip::scene(&[series("a", &[0, 1, 7], &[1.0, 2.0, 3.0])], &ViewOptions::default());
        let after = Strip::scene(&[series("a", &[0, 1, 7], &[9.0, f64::NAN, 5.0])], &ViewOptions::default());
        let (Mark::Points { points: old, .. }, Mark::Points { points: new, places, .. }) =
            (&before.marks[0], &after.marks[0])
        else {
            panic!()
        };
        assert_eq!(places.iter().map(|place| place.row).collect::<Vec<_>>(), [0, 7], "the missing one is left out");
        assert_eq!((new[0].0, new[1].0), (9.0, 5.0));
        assert_eq!((old[0].1, old[2].1), (new[0].1, new[1].1));
        assert!(old.iter().all(|point| (0.0..1.0).contains(&point.1)));
        assert!(after.note.contains("1 missing value"));
    }

    #[test]
    fn each_series_has_its_band() {
        let scene = Strip::scene(&[series("a", &[0], &[1.0]), series("b", &[0], &[2.0])], &ViewOptions::default());
        assert_eq!(
            scene.y.ticks(2).iter().map(|tick| (tick.at, tick.label.as_str())).collect::<Vec<_>>(),
            [(1.5, "a"), (0.5, "b")]
        );
        let height = |index: usize| match &scene.marks[index] {
            Mark::Points { points, .. } => points[0].1,
            other => panic!("{other:?}"),
        };
        assert!((1.0..2.0).contains(&height(0)) && (0.0..1.0).contains(&height(1)));
    }

    #[test]
    fn values_at_several_positions_of_a_row_are_not_on_one_line() {
        let heights: Vec<f64> = (0..3).map(|position| height(Place { row: 4, position })).collect();
        assert!(heights[0] != heights[1] && heights[1] != heights[2]);
        assert!(heights.iter().all(|height| height.abs() <= 1.0));
    }

    #[test]
    fn the_words_and_the_table_follow_from_the_points() {
        let scene = Strip::scene(&[series("a", &[0, 1, 2], &[1.0, 5.0, 3.0])], &ViewOptions::default());
        assert_eq!(scene.description, "a: 3 values from 1 to 5, the middle one at 3.");
        let table = Strip::table(&scene);
        assert_eq!(
            (table.headers, &table.rows[1]),
            (vec!["row".into(), "value".into()], &vec!["2".into(), "5".into()])
        );
        let none = Strip::scene(&[series("a", &[0], &[f64::NAN])], &ViewOptions::default());
        assert_eq!(none.description, "a: no values. 1 missing value is not drawn.");
        let many: Vec<u32> = (0..500).collect();
        let long = Strip::table(&Strip::scene(&[series("a", &many, &vec![2.0; 500])], &ViewOptions::default()));
        assert_eq!((long.rows.len(), long.rows[200][0].as_str()), (201, "and 300 values more"));
    }
}
