//! Box plots: five numbers of each series, and what lies far from them.

use serde::{Deserialize, Serialize};

use super::points::{self, description, key};
use super::text::{range, values};
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, ViewInfo, ViewOptions};
use crate::number::{format4, whole};
use crate::scene::{Axis, Mark, Place, Scene};
use crate::spacing::Spacing;
use normlab_engine::{sort, summarize};

/// Median, middle half, whiskers and what lies beyond them (Tukey, Exploratory Data Analysis, 1977).
pub struct Boxes;

/// Whiskers reach the last value within so many times the width of the box.
const REACH: f64 = 1.5;
/// So many values beyond the whiskers are drawn of one series.
const FAR_AT_MOST: usize = 150;
/// What the signs mean.
const DEFINITION: &str = "The box is the middle half with the median in it; whiskers reach the last value within 1.5 \
                          times its width; the diamond is the mean.";

/// The numbers of one series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Five {
    /// Lowest and highest value of what is compared.
    pub low: f64,
    pub high: f64,
    pub count: u64,
    /// Lower quartile, median, upper quartile (type 7, as numpy's).
    pub quartiles: [f64; 3],
    pub whiskers: (f64, f64),
    pub mean: f64,
    /// How many values are beyond the whiskers, and some of them with their places: always the farthest.
    pub beyond: u64,
    pub far: Vec<f64>,
    pub places: Vec<Place>,
}

impl PlotKind for Boxes {
    const INFO: ViewInfo =
        ViewInfo { slug: "box", label: "Box", form: Form::Bands, sampling: Sampling::All, margin: 0.0 };
    type Data = Five;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        let (low, high) = frame.range.unwrap_or_default();
        let own;
        let summary = match frame.summary {
            Some(known) => known,
            None => {
                own = summarize(values, &mut Vec::new());
                &own
            }
        };
        let quartiles = [summary.q1, summary.median, summary.q3];
        // Halves: the difference of two finite numbers can be infinite.
        let reach = (summary.q3 / 2.0 - summary.q1 / 2.0) * 2.0 * REACH;
        let (from, to) = (summary.q1 - reach, summary.q3 + reach);
        let mut whiskers = (f64::INFINITY, f64::NEG_INFINITY);
        let mut places = Vec::new();
        if summary.min >= from && summary.max <= to {
            whiskers = (summary.min, summary.max);
        } else {
            for (place, value) in values.iter().enumerate() {
                if (from..=to).contains(value) {
                    whiskers = (whiskers.0.min(*value), whiskers.1.max(*value));
                } else if !value.is_nan() {
                    places.push(place as u32);
                }
            }
        }
        let beyond = places.len() as u64;
        // What rounding leaves of a zero is zero.
        let mean =
            if summary.mean.abs() < 1e-13 * summary.min.abs().max(summary.max.abs()) { 0.0 } else { summary.mean };
        let drawn = thinned(&places, values);
        Five {
            low,
            high,
            count: summary.count as u64,
            quartiles,
            whiskers,
            mean,
            beyond,
            far: drawn.iter().map(|&place| values[place as usize]).collect(),
            places: drawn.iter().map(|&place| frame.place(place as usize)).collect(),
        }
    }

    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data {
        let part = |value: f64| spacing.part(data.low, data.high, value);
        Five {
            low: 0.0,
            high: 1.0,
            quartiles: data.quartiles.map(part),
            whiskers: (part(data.whiskers.0), part(data.whiskers.1)),
            mean: part(data.mean),
            far: data.far.iter().map(|value| part(*value)).collect(),
            ..data
        }
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let x = options.x(series.iter().map(|one| (one.data.low, one.data.high)));
        // A single series is told by the title.
        let name = |one: &Series<Self::Data>| if series.len() > 1 { one.name.clone() } else { String::new() };
        let y = Axis::of_names(series.iter().map(name).collect());
        let mut marks = Vec::with_capacity(2 * series.len());
        for (index, one) in series.iter().enumerate().filter(|(_, one)| one.data.count > 0) {
            let (data, at) = (&one.data, y.row(index));
            let points = data.far.iter().map(|value| (*value, at)).collect();
            marks.push(Mark::Points { key: key(one), points, places: data.places.clone() });
            let Five { quartiles, whiskers, mean, .. } = *data;
            marks.push(Mark::Box { key: key(one), at, quartiles, whiskers, mean });
        }
        let (drawn, beyond) =
            series.iter().fold((0, 0), |sum, one| (sum.0 + one.data.far.len() as u64, sum.1 + one.data.beyond));
        let mut note = points::note(&ViewOptions::default(), 0, points::outside(&marks, &x, &y));
        if drawn < beyond {
            let gap = if note.is_empty() { "" } else { " " };
            note = format!("{} of {} values beyond the whiskers drawn.{gap}{note}", whole(drawn), whole(beyond));
        }
        let mut sentences: Vec<String> = series.iter().map(|one| sentence(&one.name, &one.data)).collect();
        if !marks.is_empty() {
            sentences.push(DEFINITION.to_owned());
        }
        Scene {
            title: options.title.clone(),
            description: description(sentences, &note),
            note,
            x,
            y,
            marks,
            detail: options.detail,
            ..Scene::default()
        }
    }

    fn describe(scene: &Scene) -> String {
        scene.description.clone()
    }

    fn table(scene: &Scene) -> PlotTable {
        let headers = ["series", "whisker from", "lower quartile", "median", "upper quartile", "whisker to", "mean"];
        let rows = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Box { key, quartiles: [q1, median, q3], whiskers, mean, .. } => {
                let numbers = [whiskers.0, *q1, *median, *q3, whiskers.1, *mean];
                Some(std::iter::once(key.name.clone()).chain(numbers.map(format4)).collect())
            }
            _ => None,
        });
        PlotTable { headers: headers.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

/// All of these places, or some evenly and those of the least and the greatest value.
fn thinned(places: &[u32], values: &[f64]) -> Vec<u32> {
    if places.len() <= FAR_AT_MOST {
        return places.to_vec();
    }
    let value = |place: &u32| values[*place as usize];
    let ends = [
        places.iter().min_by(|a, b| value(a).total_cmp(&value(b))),
        places.iter().max_by(|a, b| value(a).total_cmp(&value(b))),
    ];
    let even = FAR_AT_MOST - ends.len();
    let mut kept: Vec<u32> = (0..even).map(|index| places[index * places.len() / even]).collect();
    kept.extend(ends.into_iter().flatten());
    sort(&mut kept);
    kept.dedup();
    kept
}

/// `alcohol: median 13.05, middle half 12.36 to 13.68, whiskers 11.03 to 14.83, 3 values beyond, mean 13.`
fn sentence(name: &str, data: &Five) -> String {
    if data.count == 0 {
        return format!("{name}: no values.");
    }
    let [q1, median, q3] = data.quartiles;
    let beyond = if data.beyond == 0 { "nothing".to_owned() } else { values(data.beyond) };
    format!(
        "{name}: median {}, middle half {}, whiskers {}, {beyond} beyond, mean {}.",
        format4(median),
        range((q1, q3)),
        range(data.whiskers),
        format4(data.mean)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(values: &[f64]) -> Five {
        Boxes::measure(values, &MeasureFrame { range: Some((0.0, 100.0)), positions: 1, ..MeasureFrame::default() })
    }

    fn series(name: &str, values: &[f64]) -> Series<Five> {
        Series { name: name.into(), role: 0, data: measured(values) }
    }

    /// `numpy.quantile([1, 2, 3, 4, 5, 6, 7, 8, 40], [0.25, 0.5, 0.75])` is `[3, 5, 7]`: whiskers end within -3 to 13.
    const VALUES: [f64; 9] = [8.0, 40.0, 1.0, 3.0, 2.0, 5.0, 4.0, 7.0, 6.0];

    #[test]
    fn the_numbers_are_those_of_numpy_and_tukey() {
        let five = measured(&VALUES);
        assert_eq!((five.quartiles, five.whiskers), ([3.0, 5.0, 7.0], (1.0, 8.0)));
        assert_eq!((five.beyond, five.far.as_slice(), five.places[0].row), (1, [40.0].as_slice(), 1));
        assert!((five.mean - 76.0 / 9.0).abs() < 1e-12);
        let even = measured(&[1.0, 2.0, 3.0, 4.0]);
        assert_eq!((even.quartiles, even.beyond), ([1.75, 2.5, 3.25], 0));
    }

    #[test]
    fn whiskers_end_at_values_not_at_fences() {
        let five = measured(&[0.0, 10.0, 11.0, 12.0, 13.0, 14.0, 14.5, 30.0]);
        assert_eq!(five.whiskers, (10.0, 14.5));
        assert_eq!(five.far, [0.0, 30.0]);
    }

    #[test]
    fn many_far_values_are_thinned_and_counted() {
        let values: Vec<f64> =
            (0..10_000).map(|i| if i % 10 == 0 { f64::from(i) } else { f64::from(i % 7) / 100.0 }).collect();
        let five = measured(&values);
        assert!(five.far.len() <= FAR_AT_MOST && five.beyond > 990, "{} of {}", five.far.len(), five.beyond);
        assert!(five.far.contains(&9_990.0));
        let scene = Boxes::scene(&[Series { name: "a".into(), role: 0, data: five }], &ViewOptions::default());
        assert!(scene.note.contains(" of 999 values beyond the whiskers drawn."), "{}", scene.note);
    }

    #[test]
    fn rows_of_a_part_are_rows_of_the_data() {
        let rows = [4, 6, 9, 10, 11, 12, 13, 14, 15];
        let frame =
            MeasureFrame { range: Some((0.0, 40.0)), positions: 1, rows: Some(&rows), ..MeasureFrame::default() };
        assert_eq!(Boxes::measure(&VALUES, &frame).places, [Place { row: 6, position: 0 }]);
    }

    #[test]
    fn words_and_table_follow_from_the_numbers() {
        let scene = Boxes::scene(&[series("a", &VALUES), series("b", &[f64::NAN])], &ViewOptions::default());
        assert!(
            scene.description.starts_with(
                "a: median 5, middle half 3 to 7, whiskers 1 to 8, 1 value beyond, mean 8.444. b: no values. The box is"
            ),
            "{}",
            scene.description
        );
        assert_eq!(Boxes::table(&scene).rows, [["a", "1", "3", "5", "7", "8", "8.444"]]);
        assert_eq!(scene.y.names, ["a", "b"], "an empty one keeps its band");
    }
}
