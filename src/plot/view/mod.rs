//! What can be shown of the same numbers. A new view is a file here and its line in the list below.

use serde::{Deserialize, Serialize};

use super::scene::{Axis, Place};
use super::{Detail, Scene, Spacing};
use normlab_engine::Summary;

mod points;
mod text;

pub use points::{Cloud, Shown};

/// What one view shows of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<D> {
    pub name: String,
    /// Index into [`super::Theme::series`].
    pub role: usize,
    pub data: D,
}

/// Which x the picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum RangePolicy {
    /// From the data of the picture alone: the shape is seen, scales cannot be compared.
    #[default]
    Separate,
    /// Given by the caller, the same for all pictures that are compared.
    Shared { low: f64, high: f64 },
}

/// What the caller decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewOptions {
    pub title: String,
    /// What x is, with its unit: `standard deviations from the mean`.
    pub x_label: String,
    /// What y is, for views of two features.
    pub y_label: String,
    /// What is counted; `examples` when empty.
    pub counted: &'static str,
    pub range: RangePolicy,
    /// How the values are spread over x.
    pub spacing: Spacing,
    /// What the picture shows of y, for views of two features.
    pub y_range: RangePolicy,
    pub y_spacing: Spacing,
    /// What is known of each series, for exact words; empty for parts of features.
    pub summaries: Vec<SeriesSummary>,
    /// Rows in all.
    pub rows: u64,
    /// Height and width of images.
    pub image: Option<(usize, usize)>,
    /// Of so many values, so many are drawn one by one: `(drawn, all)`.
    pub sample: Option<(u64, u64)>,
    /// The highest y, where pictures are to be compared by height too; otherwise that of the data.
    pub top: Option<f64>,
    pub detail: Detail,
}

/// What is known of the values of a series beside what is drawn of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SeriesSummary {
    pub min: f64,
    pub q1: f64,
    pub q3: f64,
    pub max: f64,
}

/// The numbers behind a picture, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlotTable {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// How a view is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewInfo {
    /// In the address, forever: `histogram`.
    pub slug: &'static str,
    pub label: &'static str,
    pub form: Form,
    pub sampling: Sampling,
    /// What is shown beyond the values on each side, as a part of their range.
    pub margin: f64,
}

/// How series share a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Over each other.
    Curves,
    /// Under each other, each in a band with its name.
    Bands,
    /// Two features against each other: the series of the one, then those of the other.
    Pair,
    /// All features in one picture, without categories.
    Whole,
}

/// Which values a view draws one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// None: it draws what was measured of all of them.
    All,
    /// Some thousand, evenly over the data.
    Points,
    /// Some hundred rows, evenly over the data, with their positions.
    Grid,
    /// The first rows, with all their positions.
    First,
}

/// What there is to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Chosen features.
    pub features: usize,
    /// Height and width of the images that the positions are the pixels of, when they are.
    pub image: Option<(usize, usize)>,
}

/// What to measure: from where to where, and how finely.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeasureFrame<'a> {
    /// Lowest and highest value of what is compared; `None` when there is none.
    pub range: Option<(f64, f64)>,
    /// How the values are spread over the axis.
    pub spacing: Spacing,
    /// Number of bins, for views that have bins.
    pub bins: usize,
    /// What is known of the values; `None` for a part of a feature.
    pub summary: Option<&'a Summary>,
    /// Values a row.
    pub positions: usize,
    /// The rows of the data that the values are of; `None`: all of them, in their order.
    pub rows: Option<&'a [u32]>,
    /// The values that are drawn one by one, for views that do so.
    pub shown: &'a [Shown],
}

/// One way to show numbers.
pub trait PlotKind {
    const INFO: ViewInfo;
    /// What the engine measures for it, of one series.
    type Data;

    /// Why there is no such picture of the subject, for the visitor; `None` when there is one.
    fn unfit(_: &Subject) -> Option<&'static str> {
        None
    }

    /// Measures one series; missing values (NaN) are left out.
    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data;

    /// The same on an axis of its own, where what was measured goes from 0 to 1.
    fn on_own_axis(data: Self::Data, spacing: Spacing) -> Self::Data;

    /// All series in one picture.
    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene;

    /// What the picture shows, in words that are computed from it: a sentence a series.
    fn describe(scene: &Scene) -> String;

    /// The numbers behind the picture.
    fn table(scene: &Scene) -> PlotTable;
}

/// Declares the modules and the enum [`View`] over them: the only list of views there is.
macro_rules! views {
    ($($module:ident :: $name:ident,)*) => {
        $(mod $module; pub use $module::$name;)*

        /// A chosen view.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum View { $($name,)* }

        /// What was measured of one series for a view.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Curve {
            $($name(<$name as PlotKind>::Data),)*
        }

        impl Curve {
            /// The ends of what was measured, or drawn.
            pub fn ends(&self) -> (f64, f64) {
                match self { $(Self::$name(data) => (data.low, data.high),)* }
            }

            /// See [`PlotKind::on_own_axis`].
            #[must_use]
            pub fn on_own_axis(self, spacing: Spacing) -> Self {
                match self { $(Self::$name(data) => Self::$name($name::on_own_axis(data, spacing)),)* }
            }
        }

        impl Default for View {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl View {
            /// Every view in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            pub fn info(self) -> ViewInfo {
                match self { $(Self::$name => $name::INFO,)* }
            }

            /// See [`PlotKind::unfit`].
            pub fn unfit(self, subject: &Subject) -> Option<&'static str> {
                match self { $(Self::$name => $name::unfit(subject),)* }
            }

            /// See [`PlotKind::measure`].
            pub fn measure(self, values: &[f64], frame: &MeasureFrame) -> Curve {
                match self {
                    $(Self::$name => Curve::$name($name::measure(values, frame)),)*
                }
            }

            /// See [`PlotKind::scene`]; what was measured for another view is left out.
            pub fn scene(self, series: Vec<Series<Curve>>, options: &ViewOptions) -> Scene {
                match self {
                    $(Self::$name => {
                        let own = series.into_iter().filter_map(|one| match one.data {
                            Curve::$name(data) => Some(Series { name: one.name, role: one.role, data }),
                            _ => None,
                        });
                        $name::scene(&own.collect::<Vec<_>>(), options)
                    })*
                }
            }

            /// See [`PlotKind::describe`]; the scene is one that this view made.
            pub fn describe(self, scene: &Scene) -> String {
                match self { $(Self::$name => $name::describe(scene),)* }
            }

            /// See [`PlotKind::table`]; the scene is one that this view made.
            pub fn table(self, scene: &Scene) -> PlotTable {
                match self { $(Self::$name => $name::table(scene),)* }
            }
        }
    };
}

views! {
    histogram::Histogram,
    density::Density,
    ecdf::Ecdf,
    boxes::Boxes,
    strip::Strip,
    scatter::Scatter,
    heat::Heat,
    images::Images,
}

impl View {
    /// The view of that slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|view| view.info().slug == slug)
    }
}

impl MeasureFrame<'_> {
    /// Where in the data the value of this index is.
    fn place(&self, index: usize) -> Place {
        let positions = self.positions.max(1);
        let row = index / positions;
        let row = self.rows.map_or(row as u32, |rows| rows.get(row).copied().unwrap_or_default());
        Place { row, position: (index % positions) as u32 }
    }
}

impl ViewOptions {
    /// The x axis of these series, with the data of each from `low` to `high`.
    fn x(&self, ranges: impl Iterator<Item = (f64, f64)>) -> Axis {
        axis(&self.x_label, self.range, self.spacing, ranges)
    }

    /// Whether the picture shows values, not examples.
    fn counted(&self) -> &'static str {
        if self.counted.is_empty() { "examples" } else { self.counted }
    }

    /// The same at the beginning of a title.
    fn counted_first(&self) -> &'static str {
        if self.counted() == "values" { "Values" } else { "Examples" }
    }
}

/// An axis that shows what the policy says, with round ends where the data decide.
fn axis(label: &str, policy: RangePolicy, spacing: Spacing, ranges: impl Iterator<Item = (f64, f64)>) -> Axis {
    let (low, high) = shown_range(policy, ranges);
    let axis = Axis::new(label, low, high).spaced(spacing);
    if policy == RangePolicy::Separate { axis.rounded() } else { axis }
}

/// The range to show for data from `low` to `high` each.
fn shown_range(policy: RangePolicy, ranges: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    match policy {
        RangePolicy::Shared { low, high } => (low, high),
        RangePolicy::Separate => ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_found_by_its_slug() {
        for view in View::ALL {
            assert_eq!(View::from_slug(view.info().slug), Some(*view));
        }
        assert_eq!(View::from_slug("pie"), None);
    }

    #[test]
    fn on_its_own_axis_every_curve_goes_from_0_to_1() {
        let values = [3.0, 4.0, 7.0, f64::NAN];
        for view in View::ALL {
            let shown: Vec<Shown> = (0..4).map(|row| Shown { place: row, row }).collect();
            let frame = |range| MeasureFrame { range, bins: 4, shown: &shown, positions: 1, ..MeasureFrame::default() };
            let own = |values: &[f64], range| view.measure(values, &frame(range)).on_own_axis(Spacing::Linear);
            let data = own(&values, Some((3.0, 7.0)));
            let far = own(&values.map(|value| value * 1e6), Some((3e6, 7e6)));
            let scene = |data| view.scene(vec![Series { name: "x".into(), role: 0, data }], &ViewOptions::default());
            if view.info().form != Form::Whole {
                assert_eq!(scene(data.clone()).x.range(), (0.0, 1.0));
            }
            assert_eq!(view.table(&scene(data)), view.table(&scene(far)), "the unit is gone");
        }
    }
}
