//! A backend that remembers what it was told: tests assert marks, not pixels.

use plotters::prelude::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use std::convert::Infallible;

/// Something that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    Rectangle {
        from: BackendCoord,
        to: BackendCoord,
        colour: (u8, u8, u8),
    },
    Polygon {
        corners: Vec<BackendCoord>,
        colour: (u8, u8, u8),
        alpha: f64,
    },
    Circle {
        centre: BackendCoord,
        radius: u32,
        colour: (u8, u8, u8),
    },
    Image {
        at: BackendCoord,
        size: (u32, u32),
        pixels: Vec<u8>,
    },
    Line {
        points: Vec<BackendCoord>,
        colour: (u8, u8, u8),
        width: u32,
    },
    /// Left and right end are estimates.
    Text {
        text: String,
        left: f64,
        right: f64,
        middle: i32,
        size: f64,
    },
}

pub struct Recorder<'a> {
    pub size: (u32, u32),
    pub drawn: &'a mut Vec<Recorded>,
}

type RecordResult = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> RecordResult {
        Ok(())
    }

    fn present(&mut self) -> RecordResult {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> RecordResult {
        unreachable!("single pixels are slow on every backend")
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> RecordResult {
        assert!(fill, "the SVG backend draws outlines of one pixel only");
        self.drawn.push(Recorded::Rectangle { from, to, colour: style.color().rgb });
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> RecordResult {
        let points = path.into_iter().collect();
        self.drawn.push(Recorded::Line { points, colour: style.color().rgb, width: style.stroke_width() });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> RecordResult {
        let BackendColor { rgb, alpha } = style.color();
        self.drawn.push(Recorded::Polygon { corners: path.into_iter().collect(), colour: rgb, alpha });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> RecordResult {
        assert!(fill, "no points are hollow");
        self.drawn.push(Recorded::Circle { centre, radius, colour: style.color().rgb });
        Ok(())
    }

    fn blit_bitmap(&mut self, at: BackendCoord, (width, height): (u32, u32), pixels: &[u8]) -> RecordResult {
        assert_eq!(pixels.len(), 3 * (width * height) as usize);
        self.drawn.push(Recorded::Image { at, size: (width, height), pixels: pixels.to_vec() });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> RecordResult {
        let width = super::layout::ems(text) * style.size();
        let left = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => -width / 2.0,
            HPos::Right => -width,
        } + f64::from(at.0);
        let right = left + width;
        self.drawn.push(Recorded::Text { text: text.to_owned(), left, right, middle: at.1, size: style.size() });
        Ok(())
    }
}
