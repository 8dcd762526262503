//! The primitives that marks are drawn with, on any plotters backend.

use super::layout::Label;
use super::theme::{Rgb, Theme};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, IntoFont, RGBAColor, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::cell::RefCell;

/// What drawing on a backend gives.
pub(super) type DrawResult<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// An area to draw on, and what does not change while drawing there.
pub(super) struct Pen<'a, DB: DrawingBackend> {
    pub area: &'a DrawingArea<DB, Shift>,
    theme: &'a Theme,
    /// Device pixels a CSS pixel.
    pub ratio: f64,
    /// Straight lines begin and end on multiples of this many device pixels.
    grain: i32,
    /// What the backend must be told for a text of size 1.
    pub text_scale: f64,
    /// How far below its middle a text must be placed to stand there, as a part of its size.
    pub text_drop: f64,
    /// Title and legend are at least so high, in device pixels.
    pub head: f64,
    /// The upper left corner of the picture in the area.
    pub origin: (i32, i32),
    /// Grids of colours that the document takes as images, where the backend has none.
    pub kept: Option<RefCell<Vec<ImageToPlace>>>,
}

/// An image to be placed in a document.
pub(super) struct ImageToPlace {
    /// Left, top, right, bottom.
    pub place: (i32, i32, i32, i32),
    pub columns: u32,
    pub rows: u32,
    pub levels: Vec<u8>,
}

/// The side of a label that is fixed.
#[derive(Clone, Copy)]
pub(super) enum LabelSide {
    Start,
    Middle,
    End,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    pub fn new(area: &'a DrawingArea<DB, Shift>, theme: &'a Theme, ratio: f64) -> Self {
        let ratio = if ratio.is_finite() { ratio.clamp(0.25, 16.0) } else { 1.0 };
        // Lines between CSS pixels stay crisp where a canvas is drawn larger than it is shown.
        let grain = if ratio.fract() == 0.0 { ratio as i32 } else { 1 };
        Self { area, theme, ratio, grain, text_scale: 1.0, text_drop: 0.0, head: 0.0, origin: (0, 0), kept: None }
    }

    /// Device pixels.
    pub fn size(&self) -> (u32, u32) {
        self.area.dim_in_pixel()
    }

    /// The colour that everything is on.
    pub fn clear(&self) -> DrawResult<DB> {
        self.area.fill(&rgba(self.theme.card, 1.0))
    }

    /// The width of the thinnest line that is crisp.
    pub fn hairline(&self) -> i32 {
        self.snapped(self.ratio).max(1)
    }

    /// The width of the outline of a series, in device pixels.
    pub fn stroke_width(&self) -> i32 {
        pixel(self.theme.stroke * self.ratio).max(1)
    }

    /// The nearest coordinate where a straight line is crisp.
    pub fn snapped(&self, value: f64) -> i32 {
        pixel(value / f64::from(self.grain)).saturating_mul(self.grain)
    }

    /// Fills a rectangle: left, top, right, bottom. Straight lines are rectangles too: no backend blurs those.
    pub fn rectangle(&self, (left, top, right, bottom): (i32, i32, i32, i32), colour: Rgb) -> DrawResult<DB> {
        let corners = [self.at((left, top)), self.at((right, bottom))];
        if corners[0].0 >= corners[1].0 || corners[0].1 >= corners[1].1 {
            return Ok(());
        }
        self.area.draw(&Rectangle::new(corners, rgba(colour, 1.0).filled()))
    }

    pub fn polygon(&self, corners: &[(f64, f64)], colour: Rgb, alpha: f64) -> DrawResult<DB> {
        let corners: Vec<(i32, i32)> = corners.iter().map(|(x, y)| self.at((pixel(*x), pixel(*y)))).collect();
        self.area.draw(&Polygon::new(corners, rgba(colour, alpha).filled()))
    }

    /// Puts pixels (3 bytes each) at the upper left corner of a place of this size.
    pub fn pixels(&self, (left, top): (i32, i32), size: (u32, u32), pixels: &[u8]) -> DrawResult<DB> {
        self.area.draw(&Pixels { at: self.at((left, top)), size, pixels })
    }

    /// Keeps an image for the document.
    pub fn keep(&self, kept: ImageToPlace) {
        let (dx, dy) = self.origin;
        let (left, top, right, bottom) = kept.place;
        if let Some(all) = &self.kept {
            all.borrow_mut().push(ImageToPlace { place: (left + dx, top + dy, right + dx, bottom + dy), ..kept });
        }
    }

    pub fn circle(&self, (x, y): (f64, f64), radius: f64, colour: Rgb, alpha: f64) -> DrawResult<DB> {
        let style = rgba(colour, alpha).filled();
        self.area.draw(&Circle::new(self.at((pixel(x), pixel(y))), pixel(radius).max(1), style))
    }

    pub fn line(&self, points: &[(f64, f64)], colour: Rgb) -> DrawResult<DB> {
        let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| self.at((pixel(*x), pixel(*y)))).collect();
        let style =
            ShapeStyle { color: rgba(colour, 1.0), filled: false, stroke_width: self.stroke_width().unsigned_abs() };
        self.area.draw(&PathElement::new(points, style))
    }

    /// A line as thin as the grid's.
    pub fn thin_line(&self, points: &[(f64, f64)], colour: Rgb) -> DrawResult<DB> {
        let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| self.at((pixel(*x), pixel(*y)))).collect();
        let stroke_width = self.hairline().unsigned_abs();
        let style = ShapeStyle { color: rgba(colour, 0.45), filled: false, stroke_width };
        self.area.draw(&PathElement::new(points, style))
    }

    pub fn text(&self, label: &Label, side: LabelSide, size: f64, colour: Rgb, weight: FontStyle) -> DrawResult<DB> {
        let horizontal = match side {
            LabelSide::Start => HPos::Left,
            LabelSide::Middle => HPos::Center,
            LabelSide::End => HPos::Right,
        };
        let size = size * self.ratio;
        let colour = rgba(colour, 1.0);
        let font = (FontFamily::Name(self.theme.font), size * self.text_scale, weight).into_font();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        let drop = pixel(size * self.text_drop);
        let text: String = label.text.chars().filter(|letter| is_drawn(*letter)).collect();
        self.area.draw_text(&text, &style, (label.x + self.origin.0, label.y + drop + self.origin.1))
    }

    /// In the area, and nowhere else.
    fn at(&self, (x, y): (i32, i32)) -> (i32, i32) {
        let (width, height) = self.area.dim_in_pixel();
        let last = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
        ((x + self.origin.0).clamp(0, last(width)), (y + self.origin.1).clamp(0, last(height)))
    }

    pub fn theme(&self) -> &Theme {
        self.theme
    }
}

/// Whether a picture shows this character: XML, and so SVG, forbids most control characters and the two that are none, and no
/// backend has a picture of any.
pub(super) fn is_drawn(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// Pixels as a plotters element.
struct Pixels<'a> {
    at: (i32, i32),
    size: (u32, u32),
    pixels: &'a [u8],
}

impl<'a> PointCollection<'a, (i32, i32)> for &'a Pixels<'_> {
    type Point = &'a (i32, i32);
    type IntoIter = std::iter::Once<&'a (i32, i32)>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Pixels<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut places: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        places.next().map_or(Ok(()), |at| backend.blit_bitmap(at, self.size, self.pixels))
    }
}

pub(super) fn pixel(value: f64) -> i32 {
    value.round() as i32
}

pub(super) fn rgba(colour: Rgb, alpha: f64) -> RGBAColor {
    RGBColor(colour.0, colour.1, colour.2).mix(alpha)
}
