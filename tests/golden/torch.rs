//! torch's layers as recipes.

use ndarray::Array3;
use normlab::engine::{
    Affine, Center, Conventions, Divisor, Error, Fitted, Grouping, Momentum, Real, Recipe, RunningStatistics, Scale,
    Shape,
};

use super::case::Case;
use super::compare::Tally;

pub fn check(case: &Case, tally: &mut Tally) {
    if case.input("x").expect("x").single { run::<f32>(case, tally) } else { run::<f64>(case, tally) }
}

/// The input as (N, C, L): the trailing axes that LayerNorm and RMSNorm normalize are C and L.
pub fn input<T: Real>(case: &Case) -> Result<Array3<T>, Error> {
    let x = case.input("x").expect("x");
    match case.attr("normalized_shape").as_array() {
        None => x.array(),
        Some(trailing) => {
            let (outer, inner) = x.lengths.split_at(x.lengths.len() - trailing.len());
            Ok(x.shaped((outer.iter().product(), inner[0], inner[1..].iter().product())))
        }
    }
}

fn recipe(case: &Case, shape: Shape) -> Result<Recipe, Error> {
    let op = case.text("op").trim_end_matches(char::is_numeric).trim_end_matches(|c: char| c.is_numeric() || c == 'd');
    let deviation = Scale::StandardDeviation(Divisor::N);
    let groups = case.attr("num_groups").as_u64().unwrap_or(1) as usize;
    let mut recipe = match op {
        "BatchNorm1" | "BatchNorm2" | "BatchNorm" => Recipe::new(Grouping::FEATURE, Center::Mean, deviation),
        "LayerNorm" => Recipe::new(Grouping::EXAMPLE, Center::Mean, deviation),
        "RMSNorm" => Recipe::new(Grouping::EXAMPLE, Center::None, Scale::RootMeanSquare),
        "GroupNorm" => Recipe::new(Grouping::channel_groups(groups), Center::Mean, deviation),
        "InstanceNorm1" | "InstanceNorm2" | "InstanceNorm" => Recipe::new(Grouping::INSTANCE, Center::Mean, deviation),
        other => panic!("{other}"),
    };
    // The layers that cannot be made have no effective eps.
    recipe.eps = case.attr("eps_effective").as_f64().unwrap_or(1e-5);
    let (gamma, beta) = (case.input("weight"), case.input("bias"));
    if gamma.is_some() || beta.is_some() {
        let numbers = |t: Option<super::case::Tensor>, default| t.map_or(vec![default], |t| t.data);
        recipe.affine = Some(Affine { gamma: numbers(gamma, 1.0), beta: numbers(beta, 0.0) });
    }
    Conventions::PyTorch.apply(recipe, shape, uses_batch(case))
}

pub fn uses_batch(case: &Case) -> bool {
    case.switch("training", true) || !case.switch("track_running_stats", case.text("op").starts_with("BatchNorm"))
}

fn running(case: &Case) -> Option<RunningStatistics> {
    let (mean, variance) = (case.input("running_mean")?.data, case.input("running_var")?.data);
    Some(RunningStatistics { mean, variance, batches: 0 })
}

pub fn apply<T: Real>(case: &Case, x: &Array3<T>) -> Result<(Array3<T>, Fitted), Error> {
    let shape = Shape::of(&x.view());
    let mut recipe = recipe(case, shape)?;
    match running(case) {
        Some(running) if !uses_batch(case) => {
            recipe.grouping = Grouping::FEATURE;
            let fitted = running.fitted(recipe, shape)?;
            Ok((fitted.transform(x.view())?, fitted))
        }
        _ => recipe.normalize(x.view()),
    }
}

fn run<T: Real>(case: &Case, tally: &mut Tally) {
    let result = input::<T>(case).and_then(|x| apply(case, &x).map(|(y, fitted)| (x, y, fitted)));
    let (x, y, fitted) = match (result, case.is_error()) {
        (Err(_), true) => {
            tally.errors += 1;
            return;
        }
        (Ok(_), true) => return tally.fail(case, "no error"),
        (Err(error), false) => return tally.fail(case, error),
        (Ok(result), false) => result,
    };
    let shape = Shape::of(&x.view());
    let values: Vec<T> = y.iter().copied().collect();
    tally.against_exact(case, fitted.recipe.grouping, shape, &values);
    if !case.is_quirk() {
        // torch computes f32 in f32, and cancels under offsets that are not yet called a quirk.
        tally.against_library(case, "y", 1, &values, if T::SINGLE { 1e-4 } else { 1e-9 });
    }
    if case.output("running_mean_after").is_some() && !case.is_quirk() {
        after(case, tally, &x, &fitted, if T::SINGLE { 1e-5 } else { 1e-12 });
    }
}

/// Running statistics after this batch.
fn after<T: Real>(case: &Case, tally: &mut Tally, x: &Array3<T>, fitted: &Fitted, tolerance: f64) {
    let mut running = running(case).expect("running statistics");
    let momentum = case.attr("momentum").as_f64().map_or(Momentum::Cumulative, Momentum::New);
    let features = x.dim().1;
    if case.switch("training", true) {
        if fitted.recipe.grouping == Grouping::INSTANCE {
            // InstanceNorm remembers the mean over examples of the statistics of each.
            let unbiased = Recipe { scale: Scale::StandardDeviation(Divisor::NMinusOne), ..fitted.recipe.clone() };
            let groups = unbiased.fit(x.view()).expect("finite").groups;
            let mean_of = |f: &dyn Fn(usize) -> f64| (0..x.dim().0).map(f).sum::<f64>() / x.dim().0 as f64;
            let each = (0..features).map(|c| {
                let mean = mean_of(&|n| groups[n * features + c].center);
                Some((mean, mean_of(&|n| groups[n * features + c].dispersion)))
            });
            running.update_with(each.collect::<Vec<_>>(), momentum);
        } else {
            let finite = x.iter().all(|v| v.is_finite());
            if finite {
                running.update(x.view(), momentum, Divisor::NMinusOne).expect("finite");
            } else {
                // One NaN poisons torch's running statistics for good.
                running.update_with(vec![Some((f64::NAN, f64::NAN)); features], momentum);
            }
        }
        tally.against_library(case, "num_batches_tracked", 1, &[running.batches as f64], 0.0);
    }
    tally.against_library(case, "running_mean_after", 1, &running.mean, tolerance);
    tally.against_library(case, "running_var_after", 1, &running.variance, tolerance);
}
