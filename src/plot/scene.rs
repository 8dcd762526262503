//! What is to be drawn, as plain data: no pixels, no colours.

use serde::{Deserialize, Serialize};

use super::number::whole;
use super::shades::Shades;
use super::spacing::Spacing;
use super::ticks::{Tick, powers, proper, rounded, ticks};

/// A picture in data coordinates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    pub title: String,
    pub x: Axis,
    pub y: Axis,
    /// From back to front.
    pub marks: Vec<Mark>,
    pub detail: Detail,
    /// The picture in words, for those who do not see it. Views compute it of the marks.
    pub description: String,
    /// Which colour a value has, where colours stand for values.
    pub shades: Option<Shades>,
    /// The rows (from 0, ascending) whose points are hollow: a method was not fitted on them.
    pub held_out: Vec<u32>,
    /// What a reader of the picture should know of it: what is not drawn. Empty when all is.
    pub note: String,
    /// The axes of the other picture of a pair: both leave the same room around their plot areas.
    pub beside: Option<Box<(Axis, Axis)>>,
    /// One unit is as long to the side as it is up: the shorter axis goes on at both ends.
    pub square: bool,
}

/// Where a value is in the data, whatever feature it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// From 0.
    pub row: u32,
    /// From 0.
    pub position: u32,
}

/// How much stands around the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// Ticks and axis titles, as far as there is room for them.
    #[default]
    Full,
    /// No axis titles: one of many small pictures beside each other.
    Compact,
}

/// What the labels of an axis count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TickFormat {
    #[default]
    Number,
    /// Whole things: there is no tick at half an example.
    Count,
    /// Names, each in the middle of its band.
    Names,
    /// Nothing is marked: both axes count the same length.
    Bare,
}

/// How values are spread over an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AxisScale {
    #[default]
    Linear,
    /// Linear around zero, logarithmic on both sides of it.
    SymLog,
}

/// One axis. Its range is finite, in order and has a width, whatever it was made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    pub label: String,
    pub format: TickFormat,
    /// Of an axis of series beside each other, their names: the first has the highest place.
    pub names: Vec<String>,
    /// Which of the names has its label, whichever others have none.
    pub lead: Option<usize>,
    /// Whether names go from left to right.
    across: bool,
    spacing: Spacing,
    range: (f64, f64),
}

impl Default for Axis {
    fn default() -> Self {
        Self::new(String::new(), 0.0, 1.0)
    }
}

impl Axis {
    /// An axis of numbers from `low` to `high`. Without a width it becomes a range around its value.
    pub fn new(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self {
            label: label.into(),
            format: TickFormat::Number,
            names: Vec::new(),
            lead: None,
            across: false,
            spacing: Spacing::Linear,
            range: proper(low, high),
        }
    }

    /// An axis of series, each with a band of height 1 around [`Axis::row`].
    pub fn of_names(names: Vec<String>) -> Self {
        Self { format: TickFormat::Names, ..Self { range: (0.0, names.len().max(1) as f64), names, ..Self::default() } }
    }

    /// An axis of columns beside each other, each 1 wide.
    pub fn of_columns(names: Vec<String>) -> Self {
        Self { across: true, ..Self::of_names(names) }
    }

    /// An axis of these rows of the data (from 0), the first at the top; some of them have their number.
    pub fn of_rows(rows: &[u32]) -> Self {
        const LABELS: usize = 5;
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
        let step = steps.into_iter().find(|step| rows.len() / step <= LABELS).unwrap_or(1000);
        let named = rows.iter().enumerate().map(|(index, row)| {
            let marked = index == 0 || (index + 1).is_multiple_of(step);
            if marked { whole(u64::from(*row) + 1) } else { String::new() }
        });
        Self { label: "Row".to_owned(), ..Self::of_names(named.collect()) }
    }

    /// An axis of a length, without marks.
    pub fn bare(length: f64) -> Self {
        Self { format: TickFormat::Bare, ..Self::new(String::new(), 0.0, length) }
    }

    /// The middle of a series' band, counted from above.
    pub fn row(&self, index: usize) -> f64 {
        if self.across {
            return index as f64 + 0.5;
        }
        self.range.1 - index as f64 - 0.5
    }

    /// An axis of whole things from 0 to a little over `most`.
    pub fn counting(label: impl Into<String>, most: f64) -> Self {
        let most = if most >= 1.0 { most } else { 1.0 };
        Self { format: TickFormat::Count, ..Self::new(label, 0.0, most * 1.05) }
    }

    /// The same axis, with ticks at whole numbers alone: there is no half layer.
    #[must_use]
    pub fn of_whole_things(self) -> Self {
        Self { format: TickFormat::Count, ..self }
    }

    /// The same axis, its ends moved to round numbers where those are near.
    #[must_use]
    pub fn rounded(mut self) -> Self {
        if self.spacing == Spacing::Linear {
            self.range = rounded(self.range);
        }
        self
    }

    /// The same axis from `low` to `high`.
    #[must_use]
    pub fn within(self, low: f64, high: f64) -> Self {
        Self { range: proper(low, high), ..self }
    }

    /// The same axis with its values spread in another way, which its title tells.
    #[must_use]
    pub fn spaced(self, spacing: Spacing) -> Self {
        Self { spacing, ..self }
    }

    /// What it is of, and how its values are spread when that is not obvious.
    pub fn title(&self) -> String {
        self.spacing.titled(&self.label)
    }

    /// How values are spread over it.
    pub fn spacing(&self) -> Spacing {
        self.spacing
    }

    /// Low and high end, in the unit of the data.
    pub fn range(&self) -> (f64, f64) {
        self.range
    }

    /// Where a value is, from 0 at the low end to 1 at the high end; outside of that for values outside.
    pub fn part(&self, value: f64) -> f64 {
        let (low, high) = self.range;
        self.spacing.part(low, high, value)
    }

    /// The value at a part of the axis: the way back from [`Axis::part`].
    pub fn value(&self, part: f64) -> f64 {
        let (low, high) = (self.spacing.place(self.range.0), self.spacing.place(self.range.1));
        self.spacing.value(low + part * (high - low))
    }

    /// At most `at_most` round places with labels, all different.
    pub fn ticks(&self, at_most: usize) -> Vec<Tick> {
        if self.format == TickFormat::Bare {
            return Vec::new();
        }
        if self.format == TickFormat::Names {
            let named = self.names.iter().enumerate();
            return named.map(|(index, name)| Tick { at: self.row(index), label: name.clone() }).collect();
        }
        let least = match self.spacing {
            Spacing::Linear => None,
            Spacing::SymLog { linear } => Some(linear),
            Spacing::Log => Some(self.range.0),
        };
        if let Some(least) = least {
            let powers = powers(self.range, least, at_most);
            // Within one power of ten, round numbers say more.
            if powers.len() > 1 || at_most < 2 {
                return powers;
            }
        }
        ticks(self.range, at_most, self.format == TickFormat::Count)
    }
}

/// Which series a mark belongs to. The role is an index into [`super::Theme::series`]: colour, shape and dash at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub name: String,
    pub role: usize,
}

/// Something to draw, in data coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// A histogram: bars that touch, equally wide on the axis, from `low` to `high`.
    Steps {
        key: Key,
        low: f64,
        high: f64,
        heights: Vec<f64>,
        /// Least and greatest value, where these are known.
        ends: Option<(f64, f64)>,
        /// How many values are not in any bar.
        outside: u64,
    },
    /// A line through points whose x never falls; with `filled`, the area down to zero too.
    Line { key: Key, points: Vec<(f64, f64)>, filled: bool },
    /// Points in the shape of the series, and where in the data each of them is.
    Points { key: Key, points: Vec<(f64, f64)>, places: Vec<Place> },
    /// A grid of colours within these ends of x and y, its first line at the top.
    Cells {
        x: (f64, f64),
        y: (f64, f64),
        columns: usize,
        /// The columns are of so many features.
        groups: usize,
        /// Line by line, parts of the scale of [`Scene::shades`]; NaN: missing.
        parts: Vec<f32>,
        /// The row of the data (from 0) that each line is of.
        rows: Vec<u32>,
    },
    /// Median, middle half and whiskers in the middle of a band, and a sign at the mean.
    Box { key: Key, at: f64, quartiles: [f64; 3], whiskers: (f64, f64), mean: f64 },
    /// Darker parts of the bars from `low` to `high`, from the axis up: values of rows that a method was not fitted on.
    HeldOut { role: usize, low: f64, high: f64, heights: Vec<f64> },
    /// A vertical reference line with a label; in the colour of the text if it belongs to no series.
    Rule { role: Option<usize>, at: f64, label: String },
    /// A dashed line where x and y are equal, as far as it is in the picture.
    Diagonal,
    /// Bars from zero to the right, one in each band of a y axis of names, from the top. `slot` is which of so many bars in
    /// each band; `labels` stand at the ends of the bars.
    Bars { key: Key, lengths: Vec<f64>, labels: Vec<String>, slot: usize, slots: usize },
    /// Lines of equal height, each through points in their order: thin and pale, behind what happens on them.
    Contours { lines: Vec<Vec<(f64, f64)>> },
    /// A line through points in their order, whose x may turn back.
    Path { key: Key, points: Vec<(f64, f64)> },
}

impl Mark {
    /// The series of the mark, if it belongs to one.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Self::Steps { key, .. }
            | Self::Line { key, .. }
            | Self::Points { key, .. }
            | Self::Box { key, .. }
            | Self::Bars { key, .. }
            | Self::Path { key, .. } => Some(key),
            Self::Cells { .. } | Self::HeldOut { .. } | Self::Rule { .. } | Self::Diagonal | Self::Contours { .. } => {
                None
            }
        }
    }
}

impl Scene {
    /// Both with plot areas that have the same edges.
    #[must_use]
    pub fn paired(mut self, mut other: Self) -> [Self; 2] {
        self.beside = Some(Box::new((other.x.clone(), other.y.clone())));
        other.beside = Some(Box::new((self.x.clone(), self.y.clone())));
        [self, other]
    }

    /// Whether both look alike wherever they have the same [layout](super::PlotLayout): what is beside them is seen in that alone.
    pub fn looks_like(&self, other: &Self) -> bool {
        let Self { title, x, y, marks, detail, description, shades, held_out, note, beside: _, square } = self;
        (title, x, y, marks) == (&other.title, &other.x, &other.y, &other.marks)
            && (detail, description, shades) == (&other.detail, &other.description, &other.shades)
            && (held_out, note, square) == (&other.held_out, &other.note, &other.square)
    }

    /// The series of the scene, each once, in the order of the marks.
    pub fn keys(&self) -> Vec<&Key> {
        let mut keys = Vec::new();
        for key in self.marks.iter().filter_map(Mark::key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// How values of rows look that a method was not fitted on; `None` where they look like the others.
    pub fn held_out_style(&self) -> Option<&'static str> {
        if !self.held_out.is_empty() {
            return Some("hollow");
        }
        self.marks.iter().any(|mark| matches!(mark, Mark::HeldOut { .. })).then_some("darker")
    }

    /// Radius (in CSS pixels) and visibility (0 to 1) of a point: the more there are, the less each.
    pub fn dot(&self) -> (f64, f64) {
        let points = |mark: &Mark| if let Mark::Points { points, .. } = mark { points.len() } else { 0 };
        match self.marks.iter().map(points).sum() {
            0..=400 => (3.2, 0.72),
            401..=1500 => (2.6, 0.6),
            1501..=4000 => (2.0, 0.5),
            _ => (1.6, 0.4),
        }
    }
}
