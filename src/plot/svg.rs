//! A scene as an SVG file, or as SVG inside a page.

use super::draw::MARGIN;
use super::head::head_of_pair;
use super::pen::{ImageToPlace, Pen, is_drawn};
use super::png;
use super::scene::Scene;
use super::surface::Surface;
use super::theme::Theme;
use plotters::drawing::IntoDrawingArea;
use plotters::prelude::SVGBackend;
use std::cell::RefCell;
use std::fmt::Write;

/// Backends draw on whole units only; with several to a pixel, curves are smooth at any size.
const UNITS: u32 = 4;
/// plotters' SVG backend divides sizes of text by this.
const TEXT_SCALE: f64 = 1.24;
/// It also centres text on the middle of small letters; digits are higher.
const TEXT_DROP: f64 = 0.09;
/// As a canvas centres it, whose picture takes the place of this one.
const TEXT_DROP_OF_CANVAS: f64 = 0.02;

/// The scene with its title and legend as an SVG document of this size in CSS pixels.
pub fn svg(scene: &Scene, theme: &Theme, width: u32, height: u32) -> String {
    svg_of(scene, [scene; 2], theme, width, height)
}

/// As [`svg`], of one of a pair: title and legend take the room that those of the higher one take.
pub(super) fn svg_of(scene: &Scene, pair: [&Scene; 2], theme: &Theme, width: u32, height: u32) -> String {
    let (width, height) = (width.clamp(1, 16_384), height.clamp(1, 16_384));
    let inner = [width, height].map(|length| length.saturating_sub(2 * MARGIN).max(1));
    let (drawn, kept) = drawn(theme, inner.into(), TEXT_DROP, |mut pen| {
        pen.head = head_of_pair(pair, theme, f64::from(UNITS), f64::from(inner[0] * UNITS));
        pen.kept_figure(scene)
    });
    let marks = drawn.split_once('>').map_or("", |(_, marks)| marks);
    let (title, description) = (escaped(&scene.title), escaped(&scene.description));
    let (units_wide, units_high, margin) = (width * UNITS, height * UNITS, MARGIN * UNITS);
    let card = theme.card.css();
    let mut document = String::with_capacity(drawn.len() + 512);
    let _ = write!(
        document,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="-{margin} -{margin} {units_wide} {units_high}" role="img" font-variant-numeric="tabular-nums"><title>{title}</title><desc>{description}</desc><rect x="-{margin}" y="-{margin}" width="{units_wide}" height="{units_high}" fill="{card}"/>{marks}"#
    );
    // Grids of colours come last: nothing is drawn over them.
    if let (Some(shades), Some(end)) = (&scene.shades, document.rfind("</svg>")) {
        document.truncate(end);
        let palette = shades.palette(theme);
        for ImageToPlace { place: (left, top, right, bottom), columns, rows, levels } in kept {
            let (width, height) = (right - left, bottom - top);
            let url = png::data_url(columns, rows, &palette, &levels);
            let _ = write!(
                document,
                r#"<image x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="none" style="image-rendering:pixelated" href="{url}"/>"#
            );
        }
        document.push_str("</svg>");
    }
    document
}

/// The scene alone as an `<svg>` of this size in CSS pixels for inside a page, stretched to the width there is. Its colours
/// are the variables of [`Theme::variables`], so that it follows the theme of the page.
pub fn inline_svg(scene: &Scene, width: u32, height: u32) -> String {
    let theme = Theme::light();
    let (drawn, _) = drawn(&theme, (width, height), TEXT_DROP_OF_CANVAS, |pen| drop(pen.scene(scene)));
    let mut marks = drawn.split_once('>').map_or("", |(_, marks)| marks).to_owned();
    for (variable, colour) in theme.variables() {
        for written in [colour.css(), colour.css().to_uppercase()] {
            marks = marks.replace(&format!("\"{written}\""), &format!("\"var({variable})\""));
        }
    }
    // What is the default anyway.
    for written in [" opacity=\"1\"", " stroke=\"none\"", "\n"] {
        marks = marks.replace(written, "");
    }
    let (units_wide, units_high) = (width * UNITS, height * UNITS);
    format!(
        r#"<svg width="100%" height="{height}" viewBox="0 0 {units_wide} {units_high}" preserveAspectRatio="none">{marks}"#
    )
}

/// What a pen draws as an SVG document of this size in CSS pixels, and what the pen gives.
fn drawn<T>(
    theme: &Theme,
    (width, height): (u32, u32),
    text_drop: f64,
    draw: impl FnOnce(Pen<Surface>) -> T,
) -> (String, T) {
    let mut drawn = String::new();
    let backend = SVGBackend::with_string(&mut drawn, (width * UNITS, height * UNITS));
    let area = Surface::new(backend).into_drawing_area();
    let mut pen = Pen::new(&area, theme, f64::from(UNITS));
    pen.text_scale = TEXT_SCALE;
    pen.text_drop = text_drop;
    pen.kept = Some(RefCell::default());
    let given = draw(pen);
    let _ = area.present();
    drop(area);
    (drawn, given)
}

/// Text that means nothing to an XML reader; characters that XML does not allow are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            _ if is_drawn(c) => safe.push(c),
            _ => {}
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_that_xml_forbids_is_in_a_document() {
        let name = "a\u{fffe}b\u{ffff}c\u{b}";
        let scene = Scene { title: name.into(), description: name.into(), ..Scene::default() };
        assert!(svg(&scene, &Theme::light(), 300, 200).contains("abc"));
        assert!(!svg(&scene, &Theme::light(), 300, 200).contains(['\u{fffe}', '\u{ffff}', '\u{b}']));
    }
}
