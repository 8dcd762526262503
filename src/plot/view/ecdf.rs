//! The share of the values at or below each value: no bins, no bandwidth, nothing to choose.

use serde::{Deserialize, Serialize};

use super::points::{description, key};
use super::text::values;
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, ViewInfo, ViewOptions};
use crate::number::{format4, whole};
use crate::scene::{Axis, Key, Mark, Scene};
use crate::spacing::Spacing;
use normlab_engine::sort;

/// Which share of the values is at or below a value: the empirical distribution function.
pub struct Ecdf;

/// Up to so many values are steps of their own; of more, the share is counted at so many places.
const PLACES: usize = 200;

/// How many values are at or below some places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// Lowest and highest value of what is compared.
    pub low: f64,
    pub high: f64,
    /// Ascending.
    pub at: Vec<f64>,
    /// How many values are at or below each place; exact.
    pub below: Vec<u64>,
    /// How many values there are.
    pub count: u64,
    /// Whether the share rises at the places only, or between them too.
    pub steps: bool,
}

impl PlotKind for Ecdf {
    const INFO: ViewInfo =
        ViewInfo { slug: "ecdf", label: "ECDF", form: Form::Curves, sampling: Sampling::All, margin: 0.0 };
    type Data = Shares;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        let Some((low, high)) = frame.range else { return Shares::default() };
        if values.len() <= PLACES {
            let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
            sort(&mut sorted);
            let mut shares = Shares { low, high, count: sorted.len() as u64, steps: true, ..Shares::default() };
            for (index, value) in sorted.iter().enumerate() {
                if sorted.get(index + 1) != Some(value) {
                    shares.at.push(*value);
                    shares.below.push(index as u64 + 1);
                }
            }
            return shares;
        }
        let counted = frame.spacing.histogram(values, low, high, PLACES);
        let inside: u64 = counted.counts.iter().sum();
        // Values below the range are below all places; those above it are counted only.
        let mut below =
            if counted.outside > 0 { values.iter().filter(|value| **value < low).count() as u64 } else { 0 };
        let mut shares = Shares { low, high, count: inside + counted.outside, ..Shares::default() };
        for index in 0..=PLACES {
            shares.at.push(frame.spacing.between(low, high, index as f64 / PLACES as f64));
            shares.below.push(below);
            below += counted.counts.get(index).copied().unwrap_or_default();
        }
        shares
    }

    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data {
        let at = data.at.iter().map(|value| spacing.part(data.low, data.high, *value)).collect();
        Shares { low: 0.0, high: 1.0, at, ..data }
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let x = options.x(series.iter().map(|one| (one.data.low, one.data.high)));
        let marks: Vec<Mark> = series
            .iter()
            .map(|one| Mark::Line { key: key(one), points: line(&one.data, x.range()), filled: false })
            .collect();
        let outside: u64 = series.iter().map(|one| outside(&one.data, x.range())).sum();
        let note = match outside {
            0 => String::new(),
            1 => "1 value is outside of the picture.".to_owned(),
            many => format!("{} values are outside of the picture.", whole(many)),
        };
        let sentences = series.iter().map(|one| sentence(&one.name, &one.data));
        Scene {
            title: options.title.clone(),
            description: description(sentences.collect(), &note),
            note,
            x,
            y: Axis::new(format!("Share of {} at or below", options.counted()), 0.0, 1.0),
            marks,
            detail: options.detail,
            ..Scene::default()
        }
    }

    fn describe(scene: &Scene) -> String {
        scene.description.clone()
    }

    fn table(scene: &Scene) -> PlotTable {
        let lines = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Line { key, points, .. } => Some((key, points)),
            _ => None,
        });
        let rows = lines.flat_map(|(key, points): (&Key, &Vec<(f64, f64)>)| {
            let last = points.len().saturating_sub(1);
            // The top of each step, without the ends that only reach to the edge.
            let tops = points.iter().enumerate().filter(move |(index, at)| {
                *index > 0 && *index < last && points.get(index + 1).is_none_or(|next| next.0 > at.0)
            });
            tops.map(|(_, (at, share))| vec![key.name.clone(), format4(*at), format4(*share)])
        });
        PlotTable {
            headers: ["series", "value", "share at or below"].map(str::to_owned).to_vec(),
            rows: rows.collect(),
        }
    }
}

/// From one edge of the picture to the other.
fn line(shares: &Shares, (left, right): (f64, f64)) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (shares.at.first(), shares.at.last()) else { return Vec::new() };
    let share = |below: u64| below as f64 / shares.count.max(1) as f64;
    let mut points = Vec::with_capacity(2 * shares.at.len() + 2);
    let start = if shares.steps { 0.0 } else { shares.below.first().map_or(0.0, |below| share(*below)) };
    points.push((left.min(*first), start));
    let mut before = start;
    for (at, below) in shares.at.iter().zip(&shares.below) {
        if shares.steps {
            points.push((*at, before));
        }
        before = share(*below);
        points.push((*at, before));
    }
    points.push((right.max(*last), before));
    points
}

/// Values that are drawn nowhere: beyond the edges, or beyond what was counted place by place.
fn outside(shares: &Shares, (left, right): (f64, f64)) -> u64 {
    let (Some(first), Some(last)) = (shares.below.first(), shares.below.last()) else { return 0 };
    if !shares.steps {
        return first + (shares.count - last);
    }
    let upto = |places: usize| places.checked_sub(1).map_or(0, |index| shares.below[index]);
    let below = upto(shares.at.partition_point(|at| *at < left));
    below + shares.count - upto(shares.at.partition_point(|at| *at <= right))
}

/// `alcohol: of 178 values, half are at or below 13.05 and nine tenths at or below 14.1.`
fn sentence(name: &str, shares: &Shares) -> String {
    let at = |part: f64| {
        let wanted = shares.count as f64 * part;
        let index = shares.below.iter().position(|below| *below as f64 >= wanted)?;
        shares.at.get(index).map(|at| format4(*at))
    };
    match (shares.count, at(0.5), at(0.9)) {
        (0, ..) => format!("{name}: no values."),
        (1, Some(only), _) => format!("{name}: 1 value, {only}."),
        (count, Some(half), Some(most)) => {
            format!("{name}: of {}, half are at or below {half} and nine tenths at or below {most}.", values(count))
        }
        (count, ..) => format!("{name}: {}.", values(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn measured(values: &[f64], range: (f64, f64)) -> Shares {
        Ecdf::measure(values, &MeasureFrame { range: Some(range), ..MeasureFrame::default() })
    }

    fn scene(values: &[f64], range: (f64, f64)) -> Scene {
        let series = Series { name: "a".into(), role: 0, data: measured(values, range) };
        let range = super::super::RangePolicy::Shared { low: range.0, high: range.1 };
        Ecdf::scene(&[series], &ViewOptions { range, ..ViewOptions::default() })
    }

    #[test]
    fn few_values_are_steps() {
        let shares = measured(&[3.0, 1.0, f64::NAN, 3.0, 7.0], (0.0, 8.0));
        assert_eq!(
            (shares.at.as_slice(), shares.below.as_slice(), shares.count),
            ([1., 3., 7.].as_slice(), [1, 3, 4].as_slice(), 4)
        );
        let scene = scene(&[3.0, 1.0, f64::NAN, 3.0, 7.0], (0.0, 8.0));
        let [Mark::Line { points, .. }] = scene.marks.as_slice() else { panic!() };
        let steps = [(0., 0.), (1., 0.), (1., 0.25), (3., 0.25), (3., 0.75), (7., 0.75), (7., 1.), (8., 1.)];
        assert_eq!(points.as_slice(), steps);
        assert_eq!(scene.description, "a: of 4 values, half are at or below 3 and nine tenths at or below 7.");
        assert_eq!(Ecdf::table(&scene).rows, [["a", "1", "0.25"], ["a", "3", "0.75"], ["a", "7", "1"]]);
    }

    #[test]
    fn many_values_are_counted_exactly_at_each_place() {
        let values: Vec<f64> = (0..1000).map(|i| f64::from(i * 7 % 1000)).collect();
        let shares = measured(&values, (0.0, 999.0));
        for (at, below) in shares.at.iter().zip(&shares.below).take(PLACES) {
            assert_eq!(*below, values.iter().filter(|value| *value < at).count() as u64, "{at}");
        }
        assert_eq!((shares.below.last(), shares.count), (Some(&1000), 1000));
        let zoomed = scene(&values, (100.0, 899.0));
        let [Mark::Line { points, .. }] = zoomed.marks.as_slice() else { panic!() };
        assert_eq!((points[0], points[points.len() - 1]), ((100.0, 0.1), (899.0, 0.9)));
        assert_eq!(zoomed.note, "200 values are outside of the picture.");
    }

    #[test]
    fn nothing_has_words_too() {
        assert_eq!(scene(&[f64::NAN], (0.0, 1.0)).description, "a: no values.");
        assert_eq!(scene(&[0.5], (0.0, 1.0)).description, "a: 1 value, 0.5.");
        assert_eq!(Ecdf::scene(&[], &ViewOptions::default()).description, "No values.");
    }

    proptest! {
        #[test]
        fn the_share_never_falls_and_ends_at_one(values in prop::collection::vec(-1e3..1e3, 1..600)) {
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
            let scene = scene(&values, (low, high));
            let [Mark::Line { points, .. }] = scene.marks.as_slice() else { panic!() };
            prop_assert!(points.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1));
            prop_assert_eq!(points.last().map(|point| point.1), Some(1.0));
            prop_assert!(scene.note.is_empty());
        }
    }
}
