//! All values as colours: rows down, features across, each with its positions.

use serde::{Deserialize, Serialize};

use super::points::{self, description};
use super::text::range;
use super::{Form, MeasureFrame, PlotKind, PlotTable, RangePolicy, Sampling, Series, ViewInfo, ViewOptions};
use crate::number::{format4, whole};
use crate::scene::{Axis, Mark, Scene};
use crate::shades::Shades;
use crate::spacing::Spacing;
use crate::tint::Tint;

/// Where values are high and low, over rows and features at once.
pub struct Heat;

/// Values of some rows of one feature, each at some positions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HeatGrid {
    /// Lowest and highest value of what is compared.
    pub low: f64,
    pub high: f64,
    pub rows: Vec<u32>,
    /// Row by row; as parts of the way from low to high on the axis, which may be outside of 0 to 1. NaN: missing.
    pub parts: Vec<f32>,
}

impl HeatGrid {
    pub(super) fn measure(values: &[f64], frame: &MeasureFrame) -> Self {
        let (low, high) = frame.range.unwrap_or((0.0, 1.0));
        let mut grid = Self { low, high, ..Self::default() };
        for shown in frame.shown {
            if grid.rows.last() != Some(&shown.row) {
                grid.rows.push(shown.row);
            }
            let value = values.get(shown.place as usize).copied().unwrap_or(f64::NAN);
            grid.parts.push(frame.spacing.part(low, high, value) as f32);
        }
        grid
    }

    /// Positions of each row.
    pub(super) fn across(&self) -> usize {
        self.parts.len() / self.rows.len().max(1)
    }

    pub(super) fn value(&self, part: f32, spacing: Spacing) -> f64 {
        if part.is_nan() { f64::NAN } else { spacing.between(self.low, self.high, f64::from(part)) }
    }
}

/// A scale of colours from the policy, or from the data.
pub(super) fn shades(series: &[Series<HeatGrid>], options: &ViewOptions, grey: bool) -> Shades {
    let (low, high) = match options.range {
        RangePolicy::Shared { low, high } => (low, high),
        RangePolicy::Separate => {
            points::extent(series.iter().flat_map(|one| [one.data.low, one.data.high])).unwrap_or((0.0, 1.0))
        }
    };
    let tint = match (grey, low < 0.0 && high > 0.0) {
        (true, _) => Tint::Grey,
        (_, true) => Tint::Diverging,
        _ => Tint::Sequential,
    };
    // Around zero, both signs are equally strong where they are equally far.
    let far = low.abs().max(high.abs());
    let (low, high) = if tint == Tint::Diverging { (-far, far) } else { (low, high) };
    Shades { low, high, spacing: options.spacing, tint, label: options.x_label.clone() }
}

/// How many of the parts are missing, and how many beyond the colours.
pub(super) fn gaps(series: &[Series<HeatGrid>], shades: &Shades) -> (u64, u64) {
    let mut gaps = (0, 0);
    for one in series {
        for part in &one.data.parts {
            let at = shades.part(one.data.value(*part, shades.spacing));
            gaps.0 += u64::from(at.is_nan());
            gaps.1 += u64::from(!at.is_nan() && !(-1e-6..=1.0 + 1e-6).contains(&at));
        }
    }
    gaps
}

/// What a reader should know: how much is drawn, and what is not.
pub(super) fn note(drawn: usize, all: u64, (missing, outside): (u64, u64)) -> String {
    let mut parts = Vec::new();
    if (drawn as u64) < all {
        parts.push(format!("{} of {} rows drawn.", whole(drawn as u64), whole(all)));
    }
    if missing > 0 {
        parts.push(format!("Missing values are hatched: {}.", whole(missing)));
    }
    if outside > 0 {
        parts.push(format!(
            "{} values beyond the scale have its last colour, and are outside of the picture's range.",
            whole(outside)
        ));
    }
    parts.join(" ")
}

impl PlotKind for Heat {
    const INFO: ViewInfo =
        ViewInfo { slug: "heat", label: "Heat map", form: Form::Whole, sampling: Sampling::Grid, margin: 0.0 };
    type Data = HeatGrid;

    fn measure(values: &[f64], frame: &MeasureFrame) -> Self::Data {
        HeatGrid::measure(values, frame)
    }

    fn on_own_axis(data: Self::Data, _: Spacing) -> Self::Data {
        HeatGrid { low: 0.0, high: 1.0, ..data }
    }

    fn scene(series: &[Series<Self::Data>], options: &ViewOptions) -> Scene {
        let shades = shades(series, options, false);
        let rows = series.first().map_or(&[][..], |one| &one.data.rows);
        let across = series.iter().map(|one| one.data.across()).max().unwrap_or(1).max(1);
        let columns = series.len() * across;
        let mut values = Vec::with_capacity(rows.len() * columns);
        for row in 0..rows.len() {
            for one in series {
                let parts = one.data.parts.iter().skip(row * across).take(across);
                let start = values.len();
                values.extend(parts.map(|part| shades.part(one.data.value(*part, options.spacing)) as f32));
                values.resize(start + across, f32::NAN);
            }
        }
        let gaps = gaps(series, &shades);
        let note = note(rows.len(), options.rows, gaps);
        let sentences = series.iter().map(|one| sentence(one, options.spacing)).collect();
        let what = if shades.tint == Tint::Diverging {
            format!("Colours from {} over 0 to {}.", format4(shades.low), format4(shades.high))
        } else {
            format!("Colours from {} to {}.", format4(shades.low), format4(shades.high))
        };
        let y = Axis::of_rows(rows);
        let mark = Mark::Cells {
            x: (0.0, series.len() as f64),
            y: (0.0, rows.len().max(1) as f64),
            columns,
            groups: series.len(),
            parts: values,
            rows: rows.to_vec(),
        };
        Scene {
            title: options.title.clone(),
            x: Axis::of_columns(series.iter().map(|one| one.name.clone()).collect()),
            y,
            marks: if rows.is_empty() { Vec::new() } else { vec![mark] },
            detail: options.detail,
            description: format!("{what} {}", description(sentences, &note)),
            note,
            shades: Some(shades),
            ..Scene::default()
        }
    }

    fn describe(scene: &Scene) -> String {
        scene.description.clone()
    }

    /// The first rows and columns, as a table has room for.
    fn table(scene: &Scene) -> PlotTable {
        const ROWS: usize = 60;
        const COLUMNS: usize = 24;
        let (Some(Mark::Cells { columns, parts, rows, groups, .. }), Some(shades)) =
            (scene.marks.first(), &scene.shades)
        else {
            return PlotTable::default();
        };
        let across = columns / (*groups).max(1);
        let shown = (*columns).min(COLUMNS);
        let name = |column: usize| {
            let name = scene.x.names.get(column / across.max(1)).cloned().unwrap_or_default();
            if across > 1 { format!("{name} [{}]", column % across + 1) } else { name }
        };
        let headers = std::iter::once("row".to_owned()).chain((0..shown).map(name));
        let lines = parts.chunks(*columns).zip(rows).take(ROWS).map(|(line, row)| {
            let value = |part: &f32| match part.is_nan() {
                true => "missing".to_owned(),
                false => format4(shades.value(f64::from(*part))),
            };
            std::iter::once(whole(u64::from(*row) + 1)).chain(line[..shown].iter().map(value)).collect()
        });
        PlotTable { headers: headers.collect(), rows: lines.collect() }
    }
}

/// `alcohol: from 11.03 to 14.83.`
fn sentence(one: &Series<HeatGrid>, spacing: Spacing) -> String {
    let values = one.data.parts.iter().map(|part| one.data.value(*part, spacing));
    match points::extent(values) {
        Some(ends) if ends.0 == ends.1 => format!("{}: {} everywhere.", one.name, format4(ends.0)),
        Some(ends) => format!("{}: from {}.", one.name, range(ends)),
        None => format!("{}: no values.", one.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shown;

    pub(in crate::view) fn grid(values: &[f64], rows: u32, range: (f64, f64)) -> HeatGrid {
        let across = values.len() as u32 / rows;
        let shown: Vec<Shown> = (0..values.len() as u32).map(|place| Shown { place, row: place / across }).collect();
        Heat::measure(
            values,
            &MeasureFrame { range: Some(range), shown: &shown, positions: across as usize, ..MeasureFrame::default() },
        )
    }

    fn series(name: &str, values: &[f64], rows: u32, range: (f64, f64)) -> Series<HeatGrid> {
        Series { name: name.into(), role: 0, data: grid(values, rows, range) }
    }

    #[test]
    fn rows_go_down_and_features_across() {
        let two = [series("a", &[0.0, 1.0, 2.0], 3, (0.0, 4.0)), series("b", &[4.0, f64::NAN, 3.0], 3, (0.0, 4.0))];
        let scene = Heat::scene(&two, &ViewOptions { rows: 30, ..ViewOptions::default() });
        let [Mark::Cells { columns: 2, parts, rows, .. }] = scene.marks.as_slice() else { panic!("{:?}", scene.marks) };
        assert_eq!((parts[..3].to_vec(), rows.as_slice()), (vec![0.0, 1.0, 0.25], [0, 1, 2].as_slice()));
        assert!(parts[3].is_nan());
        assert_eq!(scene.note, "3 of 30 rows drawn. Missing values are hatched: 1.");
        assert!(
            scene.description.starts_with("Colours from 0 to 4. a: from 0 to 2. b: from 3 to 4."),
            "{}",
            scene.description
        );
        let table = Heat::table(&scene);
        assert_eq!(table.headers, ["row", "a", "b"]);
        assert_eq!(table.rows[1], ["2", "1", "missing"]);
    }

    #[test]
    fn both_signs_are_equally_strong() {
        let scene = Heat::scene(
            &[series("a", &[-1.0, 3.0], 2, (-1.0, 3.0))],
            &ViewOptions { rows: 2, ..ViewOptions::default() },
        );
        let shades = scene.shades.unwrap();
        assert_eq!((shades.low, shades.high, shades.tint), (-3.0, 3.0, Tint::Diverging));
        assert!(scene.description.contains("from −3 over 0 to 3"));
    }

    #[test]
    fn positions_stand_beside_each_other_in_their_channel() {
        let scene = Heat::scene(
            &[series("a", &[1.0, 2.0, 3.0, 4.0], 2, (0.0, 8.0)), series("b", &[5.0, 6.0, 7.0, 8.0], 2, (0.0, 8.0))],
            &ViewOptions { rows: 2, ..ViewOptions::default() },
        );
        let [Mark::Cells { columns: 4, groups: 2, parts, .. }] = scene.marks.as_slice() else { panic!() };
        assert_eq!(parts.iter().map(|part| part * 8.0).collect::<Vec<_>>(), [1.0, 2.0, 5.0, 6.0, 3.0, 4.0, 7.0, 8.0]);
        assert_eq!(Heat::table(&scene).headers[1..3], ["a [1]", "a [2]"]);
    }
}
