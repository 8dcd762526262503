//! Any backend of plotters behind a pointer, so that one copy of what draws serves the canvas and SVG files: a copy for each
//! was a hundredth of the page's program.

use std::fmt;

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::Pos;
use plotters::style::{FontFamily, FontStyle, FontTransform};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

/// A backend.
pub struct Surface<'a>(Box<dyn AnyBackend + 'a>);

impl<'a> Surface<'a> {
    pub fn new(backend: impl DrawingBackend + 'a) -> Self {
        Self(Box::new(backend))
    }
}

/// Why something could not be drawn, in the words of the backend.
#[derive(Debug)]
pub struct SurfaceError(String);

impl fmt::Display for SurfaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SurfaceError {}

type SurfaceResult = Result<(), DrawingErrorKind<SurfaceError>>;

/// What lines and areas are drawn with.
struct Ink {
    colour: BackendColor,
    width: u32,
}

impl Ink {
    fn of(style: &impl BackendStyle) -> Self {
        Self { colour: style.color(), width: style.stroke_width() }
    }
}

impl BackendStyle for Ink {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// What texts are written with. The backends here write by themselves and ask for no shapes of letters.
struct Lettering<'a> {
    colour: BackendColor,
    size: f64,
    transform: FontTransform,
    style: FontStyle,
    anchor: Pos,
    family: FontFamily<'a>,
}

impl BackendTextStyle for Lettering<'_> {
    type FontError = SurfaceError;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn transform(&self) -> FontTransform {
        self.transform.clone()
    }

    fn style(&self) -> FontStyle {
        self.style
    }

    fn anchor(&self) -> Pos {
        self.anchor
    }

    fn family(&self) -> FontFamily<'_> {
        self.family
    }

    fn layout_box(&self, _: &str) -> Result<((i32, i32), (i32, i32)), SurfaceError> {
        Err(SurfaceError("no shapes of letters".into()))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: BackendCoord,
        _: DrawFunc,
    ) -> Result<Result<(), E>, SurfaceError> {
        Err(SurfaceError("no shapes of letters".into()))
    }
}

/// A backend without types of its own.
trait AnyBackend {
    fn size(&self) -> (u32, u32);
    fn prepare(&mut self) -> SurfaceResult;
    fn show(&mut self) -> SurfaceResult;
    fn pixel(&mut self, at: BackendCoord, colour: BackendColor) -> SurfaceResult;
    fn rectangle(&mut self, corners: [BackendCoord; 2], ink: &Ink, fill: bool) -> SurfaceResult;
    fn path(&mut self, points: &[BackendCoord], ink: &Ink) -> SurfaceResult;
    fn polygon(&mut self, corners: &[BackendCoord], ink: &Ink) -> SurfaceResult;
    fn circle(&mut self, centre: BackendCoord, radius: u32, ink: &Ink, fill: bool) -> SurfaceResult;
    fn text(&mut self, text: &str, lettering: &Lettering<'_>, at: BackendCoord) -> SurfaceResult;
    fn bitmap(&mut self, at: BackendCoord, size: (u32, u32), pixels: &[u8]) -> SurfaceResult;
}

fn told<E: std::error::Error + Send + Sync>(done: Result<(), DrawingErrorKind<E>>) -> SurfaceResult {
    done.map_err(|error| DrawingErrorKind::DrawingError(SurfaceError(error.to_string())))
}

impl<DB: DrawingBackend> AnyBackend for DB {
    fn size(&self) -> (u32, u32) {
        self.get_size()
    }

    fn prepare(&mut self) -> SurfaceResult {
        told(self.ensure_prepared())
    }

    fn show(&mut self) -> SurfaceResult {
        told(self.present())
    }

    fn pixel(&mut self, at: BackendCoord, colour: BackendColor) -> SurfaceResult {
        told(self.draw_pixel(at, colour))
    }

    fn rectangle(&mut self, [from, to]: [BackendCoord; 2], ink: &Ink, fill: bool) -> SurfaceResult {
        told(self.draw_rect(from, to, ink, fill))
    }

    fn path(&mut self, points: &[BackendCoord], ink: &Ink) -> SurfaceResult {
        told(self.draw_path(points.iter().copied(), ink))
    }

    fn polygon(&mut self, corners: &[BackendCoord], ink: &Ink) -> SurfaceResult {
        told(self.fill_polygon(corners.iter().copied(), ink))
    }

    fn circle(&mut self, centre: BackendCoord, radius: u32, ink: &Ink, fill: bool) -> SurfaceResult {
        told(self.draw_circle(centre, radius, ink, fill))
    }

    fn text(&mut self, text: &str, lettering: &Lettering<'_>, at: BackendCoord) -> SurfaceResult {
        told(self.draw_text(text, lettering, at))
    }

    fn bitmap(&mut self, at: BackendCoord, size: (u32, u32), pixels: &[u8]) -> SurfaceResult {
        told(self.blit_bitmap(at, size, pixels))
    }
}

impl DrawingBackend for Surface<'_> {
    type ErrorType = SurfaceError;

    fn get_size(&self) -> (u32, u32) {
        self.0.size()
    }

    fn ensure_prepared(&mut self) -> SurfaceResult {
        self.0.prepare()
    }

    fn present(&mut self) -> SurfaceResult {
        self.0.show()
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> SurfaceResult {
        self.0.pixel(at, colour)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> SurfaceResult {
        self.0.rectangle([from, to], &Ink::of(style), fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> SurfaceResult {
        self.0.path(&path.into_iter().collect::<Vec<_>>(), &Ink::of(style))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> SurfaceResult {
        self.0.polygon(&path.into_iter().collect::<Vec<_>>(), &Ink::of(style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> SurfaceResult {
        self.0.circle(centre, radius, &Ink::of(style), fill)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> SurfaceResult {
        let (colour, size, transform) = (style.color(), style.size(), style.transform());
        let lettering =
            Lettering { colour, size, transform, style: style.style(), anchor: style.anchor(), family: style.family() };
        self.0.text(text, &lettering, at)
    }

    fn blit_bitmap(&mut self, at: BackendCoord, size: (u32, u32), pixels: &[u8]) -> SurfaceResult {
        self.0.bitmap(at, size, pixels)
    }
}

#[cfg(test)]
mod tests {
    use plotters::drawing::IntoDrawingArea;

    use super::*;
    use crate::recorder::{Recorded, Recorder};
    use crate::{Axis, Key, Mark, Scene, Theme, draw_figure};

    #[test]
    fn a_backend_is_told_the_same_as_without_a_pointer() {
        let key = Key { name: "a".into(), role: 0 };
        let points = vec![(1.0, 2.0), (3.0, 1.0), (4.0, 4.0)];
        let scene = Scene {
            title: "Title".into(),
            x: Axis::new("x", 0.0, 5.0),
            y: Axis::new("y", 0.0, 5.0),
            marks: vec![
                Mark::Path { key: key.clone(), points: points.clone() },
                Mark::Points { key, points, places: Vec::new() },
            ],
            ..Scene::default()
        };
        let (size, theme) = ((640, 400), Theme::light());
        let (mut direct, mut behind): (Vec<Recorded>, Vec<Recorded>) = Default::default();
        draw_figure(&Recorder { size, drawn: &mut direct }.into_drawing_area(), &scene, &theme, 2.0).unwrap();
        let surface = Surface::new(Recorder { size, drawn: &mut behind });
        draw_figure(&surface.into_drawing_area(), &scene, &theme, 2.0).unwrap();
        assert_eq!(direct, behind);
        assert!(direct.len() > 10);
    }
}
