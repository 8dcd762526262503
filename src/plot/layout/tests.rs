use super::*;

fn scene(detail: Detail) -> Scene {
    Scene {
        x: Axis::new("standard deviations from the mean", 0.0, 1e6),
        y: Axis::counting("examples per bin", 200.0),
        detail,
        ..Scene::default()
    }
}

fn texts(labels: &[Label]) -> Vec<&str> {
    labels.iter().map(|label| label.text.as_str()).collect()
}

#[test]
fn there_are_fewer_ticks_where_there_is_less_room() {
    let at = |width, height| layout(&scene(Detail::Full), (width, height), &Theme::light(), 1.0);
    let large = at(900, 400);
    assert_eq!(texts(&large.x_labels), ["0", "200,000", "400,000", "600,000", "800,000", "1 million"]);
    assert_eq!(texts(&large.y_labels), ["0", "50", "100", "150", "200"]);
    let small = at(150, 110);
    assert_eq!(texts(&small.x_labels), ["0", "1 million"]);
    assert_eq!(texts(&small.y_labels), ["0", "200"]);
    assert_eq!((small.x_title, small.y_title), (None, None));
    assert_eq!(texts(&at(150, 50).y_labels), ["0"]);
}

#[test]
fn both_of_a_pair_have_one_frame() {
    let before = scene(Detail::Full);
    let after = Scene { x: Axis::new("", -4.0, 4.123), y: Axis::counting("", 20_000.0), ..scene(Detail::Full) };
    let plots = |scenes: [&Scene; 2]| scenes.map(|scene| layout(scene, (400, 200), &Theme::light(), 1.0).plot);
    let alone = plots([&before, &after]);
    assert!(alone[0] != alone[1]);
    let [before, after] = before.paired(after);
    let together = plots([&before, &after]);
    assert_eq!(together[0], together[1]);
    let (left, top, right, bottom) = together[0];
    for plot in alone {
        assert!(left >= plot.0 && top >= plot.1 && right <= plot.2 && bottom <= plot.3, "{plot:?} {together:?}");
    }
}

/// Each costs as much to write as one that is seen.
#[test]
fn places_without_a_name_have_no_label() {
    let names: Vec<String> =
        (0..40).map(|index| if index % 20 == 0 { format!("row {index}") } else { String::new() }).collect();
    let scene = Scene { x: Axis::of_columns(names.clone()), y: Axis::of_names(names), ..scene(Detail::Full) };
    let layout = layout(&scene, (900, 400), &Theme::light(), 1.0);
    assert_eq!((texts(&layout.x_labels), texts(&layout.y_labels)), (vec!["row 0", "row 20"], vec!["row 0", "row 20"]));
}

#[test]
fn titles_are_cut_or_left_out() {
    let title = |detail, size| layout(&scene(detail), size, &Theme::light(), 1.0).x_title.map(|label| label.text);
    assert_eq!(title(Detail::Full, (400, 200)).as_deref(), Some("standard deviations from the mean"));
    assert_eq!(title(Detail::Full, (160, 200)).as_deref(), Some("standard de…m the mean"));
    assert_eq!(title(Detail::Compact, (400, 200)), None);
}

#[test]
fn a_pointer_finds_the_value_under_it() {
    let layout = layout(&scene(Detail::Full), (400, 200), &Theme::light(), 1.0);
    for value in [0.0, 250_000.0, 1e6] {
        assert!((layout.from_x(layout.to_x(value)) - value).abs() < 1e-6);
    }
    assert_eq!(layout.to_x(-5e6), f64::from(layout.plot.0));
    assert_eq!(layout.to_y(1e9), f64::from(layout.plot.1));
    assert_eq!(layout.to_y(0.0), f64::from(layout.plot.3));
}
