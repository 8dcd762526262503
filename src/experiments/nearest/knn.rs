//! Nearest neighbours, each row judged by all others (leave-one-out).

use super::outcome::{NearestOutcome, Neighbours, Score};
use crate::neighbours::{by_row, nearest, own_values, vote};
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// Scores every scaling; shows the neighbours of `row` (of the data, from 1) raw and after `shown`.
pub async fn run(
    outcome: &mut NearestOutcome,
    (k, row, shown): (usize, u64, Scaling),
    control: &RunControl<'_, NearestOutcome>,
) -> Result<(), Refusal> {
    let n = outcome.prepared.n_rows();
    if k >= n {
        return Err(Refusal::because(format!(
            "A row has only {} others, so {k} neighbours cannot be found: choose fewer neighbours.",
            n - 1
        )));
    }
    let asked = outcome.prepared.rows.iter().position(|place| u64::from(*place) + 1 == row);
    // A row that is not there, or was left out: the last one before it.
    let of =
        asked.unwrap_or_else(|| outcome.prepared.rows.iter().rposition(|place| u64::from(*place) < row).unwrap_or(0));
    let mut neighbours = Neighbours { of, is_asked: asked.is_some(), raw: Vec::new(), scaled: Vec::new() };
    for (index, scaling) in Scaling::EACH.into_iter().enumerate() {
        let x = outcome.prepared.scaled(scaling)?;
        outcome.shares.push(outcome.prepared.shares(&x));
        let points = by_row(&x, n);
        let mut predicted = Vec::with_capacity(n);
        for row in 0..n {
            let others = (0..n).filter(|place| *place != row);
            let nearest = nearest(&points, own_values(&points, n, row), others, k);
            predicted.push(vote(&nearest, &outcome.prepared.class));
            if row == of {
                let found = nearest.iter().map(|(square, place)| (*place, square.sqrt())).collect();
                match scaling {
                    Scaling::Raw => neighbours.raw = found,
                    scaling if scaling == shown => neighbours.scaled = found,
                    _ => {}
                }
            }
            let done = (index as f32 + row as f32 / n as f32) / Scaling::EACH.len() as f32;
            control.yield_now(done).await?;
        }
        outcome.scores.push(Score { scaling, value: outcome.n_correct(&predicted), predicted });
        control.partial(outcome);
    }
    outcome.neighbours = Some(neighbours);
    Ok(())
}
