//! A random walk: its test steps leave the range of the steps before, and the range of all steps tells where to.

use normlab_data::random::Stream;

use super::fit_scope::{FeatureScaler, FitScope};
use super::outcome::{LeakageExample, LeakageOutcome};
use super::{Leakage, LeakageCase};
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// The rule says "up" when the last known value is rescaled to less than this.
const MIDDLE: f64 = 0.5;

/// Many walks. The rule sees the last value before the split, rescaled to the range that a way allows, and says whether the
/// walk ends higher or lower.
pub async fn run(
    settings: &Leakage,
    seed: u64,
    control: &RunControl<'_, LeakageOutcome>,
) -> Result<LeakageOutcome, Refusal> {
    let (before, after) = (settings.before as usize, settings.after as usize);
    let mut outcome = LeakageOutcome::new(LeakageCase::Drift, settings.walks, (before, after));
    for number in 0..outcome.planned {
        control.yield_now(number as f32 / outcome.planned as f32).await?;
        let mut stream = Stream::new(seed, number as u64);
        let mut at = 0.0;
        let walk: Vec<f64> = std::iter::repeat_with(|| {
            at += stream.normal();
            at
        })
        .take(before + after)
        .collect();
        let (known, test) = walk.split_at(before);
        let (last, end) = (known[before - 1], test[after - 1]);
        let mut scalers = Vec::with_capacity(outcome.scopes.len());
        for (index, scope) in outcome.scopes.iter().enumerate() {
            let fitted_on = match scope {
                FitScope::Train | FitScope::ScalerOnAll | FitScope::Selection => known,
                FitScope::All => &walk,
                FitScope::TestOwn => test,
                FitScope::PerBatch => &test[..after.min(settings.batch as usize)],
            };
            let scaler = FeatureScaler::fit(fitted_on, Scaling::MinMax);
            scalers.push(scaler);
            let says_up = scaler.apply(last) < MIDDLE;
            outcome.scores[index].push(f64::from(says_up == (end > last)));
            let outside = match scope {
                // Every batch has a range of its own, so it is never outside.
                FitScope::PerBatch => 0,
                _ => test.iter().filter(|value| scaler.is_outside(**value)).count(),
            };
            outcome.outside[index].push(outside as f64 / after as f64);
        }
        if outcome.example.is_none() {
            let values = outcome.scopes.iter().zip(&scalers).map(|(scope, scaler)| {
                let size = if *scope == FitScope::PerBatch { settings.batch as usize } else { after };
                let scaled = test.chunks(size).flat_map(|batch| {
                    let own = FeatureScaler::fit(batch, Scaling::MinMax);
                    let scaler = if *scope == FitScope::PerBatch { own } else { *scaler };
                    batch.iter().map(move |value| scaler.apply(*value))
                });
                scaled.collect()
            });
            let values = values.collect();
            outcome.example = Some(LeakageExample { feature: "the walk".into(), scalers, values, walk: walk.clone() });
        }
        control.partial(&outcome);
    }
    Ok(outcome)
}
