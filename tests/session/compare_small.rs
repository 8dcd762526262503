//! The small pictures of a comparison are drawn as the visitor has chosen it for the large ones.

use normlab::figure::{comparison_scenes as small, pair_scene};
use normlab::plot::{AxisScale, Curve, Mark, Scene, Spacing, View};
use normlab::protocol::MethodComparison;
use normlab::state::{Action, CompareChoice};

use crate::compare::{compare, outcome, set};
use crate::explorer::Explorer;

/// Values counted in each bin of a method's curves, curve by curve.
fn counts(comparison: &MethodComparison, slug: &str) -> Vec<Vec<u64>> {
    let counts = outcome(comparison, slug).curves.iter().map(|curve| match curve {
        Curve::Histogram(bins) => bins.counts.clone(),
        other => panic!("{other:?}"),
    });
    counts.collect()
}

#[test]
fn a_symmetric_logarithm_is_one_for_all_of_them() {
    let mut explorer = Explorer::generated("lognormal", &[("rows", "500")], 1);
    let linear = compare(&mut explorer);
    assert_eq!(linear.spacing, Spacing::Linear);
    explorer.act(Action::SetScale(AxisScale::SymLog));
    let view = explorer.view();
    let found = compare(&mut explorer);
    assert_eq!(found.spacing, view.after.axes[0].spacing, "that of the values after the chosen method");
    for (index, scene) in small(&found, false).into_iter().enumerate() {
        let scene = scene.unwrap();
        assert_eq!((scene.x.spacing(), Some(scene.x.range())), (found.spacing, found.shared));
        let slug = found.panels[index].method.info().slug;
        assert_ne!(counts(&found, slug), counts(&linear, slug), "{slug}: bins are as wide as they are drawn");
        // Counted once more by hand, in bins of the axis.
        let Curve::Histogram(bins) = &outcome(&found, slug).curves[0] else { panic!() };
        assert_eq!(bins.counts.iter().sum::<u64>(), 500);
    }
    // What was measured otherwise is not used again.
    explorer.act(Action::SetScale(AxisScale::Linear));
    let again = compare(&mut explorer);
    assert_eq!(counts(&again, "min-max"), counts(&linear, "min-max"));
}

#[test]
fn the_categories_of_a_column_have_their_colours_there_too() {
    let mut explorer = Explorer::sample("penguins");
    set(&mut explorer, CompareChoice { feature: Some("body_mass_g".into()), ..CompareChoice::default() });
    let plain = compare(&mut explorer);
    assert!(plain.categories.is_empty() && plain.drawn.len() > 1);
    explorer.act(Action::SetColor(Some("species".into())));
    let found = compare(&mut explorer);
    assert_eq!(found.categories, ["Adelie", "Gentoo", "Chinstrap"]);
    assert_eq!(found.drawn, [found.feature], "of the feature that is looked at closely");
    for panel in &found.panels {
        let sums: Vec<u64> = counts(&found, panel.method.info().slug).iter().map(|bins| bins.iter().sum()).collect();
        assert_eq!(sums, [151, 123, 68], "{}", panel.method.info().slug);
    }
    let scene = small(&found, false)[0].clone().unwrap();
    let keys: Vec<_> = scene.keys().iter().map(|key| (key.name.clone(), key.role)).collect();
    assert_eq!(keys, [("Adelie".to_string(), 0), ("Gentoo".into(), 1), ("Chinstrap".into(), 2)]);
    // So are the points of one method against another.
    let scene = pair_scene(&found).unwrap();
    let keys: Vec<_> = scene.keys().iter().map(|key| (key.name.clone(), key.role)).collect();
    assert_eq!(keys, [("Adelie".to_string(), 0), ("Gentoo".into(), 1), ("Chinstrap".into(), 2)]);
    let drawn = |scene: &Scene| -> Vec<_> {
        let clouds = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Points { points, places, .. } => Some(places.iter().copied().zip(points.iter().copied())),
            _ => None,
        });
        let mut drawn: Vec<_> = clouds.flatten().collect();
        drawn.sort_by_key(|(place, _)| *place);
        drawn
    };
    assert_eq!(drawn(&scene), drawn(&pair_scene(&plain).unwrap()), "each row is where it was without colours");
    // Another column, another colour; and densities as well.
    explorer.act(Action::SetColor(Some("sex".into()))).act(Action::SetView(View::Density));
    assert_eq!(outcome(&compare(&mut explorer), "robust").curves.len(), 3);
    explorer.act(Action::SetColor(None)).act(Action::SetView(View::Histogram));
    assert_eq!(compare(&mut explorer).drawn, plain.drawn);
}
