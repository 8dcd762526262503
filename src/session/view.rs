//! One question answered: normalize, summarise, draw data.

use ndarray::Array3;

use super::axes::{self, Ranges, SideSummary};
use super::categories::Categories;
use super::drawing::{self, Drawing};
use super::facts::facts;
use super::highlight::BinHighlighter;
use super::trace::Computed;
use super::{Chosen, Loaded, QueryError, Session, Train, Yield, feature_values, groups, save};
use normlab_data::{Dataset, SavedFit, shown_name, split};
use normlab_engine::method::{BatchNorm, Mode, WithLibrary};
use normlab_engine::{
    Conventions, Error, Fitted, Method, Shape, Summary, Warning, quantiles, summarize, summarize_near,
};
use normlab_protocol::{Feature, FitOn, PlotSide, SortBy, ViewQuery, ViewResult};

impl Session {
    /// Answers `query` about the loaded data. Where its method is refused and there is no earlier result of the same columns,
    /// the comparison has no side after, and says why.
    ///
    /// # Errors
    /// [`QueryError::Cancelled`] when overtaken; otherwise why there is nothing to show, for the visitor.
    pub async fn view(&mut self, query: &ViewQuery, yielder: &impl Yield) -> Result<ViewResult, QueryError> {
        let start = yielder.millis();
        let loaded = self.loaded.as_mut().ok_or_else(|| QueryError::Because("No data are loaded yet.".into()))?;
        loaded.edit(&query.edits, yielder).await?;
        let (edited, mut told) = (loaded.edited(), loaded.applied.refusals());
        let columns = loaded.numeric(&query.columns)?;
        let method = query.method.clone();
        let with_library = method.under(query.conventions);
        loaded.choose(&columns, yielder).await?;
        if loaded.chosen.as_ref().is_some_and(|chosen| chosen.drawn.is_some() && chosen.quartile_hints.is_empty()) {
            loaded.find_quartile_hints();
        }
        let categories = query.plot_options.color.and_then(|index| Categories::of(&loaded.dataset, index as usize));
        let Loaded { dataset, chosen, scratch, info, bars, .. } = loaded;
        let Some(chosen) = chosen else { return Err(QueryError::Cancelled) };

        let fitted_rows = chosen.take_train_rows(&query.fit, dataset);
        yielder.yield_now().await?;
        let train = chosen.train.as_ref().map(|train| train.rows.view());
        chosen.computed = None;
        let fresh = chosen.after.dim() != chosen.before.dim();
        if fresh {
            // The same layout in memory: a feature of a table stays in one piece.
            chosen.after = chosen.before.clone();
        }
        chosen.order.take_if(|(sort, _)| matches!(sort.by, SortBy::After(_)));
        let names: Vec<String> = columns.iter().map(|&column| info.columns[column].name.clone()).collect();
        let run = match &query.fit {
            FitOn::Saved(saved) => apply_saved(with_library, saved, &names, chosen),
            _ => Ok(with_library.run_into(chosen.before.view(), train, chosen.after.view_mut())),
        };
        if fresh && !matches!(run, Ok(Ok(_))) {
            // What was copied for its layout is no result: the table must not show it.
            chosen.after = Array3::default((0, 0, 0));
        }
        let run = run.and_then(|run| {
            run.map_err(|error| gathering(&method, &error, refused(&error, query.conventions, &names)))
        });
        // Where there is no earlier result of these columns, the data are shown as they are.
        let (done, refused) = match run {
            Err(QueryError::Because(why)) if fresh => (None, Some(why)),
            run => (Some(run?), None),
        };
        let outcome = if done.is_some() { &chosen.after } else { &chosen.before };
        yielder.yield_now().await?;

        let shown: Vec<String> = names.iter().map(|name| shown_name(name)).collect();
        let mut features = Vec::with_capacity(names.len());
        let mut gathered = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let values = feature_values(outcome, index, &mut gathered);
            let quartile_hints = chosen.quartile_hints.get(index).copied().unwrap_or_default();
            let after = summarize_near(values, &quartile_hints, scratch);
            let held_out = chosen.train.as_ref().map(|train| summarize(&train.held_out(values), scratch));
            features.push(Feature { name: name.clone(), before: chosen.summaries[index], after, held_out });
            yielder.yield_now().await?;
        }
        // Without a result there is nothing to compare with another.
        let second = match done.as_ref().and_then(|_| chosen.second(query, dataset, scratch)) {
            Some(Err(why)) => {
                told.push(why);
                None
            }
            Some(Ok(second)) => Some(second),
            None => None,
        };
        let outcome = if done.is_some() { &chosen.after } else { &chosen.before };
        yielder.yield_now().await?;
        let mask = chosen.train.as_ref().map(|train| train.mask.as_slice());
        let drawing = Drawing::new(query, categories.as_ref(), &features, &chosen.before, mask);
        let summaries = match &second {
            Some(second) => second.summaries.iter().collect(),
            None => features.iter().map(|feature| &feature.before).collect(),
        };
        let left = second.as_ref().map_or(&chosen.before, |second| &second.values);
        let summary_before = side_summary(left, summaries, query.plot_options.zoom, scratch, yielder).await?;
        let summaries: Vec<_> = features.iter().map(|feature| &feature.after).collect();
        let summary_after = side_summary(outcome, summaries, query.plot_options.zoom, scratch, yielder).await?;
        let [old, new] = axes::ranges(query, &summary_before, &summary_after, second.is_some());
        let drawn = chosen
            .drawn
            .take()
            .filter(|(plot_options, ranges, _)| *plot_options == query.plot_options && *ranges == old);
        let drawn = drawn.filter(|_| second.is_none());
        let before = match drawn {
            Some((_, _, before)) => before,
            None => side(&drawing, left, &summary_before, old.clone(), yielder).await?,
        };
        // What was drawn of another method is not what a view of the values before looks for.
        let drawn_on = if second.is_none() { old } else { Ranges::default() };
        chosen.drawn = Some((query.plot_options.clone(), drawn_on, before.clone()));
        let mut after = side(&drawing, outcome, &summary_after, new, yielder).await?;
        if let Some((fitted, warnings)) = &done {
            told.extend(warnings.iter().map(|warning| groups::warn(warning, fitted, &shown)));
            told.extend(groups::only_signs(fitted));
        } else {
            after = PlotSide::default();
        }
        let (n, c, l) = chosen.before.dim();
        let shape = Shape { examples: n, features: c, positions: l };
        let facts = facts(chosen, &method);
        let beside = second.as_ref().map(|second| second.beside(query, &method, chosen));
        let view = ViewResult {
            query: query.clone(),
            shape,
            fitted_rows,
            groups: done.as_ref().map(|(fitted, _)| groups::describe(fitted, &shown)).unwrap_or_default(),
            refused,
            features,
            before,
            after,
            beside,
            image: info.image,
            drawn: drawing.drawn as u64,
            held_out: drawing.held_out(),
            categories: categories.map(|categories| categories.names).unwrap_or_default(),
            edited,
            warnings: told,
            facts,
            millis: yielder.millis() - start,
        };
        chosen.computed = done.map(|(fitted, _)| Computed::new(query, method, fitted, fitted_rows));
        chosen.beside = second;
        *bars = BinHighlighter::of(&view);
        Ok(view)
    }
}

/// Who refuses what, in the names of the visitor's columns.
pub(super) fn refused(error: &Error, library: Conventions, names: &[String]) -> QueryError {
    let why = match error {
        Error::NonFinite { example, feature, value, .. } => {
            let name = names.get(*feature).map_or_else(String::new, |name| shown_name(name));
            format!("Row {} of {name} holds {value}.", example + 1)
        }
        error => error.to_string(),
    };
    let told = library == Conventions::Normlab || matches!(error, Error::Refused { .. });
    QueryError::Because(if told { why } else { format!("{} refuses this: {why}", library.name()) })
}

/// What training refuses is refused in evaluation for its running statistics alone.
fn gathering(method: &Method, error: &Error, refused: QueryError) -> QueryError {
    match (method, error, refused) {
        (
            Method::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }),
            Error::Parameter { name: "eps", .. },
            QueryError::Because(why),
        ) => QueryError::Because(format!("{why} The running statistics are gathered in training.")),
        (_, _, refused) => refused,
    }
}

/// Normalizes by statistics that were found before.
fn apply_saved(
    method: WithLibrary,
    saved: &SavedFit,
    names: &[String],
    chosen: &mut Chosen,
) -> Result<Result<(Fitted, Vec<Warning>), Error>, QueryError> {
    let groups = save::groups(saved, names)?;
    Ok(method.apply_into(groups, chosen.before.view(), chosen.after.view_mut()))
}

/// What the axes of one side depend on.
async fn side_summary<'a>(
    array: &Array3<f64>,
    summaries: Vec<&'a Summary>,
    zoom: bool,
    scratch: &mut Vec<f64>,
    yielder: &impl Yield,
) -> Result<SideSummary<'a>, QueryError> {
    let mut ends: Vec<_> = summaries.iter().map(|summary| (summary.min, summary.max)).collect();
    if zoom {
        let mut gathered = Vec::new();
        for (feature, ends) in ends.iter_mut().enumerate() {
            yielder.yield_now().await?;
            let found = quantiles(feature_values(array, feature, &mut gathered), &axes::CENTRAL, scratch);
            *ends = (found[0], found[1]);
        }
    }
    Ok(SideSummary { summaries, ends })
}

async fn side(
    drawing: &Drawing<'_>,
    array: &Array3<f64>,
    side_summary: &SideSummary<'_>,
    ranges: Ranges,
    yielder: &impl Yield,
) -> Result<PlotSide, QueryError> {
    let mut curves = Vec::with_capacity(side_summary.summaries.len());
    let mut held_out = Vec::new();
    let mut gathered = Vec::new();
    for (index, summary) in side_summary.summaries.iter().enumerate() {
        yielder.yield_now().await?;
        let values = feature_values(array, index, &mut gathered);
        curves.push(drawing.curves(values, index, summary, &ranges));
        held_out.extend(drawing.held_out_curve(values, index, &ranges));
    }
    Ok(PlotSide { features: curves, held_out, axes: ranges.axes })
}

impl Loaded {
    /// The asked columns that exist and hold numbers.
    fn numeric(&self, columns: &[u32]) -> Result<Vec<usize>, QueryError> {
        let numeric = |index: &usize| {
            self.info.columns.get(*index).is_some_and(|column| column.kind == normlab_protocol::ColumnKind::Number)
        };
        let columns: Vec<_> = columns.iter().map(|&index| index as usize).filter(numeric).collect();
        if columns.is_empty() {
            return Err(QueryError::Because("Choose at least one column of numbers.".into()));
        }
        Ok(columns)
    }
}

impl Chosen {
    /// Makes the rows to fit on ready; returns how many there are.
    fn take_train_rows(&mut self, fit: &FitOn, dataset: &Dataset) -> u64 {
        if let FitOn::Train { share, seed } = *fit {
            return self.choose_train_rows(fit, dataset, (share, seed));
        }
        if self.train.take().is_some() {
            self.drawn = None;
        }
        if let FitOn::Saved(saved) = fit { saved.rows } else { dataset.rows as u64 }
    }

    fn choose_train_rows(&mut self, fit: &FitOn, dataset: &Dataset, (share, seed): (f64, u64)) -> u64 {
        if self.train.as_ref().is_none_or(|kept| kept.fit != *fit) {
            let mask = split::train_rows(dataset.rows, share, seed);
            let rows = dataset.array(&self.columns, Some(&mask));
            self.train = Some(Train { fit: fit.clone(), rows, mask });
            // What was drawn marks other rows.
            self.drawn = None;
        }
        self.train.as_ref().map_or(0, |train| train.rows.dim().0 as u64)
    }
}

impl Train {
    /// Whether this row is none of them.
    pub(super) fn leaves_out(&self, row: usize) -> bool {
        self.mask.get(row) == Some(&false)
    }

    /// Of the values of a feature in all rows, those of the rows that were not fitted on.
    fn held_out(&self, values: &[f64]) -> Vec<f64> {
        drawing::held_out(&self.mask, values, values.len() / self.mask.len().max(1))
    }
}
