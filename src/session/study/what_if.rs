//! What would move if one value were another: the method is run again with it, on all that it can reach.

use std::ops::Range;

use ndarray::{Array3, ArrayView3, s};

use super::{Loaded, QueryError, Yield};
use crate::trace::{Computed, like, part_of};
use crate::{Chosen, Train, groups};
use normlab_data::{DataCell, shown_name};
use normlab_engine::what_if::{Move, Moves};
use normlab_engine::{Error, GroupStatistics, Grouping, Shape, trace};
use normlab_protocol::{BeforeAfter, Farthest, Participation, WhatIfQuery, WhatIfResult};

impl Loaded {
    pub(super) async fn what_if(
        &mut self,
        query: &WhatIfQuery,
        yielder: &impl Yield,
    ) -> Result<WhatIfResult, QueryError> {
        let &WhatIfQuery { cell, value } = query;
        if value.is_infinite() {
            return Err(QueryError::Because("A value has to be finite, or missing.".into()));
        }
        let Self { dataset, info, chosen, .. } = self;
        let chosen = chosen.as_ref().ok_or_else(QueryError::no_result)?;
        let computed = chosen.computed.as_ref().ok_or_else(QueryError::no_result)?;
        let feature = chosen.feature(cell.column).ok_or(QueryError::Cancelled)?;
        let own = trace::ArrayIndex::new(cell.row as usize, feature, cell.position as usize);
        let shape = Shape::of(&chosen.before.view());
        let was = *chosen.before.get([own.example, own.feature, own.position]).ok_or(QueryError::Cancelled)?;
        // A column with one value an example is repeated over the positions.
        let repeated = dataset.columns[chosen.columns[feature]].positions == 1;
        let reach = Reach::of(computed, chosen.before.view(), own, repeated)?;
        let old = reach.statistics(computed, chosen, shape)?;
        let rows = reach.changed(chosen.before.view(), value);
        let (train, part) = chosen.train_with(computed, &reach, own.example, value);
        yielder.yield_now().await?;
        let (after, new) = reach.run(computed, &rows, train.as_ref())?;
        yielder.yield_now().await?;
        let moves = Moves::between(reach.cut(chosen.after.view()), after.view(), reach.members(&rows)?, reach.here)?;
        let names: Vec<String> = chosen.columns.iter().map(|&column| shown_name(&info.columns[column].name)).collect();
        let grouping = reach.grouping;
        let group = groups::name(grouping, shape, grouping.index(shape, own.example, feature, own.position), &names);
        let farthest = moves.farthest.map(|Move { cell, from, to }| {
            let feature = cell.feature + reach.features.start;
            let (row, position) = ((cell.example + reach.examples.start) as u64, cell.position as u32);
            let cell = DataCell { row, column: chosen.columns[feature] as u32, position };
            Farthest { cell, feature: names[feature].clone(), output: BeforeAfter { from, to } }
        });
        Ok(WhatIfResult {
            query: *query,
            feature: names[feature].clone(),
            group,
            part,
            value: BeforeAfter { from: was, to: value },
            own: BeforeAfter { from: moves.own.0, to: moves.own.1 },
            center: BeforeAfter { from: old.center, to: new.center },
            scale: BeforeAfter { from: old.scale, to: new.scale },
            others: moves.others as u64,
            row: moves.example as u64,
            column: moves.feature as u64,
            elsewhere: moves.elsewhere as u64,
            farthest,
        })
    }
}

/// What one value can move: all that is computed again.
struct Reach {
    examples: Range<usize>,
    features: Range<usize>,
    /// The value, within these.
    here: trace::ArrayIndex,
    /// The positions it stands at.
    places: Range<usize>,
    grouping: Grouping,
}

impl Reach {
    fn of(computed: &Computed, x: ArrayView3<f64>, own: trace::ArrayIndex, repeated: bool) -> Result<Self, Error> {
        let [examples, features, positions] = computed.method.reach(x, own)?;
        let here =
            trace::ArrayIndex { example: own.example - examples.start, feature: own.feature - features.start, ..own };
        let places = if repeated { positions } else { own.position..own.position + 1 };
        let grouping = computed.method.recipe(Shape::of(&x))?.grouping;
        Ok(Self { examples, features, here, places, grouping })
    }

    fn cut<'a>(&self, of: ArrayView3<'a, f64>) -> ArrayView3<'a, f64> {
        of.slice_move(s![self.examples.clone(), self.features.clone(), ..])
    }

    /// The outputs that share statistics with the value.
    fn members(&self, rows: &Array3<f64>) -> Result<[Range<usize>; 3], Error> {
        let [examples, features, positions] = self.grouping.members_with(Shape::of(&rows.view()), self.here)?;
        let all = positions.start.min(self.places.start)..positions.end.max(self.places.end);
        Ok([examples, features, all])
    }

    fn index(&self, shape: Shape) -> usize {
        self.grouping.index(shape, self.here.example, self.here.feature, self.here.position)
    }

    /// Those of the group as it is, of an array of this shape.
    fn statistics(&self, computed: &Computed, chosen: &Chosen, whole: Shape) -> Result<GroupStatistics, Error> {
        let Self { examples, features, here, grouping, .. } = self;
        match &computed.fitted {
            Some(fitted) => {
                let (example, feature) = (here.example + examples.start, here.feature + features.start);
                Ok(fitted.groups[grouping.index(whole, example, feature, here.position)])
            }
            None => {
                let rows = part_of(self.cut(chosen.before.view()));
                Ok(computed.recipe.fit(rows.view())?.groups[self.index(Shape::of(&rows.view()))])
            }
        }
    }

    /// The values within reach, with the one changed.
    fn changed(&self, of: ArrayView3<f64>, value: f64) -> Array3<f64> {
        let mut rows = part_of(self.cut(of));
        rows.slice_mut(s![self.here.example, self.here.feature, self.places.clone()]).fill(value);
        rows
    }

    fn run(
        &self,
        computed: &Computed,
        rows: &Array3<f64>,
        train: Option<&Array3<f64>>,
    ) -> Result<(Array3<f64>, GroupStatistics), Error> {
        let method = computed.method.under(computed.conventions);
        let mut after = like(rows.view());
        let (fitted, _) = match &computed.fitted {
            Some(found) if computed.elsewhere => {
                method.apply_into(found.groups[self.features.clone()].to_vec(), rows.view(), after.view_mut())
            }
            // Part of the examples is as good as all: the rules of the library were for those.
            _ if computed.recipe.is_within_examples() => {
                computed.recipe.normalize_into(rows.view(), after.view_mut()).map(|fitted| (fitted, Vec::new()))
            }
            _ => method.run_into(rows.view(), train.map(|train| train.view()), after.view_mut()),
        }?;
        Ok((after, fitted.groups[self.index(Shape::of(&rows.view()))]))
    }
}

impl Chosen {
    /// The rows to fit on, where they are others, as far as a method reaches and with the value of an example changed; and
    /// whether that is among them.
    fn train_with(
        &self,
        computed: &Computed,
        reach: &Reach,
        example: usize,
        value: f64,
    ) -> (Option<Array3<f64>>, Participation) {
        let Some(Train { rows, mask, .. }) = self.train.as_ref().filter(|_| computed.method.shares_examples()) else {
            return (None, if computed.elsewhere { Participation::Elsewhere } else { Participation::Taken });
        };
        let features = rows.slice(s![.., reach.features.clone(), ..]);
        let mut train = part_of(features);
        if !mask[example] {
            return (Some(train), Participation::OtherRows);
        }
        let place = mask[..example].iter().filter(|taken| **taken).count();
        train.slice_mut(s![place, reach.here.feature, reach.places.clone()]).fill(value);
        (Some(train), Participation::Taken)
    }
}
