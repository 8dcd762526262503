//! What a library changes about a method: its defaults and its rules, in words.

use crate::engine::conventions::{Alone, FloatPrecision, Offer, SettingChange};
use crate::engine::method::{BatchNorm, GroupNorm, Mode};
use crate::engine::{Conventions, Method, NonFinite, Shape};
use crate::plot::number::format4;

/// What to tell of a library that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// What the method is called there, or that there is none.
    pub called: String,
    /// Defaults that are not those of Normlab: setting, there and here.
    pub defaults: Vec<String>,
    /// Settings that are not the defaults of the library.
    pub otherwise: Vec<String>,
    /// One sentence each.
    pub rules: Vec<String>,
}

/// What this library changes about the method, for an array of this shape and precision.
pub fn library(library: Conventions, method: &Method, shape: Shape, precision: FloatPrecision) -> Library {
    let name = library.name();
    let called = match library.offer(method) {
        Offer::Has(called) => format!("{name} calls it {called}."),
        Offer::Lacks => {
            let what = if let Method::Custom(_) = method { "method of your own" } else { method.info().name };
            let called = format!("{name} has no {what}: the settings stay, and the rules are those of Normlab.");
            return Library { called, defaults: Vec::new(), otherwise: Vec::new(), rules: Vec::new() };
        }
    };
    let usual = Method::from_slug(method.info().slug).unwrap_or_else(|| method.clone());
    let to = |one: &SettingChange| match &one.from {
        Some(from) => format!("{}: {from} \u{2192} {}", one.label, one.to),
        None => format!("{}: {}", one.label, one.to),
    };
    let mine = |one: &SettingChange| match &one.from {
        Some(from) => format!("{}: {from}, not {}", one.label, one.to),
        None => format!("{}: not {}", one.label, one.to),
    };
    let adapted = library.adapt(method, shape, precision);
    let mut rules = vec![missing(library, method, shape)];
    rules.extend(batch_of_one(library, method, shape));
    rules.extend(single_values(library, method, shape));
    rules.extend(equal_values(library, method));
    rules.extend(adapted.remarks.into_iter().map(|remark| format!("Not followed here: {remark}")));
    Library {
        called,
        defaults: library.adapt(&usual, shape, precision).changes.iter().map(to).collect(),
        otherwise: adapted.changes.iter().map(mine).collect(),
        rules,
    }
}

/// What becomes of missing values.
fn missing(library: Conventions, method: &Method, shape: Shape) -> String {
    // Of a shape that nobody refuses.
    let shape = Shape { examples: 2, positions: 2, ..shape };
    let with_library = method.recipe(shape).and_then(|recipe| library.apply(recipe, shape, false));
    match (with_library.map(|recipe| recipe.non_finite), method) {
        (Ok(NonFinite::Propagate), Method::BatchNorm(_)) => {
            "A missing value turns the whole feature NaN and permanently spoils its running statistics.".into()
        }
        (Ok(NonFinite::Propagate), _) => "A missing value turns everything that shares statistics with it NaN.".into(),
        (Ok(NonFinite::Refuse), _) => "Missing values are refused.".into(),
        _ => "Missing values are left out of the statistics and stay missing.".into(),
    }
}

/// What becomes of a batch of one row.
fn batch_of_one(library: Conventions, method: &Method, shape: Shape) -> Option<String> {
    let Method::BatchNorm(method) = method else { return None };
    let training = Method::BatchNorm(BatchNorm { mode: Mode::Training, ..method.clone() });
    Some(match library.alone(&training, Shape { examples: 1, positions: 1, ..shape })? {
        Alone::Refused(why) => format!("A batch of one row is refused in training: \u{201c}{why}\u{201d}."),
        Alone::Output(output) => {
            format!("A batch of one row gives {} before gamma and beta, without an error.", format4(output))
        }
    })
}

/// That groups of a single value are refused, as they come up in some arrays.
fn single_values(library: Conventions, method: &Method, shape: Shape) -> Option<String> {
    let shape = Shape { positions: 1, ..shape };
    let (said, method, shape) = match method {
        Method::InstanceNorm(_) => ("A single position is refused, in evaluation too", method.clone(), shape),
        Method::GroupNorm(method) => (
            "Groups of a single value are refused for one example alone",
            Method::GroupNorm(GroupNorm { groups: shape.features as u64, ..method.clone() }),
            Shape { examples: 1, ..shape },
        ),
        _ => return None,
    };
    match library.alone(&method, shape)? {
        Alone::Refused(why) => Some(format!("{said}: \u{201c}{why}\u{201d}.")),
        Alone::Output(_) => None,
    }
}

/// What PyTorch divides by 0, and Normlab does not.
fn equal_values(library: Conventions, method: &Method) -> Option<String> {
    let Method::LayerNorm(method) = method else { return None };
    (library == Conventions::PyTorch && method.eps == 0.0).then(|| {
        format!(
            "Not followed here: with eps 0, values that are all equal come out as NaN there; here as {}.",
            format4(method.beta)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Options;

    const SHAPE: Shape = Shape { examples: 178, features: 13, positions: 1 };

    fn told(chosen: Conventions, slug: &str) -> Library {
        library(chosen, &Method::from_slug(slug).unwrap(), SHAPE, FloatPrecision::Double)
    }

    #[test]
    fn keras_has_other_defaults_and_lets_a_batch_of_one_be() {
        let usual = Method::from_slug("batch-norm").unwrap();
        let method = Conventions::Keras.adapt(&usual, SHAPE, FloatPrecision::Double).method;
        let keras = library(Conventions::Keras, &method, SHAPE, FloatPrecision::Double);
        assert_eq!(keras.called, "Keras calls it BatchNormalization.");
        assert_eq!(keras.defaults[0], "eps: 1e-5 \u{2192} 0.001");
        assert_eq!(keras.defaults[2], "Momentum: 0.1 \u{2192} 0.99");
        assert_eq!(keras.defaults.len(), 4);
        assert!(keras.otherwise.is_empty());
        let said = "A missing value turns the whole feature NaN and permanently spoils its running statistics.";
        assert_eq!(keras.rules, [said, "A batch of one row gives 0 before gamma and beta, without an error."]);
        // One that was not given the defaults says so.
        assert_eq!(told(Conventions::Keras, "batch-norm").otherwise[0], "eps: 1e-5, not 0.001");
    }

    #[test]
    fn torch_refuses_a_batch_of_one_in_its_own_words() {
        let torch = told(Conventions::PyTorch, "batch-norm");
        assert!(torch.defaults.is_empty() && torch.otherwise.is_empty(), "{torch:?}");
        assert!(
            torch.rules[1].contains("refused in training: \u{201c}Expected more than 1 value per channel"),
            "{torch:?}"
        );
        assert!(torch.rules[1].contains("torch.Size([1, 13])"), "{torch:?}");
        assert_eq!(told(Conventions::PyTorch, "layer-norm").rules.len(), 1, "others know no batch");
    }

    #[test]
    fn what_a_library_lacks_is_said_and_nothing_else() {
        let none = told(Conventions::ScikitLearn, "layer-norm");
        assert_eq!(
            none.called,
            "scikit-learn has no LayerNorm: the settings stay, and the rules are those of Normlab."
        );
        assert!(none.defaults.is_empty() && none.otherwise.is_empty() && none.rules.is_empty());
        assert!(told(Conventions::Flax, "custom").called.starts_with("Flax has no method of your own:"));
    }

    #[test]
    fn what_is_said_of_missing_values_is_what_happens_to_them() {
        let x = ndarray::Array3::from_shape_fn((4, 2, 3), |(n, c, l)| {
            if (n, c, l) == (0, 0, 0) { f64::NAN } else { (n * 7 + c * 3 + l * l) as f64 }
        });
        for (chosen, ..) in Conventions::ALL {
            for method in Method::all() {
                let told = library(*chosen, &method, Shape::of(&x.view()), FloatPrecision::Double);
                let Some(said) = told.rules.first() else { continue };
                match method.under(*chosen).run(x.view(), None) {
                    Err(why) => assert_eq!(said, "Missing values are refused.", "{why}"),
                    Ok(outcome) => {
                        let many = outcome.values.iter().filter(|value| value.is_nan()).count();
                        assert_eq!(many > 1, said.contains("NaN"), "{chosen:?} {}: {many}", method.info().slug);
                    }
                }
            }
        }
    }

    /// As `alone` in the engine has it, whatever the shape at hand.
    #[test]
    fn torch_refuses_single_values_of_other_norms_in_its_own_words() {
        let instance = told(Conventions::PyTorch, "instance-norm");
        assert_eq!(
            instance.rules[1],
            "A single position is refused, in evaluation too: \u{201c}Expected more than 1 spatial element when training, got \
             input size torch.Size([178, 13, 1])\u{201d}."
        );
        let several = Shape { positions: 7, ..SHAPE };
        let method = Method::from_slug("instance-norm").unwrap();
        assert_eq!(library(Conventions::PyTorch, &method, several, FloatPrecision::Double).rules[1], instance.rules[1]);
        assert_eq!(
            told(Conventions::PyTorch, "group-norm").rules[1],
            "Groups of a single value are refused for one example alone: \u{201c}Expected more than 1 value per channel when \
             training, got input size [1, 13]\u{201d}."
        );
        for slug in ["instance-norm", "group-norm"] {
            let told = told(Conventions::Flax, slug);
            assert!(!told.rules.iter().any(|rule| rule.contains("refused")), "{told:?}");
        }
    }

    #[test]
    fn torch_divides_by_zero_where_normlab_does_not() {
        use crate::parameters::Parameters;
        let mut method = Method::from_slug("layer-norm").unwrap();
        method.set("eps", "0").unwrap();
        let rules = |chosen| library(chosen, &method, SHAPE, FloatPrecision::Double).rules;
        let said = rules(Conventions::PyTorch);
        assert_eq!(
            said[1],
            "Not followed here: with eps 0, values that are all equal come out as NaN there; here as 0."
        );
        assert_eq!(rules(Conventions::Keras).iter().filter(|rule| rule.contains("eps 0")).count(), 0);
        // What is said of here is what happens here.
        let x = ndarray::Array3::from_elem((2, 3, 1), 5.0);
        let outcome = method.under(Conventions::PyTorch).run(x.view(), None).unwrap();
        assert!(outcome.values.iter().all(|value| *value == 0.0), "{:?}", outcome.values);
        method.set("beta", "2").unwrap();
        let said = library(Conventions::PyTorch, &method, SHAPE, FloatPrecision::Double).rules;
        assert_eq!(
            said[1],
            "Not followed here: with eps 0, values that are all equal come out as NaN there; here as 2."
        );
    }
}
