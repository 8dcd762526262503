//! What libraries do by default, as it was measured on them: scikit-learn 1.9.1, torch 2.13.0, Keras 3.15.1, Flax 0.12.8,
//! onnx 1.23.2.

use ndarray::{Array3, Axis, arr2};
use normlab::engine::conventions::{Alone, FloatPrecision, Offer};
use normlab::engine::method::{BatchNorm, Mode};
use normlab::engine::{Conventions, Method, Shape};
use normlab::parameters::{Options, Parameters};

use super::case::Case;

use Conventions::{Flax, Keras, Normlab, Onnx, PyTorch, ScikitLearn};

const TABLE: Shape = Shape { examples: 8, features: 64, positions: 1 };

fn method(slug: &str) -> Method {
    Method::from_slug(slug).unwrap()
}

fn adapted(library: Conventions, slug: &str) -> Method {
    library.adapt(&method(slug), TABLE, FloatPrecision::Double).method
}

/// A setting of a method in evaluation, as text.
fn setting(method: &Method, key: &str) -> String {
    let mut method = method.clone();
    if let Method::BatchNorm(method) = &mut method {
        method.mode = Mode::Evaluation;
    }
    method.parameters().iter().find(|one| one.field.key == key).unwrap().value.text()
}

#[test]
fn the_defaults_are_those_of_the_libraries() {
    let eps = [
        (PyTorch, "batch-norm", 1e-5),
        (PyTorch, "layer-norm", 1e-5),
        (PyTorch, "rms-norm", 2.220446049250313e-16),
        (PyTorch, "group-norm", 1e-5),
        (PyTorch, "instance-norm", 1e-5),
        (Keras, "batch-norm", 1e-3),
        (Keras, "layer-norm", 1e-3),
        (Keras, "rms-norm", 1e-6),
        (Keras, "group-norm", 1e-3),
        (Keras, "instance-norm", 1e-3),
        (Flax, "batch-norm", 1e-5),
        (Flax, "layer-norm", 1e-6),
        (Flax, "rms-norm", 1e-6),
        (Flax, "group-norm", 1e-6),
        (Flax, "instance-norm", 1e-6),
        (Onnx, "batch-norm", 1e-5),
        (Onnx, "layer-norm", 1e-5),
        (Onnx, "rms-norm", 1e-5),
        (Onnx, "group-norm", 1e-5),
        (Onnx, "instance-norm", 1e-5),
    ];
    for (library, slug, eps) in eps {
        let method = adapted(library, slug);
        assert_eq!(setting(&method, "eps"), eps.to_string(), "{library:?} {slug}");
        // It is what the arithmetic uses.
        assert_eq!(method.recipe(TABLE).unwrap().eps, eps);
    }
    let single = PyTorch.adapt(&method("rms-norm"), TABLE, FloatPrecision::Single).method;
    assert_eq!(setting(&single, "eps"), "0.00000011920928955078125");
    for (library, of, momentum, stored) in [
        (Normlab, "new", "0.1", "unbiased"),
        (PyTorch, "new", "0.1", "unbiased"),
        (Keras, "old", "0.99", "biased"),
        (Flax, "old", "0.99", "biased"),
        (Onnx, "old", "0.9", "biased"),
    ] {
        let method = adapted(library, "batch-norm");
        let found = ["momentum-of", "momentum", "running-variance"].map(|key| setting(&method, key));
        assert_eq!(found, [of, momentum, stored], "{library:?}");
    }
    for (library, groups) in [(Normlab, "1"), (PyTorch, "1"), (Keras, "32"), (Flax, "32"), (Onnx, "1")] {
        assert_eq!(setting(&adapted(library, "group-norm"), "groups"), groups, "{library:?}");
    }
    let mut method = method("min-max");
    [("low", "-1"), ("clip", "true")].iter().for_each(|(key, text)| method.set(key, text).unwrap());
    let scaler = ScikitLearn.adapt(&method, TABLE, FloatPrecision::Double);
    assert_eq!(scaler.method, self::method("min-max"));
    let told: Vec<_> = scaler.changes.iter().map(|change| (change.key, change.from.as_deref(), &*change.to)).collect();
    assert_eq!(told, [("low", Some("-1"), "0"), ("clip", Some("true"), "false")]);
    for (slug, key, usual) in
        [("z-score", "divisor", "n"), ("robust", "low", "25"), ("robust", "high", "75"), ("unit-length", "norm", "l2")]
    {
        assert_eq!(setting(&adapted(ScikitLearn, slug), key), usual);
    }
}

/// The batch 1, 2, 3, 6: its mean is 3, its variance 3.5, the unbiased one 14/3.
#[test]
fn one_batch_moves_the_running_statistics_as_in_each_library() {
    let batch = arr2(&[[1.0], [2.0], [3.0], [6.0]]).insert_axis(Axis(2));
    let shape = Shape::of(&batch.view());
    for (library, mean, variance) in
        [(PyTorch, 0.3, 1.36667), (Keras, 0.03, 1.025), (Flax, 0.03, 1.025), (Onnx, 0.3, 1.25), (Normlab, 0.3, 1.36667)]
    {
        let evaluation = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, ..BatchNorm::default() });
        let Method::BatchNorm(method) = library.adapt(&evaluation, shape, FloatPrecision::Double).method else {
            panic!()
        };
        let running = method.walk(batch.view()).unwrap();
        assert!((running.mean[0] - mean).abs() < 1e-12, "{library:?}: {running:?}");
        assert!((running.variance[0] - variance).abs() < 5e-6, "{library:?}: {running:?}");
        // The output of evaluation follows from these.
        let found = Method::BatchNorm(method.clone()).run(batch.view(), None).unwrap().values[[3, 0, 0]];
        let expected = (6.0 - running.mean[0]) / (running.variance[0] + method.eps).sqrt();
        assert!((found - expected).abs() < 1e-14, "{library:?}: {found}");
    }
    // In training the variance is biased in all of them.
    let y = adapted(PyTorch, "batch-norm").run(batch.view(), None).unwrap().values;
    assert!((y[[0, 0, 0]] + 1.0690).abs() < 5e-5 && (y[[3, 0, 0]] - 1.6036).abs() < 5e-5, "{y}");
    let y = adapted(Keras, "batch-norm").run(batch.view(), None).unwrap().values;
    assert!((y[[3, 0, 0]] - 3.0 / 3.501_f64.sqrt()).abs() < 1e-14, "{y}");
}

#[test]
fn changes_are_told_in_the_words_of_the_page() {
    let keras = Keras.adapt(&method("batch-norm"), TABLE, FloatPrecision::Double);
    let told: Vec<_> = keras.changes.iter().map(|one| (one.label, one.from.as_deref().unwrap(), &*one.to)).collect();
    assert_eq!(
        told,
        [
            ("eps", "1e-5", "0.001"),
            ("Momentum means", "weight of the new batch (PyTorch)", "weight of the old value (Keras)"),
            ("Momentum", "0.1", "0.99"),
            ("Running variance", "unbiased (PyTorch)", "biased (Keras, Flax)"),
        ]
    );
    // Again, nothing changes; and Normlab's own defaults are the way back.
    let again = Keras.adapt(&keras.method, TABLE, FloatPrecision::Double);
    assert_eq!((again.changes, &again.method), (vec![], &keras.method));
    assert_eq!(Normlab.adapt(&keras.method, TABLE, FloatPrecision::Double).method, method("batch-norm"));
    // A setting that had no effect has no value to come from.
    let mut cumulative = method("batch-norm");
    [("mode", "evaluation"), ("momentum-of", "cumulative")]
        .iter()
        .for_each(|(key, text)| cumulative.set(key, text).unwrap());
    let changes = Onnx.adapt(&cumulative, TABLE, FloatPrecision::Double).changes;
    assert!(changes.iter().any(|one| one.key == "momentum" && one.from.is_none() && one.to == "0.9"), "{changes:?}");
    // Nor do 32 groups go into 13 features.
    let wine = Shape { features: 13, ..TABLE };
    let group = Flax.adapt(&method("group-norm"), wine, FloatPrecision::Double);
    assert_eq!(setting(&group.method, "groups"), "1");
    assert!(group.remarks[0].contains("32 groups, which do not divide 13 features"), "{:?}", group.remarks);
}

#[test]
fn what_a_library_lacks_stays_as_it_is() {
    let has = |library: Conventions| -> Vec<&str> {
        let offered = |method: &Method| library.offer(method) != Offer::Lacks;
        Method::all().iter().filter(|method| offered(method)).map(|method| method.info().slug).collect()
    };
    let layers = ["batch-norm", "layer-norm", "rms-norm", "group-norm", "instance-norm"];
    assert_eq!(has(Normlab).len(), Method::all().len());
    assert_eq!(has(ScikitLearn), ["min-max", "z-score", "robust", "max-abs", "unit-length"]);
    assert_eq!(has(PyTorch), [&layers[..], &["unit-length"]].concat());
    assert_eq!(has(Flax), layers);
    for library in [Keras, Onnx] {
        assert_eq!(has(library), [&["z-score"], &layers[..], &["unit-length"]].concat());
    }
    for (library, slug) in [(ScikitLearn, "layer-norm"), (PyTorch, "min-max"), (Keras, "custom")] {
        let found = library.adapt(&method(slug), TABLE, FloatPrecision::Double);
        assert_eq!((found.offer, found.method, found.changes), (Offer::Lacks, method(slug), vec![]));
    }
    let names: Vec<_> = Conventions::ALL.iter().map(|(library, ..)| library.name()).collect();
    assert_eq!(names, ["Normlab", "scikit-learn", "PyTorch", "Keras", "Flax", "ONNX"]);
}

#[test]
fn a_batch_of_one_is_refused_with_the_words_of_the_library() {
    let one = |features| Shape { examples: 1, features, positions: 1 };
    let refused = |text: &str| Some(Alone::Refused(text.into()));
    let batch = "Expected more than 1 value per channel when training, got input size torch.Size([1, 3])";
    assert_eq!(PyTorch.alone(&method("batch-norm"), one(3)), refused(batch));
    assert_eq!(PyTorch.alone(&method("batch-norm"), Shape { positions: 4, ..one(3) }), None);
    let spatial = "Expected more than 1 spatial element when training, got input size torch.Size([1, 3, 1])";
    assert_eq!(PyTorch.alone(&method("instance-norm"), one(3)), refused(spatial));
    assert_eq!(PyTorch.alone(&method("layer-norm"), one(1)), Some(Alone::Output(0.0)));
    for library in [Normlab, Keras, Flax, Onnx] {
        assert_eq!(library.alone(&method("batch-norm"), one(3)), Some(Alone::Output(0.0)), "{library:?}");
        // And that is what comes out, without an error.
        let x = Array3::from_elem((1, 3, 1), 7.0);
        let recipe =
            library.adapt(&method("batch-norm"), one(3), FloatPrecision::Double).method.recipe(one(3)).unwrap();
        let (y, _) = library.apply(recipe, one(3), true).unwrap().normalize(x.view()).unwrap();
        assert_eq!(y, Array3::<f64>::zeros((1, 3, 1)));
    }
    let mut scaler = method("min-max");
    scaler.set("low", "-1").unwrap();
    assert_eq!(ScikitLearn.alone(&scaler, one(3)), Some(Alone::Output(-1.0)));
    assert_eq!(ScikitLearn.alone(&method("max-abs"), one(3)), None, "nothing is subtracted");
    assert_eq!(ScikitLearn.alone(&method("batch-norm"), one(3)), None, "it has none");
    // Evaluation has statistics from elsewhere.
    let evaluation = Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, ..BatchNorm::default() });
    assert_eq!(PyTorch.alone(&evaluation, one(3)), None);
}

/// The messages that torch really gave, for inputs that can be told from their shape here.
#[test]
fn messages_are_those_that_were_recorded() {
    let mut compared = 0;
    for case in Case::all().iter().filter(|case| case.is_error() && case.text("lib") == "torch") {
        let lengths = case.input("x").unwrap().lengths;
        let mut method = match case.text("op") {
            "BatchNorm1d" => method("batch-norm"),
            "GroupNorm" => method("group-norm"),
            _ => continue,
        };
        if let Some(groups) = case.attr("num_groups").as_u64() {
            method.set("groups", &groups.to_string()).unwrap();
        }
        let found = PyTorch.alone(&method, Shape::from_dimensions(&lengths).unwrap());
        assert_eq!(found, Some(Alone::Refused(case.error().into())), "{}", case.name());
        compared += 1;
    }
    assert_eq!(compared, 3);
}

/// What is said to be refused is, and nothing else.
#[test]
fn what_torch_refuses_is_refused_by_its_rules_too() {
    let mut refused = 0;
    for (examples, features, positions) in [(1, 1, 1), (1, 3, 1), (2, 3, 1), (2, 1, 1), (1, 3, 2), (2, 3, 2)] {
        let shape = Shape { examples, features, positions };
        let x = Array3::from_shape_fn((examples, features, positions), |(n, c, l)| (n * 7 + c * 3 + l) as f64);
        for slug in ["batch-norm", "layer-norm", "rms-norm", "group-norm", "instance-norm"] {
            let mut method = method(slug);
            if slug == "group-norm" {
                method.set("groups", &features.to_string()).unwrap();
            }
            let outcome =
                PyTorch.apply(method.recipe(shape).unwrap(), shape, true).and_then(|recipe| recipe.normalize(x.view()));
            let said = matches!(PyTorch.alone(&method, shape), Some(Alone::Refused(_)));
            assert_eq!(outcome.is_err(), said, "{slug} of {shape}: {outcome:?}");
            refused += usize::from(said);
        }
    }
    assert_eq!(refused, 8);
}
