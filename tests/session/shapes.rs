//! Data of other shapes: missing values, images, sequences, constants.

use normlab::state::Action;

use crate::explorer::Explorer;

#[test]
fn missing_values_are_counted_and_stay_missing() {
    let mut explorer = Explorer::sample("penguins");
    let missing: Vec<_> = explorer.info.columns.iter().map(|column| column.missing).collect();
    assert_eq!(missing, [0, 0, 2, 2, 2, 2, 11, 0]);
    for slug in ["z-score", "layer-norm", "unit-length"] {
        let view = explorer.act(Action::ChooseMethod(slug)).view();
        for feature in &view.features[..4] {
            assert_eq!((feature.before.count, feature.before.missing), (342, 2), "{slug} {}", feature.name);
            assert_eq!((feature.after.count, feature.after.missing), (342, 2), "{slug} {}", feature.name);
        }
        // The fourth penguin was not measured.
        let page = explorer.first_rows();
        let row = &page.rows[3];
        assert!(row.before[..4].iter().chain(&row.after[..4]).all(|value| value.is_nan()), "{slug}");
        assert!(page.rows[0].after.iter().all(|value| value.is_finite()), "{slug}");
    }
    let view = explorer.act(Action::ChooseMethod("z-score")).view();
    assert!((view.features[0].after.mean.abs() < 1e-12) && (view.features[0].after.sd - 1.0).abs() < 1e-12);
    assert_eq!((view.groups.first[0].count, view.groups.first[0].missing), (342, 2));
}

#[test]
fn labels_stand_beside_the_rows_even_where_missing() {
    let mut explorer = Explorer::sample("penguins");
    explorer.view();
    let page = explorer.first_rows();
    assert_eq!(page.columns.labels, ["species", "island", "sex"]);
    assert_eq!(page.rows[0].labels, ["Adelie", "Torgersen", "male"]);
    assert_eq!(page.rows[3].labels, ["Adelie", "Torgersen", ""]);
}

#[test]
fn digits_are_one_feature_with_64_positions() {
    let mut explorer = Explorer::sample("digits");
    assert_eq!((explorer.info.rows, explorer.info.positions), (1797, 64));
    let view = explorer.view();
    assert_eq!((view.shape.examples, view.shape.features, view.shape.positions), (1797, 1, 64));
    assert_eq!(view.features[0].before.count, 1797 * 64);
    assert_eq!((view.groups.total, view.groups.first[0].count), (1, 1797 * 64));
    // A table has no room for 64 pixels of each row.
    let page = explorer.first_rows();
    assert_eq!((page.columns.numbers.len(), page.columns.left_out), (64, 0));
    assert_eq!(page.columns.numbers[2], "pixel [3]");
    assert_eq!(page.rows[0].before[..4], [0.0, 0.0, 5.0, 13.0]);
    let view = explorer.act(Action::ChooseMethod("instance-norm")).view();
    assert_eq!((view.groups.total, view.groups.first[0].count), (1797, 64));
    assert!(view.warnings.is_empty(), "{:?}", view.warnings);
}

#[test]
fn groups_of_activations_are_counted_by_the_method() {
    let settings = [("rows", "6"), ("channels", "4"), ("positions", "5")];
    let mut explorer = Explorer::generated("activations", &settings, 3);
    for (slug, total, count, name) in [
        ("batch-norm", 4, 30, "channel 2"),
        ("layer-norm", 6, 20, "row 2"),
        ("instance-norm", 24, 5, "row 1, channel 2"),
        ("group-norm", 6, 20, "row 2, channel 1 to channel 4"),
    ] {
        let view = explorer.act(Action::ChooseMethod(slug)).view();
        let second = &view.groups.first[1];
        assert_eq!((view.groups.total, second.count, second.name.as_str()), (total, count, name), "{slug}");
    }
    let view = explorer.act(Action::SetMethod { key: "groups", text: "2".into() }).view();
    assert_eq!((view.groups.total, view.groups.first[1].count), (12, 10));
    assert_eq!(view.groups.first[1].name, "row 1, channel 3 to channel 4");
    explorer.act(Action::ChooseMethod("layer-norm"));
    let view = explorer.act(Action::SetMethod { key: "over", text: "channels".into() }).view();
    assert_eq!((view.groups.total, view.groups.first[1].count), (30, 4));
    assert_eq!(view.groups.first[1].name, "row 1, position 2");
}

#[test]
fn the_same_seed_makes_the_same_numbers() {
    let view = |seed| Explorer::generated("normal", &[], seed).view();
    assert_eq!(view(5), view(5));
    assert_ne!(view(5).features, view(6).features);
}

#[test]
fn a_constant_feature_is_warned_of_by_its_name() {
    let mut explorer = Explorer::generated("constant-column", &[], 1);
    let view = explorer.view();
    assert!(view.warnings.iter().any(|warning| warning.contains("constant")), "{:?}", view.warnings);
    let constant = view.features.last().unwrap();
    assert_eq!((constant.after.min, constant.after.max), (0.0, 0.0));
}

#[test]
fn a_single_position_leaves_instance_norm_nothing() {
    let mut explorer = Explorer::sample("wine");
    let view = explorer.act(Action::ChooseMethod("instance-norm")).view();
    assert!(view.warnings.iter().any(|warning| warning.contains("only one value")), "{:?}", view.warnings);
    assert!(view.features.iter().all(|feature| (feature.after.min, feature.after.max) == (0.0, 0.0)));
}
