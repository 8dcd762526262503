//! Under the rules of a library: its defaults, what it refuses, and what a missing value does.

use normlab::caption::{arithmetic, caption, library, warnings};
use normlab::data::Cell;
use normlab::engine::{Conventions, Method};
use normlab::plot::number::full;
use normlab::session::{NoPace, NoView};
use normlab::state::{Action, AppState};

use crate::lab::{Lab, ask};

use Conventions::{Flax, Keras, Normlab, Onnx, PyTorch, ScikitLearn};

fn set(key: &'static str, text: &str) -> Action {
    Action::SetMethod { key, text: text.into() }
}

/// As somebody at the page would: the method, then the library.
fn under(lab: &mut Lab, library: Conventions, method: &'static str) {
    let (shape, precision) = (lab.state.shape(&lab.info), lab.info.precision());
    lab.act(Action::ChooseMethod(method)).act(Action::SetConventions(library, shape, precision));
}

fn refusal(lab: &mut Lab) -> String {
    let query = lab.query();
    match ask(&mut lab.session, &query, &NoPace::default()) {
        Err(NoView::Because(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn after(lab: &mut Lab) -> Vec<f64> {
    lab.first_rows().rows.iter().map(|row| row.after[0]).collect()
}

/// REFERENCE A: of the batch 1, 2, 3, 6 PyTorch stores mean 0.3 and variance 1.36667, Keras 0.03 and 1.025.
#[test]
fn evaluation_follows_from_what_each_library_stores() {
    for (library, mean, variance, eps) in
        [(PyTorch, 0.3, 1.36667, 1e-5), (Keras, 0.03, 1.025, 1e-3), (Flax, 0.03, 1.025, 1e-5), (Onnx, 0.3, 1.25, 1e-5)]
    {
        let mut lab = Lab::text("x\n1\n2\n3\n6\n");
        under(&mut lab, library, "batch-norm");
        lab.act(set("mode", "evaluation")).view();
        for (found, x) in after(&mut lab).into_iter().zip([1.0, 2.0, 3.0, 6.0]) {
            let expected = (x - mean) / f64::sqrt(variance + eps);
            assert!((found - expected).abs() < 2e-5, "{library:?}: {found} is not {expected}");
        }
        // And the arithmetic on the screen is that of these numbers.
        let traced = lab.session.trace(Cell { row: 3, column: 0, position: 0 }).unwrap();
        assert_eq!(traced.trace.output, after(&mut lab)[3]);
        let lines = arithmetic(&traced.trace, full);
        let of = |name: &str| lines.iter().find(|line| line.name == name).unwrap();
        let stored: f64 = of("running variance").result.parse().unwrap();
        assert!((stored - variance).abs() < 5e-6, "{library:?}: {stored}");
        assert!(of("scale").how.contains(&format!("eps {}", full(eps))), "{library:?}: {lines:?}");
    }
}

#[test]
fn a_batch_of_one_is_refused_where_the_library_does_and_the_last_result_stays() {
    let mut lab = Lab::text("a,b,c\n1,2,4\n3,5,9\n");
    let all = lab.info.columns.iter().map(|column| column.name.clone()).collect();
    lab.act(Action::ChooseColumns(Some(all)));
    under(&mut lab, PyTorch, "batch-norm");
    lab.view();
    let before = after(&mut lab);
    // Walked one row at a time, each batch is a batch of one: also in evaluation, where they are training's.
    lab.act(set("mode", "evaluation")).act(set("batch", "1"));
    let said = "PyTorch refuses this: \u{201c}Expected more than 1 value per channel when training, got input size \
                torch.Size([1, 3])\u{201d}.";
    assert_eq!(refusal(&mut lab), said);
    assert_eq!(after(&mut lab), before, "what is on the screen stays");
    let shape = lab.state.shape(&lab.info);
    lab.act(Action::SetConventions(Keras, shape, Default::default())).view();
    assert!(after(&mut lab).iter().all(|value| value.is_finite()));

    let mut one = Lab::text("a,b,c\n1,2,4\n");
    one.act(Action::ChooseColumns(Some(["a", "b", "c"].map(String::from).into())));
    under(&mut one, PyTorch, "batch-norm");
    assert_eq!(refusal(&mut one), said);
    let state = one.state.clone();
    for library in [Normlab, Keras, Flax, Onnx, ScikitLearn] {
        one.state = AppState { conventions: library, ..state.clone() };
        one.view();
        assert_eq!(after(&mut one), [0.0], "{library:?}");
    }
}

/// The last batch of one epoch: what happens to people who do not drop it.
#[test]
fn a_last_batch_of_one_is_refused_too() {
    let mut lab = Lab::text("x\n1\n2\n3\n6\n8\n");
    under(&mut lab, PyTorch, "batch-norm");
    lab.act(set("mode", "evaluation")).act(set("batch", "2"));
    assert!(refusal(&mut lab).contains("torch.Size([1, 1])"));
    lab.act(set("batch", "3")).view();
}

#[test]
fn a_missing_value_propagates_under_the_rules_of_torch_and_is_left_out_under_those_of_normlab() {
    let text = "a,b\n1,10\n,20\n5,60\n";
    let mut lab = Lab::text(text);
    lab.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into())));
    for mode in ["training", "evaluation"] {
        under(&mut lab, Normlab, "batch-norm");
        let view = lab.act(set("mode", mode)).view();
        assert_eq!(view.features[0].after.missing, 1);
        assert!(
            warnings(&view).iter().any(|text| text.contains("left out of the statistics")),
            "{:?}",
            warnings(&view)
        );
        under(&mut lab, PyTorch, "batch-norm");
        let view = lab.act(set("mode", mode)).view();
        let missing: Vec<_> = view.features.iter().map(|feature| feature.after.missing).collect();
        assert_eq!(missing, [3, 0], "{mode}: all of the feature, and nothing of the other");
        let expected = ["1 value is missing: the rules of PyTorch leave none out, so 3 are NaN afterwards."];
        assert_eq!(warnings(&view), expected, "{mode}");
        // What is told of one of them says why.
        let traced = lab.session.trace(Cell { row: 0, column: 0, position: 0 }).unwrap().trace;
        assert!(traced.output.is_nan() && traced.replay().is_nan());
        let lines = arithmetic(&traced, full);
        assert_eq!(lines.last().unwrap().how, "a value of the group is missing", "{mode}");
        assert!(lines.iter().all(|line| !line.how.contains("there is no value")), "{lines:?}");
    }
    lab.act(Action::ChooseColumns(Some(vec!["a".into()])));
    assert_eq!(caption(&lab.view()).headline, "After BatchNorm, every output is NaN.");
}

#[test]
fn a_value_beside_a_missing_one_is_no_batch_of_one() {
    let mut lab = Lab::text("a,b\n7,1\n,2\n");
    lab.act(Action::ChooseColumns(Some(vec!["a".into()])));
    under(&mut lab, PyTorch, "batch-norm");
    let torch = lab.view();
    assert_eq!(torch.features[0].after.missing, 2);
    assert_eq!(torch.warnings, [""; 0], "nothing is subtracted there");
    under(&mut lab, Normlab, "batch-norm");
    assert!(lab.view().warnings[0].contains("subtracting its mean gives 0"));
}

#[test]
fn the_normalizer_refuses_missing_values_and_no_other_class_of_scikit_learn() {
    let mut lab = Lab::text("a,b\n1,10\n,20\n5,60\n");
    lab.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into())));
    for method in Method::all() {
        under(&mut lab, ScikitLearn, method.info().slug);
        let query = lab.query();
        let answer = ask(&mut lab.session, &query, &NoPace::default());
        match method.info().slug {
            "unit-length" => {
                let said = refusal(&mut lab);
                assert!(
                    said.starts_with("scikit-learn refuses this: Row 2 of ") && said.ends_with(" holds NaN."),
                    "{said}"
                );
            }
            slug => assert!(answer.is_ok(), "{slug}: {answer:?}"),
        }
    }
}

/// Statistics of so many groups are found again for one value: by the same rules.
#[test]
fn of_very_many_groups_each_follows_the_rules_too() {
    let mut lab = Lab::generated("normal", &[("rows", "201000"), ("columns", "4")], 1);
    under(&mut lab, PyTorch, "layer-norm");
    let cell = Cell { row: 123_456, column: 2, position: 0 };
    lab.act(Action::Edit(normlab::data::Edit::Set { cell, value: f64::NAN })).view();
    let column = lab.query().columns[0];
    let traced = lab.session.trace(Cell { column, ..cell }).unwrap().trace;
    assert!(traced.output.is_nan(), "its row holds a missing value: {traced:?}");
    let above = lab.session.trace(Cell { row: 123_455, column, position: 0 }).unwrap().trace;
    assert!(above.output.is_finite());
}

#[test]
fn saved_statistics_stay_those_of_before_under_any_library() {
    let mut lab = Lab::text("a\n1\n2\n6\n");
    lab.act(Action::ChooseMethod("z-score")).view();
    let saved = normlab::data::SavedFit::from_json(&lab.session.save_fit("x").unwrap()).unwrap();
    let shape = lab.state.shape(&lab.info);
    lab.act(Action::UseFit(saved.into()));
    let expected = lab.view();
    let keras = lab.act(Action::SetConventions(Keras, shape, Default::default())).view();
    assert_eq!(keras.features, expected.features, "the fit is that of before");
    assert_eq!(lab.query().conventions, Keras);
}

/// In evaluation nothing is divided by a variance of the batch: it is the gathering that is refused.
#[test]
fn eps_0_in_evaluation_is_refused_where_the_statistics_are_gathered() {
    let mut lab = Lab::text("a\n1\n2\n4\n");
    lab.act(Action::ChooseMethod("batch-norm"));
    lab.state.conventions = Conventions::PyTorch;
    lab.act(set("eps", "0"));
    assert_eq!(refusal(&mut lab), "PyTorch refuses this: eps is 0; allowed: more than 0 in training.");
    lab.act(set("mode", "evaluation"));
    assert_eq!(
        refusal(&mut lab),
        "PyTorch refuses this: eps is 0; allowed: more than 0 in training. The running statistics are gathered in \
         training."
    );
}

/// PyTorch 2: `torch.nn.RMSNorm(4)` of the array, whose eps is `torch.finfo(x.dtype).eps`.
#[test]
fn the_eps_of_an_rms_norm_of_pytorch_is_that_of_the_arrays_type() {
    let mut lab = Lab::file("cases/75b-rms-f32.npy");
    under(&mut lab, PyTorch, "rms-norm");
    lab.view();
    let row = lab.first_rows().rows[0].after.clone();
    for (found, expected) in row.iter().zip([0.25261, -0.50522, 0.75783, 0.25261]) {
        assert!((found - expected).abs() < 5e-6, "{row:?}");
    }
    let told = library(PyTorch, &lab.state.method, lab.state.shape(&lab.info), lab.info.precision());
    assert!(told.otherwise.is_empty(), "{told:?}");
    // Text, and arrays of float64, are of double precision.
    let mut text = Lab::text("a,b\n1e-4,-2e-4\n1,2\n");
    under(&mut text, PyTorch, "rms-norm");
    let eps = |lab: &Lab| lab.state.method.parameters().iter().find(|one| one.field.key == "eps").unwrap().value.text();
    assert_eq!([eps(&lab), eps(&text)].map(|eps| eps.parse()), [Ok(f64::from(f32::EPSILON)), Ok(f64::EPSILON)]);
}

#[test]
fn a_column_that_hardly_varies_is_told_under_scikit_learn() {
    let mut lab = Lab::file("cases/79-const.csv");
    for (method, part) in
        [("min-max", "range is below 2.2e-15"), ("z-score", "no more than rounding"), ("robust", "2.2e-15")]
    {
        under(&mut lab, ScikitLearn, method);
        let told = library(ScikitLearn, &lab.state.method, lab.state.shape(&lab.info), lab.info.precision());
        let rule = told.rules.iter().find(|rule| rule.contains(part));
        assert!(rule.is_some_and(|rule| rule.starts_with("Not followed here: ")), "{method}: {:?}", told.rules);
    }
}
