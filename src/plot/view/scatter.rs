//! Two features against each other: a point for each row.

use super::points::{self, Cloud, clouds, extent, key};
use super::text::{range, values};
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, Subject, ViewInfo, ViewOptions, axis};
use crate::scene::{Mark, Scene};
use crate::spacing::Spacing;

/// How two features go together.
pub struct Scatter;

impl PlotKind for Scatter {
    const INFO: ViewInfo =
        ViewInfo { slug: "scatter", label: "Scatter", form: Form::Pair, sampling: Sampling::Points, margin: 0.0 };
    type Data = Cloud;

    fn unfit(subject: &Subject) -> Option<&'static str> {
        (subject.features < 2).then_some("A scatter plot needs two features.")
    }

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        Cloud::measure(values, frame)
    }

    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data {
        data.on_own_axis(spacing)
    }

    /// The first half of the series is what is at x, the second half what is at y.
    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let (across, up) = series.split_at(series.len() / 2);
        let ends = |one: &Series<Self::Data>| (one.data.low, one.data.high);
        let x = options.x(across.iter().map(ends));
        let y = axis(&options.y_label, options.y_range, options.y_spacing, up.iter().map(ends));
        let mut missing = 0;
        let marks = across.iter().zip(up).map(|(x, y)| {
            let pairs = x.data.values.iter().zip(&y.data.values).zip(&x.data.places);
            let whole = pairs.filter(|((x, y), _)| !x.is_nan() && !y.is_nan());
            let (points, places) = whole.map(|((x, y), place)| ((*x, *y), *place)).unzip::<_, _, Vec<_>, _>();
            missing += x.data.values.len() - points.len();
            Mark::Points { key: key(x), points, places }
        });
        let marks: Vec<Mark> = marks.collect();
        let mut scene = points::scene(options, (x, y), marks, missing);
        scene.description = Self::describe(&scene);
        scene
    }

    fn describe(scene: &Scene) -> String {
        let several = clouds(scene).nth(1).is_some();
        let sentences = clouds(scene).map(|(key, points, _)| {
            let name = if several { format!("{}: ", key.name) } else { String::new() };
            let x = extent(points.iter().map(|point| point.0));
            let (Some(x), Some(y)) = (x, extent(points.iter().map(|point| point.1))) else {
                return format!("{name}no points.");
            };
            let count = values(points.len() as u64).replace("value", "point");
            let together = correlation(points).map_or("", together);
            format!(
                "{name}{count}, {} from {}, {} from {}{together}.",
                scene.x.label,
                range(x),
                scene.y.label,
                range(y)
            )
        });
        points::description(sentences.collect(), &scene.note)
    }

    fn table(scene: &Scene) -> PlotTable {
        points::table(scene, &[&scene.x.label, &scene.y.label], |(x, y)| vec![x, y])
    }
}

/// Pearson's correlation; `None` when one of the two does not vary.
fn correlation(points: &[(f64, f64)]) -> Option<f64> {
    let n = points.len() as f64;
    let mean = points.iter().fold((0.0, 0.0), |mean, at| (mean.0 + at.0 / n, mean.1 + at.1 / n));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in points {
        let (dx, dy) = (x - mean.0, y - mean.1);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    let correlation = xy / (xx.sqrt() * yy.sqrt());
    correlation.is_finite().then_some(correlation)
}

/// How a correlation is said.
fn together(correlation: f64) -> &'static str {
    match correlation {
        r if r >= 0.7 => ", rising together",
        r if r >= 0.3 => ", rising together a little",
        r if r <= -0.7 => ", the one falling as the other rises",
        r if r <= -0.3 => ", the one falling a little as the other rises",
        _ => ", with no straight line through them",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Place;

    fn series(name: &str, values: &[f64]) -> Series<Cloud> {
        let places = (0..values.len() as u32).map(|row| Place { row, position: 0 }).collect();
        Series { name: name.into(), role: 0, data: Cloud { low: 0.0, high: 10.0, places, values: values.to_vec() } }
    }

    fn options() -> ViewOptions {
        ViewOptions { x_label: "alcohol".into(), y_label: "ash".into(), ..ViewOptions::default() }
    }

    #[test]
    fn rows_are_points_and_those_with_a_hole_are_counted() {
        let scene = Scatter::scene(
            &[series("a", &[1.0, f64::NAN, 3.0, 4.0]), series("b", &[2.0, 4.0, f64::NAN, 8.0])],
            &options(),
        );
        let [Mark::Points { points, places, .. }] = scene.marks.as_slice() else { panic!("{:?}", scene.marks) };
        let rows: Vec<u32> = places.iter().map(|place| place.row).collect();
        assert_eq!((points.as_slice(), rows.as_slice()), ([(1.0, 2.0), (4.0, 8.0)].as_slice(), [0, 3].as_slice()));
        assert_eq!(scene.note, "2 missing values are not drawn.");
        assert_eq!(
            scene.description,
            "2 points, alcohol from 1 to 4, ash from 2 to 8, rising together. 2 missing values are not drawn."
        );
        assert_eq!(Scatter::table(&scene).headers, ["row", "alcohol", "ash"]);
        assert_eq!(Scatter::table(&scene).rows[1], ["4", "4", "8"]);
    }

    #[test]
    fn categories_are_series_of_their_own() {
        let four = [series("x", &[1.0]), series("y", &[2.0, 3.0]), series("x", &[4.0]), series("y", &[5.0, 6.0])];
        let scene = Scatter::scene(&four, &options());
        assert_eq!(scene.keys().iter().map(|key| key.name.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        let counts: Vec<usize> = clouds(&scene).map(|(_, points, _)| points.len()).collect();
        assert_eq!(counts, [1, 2]);
    }

    #[test]
    fn correlation_is_that_of_pearson() {
        let falling = correlation(&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)]).unwrap();
        assert!((falling + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[(1.0, 3.0), (1.0, 2.0)]), None);
        assert_eq!(correlation(&[]), None);
        let r = correlation(&[(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0)]).unwrap();
        assert!((r - 0.6).abs() < 1e-12);
    }
}
