//! Nearest neighbours by squared distance, and their vote.

/// All features of the first row first, of features contiguous.
pub fn by_row(x: &[f64], n: usize) -> Vec<f64> {
    (0..n).flat_map(|row| x.iter().skip(row).step_by(n).copied()).collect()
}

/// The values of a row, among `n` rows that are contiguous.
pub fn own_values(points: &[f64], n: usize, row: usize) -> &[f64] {
    let width = points.len() / n;
    &points[row * width..(row + 1) * width]
}

/// The `k` of some rows of `points` that are nearest to `own` as (squared distance, place), the nearest first; of equals the
/// first. A row has as many values as `own`.
pub fn nearest(points: &[f64], own: &[f64], others: impl Iterator<Item = usize>, k: usize) -> Vec<(f64, usize)> {
    let width = own.len();
    let mut found: Vec<(f64, usize)> = Vec::with_capacity(k + 1);
    for place in others {
        let other = &points[place * width..(place + 1) * width];
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
