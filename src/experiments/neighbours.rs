//! Nearest neighbours by squared distance, and their vote.

/// The `k` rows of `points` nearest to `own` as (squared distance, place), the nearest first; of equals the first row. A row has
/// as many values as `own`; the row at `skipped` does not count.
pub fn nearest(points: &[f64], own: &[f64], skipped: Option<usize>, k: usize) -> Vec<(f64, usize)> {
    let mut found: Vec<(f64, usize)> = Vec::with_capacity(k + 1);
    let others = points.chunks_exact(own.len()).enumerate().filter(|(place, _)| Some(*place) != skipped);
    for (place, other) in others {
        let square: f64 = own.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum();
        if found.len() < k || found.last().is_some_and(|(farthest, _)| square < *farthest) {
            let before = found.partition_point(|(nearer, _)| *nearer <= square);
            found.insert(before, (square, place));
            found.truncate(k);
        }
    }
    found
}

/// The class with the most votes; of equals the lowest.
pub fn vote(nearest: &[(f64, usize)], class: &[u32]) -> u32 {
    let mut votes: Vec<(u32, usize)> = Vec::new();
    for (_, place) in nearest {
        match votes.iter_mut().find(|(voted, _)| *voted == class[*place]) {
            Some((_, count)) => *count += 1,
            None => votes.push((class[*place], 1)),
        }
    }
    votes.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map_or(0, |(class, _)| *class)
}
