//! From where to where the axes go: what can be compared stands on the same one.

use normlab_engine::Summary;
use normlab_plot::{Axis, AxisScale, Form, ShownSpan, Spacing};
use normlab_protocol::{AxisPolicy, PlotOptions, ViewQuery};

/// The middle of the values that a zoom shows.
pub const CENTRAL: [f64; 2] = [0.01, 0.99];

/// Features of a scatter plot whose sizes differ by less have the same axis after a normalization.
const ALIKE: f64 = 4.0;

/// Two results side by side have the same axis where none of them would fill less than this part of it.
const SEEN_BESIDE: f64 = 0.08;

/// Of the range of a feature: quartiles that are no farther from where a straight line puts them are on it.
const ALIGNED: f64 = 1e-9;

/// Lowest and highest value.
type AxisEnds = (f64, f64);

/// What is shown of each feature of one side, and what is measured of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranges {
    pub axes: Vec<ShownSpan>,
    /// `None` where there is no value.
    pub measured: Vec<Option<AxisEnds>>,
}

/// What is known of one side: the summary of each feature, and the ends of what the visitor wants to see of it.
pub struct SideSummary<'a> {
    pub summaries: Vec<&'a Summary>,
    /// With the zoom, the quantiles [`CENTRAL`]; otherwise the least and the greatest value.
    pub ends: Vec<AxisEnds>,
}

/// The ranges before and after.
///
/// The axes before follow from the data alone, unless they are to be the same on both sides. Those after go to round
/// numbers of a ladder, so that methods of about the same outcome have the same axis, and a change of the method is a
/// change of the picture only. With `beside`, the values before are those after another method: they have the axes of
/// such, the same as the others where both can be seen on it.
pub fn ranges(query: &ViewQuery, before: &SideSummary, after: &SideSummary, beside: bool) -> [Ranges; 2] {
    let plot_options = &query.plot_options;
    let pair = (plot_options.view.info().form == Form::Pair).then(|| query.pair());
    let separate = plot_options.axes == AxisPolicy::Separate || pair.is_some();
    let shared = |side_summary: &SideSummary| -> Vec<Option<AxisEnds>> {
        let own = side_summary.ends.iter().map(|ends| finite(*ends));
        if separate {
            return own.collect();
        }
        let all = own.flatten().reduce(union);
        vec![all; side_summary.ends.len()]
    };
    // Two features of about one size have the same axis: then it stands still more often, and spreads can be compared.
    let shared = |side_summary: &SideSummary, after: bool| -> Vec<Option<AxisEnds>> {
        let mut all = shared(side_summary);
        if let (Some((x, y)), true) = (pair, after)
            && let (Some(&Some(a)), Some(&Some(b))) = (all.get(x), all.get(y))
            && size(a) < ALIKE * size(b)
            && size(b) < ALIKE * size(a)
        {
            let both = Some(union(a, b));
            (all[x], all[y]) = (both, both);
        }
        all
    };
    let spacing = |sides: &[&SideSummary]| spacing(plot_options.scale, sides);
    let ladder = plot_options.axes != AxisPolicy::Separate && plot_options.axes != AxisPolicy::Same;
    let mut old = shared(before, beside && plot_options.axes != AxisPolicy::Same);
    let mut new = shared(after, plot_options.axes != AxisPolicy::Same);
    let mut spacings = [spacing(&[before]), spacing(&[after])];
    let alike = || old.iter().zip(&new).all(|(a, b)| seen_together(*a, *b));
    if plot_options.axes == AxisPolicy::Same || (beside && ladder && alike()) {
        for (old, new) in old.iter_mut().zip(&mut new) {
            *old = old.iter().chain(new.iter()).copied().reduce(union);
            *new = *old;
        }
        spacings = [spacing(&[before, after]); 2];
    }
    let sides =
        [side(plot_options, &old, spacings[0], ladder && beside), side(plot_options, &new, spacings[1], ladder)];
    if plot_options.axes == AxisPolicy::Separate && spacings == [Spacing::Linear; 2] {
        images(sides, before, after, plot_options.zoom)
    } else {
        sides
    }
}

/// Where a method only shifts and stretches a feature, its own axis after is the image of that before: then the outlines
/// are the same, as the shapes are.
fn images([old, mut new]: [Ranges; 2], before: &SideSummary, after: &SideSummary, zoom: bool) -> [Ranges; 2] {
    for (feature, (x, y)) in before.summaries.iter().zip(&after.summaries).enumerate() {
        let slope = (y.max - y.min) / (x.max - x.min);
        let image = |value: f64| y.min + (value - x.min) * slope;
        let fits = |(x, at): (f64, f64)| (image(x) - at).abs() <= ALIGNED * (y.max - y.min);
        let quartiles = [(x.q1, y.q1), (x.median, y.median), (x.q3, y.q3), (x.mean, y.mean)];
        if slope > 0.0
            && slope.is_finite()
            && quartiles.into_iter().all(fits)
            && let (Some(of), Some(to)) = (old.axes.get(feature), new.axes.get_mut(feature))
        {
            (to.low, to.high) = (image(of.low), image(of.high));
            if zoom {
                new.measured[feature] = Some((to.low, to.high));
            }
        }
    }
    [old, new]
}

fn side(plot_options: &PlotOptions, wanted: &[Option<AxisEnds>], spacing: Spacing, ladder: bool) -> Ranges {
    let mut found = Ranges::default();
    for ends in wanted {
        let roomy = ends.map(room);
        let (low, high) = roomy.unwrap_or((0.0, 1.0));
        let (low, high) = if ladder { rungs(low, high) } else { rounded(low, high, spacing) };
        // Where the picture shows less than all, as much is measured as is shown.
        found.measured.push(roomy.map(|ends| if plot_options.zoom { (low, high) } else { ends }));
        let (low, high) = spacing.widened((low, high), plot_options.view.info().margin);
        found.axes.push(ShownSpan { low, high, spacing });
    }
    found
}

/// Whether both fill enough of an axis that holds both.
fn seen_together(a: Option<AxisEnds>, b: Option<AxisEnds>) -> bool {
    let (Some(a), Some(b)) = (a.map(room), b.map(room)) else { return true };
    let (low, high) = union(a, b);
    let narrower = (a.1 - a.0).min(b.1 - b.0);
    narrower >= SEEN_BESIDE * (high - low)
}

/// How far it is from zero at most.
fn size((low, high): AxisEnds) -> f64 {
    low.abs().max(high.abs())
}

pub fn finite(ends: AxisEnds) -> Option<AxisEnds> {
    (ends.0.is_finite() && ends.1.is_finite()).then_some(ends)
}

pub fn union(a: AxisEnds, b: AxisEnds) -> AxisEnds {
    (a.0.min(b.0), a.1.max(b.1))
}

/// A constant gets some room around it.
pub fn room((low, high): AxisEnds) -> AxisEnds {
    if low < high {
        return (low, high);
    }
    let room = if low == 0.0 { 0.5 } else { low.abs() * 0.5 };
    (low - room, low + room)
}

fn rounded(low: f64, high: f64, spacing: Spacing) -> AxisEnds {
    Axis::new("", low, high).spaced(spacing).rounded().range()
}

/// The spacing that the visitor chose, from the data it is for.
pub fn spacing(scale: AxisScale, sides: &[&SideSummary]) -> Spacing {
    if scale == AxisScale::Linear {
        return Spacing::Linear;
    }
    let all = || sides.iter().flat_map(|side_summary| &side_summary.summaries);
    let sizes = all().map(|summary| summary.q1.abs().max(summary.q3.abs()));
    let largest = all().flat_map(|summary| [summary.min.abs(), summary.max.abs()]);
    Spacing::symmetric(sizes, largest.filter(|size| size.is_finite()).fold(0.0, f64::max))
}

/// The range with its ends moved outward to 1, 2 or 5 times a power of ten: on both sides of zero, or on one where nothing
/// is on the other. A small range far from zero is only rounded.
fn rungs(low: f64, high: f64) -> AxisEnds {
    /// Less than this part of the longer side is not worth as much room as that.
    const SHORT: f64 = 0.2;
    let (below, above) = (low.min(0.0).abs(), high.max(0.0));
    let longest = below.max(above);
    if (low > 0.0 || high < 0.0) && high - low < longest * SHORT {
        return rounded(low, high, Spacing::Linear);
    }
    let end = rung(longest);
    let side = |size: f64| {
        if size == 0.0 {
            0.0
        } else if size <= end * SHORT && size < longest {
            end * SHORT
        } else {
            end
        }
    };
    (-side(below), side(above))
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below; what rounding left over it is not seen.
fn rung(size: f64) -> f64 {
    const SEEN: f64 = 1.0 - 1e-9;
    let exponent = libm::log10(size).floor().clamp(-300.0, 300.0) as i32;
    let power = |exponent: i32| format!("1e{exponent}").parse().unwrap_or(1.0);
    let (unit, next): (f64, f64) = (power(exponent), power(exponent + 1));
    [unit, 2.0 * unit, 5.0 * unit].into_iter().find(|end| *end >= size * SEEN).unwrap_or(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use normlab_engine::summarize;
    use normlab_plot::View;

    fn side_summary(summaries: &[Summary]) -> SideSummary<'_> {
        SideSummary {
            summaries: summaries.iter().collect(),
            ends: summaries.iter().map(|summary| (summary.min, summary.max)).collect(),
        }
    }

    fn summaries(features: &[&[f64]]) -> Vec<Summary> {
        features.iter().map(|values| summarize(values, &mut Vec::new())).collect()
    }

    fn query(plot_options: &PlotOptions) -> ViewQuery {
        ViewQuery { columns: vec![0, 1], plot_options: plot_options.clone(), ..ViewQuery::default() }
    }

    fn axes(plot_options: &PlotOptions, before: &[Summary], after: &[Summary]) -> [Vec<AxisEnds>; 2] {
        let ends = |ranges: Ranges| ranges.axes.iter().map(|span| (span.low, span.high)).collect();
        ranges(&query(plot_options), &side_summary(before), &side_summary(after), false).map(ends)
    }

    #[test]
    fn the_ladder_goes_outward_to_round_numbers() {
        let cases: [(AxisEnds, AxisEnds); 11] = [
            ((-3.7, 4.4), (-5.0, 5.0)),
            ((-1.9, 3.2), (-5.0, 5.0)),
            ((0.0, 1.0), (0.0, 1.0)),
            ((0.0, 1.0 + 1e-15), (0.0, 1.0)),
            ((-1.0, 1.0), (-1.0, 1.0)),
            ((0.03, 0.9), (0.0, 1.0)),
            ((-0.4, 12.0), (-4.0, 20.0)),
            ((-8.0, -0.5), (-10.0, 0.0)),
            ((0.0, 986_645.0), (0.0, 1e6)),
            ((100.1, 100.3), (100.1, 100.3)),
            ((-1.5e-9, 3e-9), (-5e-9, 5e-9)),
        ];
        for (range, expected) in cases {
            let found = rungs(range.0, range.1);
            assert!((found.0 - expected.0).abs() <= 1e-12 * expected.1.abs(), "{range:?}: {found:?}");
            assert!((found.1 - expected.1).abs() <= 1e-12 * expected.1.abs().max(1.0), "{range:?}: {found:?}");
        }
    }

    #[test]
    fn shared_own_and_same_axes() {
        let (before, after) = (summaries(&[&[0.0, 10.0], &[200.0, 900.0]]), summaries(&[&[-1.0, 1.0], &[-2.0, 3.0]]));
        let of = |axes_: AxisPolicy| axes(&PlotOptions { axes: axes_, ..PlotOptions::default() }, &before, &after);
        assert_eq!(of(AxisPolicy::Shared), [vec![(0.0, 900.0); 2], vec![(-5.0, 5.0); 2]].map(|side| side));
        assert_eq!(of(AxisPolicy::Separate)[0], [(0.0, 10.0), (200.0, 900.0)]);
        assert_eq!(of(AxisPolicy::Separate)[1], [(-1.0, 1.0), (-2.0, 3.0)]);
        let [old, new] = of(AxisPolicy::Same);
        assert_eq!(old, new);
        assert!(old[0].0 <= -2.0 && old[0].1 >= 900.0);
        let pair = PlotOptions { view: View::Scatter, ..PlotOptions::default() };
        assert_eq!(axes(&pair, &before, &after)[0], [(0.0, 10.0), (200.0, 900.0)], "two features, two axes");
    }

    #[test]
    fn own_axes_after_a_shift_and_a_stretch_are_images_of_those_before() {
        let values = [3.3, 4.1, 4.4, 7.9];
        let before = summaries(&[&values, &[1.0, 2.0, 30.0, 5.0]]);
        let after = summaries(&[&values.map(|value| (value - 5.0) / 1.7), &[1.0, 4.0, 5.0, 6.0]]);
        let [old, new] = axes(&PlotOptions { axes: AxisPolicy::Separate, ..PlotOptions::default() }, &before, &after);
        let image = |value: f64| (value - 5.0) / 1.7;
        assert!((new[0].0 - image(old[0].0)).abs() < 1e-12 && (new[0].1 - image(old[0].1)).abs() < 1e-12, "{new:?}");
        assert_eq!(new[1], (1.0, 6.0), "a shape that changes has an axis of its own");
    }

    #[test]
    fn nothing_and_constants_have_an_axis_too() {
        let none = summaries(&[&[f64::NAN]]);
        let found = ranges(&query(&PlotOptions::default()), &side_summary(&none), &side_summary(&none), false);
        assert_eq!(found[0].measured, [None]);
        let constant = summaries(&[&[4.0, 4.0]]);
        let zero = summaries(&[&[0.0, 0.0]]);
        assert_eq!(axes(&PlotOptions::default(), &constant, &zero), [vec![(2.0, 6.0)], vec![(-0.5, 0.5)]]);
    }

    #[test]
    fn two_results_have_one_axis_where_both_are_seen_on_it() {
        let beside = |before: &[Summary], after: &[Summary]| {
            let ends = |ranges: Ranges| (ranges.axes[0].low, ranges.axes[0].high);
            ranges(&query(&PlotOptions::default()), &side_summary(before), &side_summary(after), true).map(ends)
        };
        let (unit, standard, far) =
            (summaries(&[&[0.0, 1.0]]), summaries(&[&[-2.0, 3.0]]), summaries(&[&[-2.0, 300.0]]));
        assert_eq!(beside(&unit, &standard), [(-5.0, 5.0); 2]);
        assert_eq!(beside(&unit, &far), [(0.0, 1.0), (-100.0, 500.0)]);
    }

    #[test]
    fn a_zoom_measures_what_it_shows() {
        let values: Vec<f64> = (0..1000).map(|i| if i == 0 { 1e6 } else { f64::from(i % 100) }).collect();
        let found = summaries(&[&values]);
        let zoomed = SideSummary { summaries: found.iter().collect(), ends: vec![(1.0, 98.0)] };
        let plot_options = PlotOptions { zoom: true, ..PlotOptions::default() };
        let [before, _] = ranges(&query(&plot_options), &zoomed, &zoomed, false);
        assert_eq!((before.axes[0].low, before.axes[0].high), (0.0, 100.0));
        assert_eq!(before.measured, [Some((0.0, 100.0))]);
    }
}
