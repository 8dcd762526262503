//! Nearest neighbours, and their vote.

/// All features of the first row first, of features contiguous.
pub fn by_row(x: &[f64], n: usize) -> Vec<f64> {
    (0..n).flat_map(|row| x.iter().skip(row).step_by(n).copied()).collect()
}

/// The `k` nearest of some others to a row, among `n` rows that are contiguous, as (squared distance, place), the nearest
/// first; of equals the first.
pub fn nearest(
    points: &[f64],
    n: usize,
    row: usize,
    others: impl Iterator<Item = usize>,
    k: usize,
) -> Vec<(f64, usize)> {
    let width = points.len() / n;
    let at = |row: usize| &points[row * width..(row + 1) * width];
    let own = at(row);
    let mut found: Vec<(f64, usize)> = Vec::with_capacity(k + 1);
    for place in others {
        let square: f64 = own.iter().zip(at(place)).map(|(a, b)| (a - b) * (a - b)).sum();
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
