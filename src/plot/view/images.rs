//! Positions as pixels: the first examples as images.

use super::heat::{HeatGrid, gaps, note, shades};
use super::points::{description, extent};
use super::text::range;
use super::{Form, Heat, MeasureFrame, PlotKind, PlotTable, Sampling, Series, Subject, ViewInfo, ViewOptions};
use crate::number::whole;
use crate::scene::{Axis, Mark, Scene};
use crate::spacing::Spacing;

/// What the examples look like.
pub struct Images;

/// Images beside each other.
const ACROSS: usize = 8;
/// Room between them, as a part of an image.
const GAP: f64 = 0.12;

impl PlotKind for Images {
    const INFO: ViewInfo =
        ViewInfo { slug: "images", label: "Images", form: Form::Whole, sampling: Sampling::First, margin: 0.0 };
    type Data = HeatGrid;

    fn unfit(subject: &Subject) -> Option<&'static str> {
        let images = subject.image.is_some() && subject.features == 1;
        (!images).then_some("Only images can be shown as images.")
    }

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        HeatGrid::measure(values, frame)
    }

    fn on_own_axis(data: Self::Data, _: Spacing) -> Self::Data {
        HeatGrid { low: 0.0, high: 1.0, ..data }
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let shades = shades(series, options, true);
        let Some(one) = series.first() else { return Scene { title: options.title.clone(), ..Scene::default() } };
        let pixels = one.data.across().max(1);
        let (height, width) = options.image.filter(|(height, width)| height * width == pixels).unwrap_or((1, pixels));
        let tall = height as f64 / width.max(1) as f64;
        let count = one.data.rows.len();
        let marks = one.data.parts.chunks(pixels).zip(&one.data.rows).enumerate().map(|(index, (parts, row))| {
            let (column, line) = ((index % ACROSS) as f64, (index / ACROSS) as f64);
            let lines = count.div_ceil(ACROSS) as f64;
            let bottom = (lines - line - 1.0) * (tall + GAP);
            Mark::Cells {
                x: (column * (1.0 + GAP), column * (1.0 + GAP) + 1.0),
                y: (bottom, bottom + tall),
                columns: width,
                groups: 1,
                parts: parts.iter().map(|part| shades.part(one.data.value(*part, options.spacing)) as f32).collect(),
                rows: vec![*row; height],
            }
        });
        let marks: Vec<Mark> = marks.collect();
        let note = note(count, options.rows, gaps(series, &shades));
        let values = one.data.parts.iter().map(|part| one.data.value(*part, options.spacing));
        let sentence = match extent(values) {
            Some(ends) => {
                format!("The first {} images of {height} by {width} pixels, from {}.", whole(count as u64), range(ends))
            }
            None => "Images without values.".to_owned(),
        };
        let lines = count.div_ceil(ACROSS).max(1) as f64;
        Scene {
            title: options.title.clone(),
            x: Axis::bare(ACROSS as f64 * (1.0 + GAP) - GAP),
            y: Axis::bare(lines * (tall + GAP) - GAP),
            marks,
            detail: options.detail,
            description: description(vec![sentence], &note),
            note,
            shades: Some(shades),
            ..Scene::default()
        }
    }

    fn describe(scene: &Scene) -> String {
        scene.description.clone()
    }

    /// The pixels of the first images, a line of pixels a row.
    fn table(scene: &Scene) -> PlotTable {
        Heat::table(scene)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_squares_beside_each_other() {
        let values: Vec<f64> = (0..40).map(f64::from).collect();
        let data = HeatGrid {
            low: 0.0,
            high: 39.0,
            rows: (0..10).collect(),
            parts: values.iter().map(|value| (value / 39.0) as f32).collect(),
        };
        let options = ViewOptions { image: Some((2, 2)), rows: 500, ..ViewOptions::default() };
        let scene = Images::scene(&[Series { name: "pixel".into(), role: 0, data }], &options);
        assert_eq!(scene.marks.len(), 10);
        let Mark::Cells { x, y, columns: 2, parts, rows, .. } = &scene.marks[8] else { panic!() };
        assert_eq!((*x, *y), ((0.0, 1.0), (0.0, 1.0)), "the ninth begins the second line");
        assert_eq!((parts.len(), rows[0]), (4, 8));
        assert_eq!(scene.description, "The first 10 images of 2 by 2 pixels, from 0 to 39. 10 of 500 rows drawn.");
    }

    #[test]
    fn only_images_are_shown_as_images() {
        let subject = |features, image| Subject { features, image };
        assert!(Images::unfit(&subject(1, Some((8, 8)))).is_none());
        assert!(Images::unfit(&subject(1, None)).is_some() && Images::unfit(&subject(3, Some((8, 8)))).is_some());
    }
}
