//! The sentences on the screen are true of the numbers under them.

use normlab::caption::{Telling, caption, warnings};
use normlab::plot::number::format4;
use normlab::protocol::{AxisPolicy, FitOn};
use normlab::state::Action;

use crate::explorer::Explorer;

fn headline(explorer: &mut Explorer) -> String {
    caption(&explorer.view()).headline
}

#[test]
fn what_is_constant_is_not_said_to_spread() {
    let mut explorer = Explorer::generated("constant-column", &[], 1);
    assert!(
        headline(&mut explorer).ends_with("After z-score, the 2 features that vary have the same spread."),
        "{}",
        headline(&mut explorer)
    );
    let mut explorer = Explorer::text("a,b,c,d\n1,10,5,3\n2,30,9,3\n4,20,8,3\n");
    explorer.act(Action::ChooseColumns(Some(["a", "b", "c", "d"].map(String::from).into())));
    assert!(
        headline(&mut explorer).ends_with("After z-score, the 3 features that vary have the same spread."),
        "{}",
        headline(&mut explorer)
    );
    let mut explorer = Explorer::sample("wine");
    assert!(
        headline(&mut explorer).ends_with("After z-score, all 13 features have the same spread."),
        "{}",
        headline(&mut explorer)
    );
}

#[test]
fn layer_norm_of_two_features_leaves_nothing_of_them() {
    let mut explorer = Explorer::sample("ctr-revenue");
    explorer.act(Action::ChooseMethod("layer-norm"));
    let caption = caption(&explorer.view());
    assert!(caption.headline.contains("can only say which is larger"), "{caption:?}");
    // What rounding leaves has no shape.
    assert!(!caption.detail.contains("shape"), "{caption:?}");
}

#[test]
fn rounding_is_not_read_out() {
    let mut explorer = Explorer::sample("digits");
    assert!(headline(&mut explorer).ends_with("After z-score: 0 and 1."), "{}", headline(&mut explorer));
}

#[test]
fn shapes_stay_where_a_feature_is_treated_as_a_whole() {
    let mut explorer = Explorer::sample("wine");
    for slug in ["min-max", "z-score", "robust", "max-abs", "batch-norm", "custom"] {
        let caption = caption(&explorer.act(Action::ChooseMethod(slug)).view());
        assert!(caption.detail.ends_with("The shapes do not change."), "{slug}: {caption:?}");
    }
    let caption = caption(&explorer.act(Action::ChooseMethod("layer-norm")).view());
    assert!(caption.detail.ends_with("The shapes change as well."), "{caption:?}");
}

#[test]
fn missing_values_and_own_axes_are_worth_knowing() {
    let mut explorer = Explorer::sample("penguins");
    assert!(warnings(&explorer.view()).iter().any(|text| text.starts_with("8 values are missing")));
    assert!(!warnings(&explorer.view()).iter().any(|text| text.contains("Separate axes")));
    let view = explorer.act(Action::SetAxes(AxisPolicy::Separate)).view();
    assert!(warnings(&view).iter().any(|text| text.contains("Separate axes")));
}

#[test]
fn a_mixture_is_described_as_it_is() {
    let mut explorer = Explorer::sample("iris");
    let detail = |explorer: &mut Explorer| caption(&explorer.view()).detail;
    explorer.act(Action::ChooseMethod("custom"));
    assert!(
        detail(&mut explorer)
            .starts_with("From every value the mean of its feature is subtracted; the rest is divided")
    );
    for (key, text) in [("examples", "apart"), ("features", "together"), ("center", "none"), ("divide", "iqr")] {
        explorer.act(Action::SetMethod { key, text: text.into() });
    }
    let said = "Every value is divided by the interquartile range of its example; nothing is subtracted.";
    assert!(detail(&mut explorer).starts_with(said), "{}", detail(&mut explorer));
}

#[test]
fn evaluation_does_not_speak_of_the_statistics_of_the_batch() {
    let mut explorer = Explorer::sample("iris");
    let training = caption(&explorer.act(Action::ChooseMethod("batch-norm")).view());
    assert!(training.detail.starts_with("Each feature is centred on the mean of the batch"), "{training:?}");
    let set = Action::SetMethod { key: "mode", text: "evaluation".into() };
    let evaluation = caption(&explorer.act(set).view());
    assert!(evaluation.detail.starts_with("Each feature is centred on its running mean"), "{evaluation:?}");
}

/// What a mixture is called does not count gamma and beta, and the page says so.
#[test]
fn a_name_is_that_of_a_mixture_before_gamma_and_beta() {
    let mut explorer = Explorer::sample("wine");
    explorer.act(Action::ChooseMethod("custom"));
    let said = |explorer: &mut Explorer| caption(&explorer.view()).detail;
    let before = "That is before gamma and beta";
    assert!(!said(&mut explorer).contains(before));
    explorer.act(Action::SetMethod { key: "gamma", text: "2".into() });
    let told = said(&mut explorer);
    assert!(told.contains("This is z-score.") && told.contains(before), "{told}");
}

/// The size of the data takes nothing from what has no unit, nor from a spread.
#[test]
fn statistics_of_large_numbers_are_told_as_they_are() {
    let mut explorer = Explorer::text(include_str!("../fixtures/cases/87-gdp.csv"));
    explorer.act(Action::ChooseMethod("z-score"));
    let view = explorer.view();
    let telling = Telling::of_view(&view);
    let gdp = view.features.iter().find(|feature| feature.name == "gdp_usd").unwrap();
    for summary in [gdp.before, gdp.after] {
        assert_eq!((format4(summary.skewness), format4(summary.excess_kurtosis)), ("1.429".into(), "0.553".into()));
    }
    assert_eq!(telling.after(&gdp.after).mean, 0.0);
    assert!(caption(&view).detail.ends_with("The shapes do not change."));
    let mut explorer =
        Explorer::text("x\n100000000000001\n100000000000002\n100000000000003\n100000000000004\n100000000000009\n");
    explorer.act(Action::ChooseMethod("z-score"));
    assert_eq!(headline(&mut explorer), "x: mean 1×10¹⁴ and standard deviation 2.786. After z-score: 0 and 1.");
}

#[test]
fn the_divisor_that_is_chosen_is_that_of_the_statistics() {
    let mut explorer = Explorer::text("x\n1\n2\n3\n4\n5\n");
    explorer.act(Action::ChooseMethod("z-score")).act(Action::SetMethod { key: "divisor", text: "n-1".into() });
    let view = explorer.view();
    assert_eq!(format4(view.features[0].after.sd), "0.8944");
    assert_eq!(format4(Telling::of_view(&view).sd(&view.features[0].after)), "1");
    assert_eq!(
        caption(&view).headline,
        "x: mean 3 and standard deviation 1.581 (divisor n − 1). After z-score: 0 and 1."
    );
}

/// Experiments are offered where the caption says what they are about.
#[test]
fn what_a_caption_claims_leads_to_its_experiment() {
    let claims = |explorer: &mut Explorer| -> Vec<&str> {
        caption(&explorer.view()).claims.iter().map(|claim| claim.experiment).collect()
    };
    assert_eq!(claims(&mut Explorer::sample("wine")), ["nearest", "shape"]);
    let mut outliers = Explorer::generated("outliers", &[], 1);
    outliers.act(Action::ChooseMethod("min-max"));
    assert!(claims(&mut outliers).contains(&"outliers"));
    let mut held_out = Explorer::sample("ctr-revenue");
    held_out.act(Action::SetFit(FitOn::Train { share: 0.75, seed: 1 }));
    assert!(claims(&mut held_out).contains(&"leakage"));
    assert_eq!(claims(&mut Explorer::sample("digits")), [""; 0]);
}
