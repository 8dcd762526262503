//! Several methods on the chosen columns: the same measures of each.

use ndarray::Array3;

use super::super::axes::{self, CENTRAL, finite, room, union};
use super::super::categories::Categories;
use super::super::trace::Computed;
use super::super::{Chosen, feature_values, sample};
use super::applied::AppliedMethod;
use super::measured::{How, MeasuredMethod};
use super::{Loaded, QueryError, Yield};
use normlab_engine::{Conventions, Method, freedman_diaconis, moments, quantiles, relate, summarize_near};
use normlab_plot::{Axis, AxisScale, Curve, MeasureFrame, Shown, Spacing, View};
use normlab_protocol::{CompareQuery, ComparedMethod, ComparedOutcome, Followed, MethodComparison, PairPlot};

/// So many features are drawn in one picture.
const DRAWN: usize = 10;
/// Bins where their number follows from the data.
const BINS: (usize, usize) = (25, 60);
/// So many points are drawn of one method against another.
const POINTS: usize = 2_000;
/// A spread of less than this part of the largest value is what rounding left.
const NOISE: f64 = 1e-13;

impl Loaded {
    /// What each of the methods makes of the columns of the last view.
    ///
    /// The method of the view comes first, with what the view computed. The others are fitted on the rows that it was
    /// fitted on; where it was not fitted on these data, on all.
    pub(super) async fn compare(
        &mut self,
        query: &CompareQuery,
        yielder: &impl Yield,
    ) -> Result<MethodComparison, QueryError> {
        let start = yielder.millis();
        let Self { chosen, scratch, info, dataset, .. } = self;
        let mut measured = chosen.as_mut().map(|chosen| std::mem::take(&mut chosen.measured)).unwrap_or_default();
        let seen = chosen.as_ref().ok_or(QueryError::Cancelled)?;
        let computed = seen.computed.as_ref().ok_or(QueryError::Cancelled)?;
        let feature = query.column.and_then(|column| seen.feature(column)).unwrap_or(0);
        let mut measure = Measure::new(seen, feature, query.zoom, scratch);
        let categories =
            seen.drawn.as_ref().and_then(|(plot_options, ..)| Categories::of(dataset, plot_options.color? as usize));
        measure.part(categories.as_ref());
        measured.keep_if(measure.how(computed.conventions));

        let methods = lineup(&computed.method, &query.methods);
        let pair = pair(&methods, query.pair.as_ref());
        let followed = query.cell.and_then(|cell| Some((cell, seen.place(cell)?)));
        let mut runner = Runner { seen, computed, other: Array3::default((0, 0, 0)) };
        let mut panels = Vec::with_capacity(methods.len());
        let mut next = Vec::with_capacity(methods.len());
        for (index, &method) in methods.iter().enumerate() {
            yielder.yield_now().await?;
            let found = match measured.of(method).filter(|_| runner.is_here(index)) {
                Some(measured_method) => Ok(measured_method.clone()),
                None => match runner.run(index, method) {
                    Ok((after, applied)) => {
                        let outcome = measure.outcome(after, yielder).await?;
                        Ok(MeasuredMethod { method: method.clone(), outcome, applied })
                    }
                    Err(why) => Err(why),
                },
            };
            let place = followed.map(|(_, place)| place);
            let value = found
                .as_ref()
                .ok()
                .zip(place)
                .and_then(|(measured_method, place)| runner.value(index, measured_method, place));
            let outcome = found.as_ref().map(|measured_method| measured_method.outcome.clone()).map_err(Clone::clone);
            panels.push(ComparedMethod { method: method.clone(), outcome, value });
            next.extend(found.ok().filter(|_| runner.is_here(index)));
        }
        let methods_of_pair = pair.filter(|pair| pair.iter().all(|(index, _)| runner.is_here(*index)));
        let methods_of_pair = methods_of_pair.map(|pair| pair.map(|(_, method)| method.clone()));
        let measured_before = methods_of_pair.as_ref().and_then(|pair| measured.pair_plot(pair)).cloned();
        let pair_plot = match (pair, measured_before) {
            (Some([across, up]), Some(measured)) => Some(PairPlot { pair: (across.0 as u32, up.0 as u32), ..measured }),
            (Some(pair), None) => runner.pair_plot(pair, &mut measure, categories.as_ref(), yielder).await?,
            (None, _) => None,
        };
        measured.keep(next, methods_of_pair.zip(pair_plot.clone()));
        let shared = panels.iter().filter_map(|panel| panel.outcome.as_ref().ok()?.ends).reduce(union);
        let sizes = seen.summaries.iter().map(|before| (before.sd, before.min.abs().max(before.max.abs())));
        let comparison = MethodComparison {
            query: query.clone(),
            features: seen.columns.iter().map(|&column| info.columns[column].name.clone()).collect(),
            feature: feature as u32,
            before: seen.summaries.get(feature).copied(),
            spread: spread(&sizes.collect::<Vec<_>>()),
            view: measure.view,
            spacing: measure.spacing,
            drawn: measure.drawn.iter().map(|&index| index as u32).collect(),
            positions: seen.before.dim().2 as u32,
            panels,
            shared: shared.map(|(low, high)| Axis::new("", low, high).spaced(measure.spacing).rounded().range()),
            categories: categories.map(|categories| categories.names).unwrap_or_default(),
            pair_plot,
            followed: followed.map(|(cell, place)| Followed {
                cell,
                feature: place[1] as u32,
                value: seen.before[place],
            }),
            millis: yielder.millis() - start,
        };
        if let Some(chosen) = chosen {
            chosen.measured = measured;
        }
        Ok(comparison)
    }
}

/// The method of the view, then the others that are asked for.
fn lineup<'a>(chosen: &'a Method, others: &'a [Method]) -> Vec<&'a Method> {
    let others = others.iter().filter(|other| other.info().slug != chosen.info().slug);
    std::iter::once(chosen).chain(others).collect()
}

/// Which two are drawn against each other: those asked for, else the first and one of the other kind, across examples or
/// inside of each.
fn pair<'a>(methods: &[&'a Method], asked: Option<&(String, String)>) -> Option<[(usize, &'a Method); 2]> {
    let place = |slug: &String| methods.iter().position(|method| method.info().slug == slug);
    let places = match asked.and_then(|(across, up)| Some([place(across)?, place(up)?])) {
        Some(places) => places,
        None => {
            let family = |index: usize| methods[index].info().family;
            let other = (1..methods.len()).find(|index| family(*index) != family(0));
            [0, other.or((methods.len() > 1).then_some(1))?]
        }
    };
    Some(places.map(|index| (index, methods[index])))
}

/// Runs the methods: the first is that of the view, which ran already.
struct Runner<'a> {
    seen: &'a Chosen,
    computed: &'a Computed,
    /// Memory for all others in turn.
    other: Array3<f64>,
}

impl Runner<'_> {
    /// Whether the method follows its own statistics of these data: by those from elsewhere, it gives other values.
    fn is_here(&self, index: usize) -> bool {
        index > 0 || !self.computed.elsewhere
    }

    /// What the method makes of the chosen columns, in memory that is laid out as the values before are.
    fn run(&mut self, index: usize, method: &Method) -> Result<(&Array3<f64>, AppliedMethod), String> {
        let Self { seen, computed, other } = self;
        if index == 0 {
            return Ok((&seen.after, AppliedMethod::new(&computed.recipe, computed.fitted.as_ref())));
        }
        let train = seen.train.as_ref().map(|train| train.rows.view());
        if other.dim() != seen.before.dim() {
            *other = seen.before.clone();
        }
        let method = method.under(computed.conventions);
        let ran = method.run_into(seen.before.view(), train, other.view_mut());
        let (fitted, _) = ran.map_err(|error| error.to_string())?;
        Ok((other, AppliedMethod::new(&fitted.recipe, Some(&fitted))))
    }

    /// What the method made of the value at this place.
    fn value(&self, index: usize, measured_method: &MeasuredMethod, place: [usize; 3]) -> Option<f64> {
        if index == 0 {
            return self.seen.after.get(place).copied();
        }
        measured_method.applied.value(self.seen.before.view(), place)
    }

    /// One method against the other.
    async fn pair_plot(
        &mut self,
        [across, up]: [(usize, &Method); 2],
        measure: &mut Measure<'_>,
        categories: Option<&Categories>,
        yielder: &impl Yield,
    ) -> Result<Option<PairPlot>, QueryError> {
        let mut values = [const { Vec::new() }; 2];
        for (values, (index, method)) in values.iter_mut().zip([across, up]) {
            yielder.yield_now().await?;
            let Ok((after, _)) = self.run(index, method) else { return Ok(None) };
            *values = measure.values(after).to_vec();
        }
        yielder.yield_now().await?;
        let [a, b] = &values;
        Ok(Some(measure.pair_plot((across.0, up.0), [a, b], categories)))
    }
}

/// How many times the widest of these standard deviations is the narrowest, of features that reach so far from zero.
fn spread(sds: &[(f64, f64)]) -> f64 {
    let vary = sds.iter().filter(|(sd, size)| *sd > NOISE * size).map(|(sd, _)| *sd);
    let (count, low, high) =
        vary.fold((0, f64::INFINITY, 0.0_f64), |(n, low, high), sd| (n + 1, low.min(sd), high.max(sd)));
    if count > 1 { high / low } else { f64::NAN }
}

/// That of the values after the method of the view, for all panels: they have one axis.
fn spacing(scale: AxisScale, chosen: &Chosen, gathered: &mut Vec<f64>, scratch: &mut Vec<f64>) -> Spacing {
    if scale == AxisScale::Linear {
        return Spacing::Linear;
    }
    let features = 0..chosen.columns.len();
    let summary = |feature| {
        let quartile_hints = chosen.quartile_hints.get(feature).copied().unwrap_or_default();
        summarize_near(feature_values(&chosen.after, feature, gathered), &quartile_hints, scratch)
    };
    let summaries: Vec<_> = features.map(summary).collect();
    axes::spacing(scale, &[&axes::SideSummary { summaries: summaries.iter().collect(), ends: Vec::new() }])
}

/// The values of these rows.
fn part(values: &[f64], rows: &[u32], positions: usize) -> Vec<f64> {
    let of = |row: &u32| values.iter().skip(*row as usize * positions).take(positions);
    rows.iter().flat_map(of).copied().collect()
}

/// What is measured of each method, and how.
struct Measure<'a> {
    chosen: &'a Chosen,
    feature: usize,
    view: View,
    /// Indices of the drawn features, ascending.
    drawn: Vec<usize>,
    bins: usize,
    zoom: bool,
    spacing: Spacing,
    /// The rows of each category, where they are drawn.
    members: Option<Vec<Vec<u32>>>,
    gathered: Vec<f64>,
    gathered_before: Vec<f64>,
    scratch: &'a mut Vec<f64>,
}

impl<'a> Measure<'a> {
    fn new(chosen: &'a Chosen, feature: usize, zoom: bool, scratch: &'a mut Vec<f64>) -> Self {
        let plot_options = chosen.drawn.as_ref().map(|(plot_options, ..)| plot_options.clone()).unwrap_or_default();
        let mut drawn: Vec<usize> = (0..chosen.columns.len().min(DRAWN)).collect();
        if feature >= DRAWN {
            drawn[DRAWN - 1] = feature;
        }
        let bins = drawn.iter().map(|&index| freedman_diaconis(&chosen.summaries[index])).max().unwrap_or(BINS.0);
        let mut gathered = Vec::new();
        Self {
            chosen,
            feature,
            view: if plot_options.view == View::Density { View::Density } else { View::Histogram },
            drawn,
            bins: plot_options.bins.map_or(bins.clamp(BINS.0, BINS.1), |asked| asked as usize),
            zoom,
            spacing: spacing(plot_options.scale, chosen, &mut gathered, scratch),
            members: None,
            gathered,
            gathered_before: Vec::new(),
            scratch,
        }
    }

    /// Draws one feature in parts.
    fn part(&mut self, categories: Option<&Categories>) {
        if let Some(categories) = categories {
            self.members = Some(categories.members());
            self.drawn = vec![self.feature];
        }
    }

    fn how(&self, conventions: Conventions) -> How {
        let Self { feature, view, bins, zoom, spacing, .. } = *self;
        let train = self.chosen.train.as_ref().map(|train| train.fit.clone());
        let color = self.chosen.drawn.as_ref().and_then(|(plot_options, ..)| plot_options.color);
        How { conventions, train, feature, view, bins, zoom, spacing, color }
    }

    /// The values of the feature that is looked at closely.
    fn values<'b>(&'b mut self, after: &'b Array3<f64>) -> &'b [f64] {
        feature_values(after, self.feature, &mut self.gathered)
    }

    async fn outcome(&mut self, after: &Array3<f64>, yielder: &impl Yield) -> Result<ComparedOutcome, QueryError> {
        let mut sds = Vec::with_capacity(self.chosen.columns.len());
        let mut ends = None;
        for index in 0..self.chosen.columns.len() {
            yielder.yield_now().await?;
            let values = feature_values(after, index, &mut self.gathered);
            let found = moments(values);
            sds.push((found.sd, found.min.abs().max(found.max.abs())));
            if self.drawn.contains(&index) {
                let shown = if self.zoom { self.central(index, after) } else { (found.min, found.max) };
                ends = ends.into_iter().chain(finite(shown)).reduce(union);
            }
        }
        let range = ends.map(room);
        let mut curves = Vec::with_capacity(self.drawn.len());
        for &index in &self.drawn {
            yielder.yield_now().await?;
            let values = feature_values(after, index, &mut self.gathered);
            let quartile_hints = self.chosen.quartile_hints.get(index).copied().unwrap_or_default();
            // The width of the kernel follows from the quartiles.
            let summary = (self.view == View::Density).then(|| summarize_near(values, &quartile_hints, self.scratch));
            let positions = self.chosen.before.dim().2.max(1);
            let (spacing, bins, summary) = (self.spacing, self.bins, summary.as_ref());
            let frame = MeasureFrame { range, spacing, bins, summary, positions, ..MeasureFrame::default() };
            match &self.members {
                None => curves.push(self.view.measure(values, &frame)),
                Some(members) => curves.extend(members.iter().map(|rows| {
                    let frame = MeasureFrame { summary: None, rows: Some(rows), ..frame };
                    self.view.measure(&part(values, rows, positions), &frame)
                })),
            }
        }
        yielder.yield_now().await?;
        let before = feature_values(&self.chosen.before, self.feature, &mut self.gathered_before);
        let values = feature_values(after, self.feature, &mut self.gathered);
        let quartile_hints = self.chosen.quartile_hints.get(self.feature).copied().unwrap_or_default();
        Ok(ComparedOutcome {
            curves,
            ends: range,
            summary: summarize_near(values, &quartile_hints, self.scratch),
            relation: relate(before, values),
            spread: spread(&sds),
        })
    }

    /// From where to where the middle of the values goes.
    fn central(&mut self, index: usize, after: &Array3<f64>) -> (f64, f64) {
        let found = quantiles(feature_values(after, index, &mut self.gathered), &CENTRAL, self.scratch);
        (found[0], found[1])
    }

    fn pair_plot(&mut self, pair: (usize, usize), [a, b]: [&[f64]; 2], categories: Option<&Categories>) -> PairPlot {
        let Chosen { before, summaries, .. } = self.chosen;
        let positions = before.dim().2.max(1);
        let places = sample::some(before, &[self.feature], summaries, POINTS);
        let codes = categories.map(|categories| (categories.codes.as_slice(), categories.names.len()));
        let shown = sample::by_category(&places, positions, codes);
        let mut curves = |values: &[f64]| -> Vec<Curve> {
            let ends = if self.zoom {
                let found = quantiles(values, &CENTRAL, self.scratch);
                (found[0], found[1])
            } else {
                normlab_engine::range(values).unwrap_or((f64::NAN, f64::NAN))
            };
            let range = finite(ends).map(room);
            let curve = |(index, shown): (usize, &Vec<Shown>)| {
                let frame = MeasureFrame { range, positions, shown, ..MeasureFrame::default() };
                match &self.members {
                    Some(members) => View::Scatter.measure(&part(values, &members[index], positions), &frame),
                    None => View::Scatter.measure(values, &frame),
                }
            };
            shown.iter().enumerate().map(curve).collect()
        };
        PairPlot {
            pair: (pair.0 as u32, pair.1 as u32),
            across: curves(a),
            up: curves(b),
            relation: relate(a, b),
            drawn: places.len() as u64,
            all: a.len() as u64,
        }
    }
}
