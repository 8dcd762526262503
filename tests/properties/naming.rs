//! What Normlab says about a mixture is true: every identity is run, over the whole grid of choices.

use std::collections::{BTreeSet, HashSet};
use std::mem::discriminant;

use ndarray::Array3;
use normlab::engine::method::{Custom, FeatureChoice, LayerNorm, Norm, Over, ScaleChoice};
use normlab::engine::naming::{Called, Degenerate, Difference, MethodMap, Name, Naming, Reason, Same};
use normlab::engine::{Center, Method, Recipe, Scale, Shape, Sharing};
use normlab::parameters::Options;

use super::data::distance;
use super::mixtures::{SHAPES, grid, numbers};

fn shape((examples, features, positions): (usize, usize, usize)) -> Shape {
    Shape { examples, features, positions }
}

/// The output of a named method on its own data, followed by the gamma and beta of the recipe it is compared with.
fn output(method: &Method, recipe: &Recipe, x: &Array3<f64>) -> Array3<f64> {
    let named = method.recipe(Shape::of(&x.view())).unwrap();
    Recipe { affine: recipe.affine.clone(), ..named }.normalize(x.view()).unwrap().0
}

/// What a degenerate recipe makes of `x`, and how far from that it may be.
fn promised(degenerate: &Degenerate, y: &Array3<f64>, x: &Array3<f64>) -> (Array3<f64>, f64) {
    // eps moves an output by eps / (2 x^2), and no x is below 0.01: the test looks.
    let near = |eps: f64| if eps > 0.0 { eps / 2e-4 } else { 1e-12 };
    match *degenerate {
        Degenerate::Nothing { output, .. } => (x.mapv(|_| output), 0.0),
        Degenerate::Signs { eps } => (x.mapv(f64::signum), near(eps)),
        Degenerate::Opposites { eps } => (y.mapv(f64::signum), near(eps)),
        Degenerate::Unchanged => (x.clone(), 0.0),
        Degenerate::OnlyEps { eps } => (x / eps.sqrt(), 1e-12),
    }
}

#[test]
fn every_claimed_identity_holds_and_none_is_overlooked() {
    let (mut identities, mut usual, mut nameless, mut degenerates) = (0, 0, 0, 0);
    for dim in SHAPES {
        let x = numbers(dim);
        assert!(x.iter().all(|v| v.abs() > 0.01));
        for custom in grid(dim.1) {
            let custom = Custom { gamma: if identities % 2 == 0 { 1.0 } else { -2.0 }, ..custom };
            let recipe = Method::Custom(custom.clone()).recipe(shape(dim)).unwrap();
            let y = recipe.normalize(x.view()).unwrap().0;
            let naming = Naming::of(&recipe, shape(dim)).unwrap();
            let mut same: Vec<&Same> = naming.also.iter().collect();
            match &naming.called {
                Called::Usual { method, .. } => {
                    usual += 1;
                    let named = method.recipe(shape(dim)).unwrap();
                    // By the same recipe, so on every shape.
                    assert_eq!(
                        (named.grouping, named.center, named.scale, named.eps),
                        (recipe.grouping, recipe.center, recipe.scale, recipe.eps)
                    );
                }
                Called::Same(one) => same.push(one),
                Called::Nearest { differs, .. } => {
                    nameless += 1;
                    assert!(!differs.is_empty() && naming.also.is_empty());
                }
            }
            for Same { name, method, because } in &same {
                identities += 1;
                assert!(!because.is_empty());
                let far = distance(&output(method, &recipe, &x), &y);
                assert!(far < 1e-12, "{custom:?} on {dim:?} is not {name:?}, though {because:?}: {far:e}");
            }
            if let Some(degenerate) = &naming.degenerate {
                degenerates += 1;
                let plain = Recipe { affine: None, ..recipe.clone() };
                let y = plain.normalize(x.view()).unwrap().0;
                let (promised, near) = promised(degenerate, &y, &x);
                assert!(distance(&y, &promised) <= near, "{custom:?} on {dim:?} is not {degenerate:?}");
            }
            // What is not said to be the same is not, on numbers of both signs or on positive ones; but 0 is 0.
            if matches!(naming.degenerate, Some(Degenerate::Nothing { .. })) {
                continue;
            }
            let told = |name: Name| {
                let by_name = matches!(naming.called, Called::Usual { name: usual, .. } if usual == name);
                by_name || same.iter().any(|same| same.name == name)
            };
            for name in Name::ALL.into_iter().filter(|name| !told(*name)) {
                let named = name.like(&recipe, shape(dim));
                let far =
                    |x: &Array3<f64>| distance(&output(&named, &recipe, x), &recipe.normalize(x.view()).unwrap().0);
                assert!(
                    far(&x) > 1e-10 || far(&(&x + 50.0)) > 1e-10,
                    "{custom:?} on {dim:?} is {name:?}, and nobody says so"
                );
            }
        }
    }
    assert!(identities > 500 && usual > 100 && nameless > 4_000 && degenerates > 500);
    println!("{identities} identities, {usual} usual names, {nameless} without, {degenerates} degenerate");
}

#[test]
fn the_sentences_are_those_of_the_field() {
    let told = |slug: &str, dim| {
        let recipe = Method::from_slug(slug).unwrap().recipe(shape(dim)).unwrap();
        Naming::of(&recipe, shape(dim)).unwrap().sentences().join(" ")
    };
    let table = told("z-score", (6, 4, 1));
    assert_eq!(table, "This is z-score.");
    assert_eq!(told("batch-norm", (6, 4, 3)), "This is BatchNorm (training).");
    let instance = told("instance-norm", (6, 4, 1));
    assert!(instance.starts_with("This is InstanceNorm. "), "{instance}");
    let why = "Each group contains only one value (there is one position), so subtracting its centre gives 0: every output is 0.";
    assert!(instance.ends_with(why), "{instance}");
    let layer = told("layer-norm", (6, 4, 1));
    let same = "On an array of this shape it is the same as LayerNorm per position, as in transformers: with one position it \
                does not matter whether positions share statistics.";
    assert!(layer.starts_with("This is LayerNorm over features and positions. ") && layer.contains(same), "{layer}");
    assert!(layer.contains("the same as GroupNorm with one group: one group of features is all features."), "{layer}");
    let batch = told("batch-norm", (1, 4, 3));
    assert!(batch.contains("the same as InstanceNorm: with one example it does not matter"), "{batch}");
    let single = told("layer-norm", (6, 1, 5));
    assert!(single.contains("the same as InstanceNorm: with one feature it does not matter"), "{single}");
    let two = told("robust", (2, 3, 1));
    assert!(two.contains("the same as z-score: of two values the mean is the median"), "{two}");
    assert!(two.ends_with("only equal ones become 0."), "{two}");
}

#[test]
fn groups_make_group_norm_what_it_is() {
    let group = |groups| Custom {
        examples: Sharing::Separate,
        features: FeatureChoice::Groups,
        groups,
        eps: 1e-5,
        ..Custom::default()
    };
    let (dim, reasons) = ((6, 4, 3), |naming: &Naming, name| {
        naming.also.iter().find(|same| same.name == name).map(|same| same.because.clone())
    });
    let of = |custom: Custom| {
        let recipe = Method::Custom(custom).recipe(shape(dim)).unwrap();
        Naming::of(&recipe, shape(dim)).unwrap()
    };
    let usual = |naming: &Naming| matches!(naming.called, Called::Usual { name: Name::GroupNorm, .. });
    let (one, two, four) = (of(group(1)), of(group(2)), of(group(4)));
    assert!(usual(&one) && usual(&two) && usual(&four));
    assert_eq!(reasons(&one, Name::LayerNorm(Over::ChannelsPositions)), Some(vec![Reason::OneGroup]));
    assert_eq!(reasons(&four, Name::InstanceNorm), Some(vec![Reason::GroupPerFeature]));
    assert_eq!(two.also, []);
    // One group at each position is what transformers do, and has that name by no other way.
    let naming = of(Custom { positions: Sharing::Separate, ..group(1) });
    let Called::Same(same) = naming.called else { panic!("{naming:?}") };
    assert_eq!((same.name, same.because), (Name::LayerNorm(Over::Channels), vec![Reason::OneGroup]));
    assert_eq!(same.method, Method::LayerNorm(LayerNorm { over: Over::Channels, ..LayerNorm::default() }));
}

#[test]
fn what_has_no_name_is_near_to_one() {
    let nearest = |custom: Custom| {
        let recipe = Method::Custom(custom).recipe(shape((6, 4, 3))).unwrap();
        let naming = Naming::of(&recipe, shape((6, 4, 3))).unwrap();
        let said = naming.sentences().swap_remove(0);
        let Called::Nearest { name, differs, .. } = naming.called else { panic!("{naming:?}") };
        (name, differs, said)
    };
    let (name, differs, said) = nearest(Custom { center: Center::Median, ..Custom::default() });
    assert_eq!(name, Name::ZScore);
    assert_eq!(differs, [Difference::Center { here: Center::Median, there: Center::Mean }]);
    let expected = "This has no usual name. The nearest method with a name is z-score: this subtracts the median, that one the mean.";
    assert_eq!(said, expected);
    // An eps makes it no z-score, n - 1 no BatchNorm: one choice from either.
    let (name, differs, _) =
        nearest(Custom { eps: 1e-5, divisor: normlab::engine::Divisor::NMinusOne, ..Custom::default() });
    assert_eq!((name, differs.len()), (Name::ZScore, 1), "z-score with an eps");
    let together =
        Custom { features: FeatureChoice::Together, center: Center::None, scale: ScaleChoice::L1, ..Custom::default() };
    let (name, _, said) = nearest(together);
    assert_eq!(name, Name::UnitLength(Norm::L1));
    assert!(said.ends_with("examples share statistics in this, but not in that one."), "{said}");
}

#[test]
fn the_usual_methods_are_called_by_their_own_names() {
    for name in Name::ALL {
        let method = name.usual(4);
        let recipe = method.recipe(shape((6, 4, 3))).unwrap();
        let naming = Naming::of(&recipe, shape((6, 4, 3))).unwrap();
        assert_eq!(naming.called, Called::Usual { name, method });
    }
    let slugs = |method: &Method| method.info().slug;
    let mut named: Vec<_> = Name::ALL.iter().map(|name| slugs(&name.usual(4))).collect();
    named.dedup();
    let listed: Vec<_> = Method::all().iter().map(slugs).filter(|slug| *slug != "custom").collect();
    assert!(listed.iter().all(|slug| named.contains(slug)), "every method of the list has a name: {listed:?}");
}

#[test]
fn the_map_shows_every_name_where_it_belongs() {
    let map = MethodMap::new(shape((6, 4, 3))).unwrap();
    assert_eq!((map.rows.len(), map.columns.len()), (5, 7));
    let shown: usize = map.cells.iter().map(|cell| cell.methods.len()).sum();
    assert_eq!(shown, Name::ALL.len());
    for (row, grouping) in map.rows.iter().enumerate() {
        for (column, statistic) in map.columns.iter().enumerate() {
            let cell = map.cell(row, column).unwrap();
            for method in cell.methods.iter().map(|(_, method)| method).chain([&cell.mixture]) {
                let recipe = method.recipe(shape((6, 4, 3))).unwrap();
                assert_eq!((recipe.grouping, (recipe.center, recipe.scale)), (*grouping, *statistic));
            }
        }
    }
    let first: Vec<_> = map.cells[0].methods.iter().map(|(name, _)| *name).collect();
    assert_eq!(first, [Name::ZScore, Name::BatchNorm]);
    assert!(map.cell(5, 0).is_none() && map.cell(0, 7).is_none());
    // Groups that fit: two of four features, three of nine, as many as there are of seven.
    for (features, groups) in [(4, 2), (9, 3), (7, 7), (1, 1)] {
        let map = MethodMap::new(shape((6, features, 3))).unwrap();
        let found = map.cells.iter().flat_map(|cell| &cell.methods).find_map(|(_, method)| match method {
            Method::GroupNorm(method) => Some(method.groups),
            _ => None,
        });
        assert_eq!(found, Some(groups));
    }
}

#[test]
fn every_method_has_its_place_on_the_map_and_the_map_grows_for_it() {
    let shape = shape((6, 4, 3));
    let (plain, mut grown) = (MethodMap::new(shape).unwrap(), 0);
    for custom in grid(4) {
        let recipe = Method::Custom(custom.clone()).recipe(shape).unwrap();
        let (map, (row, column)) = MethodMap::around(&recipe, shape).unwrap();
        assert_eq!(map.cells.len(), map.rows.len() * map.columns.len());
        let Method::Custom(there) = &map.cell(row, column).unwrap().mixture else { panic!() };
        let same =
            Custom { groups: there.groups, divisor: there.divisor, eps: 0.0, gamma: 1.0, beta: 0.0, ..custom.clone() };
        assert_eq!(*there, same, "settings of a place are left out");
        // No place is there twice: how many groups, and which divisor, are settings.
        let words: BTreeSet<_> = map.rows.iter().map(|grouping| grouping.words()).collect();
        let kinds = map.columns.iter().map(|(center, scale)| (center.words(), discriminant(scale)));
        let kinds: HashSet<_> = kinds.collect();
        assert_eq!((words.len(), kinds.len()), (map.rows.len(), map.columns.len()), "{custom:?}");
        // What was there before stays where it is.
        assert!(map.rows.starts_with(&plain.rows) && map.columns.starts_with(&plain.columns));
        grown += usize::from(map != plain);
    }
    assert!(grown > 100, "{grown}");
    for name in Name::ALL {
        let (map, (row, column)) = MethodMap::around(&name.usual(4).recipe(shape).unwrap(), shape).unwrap();
        assert_eq!(map, plain);
        assert!(map.cell(row, column).unwrap().methods.iter().any(|(other, _)| *other == name), "{name:?}");
    }
}

#[test]
fn every_grouping_and_statistic_has_words_of_its_own() {
    let mut words = BTreeSet::new();
    grid(6).iter().for_each(|custom| _ = words.insert(custom.grouping().words()));
    assert_eq!(words.len(), 12);
    assert!(Center::ALL.iter().filter_map(|(center, ..)| center.words()).count() == 3);
    assert!(Scale::None.words().is_none() && Scale::L1.words().is_some());
}
