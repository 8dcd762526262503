//! k-means with as many clusters as there are classes.
//!
//! Own code: the random numbers of the libraries are not the same in a browser and natively.

use normlab_data::random::Stream;

use super::outcome::{NearestOutcome, Score};
use crate::prepared::Scaling;
use crate::{Refusal, RunControl};

/// Of so many starts at most, and at least, the tightest clusters are kept: one start in twelve finds the best clusters of wine
/// after robust scaling.
const STARTS: (f64, f64) = (100.0, 10.0);
/// The products of numbers that all starts may take in each round.
const PRODUCTS: f64 = 2e7;
const ROUNDS_AT_MOST: usize = 300;

/// Scores every scaling by the adjusted Rand index.
pub async fn run(
    outcome: &mut NearestOutcome,
    seed: u64,
    control: &RunControl<'_, NearestOutcome>,
) -> Result<(), Refusal> {
    let n = outcome.prepared.n_rows();
    let mut classes = outcome.prepared.class.clone();
    classes.sort_unstable();
    classes.dedup();
    let starts = PRODUCTS / (outcome.prepared.x.len() * classes.len()) as f64;
    let starts = starts.clamp(STARTS.1, STARTS.0) as u64;
    for (index, scaling) in Scaling::EACH.into_iter().enumerate() {
        let x = outcome.prepared.scaled(scaling)?;
        outcome.shares.push(outcome.prepared.shares(&x));
        let mut best: Option<(f64, Vec<u32>)> = None;
        for start in 0..starts {
            let done = (index as f32 + start as f32 / starts as f32) / Scaling::EACH.len() as f32;
            let found = clusters(&x, n, classes.len(), &mut Stream::new(seed, start), control, done).await?;
            if best.as_ref().is_none_or(|(tightest, _)| found.0 < *tightest) {
                best = Some(found);
            }
        }
        let predicted = best.map(|(_, clusters)| clusters).unwrap_or_default();
        let value = adjusted_rand_index(&outcome.prepared.class, &predicted);
        outcome.scores.push(Score { scaling, value, predicted });
        control.partial(outcome);
    }
    Ok(())
}

/// The sum of squared distances to the nearest centre, and the cluster of each row (Lloyd 1982).
async fn clusters(
    x: &[f64],
    n: usize,
    k: usize,
    stream: &mut Stream,
    control: &RunControl<'_, NearestOutcome>,
    done: f32,
) -> Result<(f64, Vec<u32>), Refusal> {
    let width = x.len() / n;
    let points: Vec<Vec<f64>> = (0..n).map(|row| x.iter().skip(row).step_by(n).copied().collect()).collect();
    let mut centres = starts(&points, k, stream);
    let mut of_row = vec![0; n];
    let mut spread = f64::INFINITY;
    for _ in 0..ROUNDS_AT_MOST {
        control.yield_now(done).await?;
        let nearest: Vec<(f64, u32)> = points.iter().map(|point| nearest(point, &centres)).collect();
        let sum: f64 = nearest.iter().map(|(square, _)| square).sum();
        let stands = nearest.iter().zip(&of_row).all(|((_, cluster), before)| cluster == before);
        of_row = nearest.into_iter().map(|(_, cluster)| cluster).collect();
        if stands && spread.is_finite() {
            return Ok((sum, of_row));
        }
        spread = sum;
        let mut sums = vec![(vec![0.0; width], 0.0); centres.len()];
        for (point, cluster) in points.iter().zip(&of_row) {
            let (sum, count) = &mut sums[*cluster as usize];
            sum.iter_mut().zip(point).for_each(|(sum, value)| *sum += value);
            *count += 1.0;
        }
        // A cluster that lost all its rows stays where it is.
        for (centre, (sum, count)) in centres.iter_mut().zip(sums).filter(|(_, (_, count))| *count > 0.0) {
            *centre = sum.into_iter().map(|sum| sum / count).collect();
        }
    }
    Ok((spread, of_row))
}

/// Centres far from each other: each is drawn in proportion to its squared distance from the nearest before it (Arthur and
/// Vassilvitskii, k-means++: The advantages of careful seeding, 2007).
fn starts(points: &[Vec<f64>], k: usize, stream: &mut Stream) -> Vec<Vec<f64>> {
    let mut centres = vec![points[stream.below(points.len() as u64) as usize].clone()];
    while centres.len() < k {
        let squares: Vec<f64> = points.iter().map(|point| nearest(point, &centres).0).collect();
        let mut left = stream.uniform() * squares.iter().sum::<f64>();
        let drawn = squares.iter().position(|square| {
            left -= square;
            left <= 0.0 && *square > 0.0
        });
        centres.push(points[drawn.unwrap_or(0)].clone());
    }
    centres
}

/// Squared distance and index of the nearest centre; of equals the first.
fn nearest(point: &[f64], centres: &[Vec<f64>]) -> (f64, u32) {
    let mut best = (f64::INFINITY, 0);
    for (index, centre) in centres.iter().enumerate() {
        let square = point.iter().zip(centre).map(|(a, b)| (a - b) * (a - b)).sum();
        if square < best.0 {
            best = (square, index as u32);
        }
    }
    best
}

/// How far two partitions of the same rows agree: 1 when they are the same, about 0 by chance (Hubert and Arabie,
/// Comparing partitions, 1985).
pub fn adjusted_rand_index(a: &[u32], b: &[u32]) -> f64 {
    let size = |labels: &[u32]| labels.iter().max().map_or(0, |most| *most as usize + 1);
    let (rows, columns) = (size(a), size(b));
    let mut counts = vec![0.0; rows * columns];
    for (a, b) in a.iter().zip(b) {
        counts[*a as usize * columns + *b as usize] += 1.0;
    }
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let both: f64 = counts.iter().map(|count| pairs(*count)).sum();
    let in_a: f64 = counts.chunks(columns.max(1)).map(|row| pairs(row.iter().sum())).sum();
    let in_b: f64 = (0..columns).map(|column| pairs(counts.iter().skip(column).step_by(columns).sum())).sum();
    let expected = in_a * in_b / pairs(a.len() as f64).max(1.0);
    let most = f64::midpoint(in_a, in_b);
    if most == expected { 1.0 } else { (both - expected) / (most - expected) }
}
