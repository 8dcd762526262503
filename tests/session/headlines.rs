//! What a learner reads first, of data where something else matters each time.

use normlab::caption::caption;
use normlab::engine::Method;
use normlab::figure::pairs;
use normlab::plot::number::format4;
use normlab::protocol::FitOn;
use normlab::state::Action;

use crate::explorer::Explorer;

/// The page at an address, as a visitor opens it.
fn at(mut explorer: Explorer, method: &'static str, settings: &[(&'static str, &str)]) -> Explorer {
    explorer.act(Action::ChooseMethod(method));
    for &(key, text) in settings {
        explorer.act(Action::SetMethod { key, text: text.into() });
    }
    explorer
}

fn headline(mut explorer: Explorer) -> String {
    caption(&explorer.view()).headline
}

fn outliers() -> Explorer {
    Explorer::generated("outliers", &[], 1)
}

#[test]
fn a_few_values_far_out_squeeze_the_others_and_robust_scaling_does_not() {
    let min_max = headline(at(outliers(), "min-max", &[]));
    assert_eq!(min_max, "Three values at 20 squeeze the middle half of x1 into 0.10 to 0.17.");
    let robust = headline(at(outliers(), "robust", &[]));
    assert!(
        robust.starts_with("Robust scaling keeps the middle half of x1 1 wide; three values at 20 stay far out, at "),
        "{robust}"
    );
    let z_score = headline(at(outliers(), "z-score", &[]));
    assert!(
        z_score.starts_with("Three values at 20 widen the standard deviation of x1: its middle half takes only"),
        "{z_score}"
    );
    let income = "age,income\n31,28000\n45,41000\n28,35000\n60,52000\n52,39000\n39,31000\n47,45000\n33,1000000\n29,36000\n41,33000\n";
    let robust = headline(at(Explorer::text(income), "robust", &[]));
    assert!(robust.contains("middle half of income 1 wide; one value at 1,000,000 stays far out, at "), "{robust}");
    let max_abs = headline(at(Explorer::text(income), "max-abs", &[]));
    assert_eq!(max_abs, "One value at 1,000,000 squeezes the middle half of income into 0.034 to 0.044.");
    // The rest of the sentences judge the spread by the middle half where there are outliers.
    let three = "a,b,c\n1,20,3\n2,24,5\n3,29,4\n4,22,6\n5,25,2\n6,21,1\n3,27,3\n4,23,5\n2,26,4\n5,22,900\n";
    let layer = headline(at(Explorer::text(three), "layer-norm", &[]));
    assert!(layer.starts_with("The middle half of b is 1.9 times wider than that of c. After LayerNorm, "), "{layer}");
}

#[test]
fn a_value_that_shares_statistics_with_no_other_becomes_0() {
    let instance = headline(at(Explorer::sample("wine"), "instance-norm", &[]));
    assert_eq!(
        instance,
        "With one value per feature of an example, InstanceNorm has nothing to compare it with: every value becomes 0."
    );
    let layer = headline(at(Explorer::generated("drawn", &[], 1), "layer-norm", &[]));
    assert_eq!(layer, "With one value per example, LayerNorm has nothing to compare it with: every value becomes 0.");
}

/// The title of the plot says which mode it shows.
#[test]
fn the_plot_of_evaluation_says_so() {
    let mut explorer = at(Explorer::sample("ctr-revenue"), "batch-norm", &[("mode", "evaluation")]);
    let view = explorer.view();
    assert_eq!(pairs(&view, true, 1)[0].after.title, "After BatchNorm (evaluation)");
}

#[test]
fn features_that_share_statistics_with_a_much_larger_one_become_one_value() {
    let rms = headline(at(Explorer::sample("ctr-revenue"), "rms-norm", &[]));
    assert_eq!(
        rms,
        "After RMSNorm, every revenue becomes 1.414, every ctr almost 0: they share statistics, and the largest decides."
    );
    let layer = headline(at(Explorer::sample("ctr-revenue"), "layer-norm", &[]));
    assert_eq!(
        layer,
        "With two features, LayerNorm can only say which is larger: every value becomes \u{2212}1 or 1. Features of different \
         units should not share statistics."
    );
}

#[test]
fn one_row_is_enough_for_some_methods() {
    let row = || Explorer::text("1 2 3 4\n");
    assert_eq!(
        headline(at(row(), "layer-norm", &[])),
        "One example is enough for LayerNorm: it compares the features of that row."
    );
    assert_eq!(
        headline(at(row(), "z-score", &[])),
        "With one row, each feature holds a single value and becomes 0: z-score has nothing to compare it with."
    );
}

#[test]
fn evaluation_tells_what_the_start_still_weighs() {
    let told = headline(at(Explorer::sample("ctr-revenue"), "batch-norm", &[("mode", "evaluation")]));
    assert!(
        told.starts_with(
            "After seven batches, the starting mean 0 and variance 1 still weigh 47.8% in the running statistics. After \
             BatchNorm, revenue spreads"
        ),
        "{told}"
    );
    let long = at(Explorer::sample("ctr-revenue"), "batch-norm", &[("mode", "evaluation"), ("momentum", "0.9")]);
    assert!(!headline(long).contains("starting"), "0.1^7 is next to nothing");
}

#[test]
fn a_constant_column_becomes_one_value_and_eps_is_named_where_it_works() {
    let data = || Explorer::text("a,b,c\n1,10,5\n2,30,5\n4,20,5\n");
    let with_all = |method| {
        let mut explorer = at(data(), method, &[]);
        explorer.act(Action::ChooseColumns(Some(["a", "b", "c"].map(String::from).into())));
        headline(explorer)
    };
    assert_eq!(
        with_all("z-score"),
        "c is constant: it becomes 0 everywhere. After z-score, the 2 features that vary have the same spread."
    );
    assert!(
        with_all("batch-norm").starts_with(
            "c is constant: it becomes 0 everywhere; \u{221a}eps keeps BatchNorm from dividing 0 by 0. After BatchNorm,"
        ),
        "{}",
        with_all("batch-norm")
    );
}

#[test]
fn rows_that_were_not_fitted_may_land_outside() {
    let mut explorer = at(Explorer::sample("ctr-revenue"), "min-max", &[]);
    explorer.act(Action::SetFit(FitOn::Train { share: 0.75, seed: 1 }));
    let view = explorer.view();
    let told = caption(&view).headline;
    let held_out = view.facts.held_out.unwrap();
    assert_eq!(held_out.values, 100, "50 rows of two features");
    assert!(told.contains("of 100 test values land"), "{told}");
}

#[test]
fn an_eps_beyond_the_variance_is_named() {
    let told = headline(at(Explorer::sample("ctr-revenue"), "batch-norm", &[("eps", "0.1")]));
    assert!(
        told.starts_with("eps is 156 times the variance of ctr, so the standard deviation of ctr becomes 0.07"),
        "{told}"
    );
}

#[test]
fn one_group_is_layer_norm_and_says_so() {
    let told = headline(at(Explorer::sample("wine"), "group-norm", &[("groups", "1")]));
    let same = "With one group, GroupNorm is LayerNorm";
    let shared = "the 13 values of each row share one mean and one standard deviation.";
    assert_eq!(told, format!("{same}: {shared}"));
    let few = headline(at(Explorer::sample("iris"), "group-norm", &[("groups", "1")]));
    assert!(few.starts_with(&format!("{same}. After GroupNorm, ")), "{few}");
    let told = headline(at(Explorer::sample("wine"), "group-norm", &[("groups", "13")]));
    assert!(told.starts_with("With one feature per group, GroupNorm is InstanceNorm."), "{told}");
}

/// The question of arrays and of tables with many features: which numbers share statistics?
#[test]
fn methods_within_an_example_say_what_shares_statistics() {
    const BOTH: &str = "share one mean and one standard deviation.";
    let told = [
        ("layer-norm", &[][..], "LayerNorm: the 128 values of each row"),
        ("layer-norm", &[("over", "channels")], "LayerNorm: the 8 values of each position of each row"),
        ("group-norm", &[("groups", "2")], "GroupNorm: the 64 values of each group of 4 features of each row"),
        ("group-norm", &[("groups", "1")], "With one group, GroupNorm is LayerNorm: the 128 values of each row"),
        ("instance-norm", &[], "InstanceNorm: the 16 values of each feature of each row"),
    ];
    for (method, settings, who) in told {
        let activations = Explorer::generated("activations", &[], 1);
        assert_eq!(headline(at(activations, method, settings)), format!("{who} {BOTH}"));
    }
    let other = [
        ("rms-norm", &[][..], "RMSNorm: the 128 values of each row share one root mean square."),
        (
            "rms-norm",
            &[("over", "channels")],
            "RMSNorm: the 8 values of each position of each row share one root mean square.",
        ),
        ("unit-length", &[], "Unit length: the 128 values of each row share one L2 norm."),
    ];
    for (method, settings, told) in other {
        assert_eq!(headline(at(Explorer::generated("activations", &[], 1), method, settings)), told);
    }
    for method in ["layer-norm", "instance-norm"] {
        let name = if method == "layer-norm" { "LayerNorm" } else { "InstanceNorm" };
        let digits = headline(at(Explorer::sample("digits"), method, &[]));
        assert_eq!(digits, format!("{name}: the 64 values of each row {BOTH}"));
    }
    let wine = headline(at(Explorer::sample("wine"), "layer-norm", &[]));
    assert_eq!(wine, format!("LayerNorm: the 13 values of each row {BOTH}"));
    // Of a few features, how they spread says more; and what goes over the rows is told otherwise.
    for (data, method) in [("iris", "layer-norm"), ("wine", "z-score"), ("digits", "batch-norm")] {
        let told = headline(at(Explorer::sample(data), method, &[]));
        assert!(!told.contains(" share one "), "{data}, {method}: {told}");
    }
}

#[test]
fn skewed_data_and_heavy_tails_are_not_outliers() {
    let of = |data, settings: &[(&str, &str)], seed, method| {
        headline(at(Explorer::generated(data, settings, seed), method, &[]))
    };
    for seed in 1..6 {
        for (method, name) in [("z-score", "z-score"), ("min-max", "min-max"), ("robust", "robust scaling")] {
            let skewed = of("lognormal", &[("columns", "2")], seed, method);
            assert!(
                skewed.starts_with("x1 and x2 are skewed, with long tails to the right: the middle half of x"),
                "{seed}: {skewed}"
            );
            assert!(skewed.contains(&format!("after {name}")) && !skewed.contains("values"), "{seed}: {skewed}");
            let heavy = of("student-t", &[("columns", "1")], seed, method);
            assert!(heavy.starts_with("x1 has heavy tails on both sides: its middle half "), "{seed}: {heavy}");
        }
    }
    let very = of("lognormal", &[("columns", "1"), ("log-sd", "2")], 1, "z-score");
    assert!(very.starts_with("x1 is skewed, with a long tail to the right: its middle half takes only "), "{very}");
    // Turned over, the tail is at the left.
    let left = "x\n-1\n-1.1\n-1.2\n-1.3\n-1.4\n-1.5\n-1.7\n-2\n-2.4\n-3\n-4\n-5.5\n-7\n";
    let told = headline(at(Explorer::text(left), "robust", &[]));
    assert!(!told.contains("values"), "{told}");
}

/// Columns of one kind differ by chance.
#[test]
fn what_samples_differ_by_is_no_difference() {
    for data in ["normal", "uniform"] {
        for seed in 1..9 {
            for method in ["z-score", "min-max", "max-abs"] {
                let told = headline(at(Explorer::generated(data, &[], seed), method, &[]));
                assert!(!told.contains("times"), "{data}, {seed}, {method}: {told}");
            }
        }
    }
    let told = headline(at(Explorer::generated("normal", &[("columns", "2")], 1), "z-score", &[]));
    assert!(told.contains(" have about the same spread. After z-score, "), "{told}");
}

/// The feature that decides distances is told of, not one that has a few values far out and counts for nothing.
#[test]
fn what_dominates_comes_before_the_tails_of_what_does_not() {
    let mut explorer = at(Explorer::sample("breast-cancer"), "z-score", &[]);
    let caption = caption(&explorer.view());
    assert!(caption.headline.starts_with("Worst area spreads "), "{}", caption.headline);
    assert!(
        caption.headline.ends_with(" After z-score, all 30 features have the same spread."),
        "{}",
        caption.headline
    );
    let share = "Worst area alone makes up 71.";
    assert!(caption.distances.starts_with(share), "{}", caption.distances);
}

#[test]
fn equal_within_rounding_is_the_same() {
    for (slug, n) in [("wine", 13), ("iris", 4)] {
        let told = headline(at(Explorer::sample(slug), "z-score", &[]));
        assert!(told.ends_with(&format!("After z-score, all {n} features have the same spread.")), "{told}");
    }
}

#[test]
fn who_dominates_distances_is_told_with_a_neighbour_that_changes() {
    let mut explorer = at(Explorer::sample("ctr-revenue"), "z-score", &[]);
    let view = explorer.view();
    let detail = caption(&view).distances;
    let share = "Revenue alone makes up more than 99.9% of the squared distance between rows; after z-score 50.0%.";
    assert!(detail.contains(share), "{detail}");
    let (row, old, new) = view.facts.neighbours.unwrap().example.unwrap();
    let neighbours =
        format!("The nearest neighbour of row {} is row {} before and row {} after z-score", row + 1, old + 1, new + 1);
    assert!(detail.contains(&neighbours), "{detail}");
    // Worked out once more.
    let page = explorer.rows(&normlab::protocol::RowsQuery { count: 1000, ..Default::default() });
    let nearest = |of: fn(&normlab::protocol::Row) -> &Vec<f64>| {
        let own = of(&page.rows[row as usize]);
        let distance = |other: &Vec<f64>| own.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
        let others = page.rows.iter().enumerate().filter(|(index, _)| *index as u64 != row);
        others.min_by(|a, b| distance(of(a.1)).total_cmp(&distance(of(b.1)))).unwrap().0 as u64
    };
    assert_eq!((nearest(|row| &row.before), nearest(|row| &row.after)), (old, new));
}

#[test]
fn a_logarithmic_axis_draws_shapes_differently() {
    let mut explorer = at(Explorer::sample("ctr-revenue"), "z-score", &[]);
    explorer.act(Action::SetScale(normlab::plot::AxisScale::SymLog));
    assert!(caption(&explorer.view()).detail.contains("do not change, but a logarithmic axis"));
}

/// What would be said too much: each was, once.
#[test]
fn nothing_is_said_that_is_not_so() {
    let row = || Explorer::text("1 2 3 4\n");
    for (method, settings) in [("instance-norm", &[][..]), ("group-norm", &[("groups", "4")])] {
        let told = headline(at(row(), method, settings));
        assert!(!told.contains("One example is enough"), "{method} has groups of one value: {told}");
    }
    // A running variance is not 0 where the data are constant.
    let constant = || Explorer::text("a,b\n5,1\n5,2\n5,4\n5,9\n");
    let mut explorer = at(constant(), "batch-norm", &[("mode", "evaluation"), ("momentum", "1")]);
    explorer.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into())));
    let told = headline(explorer);
    assert!(!told.contains("dividing 0 by 0"), "{told}");
    // In evaluation the start comes first, whatever else there is.
    let mut explorer = at(outliers(), "batch-norm", &[("mode", "evaluation")]);
    assert!(caption(&explorer.view()).headline.contains("the starting mean 0 and variance 1 still weigh"));
    // Gamma decides the deviation as well as eps does.
    let told = headline(at(Explorer::sample("ctr-revenue"), "batch-norm", &[("eps", "0.1"), ("gamma", "3")]));
    assert!(!told.contains("instead of 1"), "{told}");
    // Values far above the others, all of them negative.
    let negative = "x,y\n-101,1\n-102,2\n-103,3\n-104,4\n-105,5\n-106,6\n-107,7\n-108,8\n-109,9\n-110,10\n-103,4\n-104,5\n-105,3\n-106,2\n\
                    -107,8\n-104,6\n-103,5\n-108,4\n-10,3\n-5,6\n";
    let told = headline(at(Explorer::text(negative), "min-max", &[]));
    assert!(told.starts_with("Two values up to \u{2212}5 squeeze"), "{told}");
    // A distance to a row with a missing value is none, and one over positions is no sum over features.
    for mut explorer in [Explorer::text("a,b\n1,1000\n2,3000\n,2000\n4,9000\n"), Explorer::sample("activations-before")]
    {
        let told = caption(&explorer.act(Action::ChooseMethod("z-score")).view()).distances;
        assert!(!told.contains("squared distance"), "{told}");
    }
}

/// What is said is what happens: the mean of the feature, by the statistics of each batch.
#[test]
fn batches_of_the_main_plot_have_their_own_statistics() {
    let in_batches = |size| at(Explorer::sample("ctr-revenue"), "batch-norm", &[("batches", "sized"), ("batch", size)]);
    let told = headline(in_batches("32"));
    assert!(told.starts_with("In batches of 32 rows, equal values become different numbers: the mean of "), "{told}");
    let view = in_batches("32").view();
    let (name, mean) = if told.contains("mean of ctr") { ("ctr", 0) } else { ("revenue", 1) };
    let mean = view.features[mean].before.mean;
    let groups: Vec<_> =
        view.groups.first.iter().filter(|group| group.name.ends_with(name) && group.count == 32).collect();
    assert_eq!((view.groups.total, groups.len()), (14, 6));
    assert_eq!(groups[1].name, format!("rows 33 to 64, {name}"));
    let outputs: Vec<String> = groups.iter().map(|group| format4((mean - group.center) / group.scale)).collect();
    assert!(outputs.iter().filter(|output| told.contains(output.as_str())).count() >= 2, "{told} of {outputs:?}");
    assert_eq!(
        headline(in_batches("1")),
        "With one row per batch, BatchNorm has nothing to compare it with: every value becomes 0."
    );
    // One batch of all rows is the default.
    let whole = at(Explorer::sample("ctr-revenue"), "batch-norm", &[]);
    assert_eq!(headline(in_batches("200")), headline(whole));
}

/// Squares of such values are no numbers of 64 bits; shares and neighbours are found all the same.
#[test]
fn distances_between_enormous_and_tiny_values_are_compared() {
    for unit in ["e307", "e-170"] {
        let rows = [(1.0, 1), (4.0, 2), (2.0, 9), (8.5, 3), (1.2, 8)];
        let rows: String = rows.iter().map(|(a, b)| format!("{a}{unit},{b}e-300\n")).collect();
        let told = caption(&at(Explorer::text(&format!("a,b\n{rows}")), "z-score", &[]).view());
        let detail = &told.distances;
        assert!(detail.starts_with("a alone makes up 100% of the squared distance"), "{detail}");
        // By a alone the fifth row is nearest to the first; afterwards b counts as well.
        assert!(detail.contains("The nearest neighbour of row 1 is row 5 before and row 2 after"), "{detail}");
    }
}

/// The variance of such values is no number of 64 bits.
#[test]
fn an_eps_beside_a_vanishing_variance_is_no_infinite_multiple_of_it() {
    let told = headline(at(Explorer::text("a,b\n1e-170,1\n2e-170,2\n4e-170,4\n"), "batch-norm", &[]));
    assert!(
        told.starts_with(
            "eps is more than 10\u{b3}\u{2070}\u{2078} times the variance of a, so the standard deviation of a becomes "
        ),
        "{told}"
    );
}

/// However large and small the values are, what is said of them has numbers.
#[test]
fn captions_of_enormous_and_tiny_values_have_numbers() {
    let extremes = [
        "a,b\n1e308,2\n-1e308,3\n1.5e308,4\n-1.7e308,1\n",
        "a,b\n5e-324,1e300\n1e-323,2e300\n1.5e-323,4e300\n0,1e300\n",
        "a,b\n1e-170,1\n2e-170,2\n4e-170,4\n3e-170,1\n",
        "a,b\n1e160,1e-160\n-3e160,2e-160\n2e160,-4e-160\n1e160,3e-160\n",
        "a,b\n-1.7e308,0\n1.7e308,0\n1.7e308,1\n1.7e308,5e-324\n",
    ];
    for (text, method) in
        extremes.into_iter().flat_map(|text| Method::all().into_iter().map(move |method| (text, method)))
    {
        let slug = method.info().slug;
        let mut explorer = Explorer::text(text);
        let told = caption(&explorer.act(Action::ChooseMethod(slug)).view());
        let all = format!("{} {} {}", told.headline, told.detail, told.distances);
        assert!(!all.contains('\u{221e}') && !all.contains("inf"), "{slug} of {text}: {all}");
    }
}
