//! How an array lies in memory, seen through a recipe: runs of one group, or panels whose columns are groups.

use crate::{Affine, ExampleSharing, FeatureSharing, Grouping, Shape, Sharing, sort_by};

/// One axis in memory: how many steps, and how far a step goes in memory, groups, gamma and beta.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AxisStep {
    pub len: usize,
    pub memory: usize,
    pub group: usize,
    pub gamma: usize,
    pub beta: usize,
}

/// Where a run or panel begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunStart {
    pub memory: usize,
    pub group: usize,
    pub gamma: usize,
    pub beta: usize,
}

/// The axes in memory order, neighbours merged where one step of the outer continues the inner.
#[derive(Clone, Debug)]
pub(crate) struct MemoryPlan {
    /// Slowest first; four is the most there can be, features being split in two.
    outer: [AxisStep; 4],
    outer_len: usize,
    /// Rows of a panel; one row for a run.
    pub rows: AxisStep,
    /// Contiguous: all of one group (`group == 0`) or each the next group (`group == 1`).
    pub inner: AxisStep,
}

impl MemoryPlan {
    /// `strides` are those of an array without gaps. `None` when its memory order suits neither runs nor panels, and for
    /// batches, which are walked one by one.
    pub fn new(grouping: Grouping, affine: Option<&Affine>, shape: Shape, strides: &[isize]) -> Option<Self> {
        if matches!(grouping.examples, ExampleSharing::Batches(_)) {
            return None;
        }
        let Shape { examples, features, positions } = shape;
        let (_, groups_c, groups_l) = grouping.counts(shape);
        let strides: [usize; 3] = [0, 1, 2].map(|axis| usize::try_from(strides[axis]).unwrap_or(0));
        let vector = |numbers: Option<&Vec<f64>>| match numbers.map_or(1, Vec::len) {
            1 => (0, 0),
            n if n == features => (1, 0),
            _ => (positions, 1),
        };
        let (gamma, beta) = (vector(affine.map(|a| &a.gamma)), vector(affine.map(|a| &a.beta)));
        let split = if grouping.features == FeatureSharing::Together { 1 } else { groups_c };
        let each = features / split.max(1);
        let separate = |sharing, groups| if sharing == Sharing::Separate { groups } else { 0 };
        let examples_separate = if grouping.examples == ExampleSharing::Separate { groups_c * groups_l } else { 0 };
        let mut axes = [
            AxisStep { len: examples, memory: strides[0], group: examples_separate, ..AxisStep::default() },
            AxisStep {
                len: split,
                memory: strides[1] * each,
                group: groups_l,
                gamma: gamma.0 * each,
                beta: beta.0 * each,
            },
            AxisStep { len: each, memory: strides[1], group: 0, gamma: gamma.0, beta: beta.0 },
            AxisStep {
                len: positions,
                memory: strides[2],
                group: separate(grouping.positions, 1),
                gamma: gamma.1,
                beta: beta.1,
            },
        ];
        if axes.iter().any(|axis| axis.len > 1 && axis.memory == 0) {
            return None;
        }
        sort_by(&mut axes, |a, b| a.memory > b.memory);
        let mut merged: Vec4 = Vec4::default();
        axes.iter().filter(|axis| axis.len > 1).for_each(|axis| merged.push(*axis));
        merged.into_plan()
    }

    /// Whether some group is in more than one run or panel.
    pub fn shares_across(&self) -> bool {
        self.outer[..self.outer_len].iter().any(|step| step.group == 0)
    }

    pub fn is_panel(&self) -> bool {
        self.inner.group == 1
    }

    /// The run or panel that holds the value at a place in memory, and the row and column of the value in it.
    pub fn locate(&self, memory: usize) -> (RunStart, usize, usize) {
        let (mut place, mut rest) = (RunStart::default(), memory);
        for step in &self.outer[..self.outer_len] {
            place = place.moved(*step, rest / step.memory);
            rest %= step.memory;
        }
        (place, rest / self.rows.memory, rest % self.rows.memory)
    }

    /// How many runs or panels there are.
    pub fn count(&self) -> usize {
        self.outer[..self.outer_len].iter().map(|step| step.len).product()
    }

    /// Every run or panel, in memory order.
    pub fn places(&self) -> Places<'_> {
        Places { outer: &self.outer[..self.outer_len], index: [0; 4], next: Some(RunStart::default()) }
    }
}

/// See [`MemoryPlan::places`].
pub(crate) struct Places<'a> {
    outer: &'a [AxisStep],
    index: [usize; 4],
    next: Option<RunStart>,
}

impl Iterator for Places<'_> {
    type Item = RunStart;

    #[inline(always)]
    fn next(&mut self) -> Option<RunStart> {
        let place = self.next?;
        self.next = None;
        let mut next = place;
        for (step, index) in self.outer.iter().zip(&mut self.index).rev() {
            *index += 1;
            if *index < step.len {
                self.next = Some(next.moved(*step, 1));
                break;
            }
            *index = 0;
            next = next.moved_back(*step, step.len - 1);
        }
        Some(place)
    }
}

impl RunStart {
    pub fn moved(self, step: AxisStep, times: usize) -> Self {
        Self {
            memory: self.memory + step.memory * times,
            group: self.group + step.group * times,
            gamma: self.gamma + step.gamma * times,
            beta: self.beta + step.beta * times,
        }
    }

    fn moved_back(self, step: AxisStep, times: usize) -> Self {
        Self {
            memory: self.memory - step.memory * times,
            group: self.group - step.group * times,
            gamma: self.gamma - step.gamma * times,
            beta: self.beta - step.beta * times,
        }
    }
}

/// Up to four axes, slowest first.
#[derive(Default)]
struct Vec4 {
    axes: [AxisStep; 4],
    len: usize,
}

impl Vec4 {
    fn push(&mut self, axis: AxisStep) {
        if let Some(last) = self.axes[..self.len].last_mut() {
            let continues = |outer: usize, inner: usize| outer == inner * axis.len;
            if continues(last.memory, axis.memory)
                && continues(last.group, axis.group)
                && continues(last.gamma, axis.gamma)
                && continues(last.beta, axis.beta)
            {
                *last = AxisStep { len: last.len * axis.len, ..axis };
                return;
            }
        }
        self.axes[self.len] = axis;
        self.len += 1;
    }

    fn into_plan(self) -> Option<MemoryPlan> {
        let single = AxisStep { len: 1, memory: 1, ..AxisStep::default() };
        let (mut outer, mut outer_len) = (self.axes, self.len);
        let inner = if outer_len == 0 {
            single
        } else {
            outer_len -= 1;
            outer[outer_len]
        };
        if inner.group > 1 || inner.gamma > 1 || inner.beta > 1 {
            return None;
        }
        let mut rows = AxisStep { len: 1, memory: inner.len, ..AxisStep::default() };
        if inner.group == 1 && outer_len > 0 && outer[outer_len - 1].group == 0 {
            outer_len -= 1;
            rows = outer[outer_len];
        }
        outer[outer_len..].fill(single);
        Some(MemoryPlan { outer, outer_len, rows, inner })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(grouping: Grouping, shape: (usize, usize, usize), strides: [isize; 3]) -> MemoryPlan {
        let (examples, features, positions) = shape;
        MemoryPlan::new(grouping, None, Shape { examples, features, positions }, &strides).expect("a plan")
    }

    #[test]
    fn neighbours_merge() {
        let table = plan(Grouping::FEATURE, (100, 10, 1), [10, 1, 1]);
        assert!(table.is_panel() && !table.shares_across());
        assert_eq!((table.rows.len, table.inner.len), (100, 10));
        let columns = plan(Grouping::FEATURE, (100, 10, 1), [1, 100, 1]);
        assert!(!columns.is_panel() && !columns.shares_across());
        assert_eq!(columns.inner.len, 100);
        let images = plan(Grouping::FEATURE, (8, 3, 16), [48, 16, 1]);
        assert!(!images.is_panel() && images.shares_across());
        let layer = plan(Grouping::EXAMPLE, (8, 3, 16), [48, 16, 1]);
        assert_eq!(layer.inner.len, 48);
        let tokens = plan(Grouping::POSITION, (8, 3, 16), [48, 16, 1]);
        assert_eq!((tokens.is_panel(), tokens.rows.len, tokens.inner.len), (true, 3, 16));
    }

    /// Every grouping that divides four features.
    fn groupings() -> Vec<Grouping> {
        let sharings = [Sharing::Together, Sharing::Separate];
        let groups = [1, 2, 4].map(FeatureSharing::Groups);
        let features = [FeatureSharing::Together, FeatureSharing::Separate].into_iter().chain(groups);
        let pairs = features.flat_map(|features| sharings.map(|examples| (examples, features)));
        pairs
            .flat_map(|(examples, features)| {
                sharings.map(|positions| Grouping { examples: examples.into(), features, positions })
            })
            .collect()
    }

    /// What `Recipe::fit` and `Fitted::transform_into` rely on: in standard order there is a plan for everything.
    #[test]
    fn every_value_is_visited_once_whatever_the_grouping_and_the_shape() {
        let mut plans = 0;
        for (n, c, l) in [(3, 4, 5), (1, 4, 5), (3, 4, 1), (1, 4, 1), (3, 1, 5), (1, 1, 5), (3, 1, 1), (1, 1, 1)] {
            let shape = Shape { examples: n, features: c, positions: l };
            for grouping in groupings().into_iter().filter(|grouping| grouping.check(shape).is_ok()) {
                for len in [None, Some(1), Some(c), Some(c * l)] {
                    let affine = len.map(|len| Affine { gamma: vec![2.0; len], beta: vec![1.0; len] });
                    let plan = MemoryPlan::new(grouping, affine.as_ref(), shape, &[(c * l) as isize, l as isize, 1]);
                    let plan =
                        plan.unwrap_or_else(|| panic!("no plan for {grouping:?} of {shape} with {len:?} gammas"));
                    let mut seen = vec![0; n * c * l];
                    plan.places().for_each(|place| {
                        for row in 0..plan.rows.len {
                            for column in 0..plan.inner.len {
                                let at = place.moved(plan.rows, row).moved(plan.inner, column);
                                assert_eq!(plan.locate(at.memory), (place, row, column));
                                seen[at.memory] += 1;
                                let (example, rest) = (at.memory / (c * l), at.memory % (c * l));
                                assert_eq!(at.group, grouping.index(shape, example, rest / l, rest % l));
                            }
                        }
                    });
                    assert!(seen.iter().all(|times| *times == 1), "{grouping:?} of {shape}");
                    plans += 1;
                }
            }
        }
        assert!(plans >= 400, "only {plans} plans");
    }
}
