//! The transition from before to after: each point travels from its place in one picture to its place in the other.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::plot::{PlotLayout, Scene, Theme, transition};

/// Paints the points at a part of their way over the plot area.
pub fn paint(
    canvas: &HtmlCanvasElement,
    from: (&Scene, &PlotLayout),
    to: (&Scene, &PlotLayout),
    part: f64,
    dark: bool,
    ratio: f64,
) {
    let context =
        canvas.get_context("2d").ok().flatten().and_then(|any| any.dyn_into::<CanvasRenderingContext2d>().ok());
    let Some(context) = context else { return };
    let theme = if dark { Theme::dark() } else { Theme::light() };
    let (left, top, right, bottom) = to.1.plot;
    let (left, top, right, bottom) = (f64::from(left), f64::from(top), f64::from(right), f64::from(bottom));
    let (dot, visible) = to.0.dot();
    let radius = dot * ratio;
    context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    context.set_fill_style_str(&theme.card.css());
    // On the way no axis holds: it is there, but faint.
    context.set_global_alpha(0.75);
    context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    context.set_global_alpha(1.0);
    context.fill_rect(left - radius, top - radius, right - left + 2.0 * radius, bottom - top + radius);
    context.set_global_alpha(visible);
    let part = part as f32;
    for (role, points) in transition(from, to) {
        context.set_fill_style_str(&theme.colour(role).css());
        // Squares of the same area as the points: nobody sees the difference while they move.
        let side = radius * 1.77;
        for [x, y, there_x, there_y] in points {
            let x = f64::from(x + (there_x - x) * part);
            let y = f64::from(y + (there_y - y) * part);
            context.fill_rect(x - side / 2.0, y - side / 2.0, side, side);
        }
    }
}
