//! A smooth estimate of how dense the values are: a line and the area under it.

use super::text::{middle_half, range};
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, SeriesSummary, ViewInfo, ViewOptions};
use crate::number::format4;
use crate::scene::{Axis, Key, Mark, Scene};
use crate::spacing::Spacing;

/// How dense the values are.
pub struct Density;

/// Steps of a curve.
const POINTS: usize = 256;
/// A curve goes on so far beyond the values, as a part of their range.
const MARGIN: f64 = 0.12;
/// From this ratio of the highest peak to the lowest on, densities cannot be seen on one axis.
const TOO_DIFFERENT: f64 = 30.0;
/// A local peak counts if it rises by this part of the highest above the valley before it.
const PROMINENT: f64 = 0.05;

impl PlotKind for Density {
    const INFO: ViewInfo =
        ViewInfo { slug: "density", label: "Density", form: Form::Curves, sampling: Sampling::All, margin: MARGIN };
    type Data = normlab_engine::DensityEstimate;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        frame.range.map_or_else(Self::Data::default, |(low, high)| {
            let (low, high) = frame.spacing.widened((low, high), MARGIN);
            if frame.spacing == Spacing::Linear {
                return normlab_engine::density(values, low, high, POINTS, None);
            }
            let places = (frame.spacing.place(low), frame.spacing.place(high));
            let found = normlab_engine::density(&frame.spacing.placed(values), places.0, places.1, POINTS, None);
            normlab_engine::DensityEstimate { low, high, ..found }
        })
    }

    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data {
        let width = spacing.place(data.high) - spacing.place(data.low);
        // The area stays what it was.
        let values = data.values.iter().map(|value| value * width).collect();
        normlab_engine::DensityEstimate { low: 0.0, high: 1.0, bandwidth: data.bandwidth / width, values }
    }

    /// Where peaks are too different for one axis, each series is drawn relative to its own peak, and the axis says so.
    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let ranges = series.iter().map(|one| (one.data.low, one.data.high));
        let peaks: Vec<f64> = series.iter().map(|one| peak(&one.data.values)).collect();
        let highest = peaks.iter().copied().fold(0.0, f64::max);
        let lowest = peaks.iter().copied().filter(|peak| *peak > 0.0).fold(highest, f64::min);
        let relative = options.top.is_none() && highest > lowest * TOO_DIFFERENT;
        let each = if options.spacing == Spacing::Linear { "Density" } else { "Density per step of the axis" };
        let (label, top) = if relative {
            ("density, relative to the peak of each", 1.0)
        } else {
            (each, options.top.unwrap_or(highest))
        };
        let top = if top > 0.0 { top } else { 1.0 };
        let sentences = series
            .iter()
            .enumerate()
            .map(|(index, one)| sentence(&one.name, &curve(&one.data, 1.0, options.spacing), options.summaries.get(index)));
        let x = options.x(ranges);
        let (left, right) = x.range();
        let note = if options.summaries.iter().any(|summary| summary.min < left || summary.max > right) {
            "Some values are outside of the picture."
        } else {
            ""
        };
        let description = super::points::description(sentences.collect(), note);
        let marks = series.iter().zip(peaks).map(|(one, peak)| {
            let unit = if relative && peak > 0.0 { peak } else { 1.0 };
            Mark::Line {
                key: Key { name: one.name.clone(), role: one.role },
                points: curve(&one.data, unit, options.spacing),
                filled: true,
            }
        });
        Scene {
            title: options.title.clone(),
            x,
            note: note.to_owned(),
            y: Axis::new(label, 0.0, top * 1.05),
            marks: marks.collect(),
            detail: options.detail,
            description,
            ..Scene::default()
        }
    }

    fn describe(scene: &Scene) -> String {
        scene.description.clone()
    }

    fn table(scene: &Scene) -> PlotTable {
        let all: Vec<(&Key, &[(f64, f64)])> = lines(scene).collect();
        let Some((_, first)) = all.first() else { return PlotTable::default() };
        let aligned = all
            .iter()
            .all(|(_, points)| points.len() == first.len() && points.iter().zip(*first).all(|(a, b)| a.0 == b.0));
        if aligned {
            let headers = std::iter::once("at".to_owned()).chain(all.iter().map(|(key, _)| key.name.clone())).collect();
            let rows = (0..first.len()).map(|index| {
                let heights = all.iter().map(|(_, points)| format4(points[index].1));
                std::iter::once(format4(first[index].0)).chain(heights).collect()
            });
            return PlotTable { headers, rows: rows.collect() };
        }
        let rows = all
            .iter()
            .flat_map(|(key, points)| points.iter().map(|(x, y)| vec![key.name.clone(), format4(*x), format4(*y)]));
        PlotTable { headers: ["series", "at", "density"].map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

fn peak(values: &[f64]) -> f64 {
    values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max)
}

/// The points of a density in units of `unit`.
fn curve(density: &normlab_engine::DensityEstimate, unit: f64, spacing: Spacing) -> Vec<(f64, f64)> {
    let last = density.values.len().saturating_sub(1).max(1) as f64;
    let at = |index: usize| spacing.between(density.low, density.high, index as f64 / last);
    density.values.iter().enumerate().map(|(index, value)| (at(index), value / unit)).collect()
}

fn lines(scene: &Scene) -> impl Iterator<Item = (&Key, &[(f64, f64)])> {
    scene.marks.iter().filter_map(|mark| match mark {
        Mark::Line { key, points, .. } => Some((key, points.as_slice())),
        _ => None,
    })
}

/// `alcohol: 2 peaks, near 12.4 and 13.5, the middle half in 12.36 to 13.68.` What is known of the values is more exact than
/// what can be read from the curve.
fn sentence(name: &str, points: &[(f64, f64)], summary: Option<&SeriesSummary>) -> String {
    let Some((first, last)) = middle_half(points.iter().map(|point| point.1)) else {
        return format!("{name}: no values.");
    };
    let half = range(summary.map_or((points[first].0, points[last].0), |summary| (summary.q1, summary.q3)));
    let mut peaks = peaks(points);
    if let Some(summary) = summary {
        peaks.iter_mut().for_each(|peak| *peak = peak.clamp(summary.min, summary.max.max(summary.min)));
    }
    let near = match peaks.as_slice() {
        [] => String::new(),
        [one] => format!("densest near {}, ", format4(*one)),
        several if several.len() <= 4 => {
            let places: Vec<String> = several.iter().map(|at| format4(*at)).collect();
            format!("{} peaks, near {}, ", places.len(), places.join(" and "))
        }
        several => format!("{} peaks, ", several.len()),
    };
    format!("{name}: {near}the middle half in {half}.")
}

/// Where the line has peaks that stand out, from left to right.
fn peaks(points: &[(f64, f64)]) -> Vec<f64> {
    let enough = PROMINENT * points.iter().map(|point| point.1).fold(0.0, f64::max);
    let mut found = Vec::new();
    let mut valley = 0.0_f64;
    let mut candidate: Option<(f64, f64)> = None;
    for (x, y) in points.iter().copied().chain([(0.0, 0.0)]) {
        match candidate {
            Some((at, height)) if y <= height - enough => {
                found.push(at);
                candidate = None;
                valley = y;
            }
            Some((_, height)) if y > height => candidate = Some((x, y)),
            None if y >= valley + enough && y > 0.0 => candidate = Some((x, y)),
            None => valley = valley.min(y),
            Some(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, high: f64, values: &[f64]) -> Series<normlab_engine::DensityEstimate> {
        let data = normlab_engine::DensityEstimate { low: 0.0, high, bandwidth: 1.0, values: values.to_vec() };
        Series { name: name.into(), role: 0, data }
    }

    fn scene(series: &[Series<normlab_engine::DensityEstimate>]) -> Scene {
        Density::scene(series, &ViewOptions::default())
    }

    #[test]
    fn values_become_points_on_the_grid() {
        let scene = scene(&[series("a", 2.0, &[0.0, 0.5, 0.25])]);
        assert_eq!((scene.x.range(), scene.y.range()), ((0.0, 2.0), (0.0, 0.525)));
        let key = Key { name: "a".into(), role: 0 };
        let points = vec![(0.0, 0.0), (1.0, 0.5), (2.0, 0.25)];
        assert_eq!(scene.marks, [Mark::Line { key, points, filled: true }]);
    }

    #[test]
    fn peaks_too_different_for_one_axis_are_shown_relative_and_the_axis_says_so() {
        let scene = scene(&[series("a", 2.0, &[0.0, 50.0, 0.0]), series("b", 2.0, &[0.0, 0.5, 1.0])]);
        assert_eq!(scene.y.label, "density, relative to the peak of each");
        let highest = lines(&scene).map(|(_, points)| points.iter().map(|point| point.1).fold(0.0, f64::max));
        assert_eq!(highest.collect::<Vec<_>>(), [1.0, 1.0]);
    }

    #[test]
    fn the_words_are_computed() {
        let one = [0.0, 0.1, 0.4, 0.1, 0.0];
        assert_eq!(scene(&[series("a", 4.0, &one)]).description, "a: densest near 2, the middle half in 2 to 2.");
        let two = [0.0, 0.4, 0.1, 0.1, 0.3, 0.0];
        let words = scene(&[series("b", 5.0, &two)]).description;
        assert_eq!(words, "b: 2 peaks, near 1 and 4, the middle half in 1 to 4.");
        assert_eq!(scene(&[series("c", 5.0, &[0.0, 0.0])]).description, "c: no values.");
        // A dent of less than a twentieth of the peak is not a second one.
        let dent = [0.0, 0.4, 0.39, 0.4, 0.0];
        assert!(scene(&[series("d", 4.0, &dent)]).description.starts_with("d: densest near 1,"));
    }

    #[test]
    fn the_table_has_a_column_for_each_series_on_the_same_grid() {
        let table = Density::table(&scene(&[series("a", 1.0, &[0.0, 0.5]), series("b", 1.0, &[0.25, 1.0])]));
        assert_eq!(table.headers, ["at", "a", "b"]);
        assert_eq!(table.rows, [["0", "0", "0.25"], ["1", "0.5", "1"]]);
    }
}
