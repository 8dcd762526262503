//! Gradients of torch's layers: against 80-digit arithmetic (`fixtures/golden/gradients.py`), and against what torch gave.

use ndarray::Array3;
use normlab::engine::{AffineGradient, Dependence, Real};
use serde_json::Value;

use super::case::{Case, Tensor};
use super::torch;

/// Worst errors seen, each relative to the largest number of its kind, or term of one, in a case.
#[derive(Default)]
struct Worst {
    exact: f64,
    library: f64,
}

#[test]
fn all_gradients_of_torch() {
    let text = std::fs::read_to_string("tests/fixtures/golden/gradients.json").expect("the fixture");
    let exact: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let cases = Case::all();
    let (mut single, mut double, mut compared) = (Worst::default(), Worst::default(), 0);
    for exact in &exact {
        let name = exact["name"].as_str().expect("a name");
        let case = cases.iter().find(|case| case.name() == name).expect("a case of that name");
        if case.input("x").expect("x").single {
            compared += check::<f32>(case, exact, &mut single);
        } else {
            compared += check::<f64>(case, exact, &mut double);
        }
    }
    println!("{} cases, {compared} gradients", exact.len());
    println!("worst f64: {:e} (torch {:e})", double.exact, double.library);
    println!("worst f32: {:e} (torch {:e})", single.exact, single.library);
    assert_eq!((exact.len(), compared), (35, 86));
    assert!(double.exact < 1e-14, "f64: {:e}", double.exact);
    // dx is rounded to f32 once.
    assert!(single.exact < 1.2e-7, "f32: {:e}", single.exact);
    assert!(double.library < 1e-9 && single.library < 1e-4, "torch: {:e} {:e}", double.library, single.library);
}

fn check<T: Real>(case: &Case, exact: &Value, worst: &mut Worst) -> usize {
    let x: Array3<T> = torch::input(case).expect("an array");
    let (n, c, l) = x.dim();
    let dy: Array3<T> = case.input("dy").expect("dy").shaped((n, c, l));
    let (_, fitted) = torch::apply(case, &x).expect("no error");
    let dependence = if torch::uses_batch(case) { Dependence::OnInput } else { Dependence::Constant };
    let (dx, affine) = fitted.gradient(x.view(), dy.view(), dependence).expect("a norm layer");
    let AffineGradient { gamma, beta } = affine;
    let dx: Vec<f64> = dx.iter().map(|value| Real::to_f64(*value)).collect();
    let mut compared = 0;
    for (name, found) in [("dx", dx), ("dweight", gamma), ("dbias", beta)] {
        let Some(expected) = exact[name].as_array() else { continue };
        let expected: Vec<f64> = expected.iter().map(|value| value.as_f64().expect("a number")).collect();
        // Terms of dx may cancel, as all of them do in a group of one value.
        let term = if name == "dx" { exact["term"].as_f64().expect("a number") } else { 0.0 };
        worst.exact = worst.exact.max(distance(case, name, &found, &expected, term));
        let Tensor { data, .. } = case.output(name).expect("what torch gave");
        worst.library = worst.library.max(distance(case, name, &data, &expected, term));
        compared += 1;
    }
    compared
}

/// The largest difference, as a part of the largest of the expected numbers and their terms (of 1, where all are 0).
fn distance(case: &Case, name: &str, found: &[f64], expected: &[f64], term: f64) -> f64 {
    assert_eq!(found.len(), expected.len(), "{} {name}", case.name());
    let largest = expected.iter().fold(term, |largest, value| largest.max(value.abs()));
    let largest = if largest == 0.0 { 1.0 } else { largest };
    found.iter().zip(expected).map(|(a, b)| (a - b).abs() / largest).fold(0.0, f64::max)
}
