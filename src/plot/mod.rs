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
mod head;
mod kin;
mod layout;
mod lit;
mod mark;
pub mod number;
mod pair;
mod path;
mod png;
mod scene;
mod series;
mod shades;
mod spacing;
mod spot;
mod svg;
mod theme;
mod ticks;
mod trail;
pub mod view;
mod words;

#[cfg(test)]
mod recorder;
#[cfg(test)]
mod tests;

pub use draw::{draw, draw_figure};
pub use kin::{Part, Shade, kin};
pub use layout::{Label, Layout, layout};
pub use lit::{Ghost, ghosts, lit};
pub use pair::{CAPTION, draw_pair, svg_pair};
pub use scene::{Axis, Detail, Format, Key, Mark, Place, Scale, Scene};
pub use series::{Dash, SeriesStyle, Shape};
pub use shades::{Shades, Tint};
pub use spacing::{Spacing, Span};
pub use spot::{Light, Sight, Spot, Step, Way, bar_range, dragged, nudged, series_at, sight, spot_at, step, way};
pub use svg::{inline_svg, svg};
pub use theme::{Rgb, Theme};
pub use ticks::Tick;
pub use view::{
    Curve, Form, Frame, Known, Options, RangePolicy, Sampling, Series, Shown, Subject, Table, View, ViewInfo,
};
pub use words::words;
