//! The pictures of an answer, before and after: what is drawn together, on which axes, under which titles.

mod answer;
mod batches;
mod compare;

pub use answer::{answered, calibration_scene};
pub use batches::{walk_scenes, walk_tables};
pub use compare::{comparison_scenes, pair_scene};

use std::rc::Rc;

use crate::data::shown_name;
use crate::plot::{
    Curve, Detail, Form, Mark, RangePolicy, Scene, Series, SeriesSummary, ShownSpan, Spacing, ViewOptions,
};
use crate::protocol::{AxisPolicy, PlotSide, ViewResult};

/// Of more features, the others are drawn when they are asked for.
pub const FIRST: usize = 6;

/// What x is where every feature has its own axis in one picture.
const OWN_AXIS: &str = "Part of each feature's own range";

/// Such an axis.
const OWN: ShownSpan = ShownSpan { low: 0.0, high: 1.0, spacing: Spacing::Linear };

/// Two pictures beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct FigurePair {
    /// The feature that they show alone, as an index into the chosen ones.
    pub feature: Option<usize>,
    pub before: Rc<Scene>,
    pub after: Rc<Scene>,
}

impl FigurePair {
    fn of(feature: Option<usize>, before: Scene, after: Scene) -> Self {
        let [before, after] = before.paired(after).map(Rc::new);
        Self { feature, before, after }
    }
}

/// The pictures of a view: one pair for all features where they can be drawn together and that is wanted, else a pair for
/// each of the first `at_most` features.
pub fn pairs(view: &ViewResult, together: bool, at_most: usize) -> Vec<FigurePair> {
    let figures = Figures::of(view);
    match view.query.plot_options.view.info().form {
        Form::Pair => vec![figures.scatter()],
        Form::Whole => vec![figures.whole()],
        Form::Curves | Form::Bands if together => vec![figures.together()],
        Form::Curves | Form::Bands => {
            figures.order().into_iter().take(at_most).map(|index| figures.one(index)).collect()
        }
    }
}

/// What is the same for all pictures of a comparison.
struct Figures<'a> {
    view: &'a ViewResult,
    /// When the values of each side are: `before`, `after z-score`.
    when: [String; 2],
    /// What they are there.
    units: [String; 2],
}

impl<'a> Figures<'a> {
    fn of(view: &'a ViewResult) -> Self {
        let (method, unit) = (view.query.method.name_with_mode(), view.query.method.unit());
        let after = |name: &str| format!("after {name}");
        let (when, units) = match (&view.beside, &view.query.with) {
            (Some(beside), Some(with)) => {
                ([after(&beside.names[0]), after(&beside.names[1])], [with.method.unit(), unit])
            }
            _ => (["before".to_owned(), after(&method)], ["value".to_owned(), unit]),
        };
        Self { view, when, units }
    }

    fn options(&self) -> ViewOptions {
        ViewOptions {
            counted: if self.view.shape.positions > 1 { "values" } else { "examples" },
            rows: self.view.shape.examples as u64,
            image: self.view.image.map(|(height, width)| (height as usize, width as usize)),
            sample: Some((self.view.drawn, self.view.values())),
            ..ViewOptions::default()
        }
    }

    /// One picture of one side, of this feature or of all.
    fn scene(
        &self,
        series: Vec<Series<Curve>>,
        options: &ViewOptions,
        side: &PlotSide,
        feature: Option<usize>,
    ) -> Scene {
        let mut scene = self.view.query.plot_options.view.scene(series, options);
        scene.held_out.clone_from(&self.view.held_out);
        let own = self.on_own_axes(feature);
        for (role, (curve, span)) in side.held_out.iter().zip(&side.axes).enumerate() {
            if feature.is_some_and(|only| only != role) {
                continue;
            }
            let curve = if own { curve.clone().on_own_axis(span.spacing) } else { curve.clone() };
            if let Curve::Histogram(part) = curve {
                let heights = part.counts.iter().map(|count| *count as f64).collect();
                scene.marks.push(Mark::HeldOut { role, low: part.low, high: part.high, heights });
            }
        }
        if let Some(style) = scene.held_out_style() {
            scene.description.push_str(&format!(" Held-out rows are {style}."));
        }
        scene
    }

    /// Both sides, by what there is to draw of each: its series, and its axis.
    fn pair(
        &self,
        feature: Option<usize>,
        detail: Detail,
        draw: impl Fn(&PlotSide, bool) -> (Vec<Series<Curve>>, Option<ShownSpan>, Vec<SeriesSummary>),
    ) -> FigurePair {
        let scene = |side: &PlotSide, after: bool| {
            let (series, span, summaries) = draw(side, after);
            let when = &self.when[usize::from(after)];
            let title = match feature.and_then(|index| self.view.features.get(index)) {
                Some(feature) => format!("{}, {when}", shown_name(&feature.name)),
                None => capital(when),
            };
            let (range, spacing) = span.map_or((RangePolicy::Separate, Spacing::Linear), shown);
            let x_label =
                if self.on_own_axes(feature) { OWN_AXIS.to_owned() } else { capital(&self.units[usize::from(after)]) };
            let options = ViewOptions { title, x_label, range, spacing, detail, summaries, ..self.options() };
            let mut scene = self.scene(series, &options, side, feature);
            // Where columns have names, that of the first sentence is among them.
            scene.x.lead = self.widest();
            scene
        };
        FigurePair::of(feature, scene(&self.view.before, false), scene(&self.view.after, true))
    }

    /// Whether a picture has the axes of several features in one.
    fn on_own_axes(&self, feature: Option<usize>) -> bool {
        self.view.query.plot_options.axes == AxisPolicy::Separate && feature.is_none() && self.view.features.len() > 1
    }

    /// The order of the features with a picture each. Of many, the one of the widest spread comes first: the first sentence
    /// is about it.
    fn order(&self) -> Vec<usize> {
        let features = &self.view.features;
        let mut order: Vec<usize> = (0..features.len()).collect();
        if order.len() > FIRST
            && let Some(widest) = self.widest()
        {
            order[..=widest].rotate_right(1);
        }
        order
    }

    fn widest(&self) -> Option<usize> {
        let spreads = self.view.features.iter().map(|feature| feature.before.sd).enumerate();
        let spreads = spreads.filter(|(_, sd)| sd.is_finite());
        spreads.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
    }

    /// All features of a side in one picture.
    fn together(&self) -> FigurePair {
        let own = self.on_own_axes(None);
        self.pair(None, Detail::Full, |side, after| {
            let all = side.features.iter().zip(&self.view.features).zip(&side.axes).enumerate();
            let series = all.flat_map(|(role, ((curves, feature), span))| {
                let named = series(curves, std::slice::from_ref(&feature.name), role).into_iter();
                let placed = |one: Series<Curve>| match own {
                    true => Series { data: one.data.on_own_axis(span.spacing), ..one },
                    false => one,
                };
                named.map(placed).collect::<Vec<_>>()
            });
            let span = if own { Some(OWN) } else { side.axes.first().copied() };
            let summaries = (0..self.view.features.len()).map(|index| self.summary(index, after));
            (series.collect(), span, if own { Vec::new() } else { summaries.collect() })
        })
    }

    /// All features of a side as one array.
    fn whole(&self) -> FigurePair {
        self.pair(None, Detail::Full, |side, _| {
            let own = self.on_own_axes(None);
            let all = side.features.iter().zip(&self.view.features).zip(&side.axes).enumerate();
            let first = all.flat_map(|(role, ((curves, feature), span))| {
                let first = curves.first()?.clone();
                let data = if own { first.on_own_axis(span.spacing) } else { first };
                Some(Series { name: shown_name(&feature.name), role, data })
            });
            let span = if own { Some(OWN) } else { side.axes.first().copied() };
            (first.collect(), span, Vec::new())
        })
    }

    fn one(&self, index: usize) -> FigurePair {
        let detail = if self.view.features.len() > 1 { Detail::Compact } else { Detail::Full };
        self.pair(Some(index), detail, |side, after| {
            let own = std::slice::from_ref(&self.view.features[index].name);
            let colored = !self.view.categories.is_empty();
            let (names, role) = if colored { (self.view.categories.as_slice(), 0) } else { (own, index) };
            let curves = side.features.get(index).map_or_else(Vec::new, |curves| series(curves, names, role));
            let summaries = if colored { Vec::new() } else { vec![self.summary(index, after)] };
            (curves, side.axes.get(index).copied(), summaries)
        })
    }

    /// What is known of a feature.
    fn summary(&self, index: usize, after: bool) -> SeriesSummary {
        let feature = &self.view.features[index];
        let summary = match &self.view.beside {
            _ if after => &feature.after,
            Some(beside) => &beside.features[index],
            None => &feature.before,
        };
        SeriesSummary { min: summary.min, q1: summary.q1, q3: summary.q3, max: summary.max }
    }

    /// Two features against each other.
    fn scatter(&self) -> FigurePair {
        let (x, y) = self.view.query.pair();
        let label = |index: usize, unit: &str| {
            let name = self.view.features.get(index).map_or_else(String::new, |feature| shown_name(&feature.name));
            if unit.is_empty() { name } else { format!("{name} ({unit})") }
        };
        let scene = |side: &PlotSide, title: String, unit: &str| {
            let names = [String::new()];
            let names = if self.view.categories.is_empty() { &names } else { self.view.categories.as_slice() };
            let of = |index: usize| side.features.get(index).map_or_else(Vec::new, |curves| series(curves, names, 0));
            let axis =
                |index: usize| side.axes.get(index).copied().map_or((RangePolicy::Separate, Spacing::Linear), shown);
            let ((range, spacing), (y_range, y_spacing)) = (axis(x), axis(y));
            let (x_label, y_label) = (label(x, unit), label(y, unit));
            let options = ViewOptions { title, x_label, y_label, range, spacing, y_range, y_spacing, ..self.options() };
            self.scene([of(x), of(y)].concat(), &options, side, None)
        };
        let unit_before = if self.view.beside.is_some() { self.units[0].as_str() } else { "" };
        FigurePair::of(
            None,
            scene(&self.view.before, capital(&self.when[0]), unit_before),
            scene(&self.view.after, capital(&self.when[1]), &self.units[1]),
        )
    }
}

/// With a capital at its beginning.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn shown(span: ShownSpan) -> (RangePolicy, Spacing) {
    (RangePolicy::Shared { low: span.low, high: span.high }, span.spacing)
}

/// The curves of a feature as series; the first gets `role`, the next the following ones.
fn series(curves: &[Curve], names: &[String], role: usize) -> Vec<Series<Curve>> {
    let named = curves.iter().zip(names).enumerate();
    named
        .map(|(index, (data, name))| Series { name: shown_name(name), role: role + index, data: data.clone() })
        .collect()
}
