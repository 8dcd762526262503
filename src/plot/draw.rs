//! Draws a scene with the primitives of any plotters backend.

use super::cells;
use super::head::{head, marker};
use super::layout::{Label, PlotLayout, layout};
use super::mark::{self, Style};
use super::path::placed;
use super::pen::{DrawResult, ImageToPlace, LabelSide, Pen, pixel, rgba};
use super::scene::Scene;
use super::theme::Theme;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;
use std::cell::RefCell;

/// Draws a scene without title and legend, which the page has around it, on the whole of an area.
///
/// The area is in device pixels; `ratio` is how many of them make a CSS pixel, and scales every size. Backends take whole
/// pixels only: on a screen of ratio 1, a canvas of twice the size with ratio 2 has smoother curves and is still crisp.
///
/// # Errors
/// Those of the backend.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scene: &Scene,
    theme: &Theme,
    ratio: f64,
) -> DrawResult<DB> {
    Pen::new(area, theme, ratio).scene(scene)
}

/// Draws a scene below its title and legend: for pictures that leave the page.
///
/// # Errors
/// Those of the backend.
pub fn draw_figure<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    scene: &Scene,
    theme: &Theme,
    ratio: f64,
) -> DrawResult<DB> {
    Pen::new(&within_margin(area, theme, ratio)?, theme, ratio).figure(scene)
}

/// CSS pixels around what leaves the page.
pub(super) const MARGIN: u32 = 12;

/// The part of an area inside of the margin, which is made the colour that everything is on.
pub(super) fn within_margin<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    theme: &Theme,
    ratio: f64,
) -> Result<DrawingArea<DB, Shift>, DrawingAreaErrorKind<DB::ErrorType>> {
    area.fill(&rgba(theme.card, 1.0))?;
    let (width, height) = area.dim_in_pixel();
    // Next to nothing has no room for one.
    let margin = ((f64::from(MARGIN) * ratio) as u32).min(width.min(height) / 8);
    Ok(area.margin(margin, margin, margin, margin))
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    /// Title, legend and scene.
    pub fn figure(mut self, scene: &Scene) -> DrawResult<DB> {
        self.placed(scene)
    }

    fn placed(&mut self, scene: &Scene) -> DrawResult<DB> {
        let (width, height) = self.area.dim_in_pixel();
        self.area.fill(&rgba(self.theme().card, 1.0))?;
        let (entries, high) = head(scene, self.theme(), self.ratio, f64::from(width));
        for (label, role) in &entries {
            self.entry(label, *role)?;
        }
        let header = high.max(self.head).min(f64::from(height) / 2.0);
        self.origin.1 = self.snapped(header);
        self.body(scene, (width, height - self.origin.1.unsigned_abs().min(height)))
    }

    /// As [`Pen::figure`], for a document that takes images of its own.
    pub fn kept_figure(mut self, scene: &Scene) -> Vec<ImageToPlace> {
        // Writing into a string does not fail.
        let _ = self.placed(scene);
        self.kept.map(RefCell::into_inner).unwrap_or_default()
    }

    /// The scene alone.
    pub fn scene(self, scene: &Scene) -> DrawResult<DB> {
        self.area.fill(&rgba(self.theme().card, 1.0))?;
        let size = self.area.dim_in_pixel();
        self.body(scene, size)
    }

    fn body(&self, scene: &Scene, size: (u32, u32)) -> DrawResult<DB> {
        if size.0 == 0 || size.1 == 0 {
            return Ok(());
        }
        let layout = self.snapped_layout(scene, size);
        self.grid(&layout)?;
        if let Some(shades) = &scene.shades {
            cells::draw(self, &layout, scene, shades)?;
        }
        let style = Style::of(scene);
        for mark in &scene.marks {
            mark::fill(self, &layout, mark, &style)?;
        }
        let mut label_spans = Vec::new();
        for mark in &scene.marks {
            mark::outline(self, &layout, mark, &style, &mut label_spans)?;
        }
        for mark in &scene.marks {
            mark::label(self, &layout, mark, &style)?;
        }
        let mut taken = Vec::new();
        for mark in &scene.marks {
            mark::sign(self, &layout, mark, &style, &mut taken)?;
        }
        self.axes(&layout)
    }

    /// The title, or a name in the legend behind its sign.
    fn entry(&self, label: &Label, role: Option<usize>) -> DrawResult<DB> {
        let Some(role) = role else {
            return self.text(label, LabelSide::Start, self.theme().title_size, self.theme().ink, FontStyle::Bold);
        };
        let marker = marker(self.theme(), self.ratio);
        let centre = (f64::from(label.x) + marker, f64::from(label.y));
        self.polygon(&placed(self.theme().series(role).shape, centre, marker), self.theme().colour(role), 1.0)?;
        let x = label.x + pixel(marker * 2.0 + self.theme().text_size * self.ratio * 0.5);
        let name = Label { x, ..label.clone() };
        self.text(&name, LabelSide::Start, self.theme().text_size, self.theme().muted, FontStyle::Normal)
    }

    fn snapped_layout(&self, scene: &Scene, size: (u32, u32)) -> PlotLayout {
        let mut layout = layout(scene, size, self.theme(), self.ratio);
        let (left, top, right, bottom) = layout.plot;
        let snapped = |value: i32| self.snapped(f64::from(value));
        layout.plot = (snapped(left), snapped(top), snapped(right), snapped(bottom));
        for mark in layout.x_ticks.iter_mut().chain(&mut layout.y_ticks) {
            *mark = snapped(*mark);
        }
        layout
    }

    fn grid(&self, layout: &PlotLayout) -> DrawResult<DB> {
        let (left, top, right, bottom) = layout.plot;
        let thin = self.hairline();
        if layout.bands {
            for x in layout.x_ticks.iter().map(|x| (*x).min(right - thin)) {
                self.rectangle((x, top, x + thin, bottom), self.theme().grid)?;
            }
            return Ok(());
        }
        for y in layout.y_ticks.iter().filter(|y| **y < bottom) {
            self.rectangle((left, *y, right, y + thin), self.theme().grid)?;
        }
        Ok(())
    }

    fn axes(&self, layout: &PlotLayout) -> DrawResult<DB> {
        if layout.bare {
            return Ok(());
        }
        let (left, _, right, bottom) = layout.plot;
        let thin = self.hairline();
        self.rectangle((left, bottom, right, bottom + thin), self.theme().muted)?;
        let long = thin + self.snapped(4.0 * self.ratio);
        for x in &layout.x_ticks {
            let x = (*x).min(right - thin);
            self.rectangle((x, bottom, x + thin, bottom + long), self.theme().muted)?;
        }
        let plain = |label: &Label, side: LabelSide| {
            self.text(label, side, self.theme().text_size, self.theme().muted, FontStyle::Normal)
        };
        layout.x_labels.iter().try_for_each(|label| plain(label, LabelSide::Middle))?;
        layout.y_labels.iter().try_for_each(|label| plain(label, LabelSide::End))?;
        layout.x_title.iter().try_for_each(|label| plain(label, LabelSide::Middle))?;
        layout.y_title.iter().try_for_each(|label| plain(label, LabelSide::Start))
    }
}
