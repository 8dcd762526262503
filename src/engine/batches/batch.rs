//! Runs in batches, in which several are read side by side.

use crate::fitting::layout::{MemoryPlan, Places, RunStart};
use crate::kernel::{PAGE, PARTS, TILE};

/// Runs that follow each other in memory: rows of as many in each of [`PARTS`] stretches, far enough from each other.
pub(crate) struct Batch {
    places: [RunStart; TILE],
    row: usize,
}

/// See [`Batches::new`].
pub(crate) struct Batches<'a> {
    places: Places<'a>,
    row: usize,
    left: usize,
}

impl<'a> Batches<'a> {
    /// All runs of a plan, each of `bytes`. Batches of the examples that belong together are the same as those of all.
    pub fn new(plan: &'a MemoryPlan, bytes: usize) -> Self {
        // More than a page apart; a power of two, as the number of examples that belong together is one.
        let row = (PAGE * 3 / 2).div_ceil(bytes).next_power_of_two().min(TILE / PARTS);
        Self { places: plan.places(), row, left: plan.count() / (PARTS * row) }
    }

    /// Those that fill no batch, when all batches were taken.
    pub fn rest(self) -> Places<'a> {
        self.places
    }
}

impl Iterator for &mut Batches<'_> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        self.left = self.left.checked_sub(1)?;
        let mut places = [RunStart::default(); TILE];
        places[..PARTS * self.row].iter_mut().zip(&mut self.places).for_each(|(place, next)| *place = next);
        Some(Batch { places, row: self.row })
    }
}

impl Batch {
    /// Those to be read side by side.
    pub fn side_by_side(&self) -> impl Iterator<Item = [RunStart; PARTS]> {
        (0..self.row).map(|index| std::array::from_fn(|part| self.places[part * self.row + index]))
    }

    /// All, in memory order.
    pub fn in_order(&self) -> impl Iterator<Item = RunStart> {
        self.places[..PARTS * self.row].iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Recipe, Shape};

    /// The indices of the first values of all runs of `bytes`: in order, and as they are read side by side.
    fn order(runs: usize, bytes: usize) -> (Vec<usize>, Vec<[usize; PARTS]>) {
        let layer_norm = crate::Method::from_slug("layer-norm").unwrap();
        let shape = Shape { examples: runs, features: 3, positions: 1 };
        let Recipe { grouping, .. } = layer_norm.recipe(shape).unwrap();
        let plan = MemoryPlan::new(grouping, None, shape, &[3, 1, 1]).unwrap();
        let mut batches = Batches::new(&plan, bytes);
        let (mut in_order, mut side_by_side) = (Vec::new(), Vec::new());
        for batch in &mut batches {
            in_order.extend(batch.in_order().map(|place| place.memory));
            side_by_side.extend(batch.side_by_side().map(|places| places.map(|place| place.memory)));
        }
        in_order.extend(batches.rest().map(|place| place.memory));
        (in_order, side_by_side)
    }

    #[test]
    fn every_run_comes_once_and_those_side_by_side_are_far_from_each_other() {
        for (runs, bytes) in
            [1, 3, 15, 16, 17, 64, 1000].into_iter().flat_map(|runs| [12, 3072, 9000].map(|b| (runs, b)))
        {
            let (in_order, side_by_side) = order(runs, bytes);
            assert_eq!(in_order, (0..runs).map(|run| 3 * run).collect::<Vec<_>>(), "{runs} of {bytes}");
            let mut read: Vec<usize> = side_by_side.iter().flatten().copied().collect();
            read.sort_unstable();
            assert_eq!(read, in_order[..read.len()]);
            let far = |places: &[usize; PARTS]| places.windows(2).all(|two| (two[1] - two[0]) / 3 * bytes >= PAGE);
            assert!(bytes < 100 || side_by_side.iter().all(far), "{runs} of {bytes}");
        }
    }

    /// Examples that belong together are fitted alone by a trace.
    #[test]
    fn batches_of_a_tile_are_those_of_all() {
        for (bytes, runs) in [12, 3072, 9000].into_iter().flat_map(|bytes| [130, 200, 256].map(|runs| (bytes, runs))) {
            let (_, all) = order(runs, bytes);
            let last = runs / TILE * TILE;
            let (_, tile) = order(runs - last, bytes);
            let moved: Vec<_> = tile.into_iter().map(|places| places.map(|place| place + 3 * last)).collect();
            let of_all: Vec<_> = all.into_iter().filter(|places| places[0] >= 3 * last).collect();
            assert_eq!(of_all, moved, "{runs} of {bytes}");
        }
    }
}
