//! Grids of colours and their scale.

use super::layout::PlotLayout;
use super::pen::{DrawResult, ImageToPlace, LabelSide, Pen};
use super::scene::{Mark, Scene};
use super::shades::{MISSING, Shades};
use super::theme::Rgb;
use plotters::prelude::DrawingBackend;
use plotters::style::FontStyle;

/// Draws all grids of a scene, and what its colours mean.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layout: &PlotLayout,
    scene: &Scene,
    shades: &Shades,
) -> DrawResult<DB> {
    let palette = shades.palette(pen.theme());
    for mark in &scene.marks {
        if let Mark::Cells { x, y, columns, groups, parts, .. } = mark {
            let rows = parts.len() / (*columns).max(1);
            let ends = |a: f64, b: f64| (pen.snapped(a), pen.snapped(b));
            let (left, right) = ends(layout.to_x(x.0), layout.to_x(x.1));
            let (top, bottom) = ends(layout.to_y(y.1), layout.to_y(y.0));
            if right <= left || bottom <= top || rows == 0 {
                continue;
            }
            let place = (left, top, right, bottom);
            let levels: Vec<u8> = parts.iter().map(|part| Shades::level(*part)).collect();
            if pen.kept.is_some() {
                pen.keep(ImageToPlace { place, columns: *columns as u32, rows: rows as u32, levels });
                continue;
            }
            let gap = line_between(place, *columns, *groups, pen.ratio);
            let pixels = pixels(place, *columns, &levels, &palette, pen, gap.then_some(columns / groups));
            pen.pixels((left, top), ((right - left) as u32, (bottom - top) as u32), &pixels)?;
        }
    }
    scale(pen, layout, &palette)
}

/// Whether there is room for a line between features that have several columns.
fn line_between(place: (i32, i32, i32, i32), columns: usize, groups: usize, ratio: f64) -> bool {
    groups > 1 && columns > groups && f64::from(place.2 - place.0) / groups as f64 >= 12.0 * ratio
}

/// The pixels of a grid: nearest cells, missing ones striped. A line of the card's colour before each feature but the
/// first when `across` columns are of one feature.
fn pixels<DB: DrawingBackend>(
    (left, top, right, bottom): (i32, i32, i32, i32),
    columns: usize,
    levels: &[u8],
    palette: &[Rgb],
    pen: &Pen<DB>,
    across: Option<usize>,
) -> Vec<u8> {
    let (width, height) = ((right - left) as usize, (bottom - top) as usize);
    let rows = levels.len() / columns;
    let (theme, stripe) = (pen.theme(), (4.0 * pen.ratio).max(2.0) as usize);
    let thin = pen.hairline() as usize;
    let column_of: Vec<usize> = (0..width).map(|x| x * columns / width).collect();
    let card: Vec<bool> = (0..width)
        .map(|x| across.is_some_and(|across| x >= thin && column_of[x] / across != column_of[x - thin] / across))
        .collect();
    let mut pixels = Vec::with_capacity(3 * width * height);
    for y in 0..height {
        let line = &levels[y * rows / height * columns..][..columns];
        for x in 0..width {
            let colour = match line[column_of[x]] {
                _ if card[x] => theme.card,
                MISSING if (x + y) / stripe % 3 == 0 => theme.muted,
                level => palette[level as usize],
            };
            pixels.extend([colour.0, colour.1, colour.2]);
        }
    }
    pixels
}

/// The scale of colours with its ends.
fn scale<DB: DrawingBackend>(pen: &Pen<DB>, layout: &PlotLayout, palette: &[Rgb]) -> DrawResult<DB> {
    const STEPS: i32 = 64;
    let (left, top, right, bottom) = layout.scale;
    let at = |step: i32| left + (right - left) * step / STEPS;
    for step in 0..STEPS {
        let colour = palette[1 + (step * 254 / (STEPS - 1)) as usize];
        pen.rectangle((at(step), top, at(step + 1), bottom), colour)?;
    }
    let theme = pen.theme();
    layout
        .scale_labels
        .iter()
        .flatten()
        .try_for_each(|label| pen.text(label, LabelSide::End, theme.text_size, theme.muted, FontStyle::Normal))
}
