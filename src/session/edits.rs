//! What the visitor changed: applied, taken back, and as little computed again as possible.

use std::rc::Rc;

use super::{Cancelled, Loaded, Yield, describe, feature_values};
use normlab_data::{DataCell, Edit, Undo};
use normlab_engine::summarize;
use normlab_protocol::DataInfo;

/// More refusals than this are counted, not told one by one.
const TOLD: usize = 3;

/// The edits that are in force.
#[derive(Default)]
pub(super) struct EditsInForce {
    edits: Rc<Vec<Edit>>,
    /// What takes each of them back, or why it was not made.
    undo: Vec<Result<Undo, String>>,
}

/// What has to be computed again.
#[derive(Default)]
struct Touched {
    cells: Vec<DataCell>,
    names: bool,
    rows: bool,
}

impl Touched {
    fn by(&mut self, edit: &Edit) {
        match edit {
            Edit::Set { cell, .. } => self.cells.push(*cell),
            Edit::Rename { .. } => self.names = true,
            Edit::AddRow { .. } | Edit::RemoveRows { .. } | Edit::Paste { .. } => self.rows = true,
        }
    }
}

impl EditsInForce {
    /// What was not made and why, for the visitor.
    pub fn refusals(&self) -> Vec<String> {
        let refused = self.undo.iter().enumerate().filter_map(|(index, undo)| Some((index, undo.as_ref().err()?)));
        let mut told: Vec<String> =
            refused.map(|(index, why)| format!("Change {} was not made: {why}.", index + 1)).collect();
        let more = told.len().saturating_sub(TOLD);
        told.truncate(TOLD);
        if more > 0 {
            told.push(format!("{more} more changes were not made."));
        }
        told
    }
}

impl Loaded {
    /// Makes the data what they are with these edits and no others: takes back what is in force behind their common
    /// beginning, and applies the rest. One that makes no sense is left out, and `Applied::refusals` says why.
    ///
    /// # Errors
    /// [`Cancelled`] when given up: as many of them are in force as there was time for.
    pub(super) async fn edit(&mut self, wanted: &Rc<Vec<Edit>>, yielder: &impl Yield) -> Result<(), Cancelled> {
        let applied = &self.applied;
        let common = applied.edits.iter().zip(&**wanted).take_while(|(old, new)| old == new).count();
        if common == applied.edits.len() && common == wanted.len() {
            return Ok(());
        }
        let mut touched = Touched::default();
        let mut done = self.take_back(common, &mut touched, yielder).await;
        if done.is_ok() {
            done = self.make(wanted, common, &mut touched, yielder).await;
        }
        self.follow(&touched);
        done
    }

    /// Takes back all but the first so many.
    async fn take_back(&mut self, first: usize, touched: &mut Touched, yielder: &impl Yield) -> Result<(), Cancelled> {
        let Self { dataset, applied, .. } = self;
        let mut done = Ok(());
        while done.is_ok() && applied.undo.len() > first {
            let Some(undo) = applied.undo.pop() else { break };
            if let (Ok(undo), Some(edit)) = (undo, applied.edits.get(applied.undo.len())) {
                dataset.undo(undo);
                touched.by(edit);
            }
            if applied.undo.len() > first {
                done = yielder.yield_now().await;
            }
        }
        applied.edits = applied.edits[..applied.undo.len()].to_vec().into();
        done
    }

    /// Makes all but the first so many, which are made.
    async fn make(
        &mut self,
        wanted: &Rc<Vec<Edit>>,
        first: usize,
        touched: &mut Touched,
        yielder: &impl Yield,
    ) -> Result<(), Cancelled> {
        let Self { dataset, applied, .. } = self;
        for (index, edit) in wanted.iter().enumerate().skip(first) {
            let undo = dataset.apply(edit).map_err(|why| why.to_string());
            if undo.is_ok() {
                touched.by(edit);
            }
            applied.undo.push(undo);
            // Between two of them: while a point is dragged there is one.
            if index + 1 < wanted.len()
                && let Err(cancelled) = yielder.yield_now().await
            {
                applied.edits = wanted[..=index].to_vec().into();
                return Err(cancelled);
            }
        }
        applied.edits = wanted.clone();
        Ok(())
    }

    /// What the data are with their edits; `None` without edits.
    pub(super) fn edited(&self) -> Option<DataInfo> {
        (!self.applied.edits.is_empty()).then(|| self.info.clone())
    }

    fn follow(&mut self, touched: &Touched) {
        let Self { dataset, info, chosen, scratch, .. } = self;
        if touched.rows {
            *chosen = None;
        }
        if touched.rows || touched.names {
            let now = describe(dataset, info.reading.take(), std::mem::take(&mut info.remarks));
            let before = std::mem::replace(info, now);
            for (column, before) in info.columns.iter_mut().zip(before.columns) {
                column.key = before.key;
            }
        } else {
            // Counting again is for the columns that were changed.
            let mut counted = Vec::new();
            for column in touched.cells.iter().map(|cell| cell.column as usize) {
                if !counted.contains(&column) {
                    counted.push(column);
                    info.columns[column].missing = dataset.columns[column].n_missing() as u64;
                }
            }
            let default = dataset.default_features();
            for (index, column) in info.columns.iter_mut().enumerate() {
                column.default = default.contains(&index);
            }
        }
        let Some(chosen) = chosen else { return };
        if !touched.cells.is_empty() {
            chosen.order = None;
            chosen.drawn = None;
        }
        let mut dirty = Vec::new();
        for cell in &touched.cells {
            let (row, column) = (cell.row as usize, cell.column as usize);
            let Some(feature) = chosen.columns.iter().position(|chosen| *chosen == column) else { continue };
            let of = &dataset.columns[column];
            let Some(values) = of.numbers().and_then(|numbers| numbers.get(row * of.positions..)) else { continue };
            // A column with one value an example is repeated over the positions.
            for position in 0..chosen.before.dim().2 {
                let value = values.get(position.min(of.positions - 1));
                if let (Some(to), Some(value)) = (chosen.before.get_mut((row, feature, position)), value) {
                    *to = *value;
                }
            }
            if !dirty.contains(&feature) {
                dirty.push(feature);
            }
        }
        for &feature in &dirty {
            let mut gathered = Vec::new();
            chosen.summaries[feature] = summarize(feature_values(&chosen.before, feature, &mut gathered), scratch);
            chosen.outliers[feature] = chosen.find_outliers(feature);
        }
        if !dirty.is_empty() {
            chosen.train = None;
            chosen.measured = Default::default();
        }
    }
}
