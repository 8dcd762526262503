use ndarray::{ArrayView3, ArrayViewMut3};
use normlab_data::random::Stream;
use normlab_engine::{Affine, AffineGradient, Center, Dependence, Divisor, Grouping, Recipe, Scale};
use normlab_report::{FromExperiments, ToExperiments};

use super::operations::{CountedNorm, NormOperations, OperationCounter, of_norms};
use super::outcome::RmsNormOutcome;
use super::*;
use crate::tests::{TestHost, answer, request, run, table};
use crate::{NativeHost, finished};

fn outcome_of(settings: &LayerOrRms, seed: u64) -> RmsNormOutcome {
    let show = |_: &RmsNormOutcome| Report::default();
    finished(settings.run(&table("digits"), seed, &RunControl::new(&NativeHost, &show))).unwrap()
}

/// Measured with other random numbers: LayerNorm is RMSNorm of x less its mean to 4e-16; x times 7 leaves both; x plus 3 leaves
/// LayerNorm and changes RMSNorm by 2.83.
#[test]
fn the_laws_of_both_norms() {
    let laws = laws::laws(64, 3.0, 1).unwrap();
    assert!(laws.difference < 4e-15, "{laws:?}");
    assert!(laws.multiplied.iter().all(|change| *change < 4e-15), "{laws:?}");
    assert!(laws.shifted[0] < 4e-14 && (laws.shifted[1] - 2.83).abs() < 0.5, "{laws:?}");
    let [(first, at_first), .., (last, at_last)] = laws.by_shift.as_slice() else { panic!() };
    assert_eq!((*first, *at_first, *last), (0.0, [0.0, 0.0], 10.0));
    assert!(at_last[1] > laws.shifted[1] && at_last[0] < 4e-13);
}

/// What is counted is what the engine computes: outputs and gradients agree.
#[test]
fn the_counted_norms_are_the_engines() {
    const WIDTH: usize = 6;
    let mut stream = Stream::new(4, 0);
    let mut numbers = || (0..WIDTH).map(|_| stream.normal()).collect::<Vec<f64>>();
    let (x, dy, gamma, beta) = (numbers(), numbers(), numbers(), numbers());
    for (center, scale, has_beta) in
        [(Center::Mean, Scale::StandardDeviation(Divisor::N), true), (Center::None, Scale::RootMeanSquare, false)]
    {
        let of_beta = if has_beta { beta.clone() } else { vec![0.0; WIDTH] };
        let affine = Some(Affine { gamma: gamma.clone(), beta: of_beta });
        let recipe = Recipe { eps: 1e-5, affine, ..Recipe::new(Grouping::EXAMPLE, center, scale) };
        let shape = (1, WIDTH, 1);
        let view = |values| ArrayView3::from_shape(shape, values).unwrap();
        let (mut y, mut dx, mut gradient) = (vec![0.0; WIDTH], vec![0.0; WIDTH], AffineGradient::default());
        let fitted = recipe.normalize_into(view(&x), ArrayViewMut3::from_shape(shape, &mut y[..]).unwrap()).unwrap();
        let into = ArrayViewMut3::from_shape(shape, &mut dx[..]).unwrap();
        fitted.gradient_into(view(&x), view(&dy), Dependence::OnInput, into, &mut gradient).unwrap();
        let norm = CountedNorm { gamma: &gamma, beta: has_beta.then_some(&beta[..]) };
        let mut counter = OperationCounter::default();
        let known = norm.forward(&x, 1e-5, &mut counter);
        let mut sums = (vec![0.0; WIDTH], vec![0.0; WIDTH]);
        let found = norm.backward(&known, &dy, (&mut sums.0, &mut sums.1), &mut counter);
        let close = |found: &[f64], expected: &[f64]| {
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?} {expected:?}");
        };
        close(&known.output, &y);
        close(&found, &dx);
        close(&sums.0, &gradient.gamma);
        if has_beta {
            close(&sums.1, &gradient.beta);
        }
    }
}

/// By hand, for n numbers: LayerNorm 7n + 3 forward (mean n, differences n, squares n, their mean n, eps, root, reciprocal, times
/// reciprocal n, gamma n, beta n) and 11n backward, RMSNorm 4n + 3 and 8n.
#[test]
fn operations_are_counted_to_the_last() {
    for n in [2, 7, 64] {
        let count = n as u64;
        let expected = [
            NormOperations { forward: 7 * count + 3, backward: 11 * count },
            NormOperations { forward: 4 * count + 3, backward: 8 * count },
        ];
        assert_eq!(of_norms(n), expected);
    }
}

/// Zhang and Sennrich: comparable quality.
#[test]
fn both_get_the_same_share_right() {
    let report = run(request("rms-norm", None, &[])).unwrap();
    let right = |column: usize| {
        let rows = &report.tables[0].rows;
        rows.iter().map(|row| row[column].parse::<f64>().unwrap()).sum::<f64>() / rows.len() as f64
    };
    assert!((right(1) - right(2)).abs() < 0.02 && right(1) > 0.93, "{} {}", right(1), right(2));
    let choice = |key: &str| report.facts.iter().find(|fact| fact.key == key).unwrap().value.clone();
    assert_eq!(choice("shift"), normlab_report::FactValue::Choice(2));
    assert_eq!(choice("better"), normlab_report::FactValue::Choice(0));
    let narrow = run(request("rms-norm", None, &[("width", "4"), ("steps", "10")])).unwrap();
    for (report, is_small) in [(&report, true), (&narrow, false)] {
        assert!(report.sentences.iter().any(|said| said.contains("have a small mean by themselves")) == is_small);
    }
    let unshifted = run(request("rms-norm", None, &[("shift", "0"), ("steps", "10")])).unwrap();
    assert!(unshifted.facts.iter().any(|fact| fact.value == normlab_report::FactValue::Choice(0)));
}

/// With a clock there is one table more, and nothing else is different.
#[test]
fn where_there_is_a_clock_steps_are_timed() {
    let settings = [("steps", "10"), ("starts", "2"), ("rate", "1e30")];
    let request = request("rms-norm", None, &settings);
    let clock = TestHost { step: 1.0, ..TestHost::default() };
    let FromExperiments::Done { mut report, .. } = answer(&ToExperiments::Run(request.clone()), &clock) else {
        panic!()
    };
    let timing = report.take_timing().remove(0);
    // A turn of 12 looks at a clock that goes on by 1 at each, and 1 before: a millisecond for each time.
    let cells = timing.rows.iter().map(|row| row[1..].join(" "));
    assert_eq!(cells.collect::<Vec<_>>(), ["1,000 1,000 0%"; 2]);
    assert_eq!(format!("{report:?}"), format!("{:?}", run(request).unwrap()));
}

#[test]
fn a_run_that_diverges_names_step_and_layer_and_a_remedy() {
    let settings = LayerOrRms { rate: 1e30, steps: 10, ..LayerOrRms::default() };
    let outcome = outcome_of(&settings, 1);
    let report = report::report(&settings, &table("digits"), &outcome);
    assert!(
        report.sentences[1].starts_with("In the first start, LayerNorm diverges in step "),
        "{:?}",
        report.sentences
    );
    assert!(report.sentences[1].contains("in layer "), "{:?}", report.sentences);
    assert!(report.limits[0].text.starts_with("The remedy is a smaller learning rate"), "{:?}", report.limits);
}
