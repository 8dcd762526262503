//! A canvas as a backend of plotters: the few primitives that a [`crate::plot::Scene`] is drawn with, and pixels at once.

use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use std::fmt;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// The canvas refused something.
#[derive(Debug)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the canvas refused to draw")
    }
}

impl std::error::Error for Refused {}

type Done = Result<(), DrawingErrorKind<Refused>>;

const REFUSED: DrawingErrorKind<Refused> = DrawingErrorKind::DrawingError(Refused);

/// Draws on the whole of a canvas.
pub struct Screen {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// The colour that the context fills with: thousands of points of one colour need not tell it each time.
    filled: Option<BackendColor>,
}

impl Screen {
    /// `None` when the browser has no drawing context for the canvas.
    pub fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { context, size: (canvas.width(), canvas.height()), filled: None })
    }

    fn fill_with(&mut self, colour: BackendColor) {
        let same = |old: &BackendColor| old.rgb == colour.rgb && old.alpha == colour.alpha;
        if !self.filled.as_ref().is_some_and(same) {
            self.context.set_fill_style_str(&css(colour));
            self.filled = Some(colour);
        }
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in path {
            self.context.line_to(x.into(), y.into());
        }
    }
}

fn css(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    let alpha = (colour.alpha * 255.0).round() as u8;
    format!("#{red:02x}{green:02x}{blue:02x}{alpha:02x}")
}

impl DrawingBackend for Screen {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Done {
        self.fill_with(colour);
        self.context.fill_rect(x.into(), y.into(), 1.0, 1.0);
        Ok(())
    }

    /// Scenes have filled rectangles only.
    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, _: bool) -> Done {
        self.fill_with(style.color());
        self.context.fill_rect(from.0.into(), from.1.into(), (to.0 - from.0).into(), (to.1 - from.1).into());
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.trace(path);
        self.context.set_stroke_style_str(&css(style.color()));
        self.context.set_line_width(style.stroke_width().into());
        self.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        self.trace(path);
        self.fill_with(style.color());
        self.context.fill();
        Ok(())
    }

    /// Scenes have filled circles only.
    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, _: bool) -> Done {
        self.context.begin_path();
        let (x, y) = (centre.0.into(), centre.1.into());
        self.context.arc(x, y, radius.into(), 0.0, std::f64::consts::TAU).map_err(|_| REFUSED)?;
        self.fill_with(style.color());
        self.context.fill();
        Ok(())
    }

    /// Scenes have level text, placed by its middle.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        let context = &self.context;
        context.set_text_baseline("middle");
        context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        context.set_font(&format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str()));
        self.fill_with(style.color());
        self.context.fill_text(text, at.0.into(), at.1.into()).map_err(|_| REFUSED)
    }

    fn blit_bitmap(&mut self, at: BackendCoord, (width, _): (u32, u32), pixels: &[u8]) -> Done {
        let mut opaque = Vec::with_capacity(pixels.len() / 3 * 4);
        for pixel in pixels.chunks_exact(3) {
            opaque.extend([pixel[0], pixel[1], pixel[2], 255]);
        }
        let image = ImageData::new_with_u8_clamped_array(Clamped(&opaque), width).map_err(|_| REFUSED)?;
        self.context.put_image_data(&image, at.0.into(), at.1.into()).map_err(|_| REFUSED)
    }
}
