//! Leakage with the target: features of noise that were selected because they go along with the classes of all rows.

use normlab_data::random::Stream;

use super::fit_scope::{FeatureScaler, FitScope};
use super::outcome::LeakageOutcome;
use super::{Leakage, LeakageCase};
use crate::neighbours::nearest;
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// Features that are made between two looks at the clock.
const STRETCH: usize = 64;

/// Many data sets of noise, whose classes are tossed with a coin. The nearest neighbour of the training half, by the selected
/// features, tells the class.
pub async fn run(
    settings: &Leakage,
    seed: u64,
    control: &RunControl<'_, LeakageOutcome>,
) -> Result<LeakageOutcome, Refusal> {
    let (n, width) = (settings.rows as usize, settings.candidates as usize);
    let (n_train, n_selected) = (n / 2, settings.selected as usize);
    if n_selected > width {
        return Err(Refusal::because(format!(
            "There are only {width} features, so {n_selected} cannot be selected: choose fewer, or more features."
        )));
    }
    let mut outcome = LeakageOutcome::new(LeakageCase::Selection, settings.draws, (n_train, n - n_train));
    for draw in 0..outcome.planned {
        let done = draw as f32 / outcome.planned as f32;
        let mut stream = Stream::new(seed, draw as u64);
        let class: Vec<u32> = (0..n).map(|_| stream.below(2) as u32).collect();
        let mut x = Vec::with_capacity(n * width);
        let (mut on_train, mut on_all) = (Vec::with_capacity(width), Vec::with_capacity(width));
        for feature in 0..width {
            if feature % STRETCH == 0 {
                control.yield_now(done).await?;
            }
            let values: Vec<f64> = (0..n).map(|_| stream.normal()).collect();
            on_train.push(agreement(&values[..n_train], &class[..n_train]));
            on_all.push(agreement(&values, &class));
            x.extend(values);
        }
        let (honest, leaky) = (best(&on_train, n_selected), best(&on_all, n_selected));
        for (index, scope) in outcome.scopes.iter().enumerate() {
            control.yield_now(done).await?;
            let selected = if *scope == FitScope::Selection { &leaky } else { &honest };
            let fitted_on = if *scope == FitScope::ScalerOnAll { n } else { n_train };
            let mut points = vec![0.0; n * n_selected];
            for (place, feature) in selected.iter().enumerate() {
                let values = &x[feature * n..(feature + 1) * n];
                let scaler = FeatureScaler::fit(&values[..fitted_on], Scaling::ZScore);
                for (row, value) in values.iter().enumerate() {
                    points[row * n_selected + place] = scaler.apply(*value);
                }
            }
            let (train, test) = points.split_at(n_train * n_selected);
            let is_right = |(place, own): (usize, &[f64])| {
                let found = nearest(train, own, 0..train.len() / own.len(), 1);
                found.first().is_some_and(|(_, neighbour)| class[*neighbour] == class[n_train + place])
            };
            let right = test.chunks_exact(n_selected).enumerate().filter(|row| is_right(*row)).count();
            outcome.scores[index].push(right as f64 / (n - n_train) as f64);
        }
        control.partial(&outcome);
    }
    Ok(outcome)
}

/// The square of the correlation of a feature with classes 0 and 1; 0 where one of both does not vary.
fn agreement(values: &[f64], class: &[u32]) -> f64 {
    let n = values.len() as f64;
    let (mean, share) = (values.iter().sum::<f64>() / n, class.iter().map(|class| f64::from(*class)).sum::<f64>() / n);
    let spread: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let together: f64 =
        values.iter().zip(class).map(|(value, class)| (value - mean) * (f64::from(*class) - share)).sum();
    let all = spread * n * share * (1.0 - share);
    if all > 0.0 { together * together / all } else { 0.0 }
}

/// The places of the highest values, in their order; of equals the first.
fn best(values: &[f64], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    order.truncate(count);
    order.sort_unstable();
    order
}
