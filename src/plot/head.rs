//! Where the title and the legend of a picture stand that leaves the page.

use super::layout::{EDGE, Label, ems, fit};
use super::scene::Scene;
use super::theme::Theme;

/// The title at the left, and the legend beside it or, where there is no room, below: each with its role, which the title
/// has not; and how high they are. All in device pixels, of which `ratio` make a CSS pixel.
#[inline(never)]
pub(super) fn head(scene: &Scene, theme: &Theme, ratio: f64, width: f64) -> (Vec<(Label, Option<usize>)>, f64) {
    let (edge, line) = (EDGE * ratio, theme.title_size * ratio * 1.7);
    let (title_em, em) = (theme.title_size * ratio, theme.text_size * ratio);
    let mut entries = Vec::new();
    let mut row = 0.0;
    let mut column = edge;
    let pixel = |value: f64| value.round() as i32;
    if let Some(title) = fit(&scene.title, (width - 2.0 * edge) / title_em / 1.1) {
        column += ems(&title) * title_em * 1.1 + em * 2.0;
        entries.push((Label { text: title, x: pixel(edge), y: pixel(line / 2.0) }, None));
        row = line;
    }
    let mut keys = scene.keys();
    // A legend that only repeats the title, or the names of bands, is noise.
    let alone = keys.len() == 1;
    keys.retain(|key| !alone && !scene.y.names.contains(&key.name));
    let marker = marker(theme, ratio);
    let wanted = |name: &str| ems(name) * em + marker * 2.0 + em * 2.0;
    let all: f64 = keys.iter().map(|key| wanted(&key.name)).sum();
    if column + all > width && row > 0.0 {
        column = edge;
        row += em * 1.7;
    }
    for key in keys {
        if column > edge && column + wanted(&key.name) - em > width {
            column = edge;
            row += em * 1.7;
        }
        row = f64::max(row, line);
        let middle = row - if row > line { em * 0.85 } else { line / 2.0 };
        let Some(name) = fit(&key.name, (width - column - 2.0 * marker - em) / em) else { continue };
        entries.push((Label { text: name, x: pixel(column), y: pixel(middle) }, Some(key.role)));
        column += wanted(&key.name);
    }
    (entries, if row > 0.0 { row + 2.0 * ratio } else { 0.0 })
}

/// Radius of a sign in the legend.
pub(super) fn marker(theme: &Theme, ratio: f64) -> f64 {
    theme.marker * ratio * 1.3
}

/// Titles and legends of both of a pair are as high as the higher ones, so that both plots stand at one height.
pub(super) fn head_of_pair(scenes: [&Scene; 2], theme: &Theme, ratio: f64, width: f64) -> f64 {
    scenes.into_iter().map(|scene| head(scene, theme, ratio, width).1).fold(0.0, f64::max)
}
