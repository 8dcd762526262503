//! The numbers behind a picture that no view made: whatever marks it has, as a table.

use super::number::{digits, format4, whole};
use super::scene::{Axis, Mark, Scene};
use super::view::{PlotTable, View};

/// So many points stand in a table; a screen reader would read for hours.
const ROWS_AT_MOST: usize = 400;
/// So many lines of a grid, and so many of its columns.
const LINES_AT_MOST: usize = 24;

/// The numbers of all marks of a scene but for lines of equal height, which are drawn of the same function as the marks.
pub fn numbers(scene: &Scene) -> PlotTable {
    if scene.marks.iter().any(|mark| matches!(mark, Mark::Steps { .. })) {
        return View::Histogram.table(scene);
    }
    let is_box = |mark: &Mark| matches!(mark, Mark::Box { .. });
    if scene.marks.iter().any(|mark| matches!(mark, Mark::Cells { .. })) {
        cells(scene)
    } else if scene.marks.iter().any(|mark| matches!(mark, Mark::Bars { .. })) {
        bars(scene)
    } else if scene.marks.iter().any(is_box) {
        boxes(scene)
    } else {
        points(scene)
    }
}

fn said(value: f64) -> String {
    digits(value, 6)
}

/// A line a name, a column a series of bars.
fn bars(scene: &Scene) -> PlotTable {
    let series: Vec<(&str, &Vec<f64>)> = scene
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Bars { key, lengths, .. } => Some((key.name.as_str(), lengths)),
            _ => None,
        })
        .collect();
    // The axis says what one series is.
    let header = |name: &str| if series.len() == 1 { scene.x.label.clone() } else { name.to_owned() };
    let row = |(index, name): (usize, &String)| {
        let cells =
            series.iter().map(|(_, lengths)| lengths.get(index).map_or_else(String::new, |length| said(*length)));
        std::iter::once(name.clone()).chain(cells).collect()
    };
    PlotTable {
        headers: std::iter::once(String::new()).chain(series.iter().map(|(name, _)| header(name))).collect(),
        rows: scene.y.names.iter().enumerate().map(row).collect(),
    }
}

/// A line a line of cells, of one grid after the other; of large grids some lines and columns, evenly.
fn cells(scene: &Scene) -> PlotTable {
    let Some(shades) = &scene.shades else { return PlotTable::default() };
    let step = |count: usize| count.div_ceil(LINES_AT_MOST).max(1);
    let mut table = PlotTable::default();
    for mark in &scene.marks {
        let Mark::Cells { columns, parts, .. } = mark else { continue };
        let columns = (*columns).max(1);
        let name = |names: &[String], index: usize, count: usize| match names.len() == count {
            true => names[index].clone(),
            false => whole(index as u64 + 1),
        };
        let shown = || (0..columns).step_by(step(columns));
        table.headers =
            std::iter::once(String::new()).chain(shown().map(|at| name(&scene.x.names, at, columns))).collect();
        let lines = parts.len() / columns;
        let value = |part: f32| if part.is_nan() { String::new() } else { format4(shades.value(f64::from(part))) };
        table.rows.extend((0..lines).step_by(step(lines)).map(|line| {
            let cells = shown().map(|at| value(parts[line * columns + at]));
            std::iter::once(name(&scene.y.names, line, lines)).chain(cells).collect()
        }));
    }
    table
}

/// A line a box.
fn boxes(scene: &Scene) -> PlotTable {
    let row = |mark: &Mark| match mark {
        Mark::Box { key, quartiles: [low, median, high], whiskers, mean, .. } => {
            let numbers = [whiskers.0, *low, *median, *high, whiskers.1, *mean];
            Some(std::iter::once(key.name.clone()).chain(numbers.map(said)).collect())
        }
        _ => None,
    };
    let headers = ["", "lower whisker", "lower quartile", "median", "upper quartile", "upper whisker", "mean"];
    PlotTable { headers: headers.map(String::from).to_vec(), rows: scene.marks.iter().filter_map(row).collect() }
}

/// A line a point, of whatever series.
fn points(scene: &Scene) -> PlotTable {
    let all: Vec<(&str, (f64, f64))> = scene
        .marks
        .iter()
        .flat_map(|mark| {
            let (key, points) = match mark {
                Mark::Line { key, points, .. } | Mark::Points { key, points, .. } | Mark::Path { key, points } => {
                    (key.name.as_str(), points.as_slice())
                }
                _ => ("", [].as_slice()),
            };
            points.iter().map(move |point| (key, *point))
        })
        .collect();
    let several = all.iter().any(|(name, _)| *name != all[0].0);
    // Of many, some of every series.
    let step = all.len().div_ceil(ROWS_AT_MOST).max(1);
    let row = |(name, (x, y)): &(&str, (f64, f64))| {
        let name = several.then(|| (*name).to_owned());
        name.into_iter().chain([along(&scene.x, *x), along(&scene.y, *y)]).collect()
    };
    let mut rows: Vec<Vec<String>> = all.iter().step_by(step).map(row).collect();
    let headers: Vec<String> =
        several.then(|| "series".to_owned()).into_iter().chain([titled(&scene.x), titled(&scene.y)]).collect();
    if step > 1 {
        let mut last = vec![format!("{} of {} points", whole(rows.len() as u64), whole(all.len() as u64))];
        last.resize(headers.len(), String::new());
        rows.push(last);
    }
    PlotTable { headers, rows }
}

fn titled(axis: &Axis) -> String {
    if axis.names.is_empty() { axis.label.clone() } else { String::new() }
}

/// A place on an axis: on one of names, the name of its band.
fn along(axis: &Axis, value: f64) -> String {
    if axis.names.is_empty() {
        return said(value);
    }
    let nearest = (0..axis.names.len()).find(|index| (axis.row(*index) - value).abs() <= 0.5);
    nearest.map_or_else(String::new, |index| axis.names[index].clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, Shades, Spacing, Tint};

    fn key(name: &str) -> Key {
        Key { name: name.into(), role: 0 }
    }

    fn names() -> Axis {
        Axis::of_names(vec!["raw".into(), "scaled".into()])
    }

    fn told(scene: &Scene) -> Vec<String> {
        let table = numbers(scene);
        std::iter::once(&table.headers).chain(&table.rows).map(|row| row.join("|")).collect()
    }

    #[test]
    fn bars_have_a_line_a_name_and_a_column_a_series() {
        let bars = |name: &str, lengths: [f64; 2]| Mark::Bars {
            key: key(name),
            lengths: lengths.to_vec(),
            labels: Vec::new(),
            slot: 0,
            slots: 1,
        };
        let x = Axis::new("% right", 0.0, 100.0);
        let scene = Scene { x, y: names(), marks: vec![bars("a", [1.0, 2.5])], ..Scene::default() };
        assert_eq!(told(&scene), ["|% right", "raw|1", "scaled|2.5"]);
        let scene = Scene { marks: vec![bars("a", [1.0, 2.5]), bars("b", [3.0, -4.0])], ..scene };
        assert_eq!(told(&scene), ["|a|b", "raw|1|3", "scaled|2.5|−4"]);
    }

    #[test]
    fn cells_have_a_line_a_line_and_large_grids_some_of_them() {
        let shades = Shades { low: 0.0, high: 10.0, spacing: Spacing::Linear, tint: Tint::Grey, label: String::new() };
        let grid = |columns: usize, parts: Vec<f32>| Mark::Cells {
            x: (0.0, 1.0),
            y: (0.0, 1.0),
            columns,
            groups: 1,
            parts,
            rows: Vec::new(),
        };
        let map = grid(2, vec![0.0, 0.5, f32::NAN, 1.0]);
        let x = Axis::of_columns(vec!["0.1".into(), "1".into()]);
        let scene = Scene { x, y: names(), marks: vec![map], shades: Some(shades), ..Scene::default() };
        assert_eq!(told(&scene), ["|0.1|1", "raw|0|5", "scaled||10"]);
        let scene = Scene { marks: vec![grid(48, vec![0.1; 48 * 3]), grid(48, vec![0.2; 48])], ..scene };
        let told = told(&scene);
        assert_eq!(told.len(), 5);
        assert!(told[0].starts_with("|1|3|5|") && told[0].ends_with("|47"), "{}", told[0]);
        assert!(told[3].starts_with("3|1|1|") && told[4].starts_with("1|2|2|"), "{told:?}");
    }

    #[test]
    fn points_say_their_series_and_the_names_of_their_bands() {
        let marks = vec![
            Mark::Contours { lines: vec![vec![(0.0, 0.0)]] },
            Mark::Path { key: key("way"), points: vec![(0.0, 1.6), (0.123456789, 0.3)] },
            Mark::Rule { role: None, at: 1.0, label: String::new() },
        ];
        let scene = Scene { x: Axis::new("x", 0.0, 1.0), y: names(), marks, ..Scene::default() };
        assert_eq!(told(&scene), ["x|", "0|raw", "0.123457|scaled"]);
        let many =
            Mark::Line { key: key("line"), points: (0..1000).map(|x| (f64::from(x), 0.5)).collect(), filled: false };
        let scene = Scene { marks: vec![Mark::Path { key: key("way"), points: vec![(0.0, 0.5)] }, many], ..scene };
        let told = told(&scene);
        assert_eq!((told[0].as_str(), told[1].as_str()), ("series|x|", "way|0|scaled"));
        assert_eq!(told.last().unwrap(), "334 of 1,001 points||");
    }

    #[test]
    fn bars_that_touch_say_from_where_to_where_they_are() {
        let steps = Mark::Steps { key: key("a"), low: 0.0, high: 2.0, heights: vec![3.0, 4.0], ends: None, outside: 0 };
        let scene = Scene { x: Axis::new("x", 0.0, 2.0), marks: vec![steps], ..Scene::default() };
        assert_eq!(told(&scene), ["from|to|a", "0|1|3", "1|2|4"]);
    }

    #[test]
    fn boxes_say_their_quartiles() {
        let mark = Mark::Box { key: key("raw"), at: 0.5, quartiles: [1.0, 2.0, 3.0], whiskers: (0.0, 5.0), mean: 2.25 };
        let scene = Scene { y: names(), marks: vec![mark], ..Scene::default() };
        assert_eq!(told(&scene)[1], "raw|0|1|2|3|5|2.25");
    }
}
