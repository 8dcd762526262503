//! Counts in bins: bars that touch, one outline a series.

use super::text::{middle_half, range, values};
use super::{Form, MeasureFrame, PlotKind, PlotTable, Sampling, Series, ViewInfo, ViewOptions};
use crate::number::{format4, whole};
use crate::scene::{Axis, Key, Mark, Scene};
use crate::spacing::Spacing;

/// How many values are in each bin.
pub struct Histogram;

impl PlotKind for Histogram {
    const INFO: ViewInfo =
        ViewInfo { slug: "histogram", label: "Histogram", form: Form::Curves, sampling: Sampling::All, margin: 0.0 };
    type Data = normlab_engine::BinCounts;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        frame
            .range
            .map_or_else(Self::Data::default, |(low, high)| frame.spacing.histogram(values, low, high, frame.bins))
    }

    fn on_own_axis(data: Self::Data, _: Spacing) -> Self::Data {
        normlab_engine::BinCounts { low: 0.0, high: 1.0, ..data }
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let ranges = series.iter().map(|one| (one.data.low, one.data.high));
        let most = series.iter().flat_map(|one| &one.data.counts).copied().max().unwrap_or(0);
        let mut scene = Scene {
            title: options.title.clone(),
            x: options.x(ranges),
            y: Axis::counting(format!("{} per bin", options.counted_first()), options.top.unwrap_or(most as f64)),
            marks: series
                .iter()
                .enumerate()
                .map(|(index, one)| steps(one, options.summaries.get(index).map(|summary| (summary.min, summary.max))))
                .collect(),
            detail: options.detail,
            ..Scene::default()
        };
        scene.description = Self::describe(&scene);
        scene
    }

    fn describe(scene: &Scene) -> String {
        let sentences: Vec<String> = bars(scene).map(|bars| bars.sentence()).collect();
        if sentences.is_empty() { "No values.".to_owned() } else { sentences.join(" ") }
    }

    fn table(scene: &Scene) -> PlotTable {
        let all: Vec<HistogramBars> = bars(scene).collect();
        let Some(first) = all.first() else { return PlotTable::default() };
        let aligned = all.iter().all(|one| (one.low, one.high, one.heights.len()) == first.binning());
        let count = |height: f64| whole(height as u64);
        if aligned {
            let mut headers = vec!["from".to_owned(), "to".to_owned()];
            headers.extend(all.iter().map(|one| one.key.name.clone()));
            let rows = (0..first.heights.len()).map(|bin| {
                let (from, to) = first.edges(bin);
                let counts = all.iter().map(|one| count(one.heights[bin]));
                [format4(from), format4(to)].into_iter().chain(counts).collect()
            });
            return PlotTable { headers, rows: rows.collect() };
        }
        let headers = ["series", "from", "to", "count"].map(str::to_owned).to_vec();
        let rows = all.iter().flat_map(|one| {
            one.heights.iter().enumerate().map(|(bin, height)| {
                let (from, to) = one.edges(bin);
                vec![one.key.name.clone(), format4(from), format4(to), count(*height)]
            })
        });
        PlotTable { headers, rows: rows.collect() }
    }
}

fn steps(one: &Series<normlab_engine::BinCounts>, ends: Option<(f64, f64)>) -> Mark {
    Mark::Steps {
        key: Key { name: one.name.clone(), role: one.role },
        low: one.data.low,
        high: one.data.high,
        heights: one.data.counts.iter().map(|count| *count as f64).collect(),
        ends,
        outside: one.data.outside,
    }
}

/// The bars of one series in a scene.
struct HistogramBars<'a> {
    key: &'a Key,
    low: f64,
    high: f64,
    heights: &'a [f64],
    ends: Option<(f64, f64)>,
    spacing: Spacing,
    outside: u64,
}

fn bars(scene: &Scene) -> impl Iterator<Item = HistogramBars<'_>> {
    scene.marks.iter().filter_map(|mark| match mark {
        Mark::Steps { key, low, high, heights, ends, outside } => {
            let spacing = scene.x.spacing();
            Some(HistogramBars { key, low: *low, high: *high, heights, ends: *ends, spacing, outside: *outside })
        }
        _ => None,
    })
}

impl HistogramBars<'_> {
    fn binning(&self) -> (f64, f64, usize) {
        (self.low, self.high, self.heights.len())
    }

    fn edges(&self, bin: usize) -> (f64, f64) {
        let edge = |index: usize| self.spacing.between(self.low, self.high, index as f64 / self.heights.len() as f64);
        (edge(bin), edge(bin + 1))
    }

    /// `alcohol: 178 values within 11.03 to 14.83, the middle half in 12.4 to 13.6, most in 12.2 to 12.6 (21 values).`
    fn sentence(&self) -> String {
        let total: f64 = self.heights.iter().sum();
        let outside = match self.outside {
            0 => String::new(),
            count => format!(", {} outside of the picture", whole(count)),
        };
        let name = &self.key.name;
        let filled = |bin: &usize| self.heights[*bin] > 0.0;
        let bins = || 0..self.heights.len();
        let (Some(first), Some(last)) = (bins().find(filled), bins().rfind(filled)) else {
            return format!("{name}: no values{outside}.");
        };
        let all = values(total as u64);
        // Of all values when none is left out, else of the bins.
        let ends = self.ends.filter(|_| self.outside == 0);
        let span = range(ends.unwrap_or((self.edges(first).0, self.edges(last).1)));
        if first == last {
            let all = if total > 1.0 { format!("all {all}") } else { all };
            return format!("{name}: {all} in one bin, {span}{outside}.");
        }
        let half = middle_half(self.heights.iter().copied())
            .map(|(a, b)| format!(", the middle half in {}", range((self.edges(a).0, self.edges(b).1))))
            .unwrap_or_default();
        // The first of equally high bars.
        let peak = bins().rev().max_by(|a, b| self.heights[*a].total_cmp(&self.heights[*b])).unwrap_or(first);
        let most = format!(", most in {} ({})", range(self.edges(peak)), values(self.heights[peak] as u64));
        format!("{name}: {all} within {span}{half}{most}{outside}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RangePolicy;

    fn series(name: &str, (low, high): (f64, f64), counts: &[u64], outside: u64) -> Series<normlab_engine::BinCounts> {
        Series {
            name: name.into(),
            role: 3,
            data: normlab_engine::BinCounts { low, high, counts: counts.to_vec(), outside },
        }
    }

    fn described(series: Series<normlab_engine::BinCounts>) -> String {
        Histogram::scene(&[series], &ViewOptions::default()).description
    }

    #[test]
    fn counts_become_heights_over_their_own_range() {
        let scene = Histogram::scene(&[series("a", (0.1, 3.9), &[1, 2], 7)], &ViewOptions::default());
        assert_eq!(scene.x.range(), (0.0, 4.0));
        assert_eq!(scene.y.range(), (0.0, 2.1));
        let key = Key { name: "a".into(), role: 3 };
        assert_eq!(
            scene.marks,
            [Mark::Steps { key, low: 0.1, high: 3.9, heights: vec![1.0, 2.0], ends: None, outside: 7 }]
        );
    }

    #[test]
    fn a_shared_range_and_top_hold_for_all() {
        let range = RangePolicy::Shared { low: -4.0, high: 4.0 };
        let options = ViewOptions { range, top: Some(100.0), ..ViewOptions::default() };
        let scene = Histogram::scene(&[series("a", (0.0, 1.0), &[1, 2], 0)], &options);
        assert_eq!((scene.x.range(), scene.y.range()), ((-4.0, 4.0), (0.0, 105.0)));
    }

    #[test]
    fn the_words_are_computed() {
        assert_eq!(
            described(series("alcohol", (11.0, 15.0), &[1, 20, 9, 10], 0)),
            "alcohol: 40 values within 11 to 15, the middle half in 12 to 14, most in 12 to 13 (20 values)."
        );
        assert_eq!(
            described(series("ctr", (0.0, 1e6), &[200, 0, 0, 0], 1_000)),
            "ctr: all 200 values in one bin, 0 to 250,000, 1,000 outside of the picture."
        );
        assert_eq!(described(series("one", (0.0, 4.0), &[0, 1, 0, 0], 0)), "one: 1 value in one bin, 1 to 2.");
        assert_eq!(described(series("none", (0.0, 4.0), &[0, 0], 3)), "none: no values, 3 outside of the picture.");
        assert_eq!(
            described(series("tie", (0.0, 2.0), &[5, 5], 0)),
            "tie: 10 values within 0 to 2, the middle half in 0 to 2, most in 0 to 1 (5 values)."
        );
        assert_eq!(Histogram::scene(&[], &ViewOptions::default()).description, "No values.");
    }

    #[test]
    fn the_table_has_a_column_for_each_series_with_the_same_bins() {
        let same = [series("a", (0.0, 2.0), &[1, 2_000], 0), series("b", (0.0, 2.0), &[3, 4], 0)];
        let table = Histogram::table(&Histogram::scene(&same, &ViewOptions::default()));
        assert_eq!(table.headers, ["from", "to", "a", "b"]);
        assert_eq!(table.rows, [["0", "1", "1", "3"], ["1", "2", "2,000", "4"]]);
        let other = [series("a", (0.0, 1.0), &[1], 0), series("b", (0.0, 2.0), &[3], 0)];
        let table = Histogram::table(&Histogram::scene(&other, &ViewOptions::default()));
        assert_eq!(table.headers, ["series", "from", "to", "count"]);
        assert_eq!(table.rows, [["a", "0", "1", "1"], ["b", "0", "2", "3"]]);
    }
}
