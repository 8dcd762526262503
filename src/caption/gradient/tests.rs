use ndarray::{Array3, array};

use super::*;
use crate::data::DataCell;
use crate::engine::Method;
use crate::engine::trace::ArrayIndex;
use crate::parameters::Parameters;
use crate::plot::number::{format4, full};

/// What is picked in `x`, an array of examples and features.
fn traced(slug: &str, settings: &[(&str, &str)], x: &Array3<f64>, (example, feature): (usize, usize)) -> Traced {
    let mut method = Method::from_slug(slug).unwrap();
    settings.iter().for_each(|(key, text)| method.set(key, text).unwrap());
    let fitted = method.fit(x.view()).unwrap();
    let source = method.source(x.view(), None);
    let trace = fitted.trace(x.view(), source, ArrayIndex::new(example, feature, 0)).unwrap();
    Traced {
        cell: DataCell { row: example as u64, column: feature as u32, position: 0 },
        feature: "a".into(),
        group: "a".into(),
        trace,
        members: Vec::new(),
        left_out: false,
    }
}

fn column(values: &[f64]) -> Array3<f64> {
    Array3::from_shape_vec((values.len(), 1, 1), values.to_vec()).unwrap()
}

fn lines(explained: &GradientExplanation) -> Vec<(&str, &str, &str)> {
    explained.lines.iter().map(|line| (line.name, line.how.as_str(), line.result.as_str())).collect()
}

fn rows() -> Array3<f64> {
    array![[[1.0], [2.0], [2.0]], [[5.0], [5.0], [5.0]], [[0.0], [0.0], [0.0]], [[3.0], [-4.0], [0.0]]]
}

#[test]
fn a_z_score_moves_its_mean_and_its_deviation() {
    // Mean 5, variance 11.2, so 1 / scale is 0.2988, as is x̂ of 6; that of 11 is six times as much.
    let x = column(&[2.0, 2.0, 4.0, 6.0, 11.0]);
    let found = explain_gradient(&traced("z-score", &[], &x, (3, 0)), format4);
    assert_eq!(
        lines(&found),
        [
            ("with centre and scale held fixed", "1 / 3.347", "0.2988"),
            ("x̂ of the value", "(value − mean) / scale: (6 − 5) / 3.347", "0.2988"),
            ("by the value itself", "1 / 3.347 × (1 − 1 / 5 − 0.2988² / 5)", "0.2337"),
            ("x̂ of the greatest value", "(value − mean) / scale: (11 − 5) / 3.347", "1.793"),
            ("by the greatest value", "−1 / 3.3466 × (1 / 5 + 0.29881 × 1.7928 / 5)", "−0.09178"),
            ("sum over the group", "the mean moves with all values at once", "0"),
        ]
    );
    assert_eq!(
        found.summary,
        "A small increase of this value increases its output 0.2337 times as much. With the mean and standard deviation \
         held fixed, it would be 0.2988 times as much (1 / scale), but the value moves both, which takes back the difference."
    );
    assert_eq!(
        found.notes,
        [
            "Of the other values of the group, the greatest one (11) moves this output the most: a small increase of it \
             decreases this output 0.09178 times as much.",
            "The derivatives by all values of the group add up to 0: adding the same amount to all of them moves the mean \
             by it and no output.",
            "Backpropagation adds up such derivatives over all outputs of the group, each times the gradient of its output.",
        ]
    );
    // The greatest value itself: whether the least one counts most of the others is not known.
    let found = explain_gradient(&traced("z-score", &[("divisor", "n-1")], &x, (4, 0)), format4);
    assert_eq!(
        found.notes[0],
        "A small increase of the least value of the group (2) increases this output 0.03245 times as much."
    );
    assert_eq!(lines(&found)[2].1, "1 / 3.74166 × (1 − 1 / 5 − 1.60357² / 4)");
    // All digits.
    let found = explain_gradient(&traced("z-score", &[], &x, (3, 0)), full);
    assert!(found.summary.contains("0.2337098798609216 times as much."), "{}", found.summary);
    assert_eq!(lines(&found)[0], ("with centre and scale held fixed", "1 / 3.3466401061363023", "0.2988071523335984"));
}

#[test]
fn gamma_multiplies_and_may_turn_round() {
    let gamma = |gamma: &str| explain_gradient(&traced("layer-norm", &[("gamma", gamma)], &rows(), (0, 1)), format4);
    let found = gamma("-2");
    assert!(found.summary.starts_with("A small increase of this value decreases its output 2.121 times as much. "));
    assert!(found.summary.contains(" it would be 4.243 times as much (gamma / scale), but"), "{}", found.summary);
    assert_eq!(lines(&found)[2], ("by the value itself", "−2 / 0.4714 × (1 − 1 / 3 − 0.7071² / 3)", "−2.121"));
    let by_least = "−(−2) / 0.471415127 × (1 / 3 + 0.707090872 × (−1.41418174) / 3)";
    assert_eq!(lines(&found)[4], ("by the least value", by_least, "6.364×10⁻⁵"));
    let found = gamma("0");
    assert_eq!((found.summary.as_str(), found.lines.len()), ("Gamma is 0, so no value moves this output.", 1));
    assert!(found.notes.is_empty());
}

#[test]
fn without_a_mean_a_factor_takes_the_place_of_the_shift() {
    // Length 3: by the value itself (1 - 4/9) / 3, by the least one -(2/9) / 3.
    let found = explain_gradient(&traced("unit-length", &[], &rows(), (0, 1)), format4);
    assert_eq!(
        lines(&found),
        [
            ("with the scale held fixed", "1 / 3", "0.3333"),
            ("x̂ of the value", "value / scale: 2 / 3", "0.6667"),
            ("by the value itself", "1 / 3 × (1 − 0.6667²)", "0.1852"),
            ("x̂ of the least value", "value / scale: 1 / 3", "0.3333"),
            ("by the least value", "−1 / 3 × (0.6667 × 0.3333)", "−0.07407"),
            ("sum, each times its value", "the scale is multiplied as all values are at once", "0"),
        ]
    );
    assert!(found.summary.ends_with(
        "With the L2 norm held fixed, it would be 0.3333 times as much (1 / scale), but the value moves it, which takes back \
         the difference."
    ));
    assert_eq!(
        found.notes[1],
        "Each times its value, the derivatives add up to 0: multiplying all values of the group by a positive factor \
         multiplies the L2 norm by it and moves no output."
    );
    // eps 0.25 with mean square 3: 2 / 3.25^1.5 * 0.25.
    let found = explain_gradient(&traced("rms-norm", &[("eps", "0.25")], &rows(), (0, 1)), format4);
    assert_eq!(found.lines.last().unwrap().name, "sum, each times its value");
    assert_eq!(found.lines.last().unwrap().result, "0.08534");
    assert!(
        found.notes[1]
            .starts_with("Each times its value, the derivatives add up to 0.08534; without eps it would be 0:")
    );
    // A value of 0.
    let found = explain_gradient(&traced("rms-norm", &[("gamma", "-0.5")], &rows(), (3, 2)), format4);
    assert_eq!(
        found.summary,
        "A small increase of this value decreases its output 0.1732 times as much (gamma / scale): at 0, it does not move \
         the root mean square."
    );
    assert_eq!(found.notes[0], "No other value of the group moves this output.");
    assert_eq!(found.notes[1], "Each times its value, the derivatives add up to 0.");
}

#[test]
fn groups_of_one_of_two_and_of_equal_values() {
    let found = explain_gradient(&traced("instance-norm", &[], &rows(), (0, 1)), format4);
    assert!(found.summary.starts_with("A small increase of this value does not move its output. With the mean and"));
    assert!(found.summary.ends_with(
        "would increase it 316.2 times as much (1 / scale), but the value moves both, which takes back all of that."
    ));
    assert_eq!(found.notes[0], "The group has no other value.");
    let found = explain_gradient(&traced("z-score", &[], &column(&[1.0, 4.0]), (1, 0)), format4);
    assert_eq!(found.notes[0], "A small increase of the other value of the group (1) does not move this output.");
    assert_eq!(lines(&found)[4].0, "by the other value");
    let found = explain_gradient(&traced("layer-norm", &[], &rows(), (1, 1)), format4);
    assert_eq!(
        found.notes[0],
        "A small increase of any other value of the group decreases this output 105.4 times as much."
    );
    // Without eps, their scale is 0.
    let found = explain_gradient(&traced("z-score", &[], &column(&[7.0, 7.0, 7.0]), (1, 0)), format4);
    assert!(
        found
            .summary
            .ends_with("The scale would be 0, which has no derivative; the 1 in its place counts as a constant.")
    );
    assert_eq!(lines(&found)[1], ("by the value itself", "1 / 1 × (1 − 1 / 3)", "0.6667"));
    let found = explain_gradient(&traced("unit-length", &[], &rows(), (2, 1)), format4);
    assert_eq!(
        found.summary,
        "All values of the group are 0: their scale would be 0, which has no derivative; the 1 in its place is a constant. \
         A small increase of this value increases its output just as much (1 / scale)."
    );
    assert_eq!(found.notes[0], "With these constants, no other value moves this output.");
}

#[test]
fn constants_are_a_factor() {
    let left_out = Traced { left_out: true, ..traced("z-score", &[], &column(&[2.0, 4.0, 6.0]), (2, 0)) };
    let found = explain_gradient(&left_out, format4);
    assert_eq!(
        found.summary,
        "Row 3 is not a training row, so for it centre and scale are constants. A small increase of this value increases its \
         output 0.6124 times as much (1 / scale)."
    );
    assert_eq!(
        lines(&found),
        [("by the value itself", "1 / 1.633", "0.6124"), ("by any other value", "centre and scale are constants", "0")]
    );
    let found = explain_gradient(&traced("batch-norm", &[("mode", "evaluation")], &rows(), (0, 1)), format4);
    assert!(found.summary.starts_with("In evaluation, running mean and variance are constants. A small increase"));
    assert_eq!(found.notes[1], "Backpropagation multiplies each gradient by this factor (1 / scale), value by value.");
    let nothing = [("center", "none"), ("divide", "none")];
    let found = explain_gradient(&traced("custom", &nothing, &rows(), (0, 1)), format4);
    assert!(found.summary.ends_with("A small increase of this value increases its output just as much."));
    assert_eq!(lines(&found)[0], ("by the value itself", "nothing is divided", "1"));
    let centred = [("center", "mean"), ("divide", "none")];
    let found = explain_gradient(&traced("custom", &centred, &rows(), (0, 1)), format4);
    assert_eq!(lines(&found)[1], ("by the value itself", "1 − 1 / 4", "0.75"));
    assert!(found.summary.contains("With the mean held fixed, it would be just as much, but the value moves it,"));
}

#[test]
fn what_has_no_gradient_says_why() {
    let said = |slug: &str, settings: &[(&str, &str)], cell| {
        let mut x = rows();
        x[[3, 1, 0]] = f64::NAN;
        let found = explain_gradient(&traced(slug, settings, &x, cell), format4);
        assert!(found.lines.is_empty() && found.notes.is_empty());
        found.summary
    };
    let min_max = said("min-max", &[], (0, 1));
    assert!(min_max.starts_with("The gradient is explained for z-score, BatchNorm, LayerNorm"), "{min_max}");
    assert!(min_max.ends_with("this one subtracts the minimum and divides by the range."), "{min_max}");
    assert!(said("max-abs", &[], (0, 1)).ends_with("this one divides by the largest absolute value."));
    assert_eq!(said("z-score", &[], (3, 1)), "A missing value has no output, so there is no gradient.");
}
