//! Every view of every kind of data, as the page draws it.

use normlab::figure::pairs;
use normlab::plot::{AxisScale, Curve, Mark, Place, Scene, Spacing, Theme, Tint, View, layout, svg};
use normlab::protocol::{AxisPolicy, ViewResult};
use normlab::state::{Action, FeatureLayout};

use crate::explorer::Explorer;

/// Where the points of a cloud are in the data, and their values.
fn points(curve: &Curve) -> (&[Place], &[f64]) {
    match curve {
        Curve::Strip(cloud) | Curve::Scatter(cloud) => (&cloud.places, &cloud.values),
        other => panic!("{other:?}"),
    }
}

/// The scenes of the page in its present state, before and after in turn.
fn scenes(explorer: &mut Explorer) -> Vec<Scene> {
    let view = explorer.view();
    let together =
        explorer.state.layout_for(view.query.plot_options.view, view.features.len()) == FeatureLayout::Overlaid;
    pairs(&view, together, 6).into_iter().flat_map(|pair| [(*pair.before).clone(), (*pair.after).clone()]).collect()
}

#[test]
fn points_are_of_the_same_rows_on_both_sides() {
    let mut explorer = Explorer::sample("wine");
    for view in [View::Strip, View::Scatter] {
        let found = explorer.act(Action::SetView(view)).view();
        assert_eq!(found.drawn, 178);
        let (rows, values) = points(&found.before.features[0][0]);
        assert_eq!((rows.len(), values[0]), (178, 14.23));
        assert_eq!(points(&found.after.features[0][0]).0, rows);
    }
}

#[test]
fn a_scatter_plot_draws_the_asked_features_or_the_first_two() {
    let mut explorer = Explorer::sample("wine");
    let drawn = |explorer: &mut Explorer| -> Vec<usize> {
        let view = explorer.view();
        (0..13).filter(|&index| !view.before.features[index].is_empty()).collect()
    };
    explorer.act(Action::SetView(View::Scatter));
    assert_eq!(drawn(&mut explorer), [0, 1]);
    explorer.act(Action::SetPair(Some(("proline".into(), "ash".into()))));
    assert_eq!((drawn(&mut explorer), explorer.query().pair()), (vec![2, 12], (12, 2)));
    assert_eq!(scenes(&mut explorer)[1].x.label, "proline (standard deviations from the mean)");
    // A column that is not chosen is not drawn.
    explorer.act(Action::SetPair(Some(("target".into(), "ash".into()))));
    assert_eq!(explorer.query().pair(), (0, 1));
}

#[test]
fn a_scatter_plot_of_one_feature_is_a_histogram() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::SetView(View::Scatter)).act(Action::ChooseColumns(Some(vec!["ash".into()])));
    assert_eq!(explorer.query().plot_options.view, View::Histogram);
    assert!(matches!(explorer.view().before.features[0][0], Curve::Histogram(_)));
    // The choice stays: with a second feature it is there again.
    explorer.act(Action::ChooseColumns(None));
    assert_eq!(explorer.query().plot_options.view, View::Scatter);
}

#[test]
fn of_many_rows_some_are_drawn_and_always_the_extremes() {
    let mut explorer = Explorer::generated("normal", &[("rows", "20000")], 4);
    let view = explorer.act(Action::SetView(View::Strip)).view();
    assert!(view.drawn <= 5_000, "{}", view.drawn);
    for feature in 0..view.features.len() {
        let (rows, values) = points(&view.before.features[feature][0]);
        let summary = &view.features[feature].before;
        assert!(values.contains(&summary.min) && values.contains(&summary.max));
        assert_eq!(points(&view.after.features[feature][0]).0, rows);
    }
    assert!(scenes(&mut explorer)[0].description.contains("of 20,000 rows drawn."));
}

#[test]
fn a_change_of_the_method_moves_nothing_before_and_no_axis_after() {
    let mut explorer = Explorer::sample("wine");
    for view in View::ALL {
        explorer.act(Action::SetView(*view)).act(Action::SetLayout(FeatureLayout::Each));
        for (scale, zoom) in [(AxisScale::Linear, false), (AxisScale::SymLog, false), (AxisScale::Linear, true)] {
            explorer.act(Action::SetScale(scale)).act(Action::SetZoom(zoom));
            let first = scenes(explorer.act(Action::ChooseMethod("z-score")));
            for method in ["robust", "batch-norm", "min-max", "layer-norm"] {
                let now = scenes(explorer.act(Action::ChooseMethod(method)));
                for (index, (old, new)) in first.iter().zip(&now).enumerate().step_by(2) {
                    // But for the room at its edges, which is that of the pair.
                    let [old, new] = [old, new].map(|scene| Scene { beside: None, ..scene.clone() });
                    assert_eq!(old, new, "{view:?} {method} picture {index}");
                }
                if matches!(method, "robust" | "batch-norm") {
                    for (old, new) in first.iter().zip(&now) {
                        assert_eq!(old.x.range(), new.x.range(), "{view:?} {method} {zoom}");
                        assert_eq!(old.x.spacing(), new.x.spacing());
                    }
                }
            }
        }
    }
}

#[test]
fn on_the_same_axis_before_and_after_can_be_compared() {
    let mut explorer = Explorer::sample("wine");
    for view in View::ALL {
        let found = scenes(explorer.act(Action::SetView(*view)).act(Action::SetAxes(AxisPolicy::Same)));
        for pair in found.chunks(2) {
            assert_eq!(pair[0].x.range(), pair[1].x.range(), "{view:?}");
            let ends = |scene: &Scene| scene.shades.as_ref().map(|shades| (shades.low, shades.high));
            assert_eq!(ends(&pair[0]), ends(&pair[1]), "{view:?}");
        }
    }
}

#[test]
fn a_symmetric_logarithm_names_its_threshold_and_counts_the_same_values() {
    let mut explorer = Explorer::sample("ctr-revenue");
    let view = explorer.act(Action::SetScale(AxisScale::SymLog)).view();
    let Spacing::SymLog { linear } = view.before.axes[0].spacing else { panic!("{:?}", view.before.axes) };
    assert_eq!(linear, 0.01);
    for feature in &view.before.features {
        let Curve::Histogram(bars) = &feature[0] else { panic!() };
        assert_eq!(bars.counts.iter().sum::<u64>(), 200);
        assert!(bars.counts.iter().filter(|count| **count > 0).count() > 3, "a shape, not a bar: {bars:?}");
    }
    let scenes = scenes(&mut explorer);
    assert_eq!(scenes[0].x.title(), "Value, logarithmic beyond ±0.01");
    let ticks: Vec<String> = scenes[0].x.ticks(6).into_iter().map(|tick| tick.label).collect();
    assert!(ticks.contains(&"0.1".to_owned()) && ticks.contains(&"1,000".to_owned()), "{ticks:?}");
}

#[test]
fn a_zoom_counts_what_it_leaves_out() {
    let mut explorer = Explorer::generated("lognormal", &[], 3);
    let rows = explorer.info.rows;
    let view = explorer.act(Action::SetZoom(true)).view();
    let counts = |view: &ViewResult| match &view.before.features[0][0] {
        Curve::Histogram(bars) => (bars.counts.iter().sum::<u64>(), bars.outside),
        other => panic!("{other:?}"),
    };
    let (inside, outside) = counts(&view);
    assert!(outside > 0 && inside + outside == rows, "{inside} {outside}");
    assert!(view.before.axes[0].high < view.features[0].before.max);
    for view in View::ALL.iter().filter(|view| !matches!(view, View::Scatter | View::Images)) {
        let scene = &scenes(explorer.act(Action::SetView(*view)))[0];
        assert!(scene.description.contains("outside of the picture"), "{view:?}: {}", scene.description);
    }
}

#[test]
fn boxes_and_shares_are_those_of_the_statistics() {
    let mut explorer = Explorer::sample("penguins");
    let view = explorer.act(Action::SetView(View::Boxes)).view();
    for (feature, curves) in view.features.iter().zip(&view.before.features).take(4) {
        let (Curve::Boxes(five), summary) = (&curves[0], &feature.before) else { panic!() };
        assert_eq!((five.count, five.quartiles), (342, [summary.q1, summary.median, summary.q3]));
    }
    let view = explorer.act(Action::SetView(View::Ecdf)).view();
    for curves in &view.after.features[..4] {
        let Curve::Ecdf(shares) = &curves[0] else { panic!() };
        assert_eq!((shares.count, shares.below.last()), (342, Some(&342)));
    }
    // The boxes of the categories are of their own values.
    let view = explorer.act(Action::SetView(View::Boxes)).act(Action::SetColor(Some("species".into()))).view();
    let counts = view.before.features[0].iter().map(|curve| match curve {
        Curve::Boxes(five) => five.count,
        other => panic!("{other:?}"),
    });
    assert_eq!(counts.collect::<Vec<_>>(), [151, 123, 68]);
}

#[test]
fn digits_are_images_and_activations_a_heat_map_of_channels() {
    let mut explorer = Explorer::sample("digits");
    let found = scenes(explorer.act(Action::SetView(View::Images)));
    assert_eq!(found[0].marks.len(), 32);
    let Mark::Cells { columns: 8, parts, .. } = &found[0].marks[0] else { panic!() };
    // The first digit is a zero; its third pixel is 5 of 16.
    assert_eq!((parts.len(), parts[2]), (64, 5.0 / 16.0));
    assert!(found[0].description.starts_with("The first 32 images of 8 by 8 pixels, from 0 to 16. 32 of 1,797 rows"));
    let drawn = svg(&found[0], &Theme::dark(), 600, 300);
    assert_eq!(drawn.matches("<image ").count(), 32);
    // Wine has no images: its usual view comes, and nothing breaks.
    let mut wine = Explorer::sample("wine");
    assert_eq!(wine.act(Action::SetView(View::Images)).query().plot_options.view, View::Heat);
    let mut explorer =
        Explorer::generated("activations", &[("rows", "64"), ("channels", "16"), ("positions", "49")], 1);
    let found = scenes(explorer.act(Action::SetView(View::Heat)));
    let [Mark::Cells { columns, groups, parts, rows, .. }] = found[1].marks.as_slice() else { panic!() };
    assert_eq!((*columns, *groups, rows.len(), parts.len()), (16 * 49, 16, 64, 64 * 16 * 49));
    assert_eq!(found[1].shades.as_ref().map(|shades| shades.tint), Some(Tint::Diverging));
    assert!(svg(&found[1], &Theme::light(), 600, 400).contains("<image "));
}

#[test]
fn every_view_of_every_kind_of_data_has_words_and_a_picture() {
    let activations = [("rows", "64"), ("channels", "16"), ("positions", "49")];
    let mut labs = [
        ("wine", Explorer::sample("wine")),
        ("penguins", Explorer::sample("penguins")),
        ("digits", Explorer::sample("digits")),
        ("activations", Explorer::generated("activations", &activations, 1)),
        ("constant", Explorer::generated("constant-column", &[], 1)),
        ("one row", Explorer::text("a,b\n1,2\n")),
        ("all missing", Explorer::text("a,b\n1,\n2,\n3,\n")),
    ];
    for (name, explorer) in &mut labs {
        for view in View::ALL {
            explorer.act(Action::SetView(*view));
            for (axes, scale, zoom) in [
                (AxisPolicy::Separate, AxisScale::SymLog, false),
                (AxisPolicy::Same, AxisScale::Linear, true),
                (AxisPolicy::Shared, AxisScale::SymLog, true),
                (AxisPolicy::Shared, AxisScale::Linear, false),
            ] {
                explorer.act(Action::SetAxes(axes)).act(Action::SetScale(scale)).act(Action::SetZoom(zoom));
                let what = format!("{name} {view:?} {axes:?} {scale:?} {zoom}");
                let shown = explorer.query().plot_options.view;
                let drawn = scenes(explorer);
                for scene in &drawn {
                    assert!(!scene.description.is_empty() && !scene.title.is_empty(), "{what}");
                    assert!(!scene.description.contains("NaN"), "{what}: {}", scene.description);
                    assert!(!scene.description.contains('∞'), "{what}: {}", scene.description);
                    let told = scene.shades.as_ref().map_or(&scene.x.label, |shades| &shades.label);
                    assert!(!told.is_empty(), "{what}");
                    let table = shown.table(scene);
                    assert!(table.rows.iter().all(|row| row.len() == table.headers.len()), "{what}");
                }
                let drawn = svg(&drawn[0], &Theme::light(), 600, 300);
                assert!(drawn.contains("<desc>") && drawn.len() > 1000, "{what}");
            }
        }
    }
}

/// Proline spreads widest, says the first sentence, and it is the last of 13 features.
#[test]
fn the_feature_of_the_first_sentence_is_in_sight() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::SetView(View::Histogram));
    let titles: Vec<String> = scenes(&mut explorer).into_iter().map(|scene| scene.title).collect();
    assert_eq!(titles[..3], ["proline, before", "proline, after z-score", "alcohol, before"]);
    explorer.act(Action::SetView(View::Heat));
    for scene in scenes(&mut explorer) {
        let shown = layout(&scene, (412, 360), &Theme::light(), 1.0);
        assert!(shown.x_labels.iter().any(|label| label.text == "proline"), "{:?}", shown.x_labels);
    }
}

/// Both plots of a pair have one frame, in every view.
#[test]
fn both_of_a_pair_have_one_frame() {
    let mut explorer = Explorer::sample("wine");
    for &view in View::ALL.iter().filter(|view| **view != View::Images) {
        explorer.act(Action::SetView(view));
        for size in [(412, 360), (157, 180), (412, 150)] {
            let frames: Vec<_> =
                scenes(&mut explorer).iter().map(|scene| layout(scene, size, &Theme::light(), 1.0).plot).collect();
            assert!(frames.chunks(2).all(|pair| pair[0] == pair[1]), "{view:?} {size:?}: {frames:?}");
        }
    }
}
