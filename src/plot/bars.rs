//! Grouped bars of categories: each category is a band of the y axis, each series a bar in every band.

use super::layout::{Label, PlotLayout, ems};
use super::path::placed;
use super::pen::{DrawResult, LabelSide, Pen};
use super::series::MarkerShape;
use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;

/// So much of a band is filled with bars, the rest is between categories.
const FILLED: f64 = 0.76;

/// The bars of one series.
pub(super) struct Bars<'a> {
    pub role: usize,
    /// One for each band, from the top; what is not finite is left out.
    pub lengths: &'a [f64],
    /// Written at the ends of the bars; may be fewer.
    pub labels: &'a [String],
    /// Which of so many bars in each band, from the top.
    pub slot: usize,
    pub slots: usize,
    /// Whether the bars carry the sign of their series.
    pub signed: bool,
}

/// Where a bar is, in pixels.
struct PlacedBar {
    index: usize,
    zero: i32,
    end: i32,
    top: i32,
    bottom: i32,
}

impl PlacedBar {
    fn middle(&self) -> f64 {
        f64::from(self.top + self.bottom) / 2.0
    }

    /// Of the sign at its end.
    fn radius<DB: DrawingBackend>(&self, pen: &Pen<DB>) -> f64 {
        (f64::from(self.bottom - self.top) * 0.42).min(pen.theme().marker * pen.ratio).max(2.0 * pen.ratio)
    }
}

fn placed_bars<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, bars: &Bars) -> Vec<PlacedBar> {
    let count = bars.lengths.len() as f64;
    let slots = bars.slots.max(1) as f64;
    let zero = pen.snapped(layout.to_x(0.0));
    let of = |(index, length): (usize, &f64)| {
        let upper = count - index as f64 - 0.5 + FILLED / 2.0;
        let edge = |slot: f64| pen.snapped(layout.to_y(upper - FILLED * slot / slots));
        let (top, bottom) = (edge(bars.slot as f64), edge(bars.slot as f64 + 1.0));
        let gap = if bottom - top > 4 * pen.hairline() { pen.hairline() } else { 0 };
        let end = pen.snapped(layout.to_x(*length));
        // However small: something is not nothing.
        let end = if end == zero && *length != 0.0 { zero + pen.hairline() } else { end };
        PlacedBar { index, zero, end, top, bottom: (bottom - gap).max(top + 1) }
    };
    bars.lengths.iter().enumerate().filter(|(_, length)| length.is_finite()).map(of).collect()
}

/// Draws the bars of one series.
pub(super) fn draw<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, bars: &Bars) -> DrawResult<DB> {
    let theme = pen.theme();
    let colour = theme.colour(bars.role);
    for bar in placed_bars(pen, layout, bars) {
        pen.rectangle((bar.zero.min(bar.end), bar.top, bar.zero.max(bar.end), bar.bottom), colour)?;
        if bars.signed {
            let (centre, radius) = ((f64::from(bar.end), bar.middle()), bar.radius(pen));
            pen.polygon(&placed(MarkerShape::Circle, centre, radius + pen.ratio), theme.card, 1.0)?;
            pen.polygon(&placed(theme.series(bars.role).shape, centre, radius), colour, 1.0)?;
        }
    }
    Ok(())
}

/// Writes the labels of one series, over whatever lines cross their places.
pub(super) fn label<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, bars: &Bars) -> DrawResult<DB> {
    let (_, _, right, _) = layout.plot;
    let theme = pen.theme();
    let em = theme.text_size * pen.ratio;
    for bar in placed_bars(pen, layout, bars) {
        // Labels of bars that are too thin would lie upon each other.
        let has_room = f64::from(bar.bottom - bar.top) >= em * 0.8;
        let Some(text) = bars.labels.get(bar.index).filter(|_| has_room) else { continue };
        let (end, width) = (f64::from(bar.end), ems(text) * em);
        let sign = if bars.signed { bar.radius(pen) } else { 0.0 };
        let start = f64::from(bar.zero.max(bar.end)) + sign + em * 0.5;
        let outside = start + width <= f64::from(right);
        let inside = f64::from(bar.zero.min(bar.end)) + width + em <= end;
        let (side, x, ink) = match (outside, inside) {
            (true, _) => (LabelSide::Start, start, theme.ink),
            (false, true) => (LabelSide::End, end - sign - em * 0.5, theme.card),
            (false, false) => continue,
        };
        if outside {
            let end = (start + width).round() as i32;
            pen.rectangle((start.round() as i32, bar.top, end, bar.bottom), theme.card)?;
        }
        let label = Label { text: text.clone(), x: x.round() as i32, y: bar.middle().round() as i32 };
        pen.text(&label, side, theme.text_size, ink, FontStyle::Normal)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::recorder::{Recorded, Recorder};
    use crate::{Axis, Key, Mark, Scene, Theme, draw, layout, svg};
    use plotters::drawing::IntoDrawingArea;

    fn scene() -> Scene {
        let bars = |name: &str, role, lengths: [f64; 3]| Mark::Bars {
            key: Key { name: name.into(), role },
            lengths: lengths.to_vec(),
            labels: lengths.map(|length| format!("{length}%")).to_vec(),
            slot: role,
            slots: 2,
        };
        Scene {
            title: "Share".into(),
            x: Axis::new("percent", 0.0, 100.0),
            y: Axis::of_names(["a", "b", "c"].map(String::from).to_vec()),
            marks: vec![bars("raw", 0, [100.0, 50.0, 0.001]), bars("scaled", 1, [25.0, f64::NAN, 40.0])],
            ..Scene::default()
        }
    }

    #[test]
    fn every_series_has_a_bar_in_every_band_as_long_as_its_value() {
        let (size, scene) = ((600, 300), scene());
        let mut drawn = Vec::new();
        let area = Recorder { size, drawn: &mut drawn }.into_drawing_area();
        draw(&area, &scene, &Theme::light(), 1.0).unwrap();
        drop(area);
        let at = layout(&scene, size, &Theme::light(), 1.0);
        let long = f64::from(at.plot.2 - at.plot.0);
        let bars = |role: usize| -> Vec<(i32, i32, i32)> {
            let wanted = Theme::light().colour(role);
            let bars = drawn.iter().filter_map(|one| match one {
                Recorded::Rectangle { from, to, colour } if *colour == (wanted.0, wanted.1, wanted.2) => {
                    Some((to.0 - from.0, from.1, to.1))
                }
                _ => None,
            });
            bars.collect()
        };
        let (raw, scaled) = (bars(0), bars(1));
        assert_eq!((raw.len(), scaled.len()), (3, 2), "what is not finite has no bar");
        assert!((f64::from(raw[0].0) - long).abs() <= 1.0 && (f64::from(raw[1].0) - long / 2.0).abs() <= 1.0);
        assert_eq!(raw[2].0, 1, "a small one is seen");
        assert!(raw[0].2 <= scaled[0].1 && scaled[0].2 < raw[1].1, "side by side: {raw:?} {scaled:?}");
    }

    /// A dashed line through a label would make another number of it.
    #[test]
    fn a_line_leaves_out_the_label_that_it_would_cross() {
        let (size, mut scene) = ((600, 300), scene());
        scene.marks.push(Mark::Rule { role: None, at: 52.0, label: String::new() });
        let mut drawn = Vec::new();
        let area = Recorder { size, drawn: &mut drawn }.into_drawing_area();
        draw(&area, &scene, &Theme::light(), 1.0).unwrap();
        drop(area);
        let x = layout(&scene, size, &Theme::light(), 1.0).to_x(52.0) as i32;
        let text = drawn.iter().position(|one| matches!(one, Recorded::Text { text, .. } if text == "50%")).unwrap();
        let Recorded::Text { left, right, middle, .. } = &drawn[text] else { panic!() };
        assert!((left.floor() as i32..right.ceil() as i32).contains(&x), "the line crosses it");
        let Recorded::Rectangle { from, to, colour } = &drawn[text - 1] else { panic!("{:?}", drawn[text - 1]) };
        assert_eq!(*colour, (255, 255, 255));
        assert!(from.0 <= x && x < to.0 && (from.1..to.1).contains(middle), "{from:?} {to:?}");
    }

    #[test]
    fn labels_stand_at_the_ends_and_a_file_has_them_too() {
        let document = svg(&scene(), &Theme::light(), 600, 300);
        for text in ["100%", "50%", "0.001%", "25%", "40%", "a", "raw", "scaled"] {
            assert!(document.lines().any(|line| line.trim() == text), "{text}");
        }
        assert!(!document.contains("NaN"));
    }
}
