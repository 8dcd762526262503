//! What is drawn of a scene, on a backend that remembers it and as SVG.

use super::recorder::{Recorded, Recorder};

use super::view::PlotKind;
use super::*;
use plotters::drawing::IntoDrawingArea;
use proptest::prelude::*;

fn drawn(scene: &Scene, size: (u32, u32), ratio: f64) -> Vec<Recorded> {
    let mut drawn = Vec::new();
    let area = Recorder { size, drawn: &mut drawn }.into_drawing_area();
    draw(&area, scene, &Theme::light(), ratio).expect("it cannot fail");
    drop(area);
    drawn
}

fn figure(scene: &Scene, size: (u32, u32), ratio: f64) -> Vec<Recorded> {
    let mut drawn = Vec::new();
    let area = Recorder { size, drawn: &mut drawn }.into_drawing_area();
    draw_figure(&area, scene, &Theme::light(), ratio).expect("it cannot fail");
    drop(area);
    drawn
}

fn histogram(name: &str, role: usize, (low, high): (f64, f64), counts: &[u64]) -> Series<normlab_engine::BinCounts> {
    Series {
        name: name.into(),
        role,
        data: normlab_engine::BinCounts { low, high, counts: counts.to_vec(), outside: 0 },
    }
}

fn options() -> ViewOptions {
    ViewOptions { title: "Before".into(), x_label: "value".into(), ..ViewOptions::default() }
}

const BLUE: (u8, u8, u8) = (0x00, 0x72, 0xb2);

/// The filled outlines of that colour with some transparency.
fn fills(drawn: &[Recorded], wanted: (u8, u8, u8)) -> Vec<&Vec<(i32, i32)>> {
    let filled = drawn.iter().filter_map(|one| match one {
        Recorded::Polygon { corners, colour, alpha } if *colour == wanted && *alpha < 1.0 => Some(corners),
        _ => None,
    });
    filled.collect()
}

#[test]
fn a_histogram_is_one_outline_at_the_right_place() {
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 4.0), &[1, 4, 2, 2])], &options());
    let size = (400, 240);
    let at = layout(&scene, size, &Theme::light(), 1.0);
    let (left, _, right, floor) = at.plot;
    let drawn = drawn(&scene, size, 1.0);
    let fills = fills(&drawn, BLUE);
    let [outline] = fills.as_slice() else { panic!("one outline, not {}", fills.len()) };
    let quarter = |index: i32| (f64::from(left) + f64::from(right - left) * f64::from(index) / 4.0).round() as i32;
    let row = |height: f64| at.to_y(height).round() as i32;
    assert_eq!(outline.first(), Some(&(left, floor)));
    assert_eq!(outline.last(), Some(&(right, floor)));
    for corner in [
        (left, row(1.0)),
        (quarter(1), row(1.0)),
        (quarter(1), row(4.0)),
        (quarter(2), row(4.0)),
        (quarter(2), row(2.0)),
        (quarter(3), row(2.0)),
        (right, row(2.0)),
    ] {
        assert!(outline.contains(&corner), "{corner:?} in {outline:?}");
    }
    // Heights are proportional: 4 is twice as high as 2.
    assert!(((floor - row(4.0)) - 2 * (floor - row(2.0))).abs() <= 1);
}

#[test]
fn an_empty_bin_divides_the_outline_and_a_small_one_is_seen() {
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 3.0), &[1, 0, 1_000_000])], &options());
    let drawn = drawn(&scene, (400, 240), 1.0);
    let fills = fills(&drawn, BLUE);
    assert_eq!(fills.len(), 2);
    let rows: Vec<i32> = fills[0].iter().map(|corner| corner.1).collect();
    assert_eq!(rows.iter().max().unwrap() - rows.iter().min().unwrap(), 2);
}

/// On an axis that others need so long, all bins of a series may lie within a pixel.
#[test]
fn bars_of_no_width_are_seen() {
    let wide = ViewOptions { range: RangePolicy::Shared { low: -1000.0, high: 1000.0 }, ..options() };
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.25, 0.26), &[1, 0, 4, 2])], &wide);
    let at = layout(&scene, (400, 240), &Theme::light(), 1.0);
    let drawn = drawn(&scene, (400, 240), 1.0);
    let fills = fills(&drawn, BLUE);
    let [outline] = fills.as_slice() else { panic!("one bar, not {}", fills.len()) };
    let (left, top) = (at.to_x(0.25).round() as i32, at.to_y(4.0).round() as i32);
    assert!(outline.contains(&(left, top)) && outline.contains(&(left + 1, at.plot.3)), "{outline:?}");
    // Outside of the axis, and where nothing is, there is nothing.
    for one in [histogram("a", 0, (2e3, 3e3), &[1, 2]), histogram("a", 0, (0.25, 0.26), &[0, 0])] {
        let scene = view::Histogram::scene(&[one], &wide);
        assert!(self::fills(&self::drawn(&scene, (400, 240), 1.0), BLUE).is_empty());
    }
}

/// Of several bins in a pixel the highest is seen, in that pixel alone.
#[test]
fn the_highest_bin_of_a_pixel_is_seen() {
    let wide = ViewOptions { range: RangePolicy::Shared { low: 0.0, high: 10.0 }, ..options() };
    let mut counts = vec![1_u64; 4000];
    (counts[1], counts[2003]) = (40, 30);
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 10.0), &counts)], &wide);
    let at = layout(&scene, (400, 240), &Theme::light(), 1.0);
    let drawn = drawn(&scene, (400, 240), 1.0);
    let fills = fills(&drawn, BLUE);
    let [outline] = fills.as_slice() else { panic!("one outline, not {}", fills.len()) };
    for (height, near) in [(40.0, 0.0), (30.0, 5.0)] {
        let row = at.to_y(height).round() as i32;
        let place: Vec<i32> = outline.iter().filter(|corner| corner.1 == row).map(|corner| corner.0).collect();
        let expected = at.to_x(near).round() as i32;
        assert!(matches!(place.as_slice(), [a, b] if *b == a + 1 && (a - expected).abs() <= 1), "{place:?} {expected}");
    }
}

#[test]
fn bars_outside_of_a_shared_range_are_left_out() {
    let range = RangePolicy::Shared { low: 0.0, high: 2.0 };
    let scene =
        view::Histogram::scene(&[histogram("a", 0, (0.0, 4.0), &[1, 1, 5, 5])], &ViewOptions { range, ..options() });
    let at = layout(&scene, (400, 240), &Theme::light(), 1.0);
    let drawn = drawn(&scene, (400, 240), 1.0);
    let fills = fills(&drawn, BLUE);
    assert_eq!(fills.len(), 1);
    assert!(fills[0].iter().all(|corner| corner.1 >= at.to_y(1.0).round() as i32), "{fills:?}");
}

#[test]
fn labels_of_reference_lines_stand_above_the_marks_and_apart() {
    let mut scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 4.0), &[1, 4, 2, 2])], &options());
    for (at, label) in [(2.0, "mean"), (1.95, "median"), (2.05, "neither"), (9.0, "far")] {
        scene.marks.push(Mark::Rule { role: None, at, label: label.into() });
    }
    let at = layout(&scene, (400, 240), &Theme::light(), 1.0);
    let all = drawn(&scene, (400, 240), 1.0);
    let place = |wanted: &str| {
        all.iter().find_map(|one| match one {
            Recorded::Text { text, left, right, middle, .. } if text == wanted => Some((*left, *right, *middle)),
            _ => None,
        })
    };
    let (mean, median) = (place("mean").expect("room"), place("median").expect("room"));
    assert!(mean.0 > at.to_x(2.0) && median.1 < at.to_x(1.95));
    assert!(mean.2 < at.plot.1);
    assert_eq!((place("neither"), place("far")), (None, None));
}

#[test]
fn straight_lines_stand_between_the_pixels_that_are_shown() {
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 3.0), &[1, 4, 2])], &options());
    let theme = Theme::light();
    let lines = |ratio: f64| -> Vec<(i32, i32, i32, i32)> {
        let all = drawn(&scene, ((303.0 * ratio) as u32, (201.0 * ratio) as u32), ratio);
        let colours = [theme.grid, theme.muted].map(|colour| (colour.0, colour.1, colour.2));
        all.iter()
            .filter_map(|one| match one {
                Recorded::Rectangle { from, to, colour } if colours.contains(colour) => {
                    Some((from.0, from.1, to.0, to.1))
                }
                _ => None,
            })
            .collect()
    };
    for (ratio, whole) in [(1.0, 1), (2.0, 2), (3.0, 3), (1.5, 1)] {
        let lines = lines(ratio);
        assert!(lines.len() > 5);
        for (left, top, right, bottom) in lines {
            assert!([left, top, right, bottom].iter().all(|end| end % whole == 0), "{left} {top} {right} {bottom}");
            assert!((bottom - top).min(right - left) >= whole);
        }
    }
}

#[test]
fn everything_grows_with_the_pixel_ratio() {
    let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 4.0), &[1, 4, 2, 2])], &options());
    let texts = |size, ratio| -> Vec<(String, f64)> {
        let all = drawn(&scene, size, ratio);
        all.into_iter()
            .filter_map(|one| match one {
                Recorded::Text { text, size, .. } => Some((text, size)),
                _ => None,
            })
            .collect()
    };
    let once = texts((300, 200), 1.0);
    let twice = texts((600, 400), 2.0);
    assert_eq!(once.len(), twice.len());
    for (small, large) in once.iter().zip(&twice) {
        assert_eq!(small.0, large.0);
        assert!((large.1 - 2.0 * small.1).abs() < 1e-9);
    }
}

#[test]
fn a_density_is_a_line_over_an_area() {
    let data = normlab_engine::DensityEstimate { low: 0.0, high: 2.0, bandwidth: 0.5, values: vec![0.5, 1.0, 0.5] };
    let scene = view::Density::scene(&[Series { name: "a".into(), role: 0, data }], &options());
    let at = layout(&scene, (400, 240), &Theme::light(), 1.0);
    let drawn = drawn(&scene, (400, 240), 1.0);
    let peak = (at.to_x(1.0).round() as i32, at.to_y(1.0).round() as i32);
    let (left, _, right, floor) = at.plot;
    let shoulder = at.to_y(0.5).round() as i32;
    let corners = [(left, floor), (left, shoulder), peak, (right, shoulder), (right, floor)];
    assert_eq!(fills(&drawn, BLUE), [&corners]);
    let line = drawn.iter().find_map(|one| match one {
        Recorded::Line { points, colour, width } => Some((points, *colour, *width)),
        _ => None,
    });
    let (points, colour, width) = line.expect("a line");
    assert_eq!((points.len(), points[1], colour, width), (3, peak, BLUE, 2));
}

#[test]
fn series_carry_the_sign_of_the_legend() {
    let two = [histogram("a", 0, (0.0, 2.0), &[1, 5]), histogram("b", 1, (0.0, 2.0), &[5, 1])];
    let signs = |scene: &Scene| {
        let all = drawn(scene, (400, 240), 1.0);
        all.iter().filter(|one| matches!(one, Recorded::Polygon { alpha, .. } if *alpha == 1.0)).count()
    };
    // A sign and what sets it off from the lines behind.
    assert_eq!(signs(&view::Histogram::scene(&two, &options())), 4);
    assert_eq!(signs(&view::Histogram::scene(&two[..1], &options())), 0);
}

#[test]
fn fills_grow_lighter_with_more_series() {
    let alpha = |count: usize| {
        let all: Vec<_> = (0..count).map(|role| histogram(&role.to_string(), role, (0.0, 2.0), &[1, 5])).collect();
        let found = drawn(&view::Histogram::scene(&all, &options()), (400, 240), 1.0);
        found.iter().find_map(|one| match one {
            Recorded::Polygon { alpha, .. } if *alpha < 1.0 => Some(*alpha),
            _ => None,
        })
    };
    let alphas: Vec<f64> = (1..=8).filter_map(alpha).collect();
    assert_eq!(alphas.len(), 8);
    assert!(alphas.is_sorted_by(|a, b| a > b), "{alphas:?}");
    assert_eq!(alpha(13), None);
}

#[test]
fn svg_says_what_it_shows_and_lets_nothing_out() {
    let mut scene = view::Histogram::scene(&[histogram("<a> & \"b\"", 0, (0.0, 4.0), &[1, 4])], &options());
    scene.title = "</title><script>alert('x')</script>\u{0}".into();
    scene.marks.push(Mark::Rule { role: None, at: 2.0, label: "<mean>".into() });
    let text = svg(&scene, &Theme::light(), 400, 240);
    assert!(text.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"240\""));
    assert!(text.trim_end().ends_with("</svg>"));
    assert!(text.contains("role=\"img\""));
    assert!(
        text.contains("<title>&lt;/title&gt;&lt;script&gt;alert(&apos;x&apos;)&lt;/script&gt;</title>"),
        "{}",
        &text[..400]
    );
    assert!(text.contains("<desc>&lt;a&gt; &amp; &quot;b&quot;: 5 values within 0 to 4"));
    assert!(text.contains("&lt;mean&gt;"));
    assert!(!text.contains("<script") && !text.contains('\u{0}'));
    assert_eq!(text.matches("<svg").count(), 1);
}

fn is_inside(one: &Recorded, (width, height): (u32, u32)) -> bool {
    let (width, height) = (width as i32, height as i32);
    let inside = |point: &(i32, i32)| (0..=width).contains(&point.0) && (0..=height).contains(&point.1);
    match one {
        Recorded::Rectangle { from, to, .. } => inside(from) && inside(to),
        Recorded::Polygon { corners: points, .. } | Recorded::Line { points, .. } => points.iter().all(inside),
        Recorded::Circle { centre, .. } => inside(centre),
        Recorded::Image { at, size, .. } => inside(at) && inside(&(at.0 + size.0 as i32, at.1 + size.1 as i32)),
        Recorded::Text { left, right, middle, size, .. } => {
            let half = size * 0.5;
            *left >= -0.5
                && *right <= f64::from(width) + 0.5
                && f64::from(*middle) >= half - 0.5
                && f64::from(*middle) <= f64::from(height) - half + 0.5
        }
    }
}

/// Any finite number, the extreme ones as often as the usual ones.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1000.0..1000.0,
        any::<f64>().prop_filter("finite", |value| value.is_finite()),
        prop::sample::select(vec![0.0, 1e300, -1e300, 1e-300, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 1e9]),
    ]
}

#[test]
fn a_diagonal_goes_where_x_and_y_are_equal_as_far_as_that_is_in_the_picture() {
    let lines = |x: (f64, f64), y: (f64, f64)| -> Vec<(i32, i32)> {
        let axis = |(low, high)| Axis::new("", low, high);
        let scene = Scene { x: axis(x), y: axis(y), marks: vec![Mark::Diagonal], ..Scene::default() };
        let at = layout(&scene, (400, 300), &Theme::light(), 1.0);
        let found = drawn(&scene, (400, 300), 1.0).into_iter().filter_map(|one| match one {
            Recorded::Line { points, colour, .. } => Some((points, colour)),
            _ => None,
        });
        let mut ends = Vec::new();
        for (points, colour) in found {
            let muted = Theme::light().muted;
            assert_eq!(colour, (muted.0, muted.1, muted.2), "it is no series");
            for (left, top) in &points {
                let (x, y) = (at.from_x(f64::from(*left)), at.from_y(f64::from(*top)));
                assert!((x - y).abs() < 0.06, "{x} {y}");
            }
            ends.extend(points);
        }
        ends
    };
    assert!(lines((-3.0, 4.0), (-3.0, 4.0)).len() > 20, "dashes");
    assert!(lines((0.0, 1.0), (-3.0, 4.0)).len() > 2);
    assert_eq!(lines((0.0, 1.0), (2.0, 4.0)), []);
}

#[test]
fn points_of_rows_that_were_held_out_are_hollow() {
    let places: Vec<Place> = (0..3).map(|row| Place { row, position: 0 }).collect();
    let points = Mark::Points { key: Key::default(), points: vec![(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)], places };
    let (x, y) = (Axis::new("x", 0.0, 4.0), Axis::new("y", 0.0, 4.0));
    let scene =
        |held_out| Scene { x: x.clone(), y: y.clone(), marks: vec![points.clone()], held_out, ..Scene::default() };
    let count = |held_out| {
        let all = drawn(&scene(held_out), (300, 200), 1.0);
        let circles = all.iter().filter(|one| matches!(one, Recorded::Circle { .. })).count();
        (circles, all.iter().filter(|one| matches!(one, Recorded::Line { .. })).count())
    };
    assert_eq!([count(vec![]), count(vec![1])], [(3, 0), (2, 1)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_outside_and_no_labels_overlap(
        (low, high) in (number(), number()),
        shared in prop::option::of((number(), number())),
        counts in prop::collection::vec(0_u64..u64::MAX, 0..60),
        heights in prop::collection::vec(number(), 0..60),
        (rule, top) in (number(), prop::option::of(number())),
        compact in any::<bool>(),
        size in (150_u32..1600, 110_u32..900),
        ratio in prop::sample::select(vec![1.0, 1.25, 2.0, 3.0]),
    ) {
        let range = shared.map_or(RangePolicy::Separate, |(low, high)| RangePolicy::Shared { low, high });
        let detail = if compact { Detail::Compact } else { Detail::Full };
        let options = ViewOptions { range, top, detail, x_label: "standard deviations from the mean".into(), ..options() };
        let size = ((f64::from(size.0) * ratio) as u32, (f64::from(size.1) * ratio) as u32);
        let bars = [histogram("a", 0, (low, high), &counts), histogram("b", 1, (low, high), &counts)];
        let data = normlab_engine::DensityEstimate { low, high, bandwidth: 1.0, values: heights };
        let line = [Series { name: "a".to_owned(), role: 2, data }];
        let mut scenes = [view::Histogram::scene(&bars, &options), view::Density::scene(&line, &options)];
        for scene in &mut scenes {
            scene.marks.push(Mark::Rule { role: None, at: rule, label: "mean".into() });
            scene.marks.push(Mark::Points { key: Key::default(), points: vec![(rule, low), (high, rule)], places: vec![Place::default(); 2] });
            for one in &drawn(scene, size, ratio) {
                prop_assert!(is_inside(one, size), "{one:?} in {size:?}");
            }
            for one in &figure(scene, size, ratio) {
                prop_assert!(is_inside(one, size), "{one:?} in {size:?}, with title");
            }
            let at = layout(scene, size, &Theme::light(), ratio);
            let em = Theme::light().text_size * ratio;
            let half = |label: &Label| super::layout::ems(&label.text) * em / 2.0;
            for pair in at.x_labels.windows(2) {
                prop_assert!(f64::from(pair[1].x) - half(&pair[1]) > f64::from(pair[0].x) + half(&pair[0]));
            }
            for pair in at.y_labels.windows(2) {
                prop_assert!(f64::from(pair[0].y - pair[1].y) >= em);
            }
        }
        View::Histogram.table(&scenes[0]);
        View::Density.table(&scenes[1]);
        svg(&scenes[0], &Theme::dark(), 200, 120);
    }

    #[test]
    fn an_area_of_any_size_can_be_drawn_on(width in 0_u32..150, height in 0_u32..110, ratio in 0.0..5.0) {
        let scene = view::Histogram::scene(&[histogram("a", 0, (0.0, 4.0), &[1, 4])], &options());
        for one in &drawn(&scene, (width, height), ratio) {
            prop_assert!(matches!(one, Recorded::Text { .. }) || is_inside(one, (width, height)), "{one:?}");
        }
        for one in &figure(&scene, (width, height), ratio) {
            prop_assert!(matches!(one, Recorded::Text { .. }) || is_inside(one, (width, height)), "{one:?}");
        }
    }
}
