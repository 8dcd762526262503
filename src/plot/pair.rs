//! Before and after as one figure, with a line below that says of what it is.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;

use super::draw::{MARGIN, within_margin};
use super::head::head_of_pair;
use super::layout::{Label, fit};
use super::pen::{DrawResult, LabelSide, Pen};
use super::svg::{escaped, svg_of};
use super::{Scene, Theme};

/// CSS pixels of the line below.
pub const CAPTION: u32 = 34;

/// Draws both scenes side by side, and the caption below, on the whole of an area.
///
/// # Errors
/// Those of the backend.
pub fn draw_pair<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scenes: [&Scene; 2],
    caption: &str,
    theme: &Theme,
    ratio: f64,
) -> DrawResult<DB> {
    let (width, height) = area.dim_in_pixel();
    let line = (f64::from(CAPTION) * ratio) as u32;
    let (pictures, below) = area.split_vertically(height.saturating_sub(line));
    let (left, right) = pictures.split_horizontally(width / 2);
    for (half, scene) in [&left, &right].into_iter().zip(scenes) {
        let half = within_margin(half, theme, ratio)?;
        let mut pen = Pen::new(&half, theme, ratio);
        pen.head = head_of_pair(scenes, theme, pen.ratio, f64::from(half.dim_in_pixel().0));
        pen.figure(scene)?;
    }
    Pen::new(&below, theme, ratio).caption(caption)
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    fn caption(&self, text: &str) -> DrawResult<DB> {
        let (width, height) = self.size();
        self.clear()?;
        let edge = f64::from(MARGIN) * self.ratio;
        let em = self.theme().text_size * self.ratio;
        let Some(text) = fit(text, (f64::from(width) - 2.0 * edge) / em) else { return Ok(()) };
        let label = Label { text, x: edge as i32, y: height as i32 / 2 };
        self.text(&label, LabelSide::Start, self.theme().text_size, self.theme().muted, FontStyle::Normal)
    }
}

/// As [`draw_pair`], as an SVG document of this size in CSS pixels.
pub fn svg_pair(scenes: [&Scene; 2], caption: &str, theme: &Theme, width: u32, height: u32) -> String {
    let (half, high) = (width / 2, height.saturating_sub(CAPTION));
    let [left, right] = scenes.map(|scene| svg_of(scene, scenes, theme, half, high));
    // A document inside a document has a place.
    let right = right.replacen("<svg ", &format!("<svg x=\"{half}\" "), 1);
    let (card, ink, size, font) = (theme.card.css(), theme.muted.css(), theme.text_size, escaped(theme.font));
    let (caption, baseline) = (escaped(caption), height - CAPTION / 3);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" role=\"img\"><title>{caption}</title>\
         <rect width=\"100%\" height=\"100%\" fill=\"{card}\"/>{left}{right}\
         <text x=\"{MARGIN}\" y=\"{baseline}\" fill=\"{ink}\" font-size=\"{size}\" font-family=\"{font}\">{caption}</text></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorder::{Recorded, Recorder};
    use crate::{Key, Mark, draw_figure, svg};
    use plotters::prelude::IntoDrawingArea;

    /// The legend fits beside the shorter title only.
    #[test]
    fn both_plots_stand_at_one_height_whatever_their_legends_do() {
        let scene = |title: &str| {
            let line = |role: usize| {
                let key = Key { name: format!("a feature {role}"), role };
                Mark::Line { key, points: vec![(0.0, 0.0), (1.0, 1.0)], filled: false }
            };
            Scene { title: title.into(), marks: (0..6).map(line).collect(), ..Scene::default() }
        };
        let (short, long) = (scene("Before"), scene("After a method of a long name with which a legend has no room"));
        let mut drawn = Vec::new();
        let area = Recorder { size: (1440, 364), drawn: &mut drawn }.into_drawing_area();
        draw_pair(&area, [&short, &long], "", &Theme::light(), 1.0).unwrap();
        drop(area);
        let zeros: Vec<i32> = drawn
            .iter()
            .filter_map(|one| match one {
                Recorded::Text { text, middle, .. } if text == "1" => Some(*middle),
                _ => None,
            })
            .collect();
        let high = |wanted: &[i32]| wanted.iter().copied().min();
        let (left, right) = zeros.split_at(zeros.len() / 2);
        assert_eq!(high(left), high(right), "{zeros:?}");
    }

    #[test]
    fn both_pictures_and_the_line_below_are_in_one_document() {
        let scene = |title: &str| Scene { title: title.into(), ..Scene::default() };
        let (before, after) = (scene("Before"), scene("After z-score"));
        let document = svg_pair([&before, &after], "wine & more, 178 rows. z-score.", &Theme::light(), 1440, 364);
        assert_eq!(document.matches("<svg ").count(), 3);
        assert!(document.contains("<svg x=\"720\""));
        assert!(document.contains(">wine &amp; more, 178 rows. z-score.</text>"));
        assert!(document.find(">Before<") < document.find(">After z-score<"));
    }

    #[test]
    fn what_leaves_the_page_has_a_margin() {
        let text =
            "A title and a legend that are as long as there is room for them in the picture, and then some more of it";
        let line = |role: usize| Mark::Line {
            key: Key { name: text[..40 + role].into(), role },
            points: vec![(0.0, 0.0), (1.0, 1.0)],
            filled: true,
        };
        let scene = Scene { title: text.into(), marks: (0..4).map(line).collect(), ..Scene::default() };
        let mut drawn = Vec::new();
        let area = Recorder { size: (1440, 660), drawn: &mut drawn }.into_drawing_area();
        draw_figure(&area, &scene, &Theme::light(), 2.0).unwrap();
        drop(area);
        for one in drawn {
            let (left, right) = match &one {
                Recorded::Text { left, right, .. } => (*left, *right),
                Recorded::Line { points, .. } | Recorded::Polygon { corners: points, .. } => {
                    let columns = || points.iter().map(|point| f64::from(point.0));
                    (columns().fold(f64::INFINITY, f64::min), columns().fold(0.0, f64::max))
                }
                _ => continue,
            };
            assert!(left >= 24.0 && right <= 1440.0 - 24.0, "{one:?}");
        }
        let document = svg(&scene, &Theme::light(), 720, 330);
        assert!(document.contains(r##"viewBox="-48 -48 2880 1320""##), "{}", &document[..200]);
        assert!(document.contains(r##"<rect x="-48" y="-48" width="2880" height="1320" fill="#ffffff"/>"##));
    }
}
