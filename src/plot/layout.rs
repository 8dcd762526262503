//! Where everything stands, in device pixels: plot area, tick labels, axis titles. No drawing.

use super::number::format4;
use super::scene::{Axis, Detail, Mark, Scene, TickFormat};
use super::shades::Shades;
use super::theme::Theme;

/// A text and the point it is fixed at, its vertical middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: String,
    pub x: i32,
    pub y: i32,
}

/// Where the parts of a picture stand, in device pixels from the upper left corner of its area.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLayout {
    /// Left, top, right, bottom of the plot area; the axis is at the bottom.
    pub plot: (i32, i32, i32, i32),
    /// How far labels of reference lines reach above the plot area.
    pub header: i32,
    /// Marked places of the x axis, and their pixel; not every one has a label.
    pub x_ticks: Vec<i32>,
    /// Whether no axes are drawn: both count the same length.
    pub bare: bool,
    /// Where the scale of colours stands: left, top, right, bottom; empty without one.
    pub scale: (i32, i32, i32, i32),
    /// What the scale is of, and its low and its high end.
    pub scale_labels: [Option<Label>; 3],
    /// Whether the y axis has a band for each series: then lines go across the bands.
    pub bands: bool,
    /// Marked places of the y axis.
    pub y_ticks: Vec<i32>,
    /// Centred on their point.
    pub x_labels: Vec<Label>,
    /// End at their point.
    pub y_labels: Vec<Label>,
    /// Centred on its point.
    pub x_title: Option<Label>,
    /// Begins at its point, above the axis.
    pub y_title: Option<Label>,
    x: Axis,
    y: Axis,
}

/// Room between two labels beside each other, and between labels and axis, in CSS pixels.
const GAP: f64 = 8.0;
/// The widest label of the y axis, as a part of the width of the picture.
const WIDEST_NUMBER: f64 = 0.4;
const WIDEST_NAME: f64 = 0.46;
/// Room at the edge of the picture.
pub(super) const EDGE: f64 = 2.0;

impl PlotLayout {
    /// Makes the plot area smaller so that both axes have the same unit.
    fn keep_square(&mut self) {
        let (left, top, right, bottom) = self.plot;
        let (across, up) = (self.x.range().1 - self.x.range().0, self.y.range().1 - self.y.range().0);
        let unit = (f64::from(right - left) / across).min(f64::from(bottom - top) / up);
        self.plot.2 = left + (unit * across) as i32;
        self.plot.3 = top + (unit * up) as i32;
    }

    /// Puts the scale of colours to the upper right, between its ends, with its label before it where there is room.
    fn place_scale(&mut self, shades: &Shades, width: f64, em: f64, line: f64, edge: f64, gap: f64) {
        let [low, high] = [shades.low, shades.high].map(format4);
        let (right, middle) = (width - edge, edge + line / 2.0);
        let long = (width * 0.22).clamp(6.0 * em, 14.0 * em);
        let bar_end = right - ems(&high) * em - gap / 2.0;
        let bar = bar_end - long;
        let pixel = |value: f64| value.round() as i32;
        let label = |text: String, x: f64| Some(Label { text, x: pixel(x), y: pixel(middle) });
        self.scale = (pixel(bar), pixel(middle - em * 0.45), pixel(bar_end), pixel(middle + em * 0.45));
        let before = bar - gap / 2.0;
        let room = (before - ems(&low) * em - gap * 2.0 - edge) / em;
        let taken = ems(&self.y.label) + 1.0;
        let title = fit(&shades.spacing.titled(&shades.label), room - taken);
        self.scale_labels =
            [title.and_then(|text| label(text, before - ems(&low) * em - gap)), label(low, before), label(high, right)];
    }

    /// The pixel column of a value, held inside of the plot area.
    pub fn to_x(&self, value: f64) -> f64 {
        let (left, _, right, _) = self.plot;
        f64::from(left) + held(self.x.part(value)) * f64::from(right - left)
    }

    /// The pixel row of a height, held inside of the plot area.
    pub fn to_y(&self, height: f64) -> f64 {
        let (_, top, _, bottom) = self.plot;
        f64::from(bottom) - held(self.y.part(height)) * f64::from(bottom - top)
    }

    /// Where a point is, from 0 at the low to 1 at the high ends of the axes; outside of that for points outside.
    pub(super) fn parts(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.part(x), self.y.part(y))
    }

    /// The value at a part of the way between two, as it is seen on the x axis: the edges of bins.
    pub fn between(&self, low: f64, high: f64, part: f64) -> f64 {
        self.x.spacing().between(low, high, part)
    }

    /// Whether a point is inside of the plot area.
    pub fn holds(&self, x: f64, y: f64) -> bool {
        let inside = |part: f64| (-1e-9..=1.0 + 1e-9).contains(&part);
        inside(self.x.part(x)) && inside(self.y.part(y))
    }

    /// What the x axis shows.
    pub fn x_range(&self) -> (f64, f64) {
        self.x.range()
    }

    /// The value at a pixel row.
    pub fn from_y(&self, pixel: f64) -> f64 {
        let (_, top, _, bottom) = self.plot;
        self.y.value((f64::from(bottom) - pixel) / f64::from((bottom - top).max(1)))
    }

    /// The value at a pixel column: for a pointer that is over the picture.
    pub fn from_x(&self, pixel: f64) -> f64 {
        let (left, _, right, _) = self.plot;
        self.x.value((pixel - f64::from(left)) / f64::from((right - left).max(1)))
    }
}

fn held(part: f64) -> f64 {
    if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) }
}

/// The width of a text on the safe side, as a multiple of its size.
pub(super) fn ems(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ' ' | '\'' | '|' => 0.36,
            'm' | 'w' | 'M' | 'W' | '−' | '×' => 0.9,
            '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' => 0.45,
            'f' | 'r' | 't' => 0.45,
            'A'..='Z' => 0.75,
            _ if c.is_ascii() => 0.64,
            _ => 1.0,
        })
        .sum()
}

/// The text, shortened in the middle so that it is at most so many times its size wide: names often differ at their ends
/// only. Nothing if nothing fits.
pub(super) fn fit(text: &str, most: f64) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if ems(text) <= most {
        return Some(text.to_owned());
    }
    let letters: Vec<char> = text.chars().collect();
    // So many letters of the text, half of them from either end.
    let kept = |count: usize| {
        let [start, end] =
            [&letters[..count.div_ceil(2)], &letters[letters.len() - count / 2..]].map(String::from_iter);
        format!("{}…{}", start.trim_end(), end.trim_start())
    };
    (3..letters.len()).rev().map(kept).find(|text| ems(text) <= most)
}

/// Lays a scene out in an area of `size` device pixels.
pub fn layout(scene: &Scene, size: (u32, u32), theme: &Theme, ratio: f64) -> PlotLayout {
    let scene = &*super::square::squared(scene, |scene| layout(scene, size, theme, ratio).plot);
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let em = theme.text_size * ratio;
    let line = (em * 1.4).round();
    let (gap, edge) = (GAP * ratio, EDGE * ratio);
    let full = scene.detail == Detail::Full && height >= 130.0 * ratio;
    let titled = |title: &str| full && !title.is_empty();
    let bare = scene.x.format == TickFormat::Bare;
    let beside = scene.beside.as_deref().filter(|_| !bare);
    let either = |label: fn(&(Axis, Axis)) -> &str| beside.is_some_and(|beside| titled(label(beside)));
    let headed = scene.shades.is_some() || titled(&scene.y.label) || either(|(_, y)| &y.label);
    let top = if headed { line + gap } else { em / 2.0 + edge };
    let has_rule_labels = scene.marks.iter().any(|mark| matches!(mark, Mark::Rule { label, .. } if !label.is_empty()));
    let header = if has_rule_labels { line.min(height / 4.0) } else { 0.0 };
    let top = top + header;
    let below = if bare { edge } else { line + gap * 0.75 + edge }
        + if titled(&scene.x.label) || either(|(x, _)| &x.label) { line } else { 0.0 };
    let bottom = (height - below).max(top + 1.0);
    let widest = |axis: &Axis| width * if axis.format == TickFormat::Names { WIDEST_NAME } else { WIDEST_NUMBER };
    let ticks_of = |axis: &Axis| y_ticks(axis, bottom - top, em, widest(axis));
    let (y_ticks, own_width) = ticks_of(&scene.y);
    let y_width = beside.map_or(own_width, |(_, y)| ticks_of(y).1.max(own_width));
    let left = if bare {
        edge
    } else if y_width > 0.0 {
        edge + y_width + gap
    } else {
        gap
    };
    // Pictures of a pair leave room for half of any short label, so that another one moves neither frame.
    let room = if beside.is_some() { em } else { gap };
    let ends_at = |axis: &Axis| x_ticks(axis, (left, width - edge), None, em, (gap, room)).1;
    let end = beside.map(|(x, _)| ends_at(x).min(ends_at(&scene.x)));
    let (x_ticks, right) = x_ticks(&scene.x, (left, width - edge), end, em, (gap, room));

    let pixel = |value: f64| value.round() as i32;
    let mut layout = PlotLayout {
        plot: (pixel(left), pixel(top), pixel(right.max(left + 1.0)), pixel(bottom)),
        header: pixel(header),
        bare,
        scale: (0, 0, 0, 0),
        scale_labels: [None, None, None],
        bands: scene.y.format == TickFormat::Names,
        x_ticks: Vec::new(),
        y_ticks: Vec::new(),
        x_labels: Vec::new(),
        y_labels: Vec::new(),
        x_title: None,
        y_title: None,
        x: scene.x.clone(),
        y: scene.y.clone(),
    };
    if layout.bare {
        layout.keep_square();
    }
    if let Some(shades) = &scene.shades {
        layout.place_scale(shades, width, em, line, edge, gap);
    }
    for tick in y_ticks {
        let y = pixel(layout.to_y(tick.at));
        layout.y_ticks.push(y);
        // Of many names, most places have none.
        if own_width > 0.0 && !tick.label.is_empty() {
            layout.y_labels.push(Label { text: tick.label, x: pixel(left - gap), y });
        }
    }
    let label_row = pixel(bottom + gap * 0.75 + line / 2.0);
    for (tick, centre) in x_ticks {
        layout.x_ticks.push(pixel(layout.to_x(tick.at)));
        if let Some(centre) = centre {
            layout.x_labels.push(Label { text: tick.label, x: pixel(centre), y: label_row });
        }
    }
    if titled(&scene.x.label) {
        let room = (width - 2.0 * edge) / em;
        layout.x_title = fit(&scene.x.title(), room).map(|text| {
            let half = ems(&text) * em / 2.0;
            let centre = ((left + right) / 2.0).clamp(edge + half, (width - edge - half).max(edge + half));
            Label { text, x: pixel(centre), y: label_row + pixel(line) }
        });
    }
    if titled(&scene.y.label) {
        let room = (width - 2.0 * edge) / em;
        layout.y_title =
            fit(&scene.y.title(), room).map(|text| Label { text, x: pixel(edge), y: pixel(edge + line / 2.0) });
    }
    layout
}

/// Ticks of the y axis and the width of its labels; no labels where they would take more than `widest`.
#[inline(never)]
fn y_ticks(axis: &Axis, height: f64, em: f64, widest: f64) -> (Vec<super::Tick>, f64) {
    if axis.format == TickFormat::Names {
        let mut ticks = axis.ticks(0);
        // Where there is no room for all, every second name, or every third.
        let named = ticks.iter().filter(|tick| !tick.label.is_empty()).count();
        let step = (em * 1.2 * named as f64 / height).ceil().max(1.0) as usize;
        let mut index = 0;
        for tick in &mut ticks {
            index += usize::from(!tick.label.is_empty());
            let name = (index % step == 1 % step).then(|| fit(&tick.label, widest / em)).flatten();
            tick.label = name.unwrap_or_default();
        }
        let width = ticks.iter().map(|tick| ems(&tick.label) * em).fold(0.0, f64::max);
        return (ticks, width);
    }
    // Two at least, for one says nothing of the scale.
    let most = (height / (em * 2.6)).clamp(2.0, 6.0) as usize;
    let fits = |ticks: &[super::Tick]| height / ticks.len().max(1) as f64 >= em * 1.3;
    let ticks = (2..=most).rev().map(|count| axis.ticks(count)).find(|ticks| ticks.len() >= 2 && fits(ticks));
    let mut ticks = ticks.unwrap_or_else(|| axis.ticks(1));
    // Zero and its neighbours can be near to each other where the scale is not linear.
    let mut reached = f64::NEG_INFINITY;
    ticks.retain(|tick| {
        let at = axis.part(tick.at) * height;
        let free = at >= reached + em * 1.3;
        reached = if free { at } else { reached };
        free
    });
    let width = ticks.iter().map(|tick| ems(&tick.label) * em).fold(0.0, f64::max);
    if width <= widest { (ticks, width) } else { (ticks, 0.0) }
}

/// Ticks of the x axis between two columns, the centres of the labels that fit, and the right end of the plot area: that of the pair,
/// where there is one. Labels are a gap apart; there is some room at the right at least.
#[inline(never)]
fn x_ticks(
    axis: &Axis,
    (left, edge): (f64, f64),
    end: Option<f64>,
    em: f64,
    (gap, room): (f64, f64),
) -> (Vec<(super::Tick, Option<f64>)>, f64) {
    let most = ((edge - left) / (em * 3.0)).clamp(2.0, 7.0) as usize;
    for count in (1..=most).rev() {
        let ticks = axis.ticks(count);
        let half = |index: usize| ticks.get(index).map_or(0.0, |tick: &super::Tick| ems(&tick.label) * em / 2.0);
        // Room at the right for the half of the last label that reaches over the axis, within reason.
        let over = half(ticks.len().wrapping_sub(1)).min((edge - left) * 0.12);
        let last = ticks.last().map_or(0.0, |tick| axis.part(tick.at));
        let right = edge - (over - (1.0 - last) * (edge - left - over)).max(room);
        let right = end.unwrap_or(right);
        // The name that must be there keeps its place free.
        let place = |tick: &super::Tick, half: f64| {
            (left + axis.part(tick.at) * (right - left)).clamp(half, (edge - half).max(half))
        };
        let lead = axis.lead.and_then(|lead| Some((lead, place(ticks.get(lead)?, half(lead)), half(lead))));
        let mut reached = f64::NEG_INFINITY;
        let placed: Vec<(super::Tick, Option<f64>)> = ticks
            .iter()
            .enumerate()
            .map(|(index, tick)| {
                let half = half(index);
                if 2.0 * half > edge || tick.label.is_empty() {
                    return (tick.clone(), None);
                }
                let at = place(tick, half);
                let taken =
                    lead.is_some_and(|(lead, there, long)| index < lead && at + half + gap * 2.0 > there - long);
                if taken || at - half < reached + gap * 2.0 {
                    return (tick.clone(), None);
                }
                reached = at + half;
                (tick.clone(), Some(at))
            })
            .collect();
        if count == 1 || (placed.len() >= 2 && placed.iter().all(|(_, centre)| centre.is_some())) {
            return (placed, right);
        }
    }
    (Vec::new(), end.unwrap_or(edge - room))
}

#[cfg(test)]
mod tests;
