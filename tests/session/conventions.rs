//! Under the rules of a library: its defaults, what it refuses, and what a missing value does.

use normlab::caption::{arithmetic, caption, library, warnings};
use normlab::data::DataCell;
use normlab::engine::{Conventions, Method};
use normlab::plot::number::full;
use normlab::session::{NoYield, QueryError};
use normlab::state::{Action, AppState};

use crate::explorer::{Explorer, ask};

use Conventions::{Flax, Keras, Normlab, Onnx, PyTorch, ScikitLearn};

fn set(key: &'static str, text: &str) -> Action {
    Action::SetMethod { key, text: text.into() }
}

/// As somebody at the page would: the method, then the library.
fn under(explorer: &mut Explorer, library: Conventions, method: &'static str) {
    let (shape, precision) = (explorer.state.shape(&explorer.info), explorer.info.precision());
    explorer.act(Action::ChooseMethod(method)).act(Action::SetConventions(library, shape, precision));
}

fn refusal(explorer: &mut Explorer) -> String {
    let query = explorer.query();
    match ask(&mut explorer.session, &query, &NoYield::default()) {
        Err(QueryError::Because(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn after(explorer: &mut Explorer) -> Vec<f64> {
    explorer.first_rows().rows.iter().map(|row| row.after[0]).collect()
}

/// REFERENCE A: of the batch 1, 2, 3, 6 PyTorch stores mean 0.3 and variance 1.36667, Keras 0.03 and 1.025.
#[test]
fn evaluation_follows_from_what_each_library_stores() {
    for (library, mean, variance, eps) in
        [(PyTorch, 0.3, 1.36667, 1e-5), (Keras, 0.03, 1.025, 1e-3), (Flax, 0.03, 1.025, 1e-5), (Onnx, 0.3, 1.25, 1e-5)]
    {
        let mut explorer = Explorer::text("x\n1\n2\n3\n6\n");
        under(&mut explorer, library, "batch-norm");
        explorer.act(set("mode", "evaluation")).view();
        for (found, x) in after(&mut explorer).into_iter().zip([1.0, 2.0, 3.0, 6.0]) {
            let expected = (x - mean) / f64::sqrt(variance + eps);
            assert!((found - expected).abs() < 2e-5, "{library:?}: {found} is not {expected}");
        }
        // And the arithmetic on the screen is that of these numbers.
        let traced = explorer.session.trace(DataCell { row: 3, column: 0, position: 0 }).unwrap();
        assert_eq!(traced.trace.output, after(&mut explorer)[3]);
        let lines = arithmetic(&traced.trace, full);
        let of = |name: &str| lines.iter().find(|line| line.name == name).unwrap();
        let stored: f64 = of("running variance").result.parse().unwrap();
        assert!((stored - variance).abs() < 5e-6, "{library:?}: {stored}");
        assert!(of("scale").how.contains(&format!("eps {}", full(eps))), "{library:?}: {lines:?}");
    }
}

#[test]
fn a_batch_of_one_is_refused_where_the_library_does_and_the_last_result_stays() {
    let mut explorer = Explorer::text("a,b,c\n1,2,4\n3,5,9\n");
    let all = explorer.info.columns.iter().map(|column| column.name.clone()).collect();
    explorer.act(Action::ChooseColumns(Some(all)));
    under(&mut explorer, PyTorch, "batch-norm");
    explorer.view();
    let before = after(&mut explorer);
    // Walked one row at a time, each batch is a batch of one: also in evaluation, where they are training's.
    explorer.act(set("mode", "evaluation")).act(set("batch", "1"));
    let said = "PyTorch refuses this: \u{201c}Expected more than 1 value per channel when training, got input size \
                torch.Size([1, 3])\u{201d}.";
    assert_eq!(refusal(&mut explorer), said);
    assert_eq!(after(&mut explorer), before, "what is on the screen stays");
    let shape = explorer.state.shape(&explorer.info);
    explorer.act(Action::SetConventions(Keras, shape, Default::default())).view();
    assert!(after(&mut explorer).iter().all(|value| value.is_finite()));

    let mut one = Explorer::text("a,b,c\n1,2,4\n");
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
    let mut explorer = Explorer::text("x\n1\n2\n3\n6\n8\n");
    under(&mut explorer, PyTorch, "batch-norm");
    explorer.act(set("mode", "evaluation")).act(set("batch", "2"));
    assert!(refusal(&mut explorer).contains("torch.Size([1, 1])"));
    explorer.act(set("batch", "3")).view();
}

#[test]
fn a_missing_value_propagates_under_the_rules_of_torch_and_is_left_out_under_those_of_normlab() {
    let text = "a,b\n1,10\n,20\n5,60\n";
    let mut explorer = Explorer::text(text);
    explorer.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into())));
    for mode in ["training", "evaluation"] {
        under(&mut explorer, Normlab, "batch-norm");
        let view = explorer.act(set("mode", mode)).view();
        assert_eq!(view.features[0].after.missing, 1);
        assert!(
            warnings(&view).iter().any(|text| text.contains("left out of the statistics")),
            "{:?}",
            warnings(&view)
        );
        under(&mut explorer, PyTorch, "batch-norm");
        let view = explorer.act(set("mode", mode)).view();
        let missing: Vec<_> = view.features.iter().map(|feature| feature.after.missing).collect();
        assert_eq!(missing, [3, 0], "{mode}: all of the feature, and nothing of the other");
        let expected = ["1 value is missing: the rules of PyTorch leave none out, so 3 are NaN afterwards."];
        assert_eq!(warnings(&view), expected, "{mode}");
        // What is told of one of them says why.
        let traced = explorer.session.trace(DataCell { row: 0, column: 0, position: 0 }).unwrap().trace;
        assert!(traced.output.is_nan() && traced.replay().is_nan());
        let lines = arithmetic(&traced, full);
        assert_eq!(lines.last().unwrap().how, "a value of the group is missing", "{mode}");
        assert!(lines.iter().all(|line| !line.how.contains("there is no value")), "{lines:?}");
    }
    explorer.act(Action::ChooseColumns(Some(vec!["a".into()])));
    assert_eq!(caption(&explorer.view()).headline, "After BatchNorm, every output is NaN.");
}

#[test]
fn a_value_beside_a_missing_one_is_no_batch_of_one() {
    let mut explorer = Explorer::text("a,b\n7,1\n,2\n");
    explorer.act(Action::ChooseColumns(Some(vec!["a".into()])));
    under(&mut explorer, PyTorch, "batch-norm");
    let torch = explorer.view();
    assert_eq!(torch.features[0].after.missing, 2);
    assert_eq!(torch.warnings, [""; 0], "nothing is subtracted there");
    under(&mut explorer, Normlab, "batch-norm");
    assert!(explorer.view().warnings[0].contains("subtracting its mean gives 0"));
}

#[test]
fn the_normalizer_refuses_missing_values_and_no_other_class_of_scikit_learn() {
    let mut explorer = Explorer::text("a,b\n1,10\n,20\n5,60\n");
    explorer.act(Action::ChooseColumns(Some(["a", "b"].map(String::from).into())));
    for method in Method::all() {
        under(&mut explorer, ScikitLearn, method.info().slug);
        let query = explorer.query();
        let answer = ask(&mut explorer.session, &query, &NoYield::default());
        match method.info().slug {
            "unit-length" => {
                let said = refusal(&mut explorer);
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
    let mut explorer = Explorer::generated("normal", &[("rows", "201000"), ("columns", "4")], 1);
    under(&mut explorer, PyTorch, "layer-norm");
    let cell = DataCell { row: 123_456, column: 2, position: 0 };
    explorer.act(Action::Edit(normlab::data::Edit::Set { cell, value: f64::NAN })).view();
    let column = explorer.query().columns[0];
    let traced = explorer.session.trace(DataCell { column, ..cell }).unwrap().trace;
    assert!(traced.output.is_nan(), "its row holds a missing value: {traced:?}");
    let above = explorer.session.trace(DataCell { row: 123_455, column, position: 0 }).unwrap().trace;
    assert!(above.output.is_finite());
}

#[test]
fn saved_statistics_stay_those_of_before_under_any_library() {
    let mut explorer = Explorer::text("a\n1\n2\n6\n");
    explorer.act(Action::ChooseMethod("z-score")).view();
    let saved = normlab::data::SavedFit::from_json(&explorer.session.save_fit("x").unwrap()).unwrap();
    let shape = explorer.state.shape(&explorer.info);
    explorer.act(Action::UseFit(saved.into()));
    let expected = explorer.view();
    let keras = explorer.act(Action::SetConventions(Keras, shape, Default::default())).view();
    assert_eq!(keras.features, expected.features, "the fit is that of before");
    assert_eq!(explorer.query().conventions, Keras);
}

/// In evaluation nothing is divided by a variance of the batch: it is the gathering that is refused.
#[test]
fn eps_0_in_evaluation_is_refused_where_the_statistics_are_gathered() {
    let mut explorer = Explorer::text("a\n1\n2\n4\n");
    explorer.act(Action::ChooseMethod("batch-norm"));
    explorer.state.conventions = Conventions::PyTorch;
    explorer.act(set("eps", "0"));
    assert_eq!(refusal(&mut explorer), "PyTorch refuses this: eps is 0; allowed: more than 0 in training.");
    explorer.act(set("mode", "evaluation"));
    assert_eq!(
        refusal(&mut explorer),
        "PyTorch refuses this: eps is 0; allowed: more than 0 in training. The running statistics are gathered in \
         training."
    );
}

/// PyTorch 2: `torch.nn.RMSNorm(4)` of the array, whose eps is `torch.finfo(x.dtype).eps`.
#[test]
fn the_eps_of_an_rms_norm_of_pytorch_is_that_of_the_arrays_type() {
    let mut explorer = Explorer::file("cases/75b-rms-f32.npy");
    under(&mut explorer, PyTorch, "rms-norm");
    explorer.view();
    let row = explorer.first_rows().rows[0].after.clone();
    for (found, expected) in row.iter().zip([0.25261, -0.50522, 0.75783, 0.25261]) {
        assert!((found - expected).abs() < 5e-6, "{row:?}");
    }
    let told =
        library(PyTorch, &explorer.state.method, explorer.state.shape(&explorer.info), explorer.info.precision());
    assert!(told.otherwise.is_empty(), "{told:?}");
    // Text, and arrays of float64, are of double precision.
    let mut text = Explorer::text("a,b\n1e-4,-2e-4\n1,2\n");
    under(&mut text, PyTorch, "rms-norm");
    let eps = |explorer: &Explorer| {
        explorer.state.method.parameters().iter().find(|one| one.field.key == "eps").unwrap().value.text()
    };
    assert_eq!([eps(&explorer), eps(&text)].map(|eps| eps.parse()), [Ok(f64::from(f32::EPSILON)), Ok(f64::EPSILON)]);
}

#[test]
fn a_column_that_hardly_varies_is_told_under_scikit_learn() {
    let mut explorer = Explorer::file("cases/79-const.csv");
    for (method, part) in
        [("min-max", "range is below 2.2e-15"), ("z-score", "no more than rounding"), ("robust", "2.2e-15")]
    {
        under(&mut explorer, ScikitLearn, method);
        let told = library(
            ScikitLearn,
            &explorer.state.method,
            explorer.state.shape(&explorer.info),
            explorer.info.precision(),
        );
        let rule = told.rules.iter().find(|rule| rule.contains(part));
        assert!(rule.is_some_and(|rule| rule.starts_with("Not followed here: ")), "{method}: {:?}", told.rules);
    }
}
