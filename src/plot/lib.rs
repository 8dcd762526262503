//! Pictures as plain data, and how to draw them on any plotters backend.
//!
//! A [`view`] makes a [`Scene`] of what the engine measured: marks in data coordinates, axes, series by role. [`draw`]
//! puts a scene on a canvas, [`svg`] into a file; [`Theme`] owns every colour and size. Nothing here measures text: widths
//! are estimates on the safe side, so that a picture is the same on every backend.
//!
//! A new view is a file in `view/` and its line in the `views!` list there.

mod bars;
mod box_plot;
mod cells;
mod draw;
mod element;
mod group_highlight;
mod head;
mod highlight_paths;
mod layout;
mod mark;
pub mod number;
mod numbers;
mod pair;
mod path;
mod pen;
mod png;
mod scene;
mod series;
mod shades;
mod spacing;
mod square;
mod surface;
mod svg;
mod theme;
mod ticks;
mod tint;
mod trail;
pub mod view;
mod words;

#[cfg(test)]
mod recorder;
#[cfg(test)]
mod tests;

pub use draw::{draw, draw_figure};
pub use element::{
    HighlightedSeries, Hit, Neighbour, PlotElement, Transition, bar_range, dragged, element_at, hit, nudged, series_at,
    step, transition,
};
pub use group_highlight::{GroupPart, Shade, group_highlight};
pub use highlight_paths::{Ghost, ghosts, highlight_paths};
pub use layout::{Label, PlotLayout, layout};
pub use numbers::numbers;
pub use pair::{CAPTION, draw_pair, svg_pair};
pub use scene::{Axis, AxisScale, Detail, Key, Mark, Place, Scene, TickFormat};
pub use series::{Dash, MarkerShape, SeriesStyle};
pub use shades::Shades;
pub use spacing::{ShownSpan, Spacing};
pub use surface::Surface;
pub use svg::{inline_svg, svg};
pub use theme::{Rgb, Theme};
pub use ticks::Tick;
pub use tint::Tint;
pub use view::{
    Curve, Form, MeasureFrame, PlotTable, RangePolicy, Sampling, Series, SeriesSummary, Shown, Subject, View, ViewInfo,
    ViewOptions,
};
pub use words::words;
