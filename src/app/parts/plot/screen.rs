//! The canvas backend of plotters, with pixels at once: it would draw a bitmap one rectangle a pixel. And a font is set
//! when it changes: each time, a browser works out the styles of the whole page.

use plotters::style::FontTransform;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

type Refused = <CanvasBackend as DrawingBackend>::ErrorType;
type ScreenDone = Result<(), DrawingErrorKind<Refused>>;

/// Draws on the whole of a canvas.
pub struct Screen {
    canvas: CanvasBackend,
    context: CanvasRenderingContext2d,
    /// How the last text was written.
    written: String,
}

impl Screen {
    /// `None` when the browser has no drawing context for the canvas.
    pub fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self { canvas: CanvasBackend::with_canvas_object(canvas.clone())?, context, written: String::new() })
    }
}

impl DrawingBackend for Screen {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.canvas.get_size()
    }

    fn ensure_prepared(&mut self) -> ScreenDone {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> ScreenDone {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> ScreenDone {
        self.written.clear();
        self.canvas.draw_pixel(at, colour)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> ScreenDone {
        self.written.clear();
        self.canvas.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> ScreenDone {
        self.written.clear();
        self.canvas.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> ScreenDone {
        self.written.clear();
        self.canvas.fill_polygon(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> ScreenDone {
        self.written.clear();
        self.canvas.draw_circle(centre, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> ScreenDone {
        let (colour, anchor) = (style.color(), style.anchor());
        let (red, green, blue) = colour.rgb;
        let manner = format!(
            "{} {} {} {red} {green} {blue} {} {} {}",
            style.style().as_str(),
            style.size(),
            style.family().as_str(),
            colour.alpha,
            anchor.h_pos as u8,
            anchor.v_pos as u8
        );
        let upright = matches!(style.transform(), FontTransform::None);
        if upright && manner == self.written && self.context.fill_text(text, at.0.into(), at.1.into()).is_ok() {
            return Ok(());
        }
        self.canvas.draw_text(text, style, at)?;
        self.written = manner;
        Ok(())
    }

    fn blit_bitmap(&mut self, at: BackendCoord, size: (u32, u32), pixels: &[u8]) -> ScreenDone {
        let mut opaque = Vec::with_capacity(pixels.len() / 3 * 4);
        for pixel in pixels.chunks_exact(3) {
            opaque.extend([pixel[0], pixel[1], pixel[2], 255]);
        }
        let image = ImageData::new_with_u8_clamped_array(Clamped(&opaque), size.0);
        let drawn = image.and_then(|image| self.context.put_image_data(&image, at.0.into(), at.1.into()));
        if drawn.is_ok() { Ok(()) } else { self.canvas.blit_bitmap(at, size, pixels) }
    }
}
