//! scikit-learn's classes as recipes.

use ndarray::{Array3, Axis, concatenate};
use normlab::engine::method::{MaxAbs, MinMax, Norm, Normalization, Robust, UnitLength, ZScore};
use normlab::engine::{Center, Conventions, Error, Fitted, Real, Recipe, Scale, Shape, StreamingFit};

use super::case::Case;
use super::compare::Tally;

/// Sums in another order than numpy's, and `x * scale + min` where Normlab subtracts first.
const DOUBLE: f64 = 1e-12;
/// scikit-learn computes f32 columns in f32.
const SINGLE: f64 = 1e-6;

pub fn check(case: &Case, tally: &mut Tally) {
    if case.has_tag("partial_fit") {
        return in_chunks(case, tally);
    }
    if case.input("fit_X").expect("fit_X").single { at_once::<f32>(case, tally) } else { at_once::<f64>(case, tally) }
}

fn recipe(case: &Case, shape: Shape) -> Result<Recipe, Error> {
    let mut recipe = match case.text("op") {
        "MinMaxScaler" => {
            let (low, high) = case.pair("feature_range").unwrap_or((0.0, 1.0));
            MinMax { low, high, clip: case.switch("clip", false) }.recipe(shape)?
        }
        "StandardScaler" => ZScore::default().recipe(shape)?,
        "RobustScaler" => {
            let (low, high) = case.pair("quantile_range").unwrap_or((25.0, 75.0));
            Robust { low, high, unit_variance: case.switch("unit_variance", false) }.recipe(shape)?
        }
        "MaxAbsScaler" => MaxAbs { clip: case.switch("clip", false) }.recipe(shape)?,
        "Normalizer" => {
            let norm = match case.attr("norm").as_str().unwrap_or("l2") {
                "l1" => Norm::L1,
                "l2" => Norm::L2,
                _ => Norm::Max,
            };
            UnitLength { norm }.recipe(shape)?
        }
        other => panic!("{other}"),
    };
    if !case.switch("with_mean", true) || !case.switch("with_centering", true) {
        recipe.center = Center::None;
    }
    if !case.switch("with_std", true) || !case.switch("with_scaling", true) {
        recipe.scale = Scale::None;
    }
    Conventions::ScikitLearn.apply(recipe, shape, true)
}

fn fit_and_transform<T: Real>(case: &Case) -> Result<(Fitted, Array3<T>), Error> {
    let train = case.input("fit_X").expect("fit_X").array::<T>()?;
    let other = case.input("transform_X").map(|x| x.array::<T>()).transpose()?;
    let recipe = recipe(case, Shape::of(&train.view()))?;
    match other {
        // The Normalizer learns nothing but the number of features.
        Some(x) if recipe.is_within_examples() && x.dim().1 == train.dim().1 => {
            recipe.normalize(x.view()).map(|(y, fitted)| (fitted, y))
        }
        other => {
            let fitted = recipe.fit(train.view())?;
            let y = fitted.transform(other.unwrap_or(train).view())?;
            Ok((fitted, y))
        }
    }
}

fn at_once<T: Real>(case: &Case, tally: &mut Tally) {
    let (fitted, y) = match (fit_and_transform::<T>(case), case.is_error()) {
        (Err(_), true) => {
            tally.errors += 1;
            return;
        }
        (Ok(_), true) => return tally.fail(case, "no error"),
        (Err(error), false) => return tally.fail(case, error),
        (Ok(result), false) => result,
    };
    let (shape, columns) = (Shape::of(&y.view()), y.dim().1);
    let values: Vec<T> = y.iter().copied().collect();
    tally.against_exact(case, fitted.recipe.grouping, shape, &values);
    if case.is_quirk() {
        return;
    }
    let tolerance = if T::SINGLE { SINGLE } else { DOUBLE };
    tally.against_library(case, "y", columns, &values, if T::SINGLE { 1e-5 } else { 1e-9 });
    attributes(case, tally, &fitted, columns, tolerance);
    if case.output("inverse_of_y").is_some() {
        let back = fitted.inverse(y.view()).expect("scalers can be undone");
        let back: Vec<T> = back.iter().copied().collect();
        tally.against_library(case, "inverse_of_y", columns, &back, tolerance);
    }
}

/// The attributes a fitted class shows, from the statistics of the groups.
fn attributes(case: &Case, tally: &mut Tally, fitted: &Fitted, columns: usize, tolerance: f64) {
    let (low, high) = fitted.recipe.range;
    let per_group =
        |f: &dyn Fn(&normlab::engine::GroupStatistics) -> f64| -> Vec<f64> { fitted.groups.iter().map(f).collect() };
    let slope = |scale: f64| (high - low) / scale;
    let centred = fitted.recipe.center != Center::None;
    let scaler = case.text("op") != "MinMaxScaler";
    let known: [(&str, Vec<f64>); 10] = [
        ("data_min_", per_group(&|g| g.min)),
        ("data_max_", per_group(&|g| g.max)),
        ("data_range_", per_group(&|g| g.dispersion)),
        ("min_", per_group(&|g| low - g.center * slope(g.scale))),
        ("mean_", per_group(&|g| g.center)),
        ("center_", per_group(&|g| g.center)),
        ("var_", per_group(&|g| g.dispersion)),
        ("max_abs_", per_group(&|g| g.dispersion)),
        ("scale_", per_group(&|g| if scaler { g.scale } else { slope(g.scale) })),
        ("n_samples_seen_", per_group(&|g| g.count as f64)),
    ];
    for (name, mut values) in known {
        // What is not subtracted is not kept; the count is one number where nothing is missing.
        let Some(output) = case.output(name) else { continue };
        if (name == "mean_" && !centred) || (name == "data_range_" && values.iter().any(|v| v.is_nan())) {
            continue;
        }
        values.truncate(output.data.len());
        let columns = if name == "min_" { 1 } else { columns };
        tally.against_library(case, name, columns, &values, tolerance);
    }
}

fn in_chunks(case: &Case, tally: &mut Tally) {
    let chunks: Vec<Array3<f64>> =
        (0..).map_while(|k| case.input(&format!("batch{k}"))).map(|t| t.array().expect("a table")).collect();
    let recipe = recipe(case, Shape::of(&chunks[0].view())).expect("a recipe");
    let mut streaming = StreamingFit::new(recipe).expect("gathers");
    chunks.iter().for_each(|chunk| streaming.push(chunk.view()).expect("finite"));
    let fitted = streaming.finish().expect("chunks");
    let views: Vec<_> = chunks.iter().map(|chunk| chunk.view()).collect();
    let all = concatenate(Axis(0), &views).expect("same columns");
    let y = fitted.transform(all.view()).expect("same columns");
    let (values, columns): (Vec<f64>, _) = (y.iter().copied().collect(), y.dim().1);
    tally.outputs += 1;
    tally.against_library(case, "y", columns, &values, DOUBLE);
    attributes(case, tally, &fitted, columns, DOUBLE);
}
