//! Several methods on the chosen columns: the same measures of each.

use ndarray::Array3;

use super::super::axes::{self, CENTRAL, finite, room, union};
use super::super::categories::Categories;
use super::super::{Chosen, feature_values, sample};
use super::{Loaded, NoView, Pace};
use crate::engine::method::Ruled;
use crate::engine::{Conventions, Method, freedman_diaconis, moments, quantiles, relate, summarize_near};
use crate::plot::{Axis, Curve, Frame, Scale, Shown, Spacing, View};
use crate::protocol::{Against, CompareQuery, Compared, ComparedMethod, ComparedOutcome, Fit, Followed, MethodQuery};

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
    #[inline(never)]
    pub(super) async fn compare(&mut self, query: &CompareQuery, pace: &impl Pace) -> Result<Compared, NoView> {
        let start = pace.millis();
        let Self { chosen, scratch, info, dataset, .. } = self;
        let mut measured = chosen.as_mut().map(|chosen| std::mem::take(&mut chosen.measured)).unwrap_or_default();
        let seen = chosen.as_ref().ok_or(NoView::Stale)?;
        let computed = seen.computed.as_ref().ok_or(NoView::Stale)?;
        let feature = query.column.and_then(|column| seen.feature(column)).unwrap_or(0);
        let mut measure = Measure::new(seen, feature, query.zoom, scratch);
        let categories = seen.drawn.as_ref().and_then(|(picture, ..)| Categories::of(dataset, picture.color? as usize));
        measure.part(categories.as_ref());
        measured.keep_if(measure.how(computed.conventions));

        let methods = lineup(&computed.method, &query.methods);
        let pair = pair(&methods, query.against.as_ref());
        let followed = query.cell.and_then(|cell| Some((cell, seen.place(cell)?)));
        let mut columns = [None, None];
        let mut panels = Vec::with_capacity(methods.len());
        let mut next = Vec::with_capacity(methods.len());
        // Memory for all others in turn.
        let mut other = Array3::default((0, 0, 0));
        for (index, (asked, method)) in methods.into_iter().enumerate() {
            pace.breathe().await?;
            // By statistics from elsewhere, a method gives other values than by these.
            let here = index > 0 || !computed.elsewhere;
            let known = method.as_ref().ok().filter(|_| here).and_then(|method| measured.take(method));
            let enough = !pair.contains(&Some(index)) && followed.is_none();
            let mut value = None;
            let outcome = match (&method, known) {
                (Ok(_), Some(known)) if enough => Ok(known),
                (Ok(method), known) => {
                    let ruled = method.under(computed.conventions);
                    let after =
                        if index == 0 { Ok(&seen.after) } else { run(ruled, seen, &mut other).map(|()| &other) };
                    match after {
                        Ok(after) => {
                            value = followed.map(|(_, place)| after[place]);
                            for (column, _) in columns.iter_mut().zip(pair).filter(|(_, one)| *one == Some(index)) {
                                *column = Some(measure.values(after).to_vec());
                            }
                            Ok(match known {
                                Some(known) => known,
                                None => measure.outcome(after, pace).await?,
                            })
                        }
                        Err(why) => Err(why),
                    }
                }
                (Err(why), _) => Err(why.clone()),
            };
            if let (Ok(method), Ok(outcome), true) = (method, &outcome, here) {
                next.push((method, outcome.clone()));
            }
            panels.push(ComparedMethod { method: asked, outcome, value });
        }
        pace.breathe().await?;
        let against = match (pair, columns) {
            ([Some(across), Some(up)], [Some(a), Some(b)]) => {
                Some(measure.against((across, up), [&a, &b], categories.as_ref()))
            }
            _ => None,
        };
        let shared = panels.iter().filter_map(|panel| panel.outcome.as_ref().ok()?.ends).reduce(union);
        let sizes = seen.summaries.iter().map(|before| (before.sd, before.min.abs().max(before.max.abs())));
        let compared = Compared {
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
            against,
            followed: followed.map(|(cell, place)| Followed {
                cell,
                feature: place[1] as u32,
                value: seen.before[place],
            }),
            millis: pace.millis() - start,
        };
        measured.found = next;
        if let Some(chosen) = chosen {
            chosen.measured = measured;
        }
        Ok(compared)
    }
}

/// What was measured for the last answer, and how: where one method changes, the others are as they were.
#[derive(Default)]
pub struct Measured {
    how: Option<How>,
    found: Vec<(Method, ComparedOutcome)>,
}

/// All that an outcome depends on beside the values and the method.
#[derive(PartialEq)]
struct How {
    conventions: Conventions,
    train: Option<Fit>,
    feature: usize,
    view: View,
    bins: usize,
    zoom: bool,
    spacing: Spacing,
    /// The column whose categories are drawn.
    color: Option<u32>,
}

impl Measured {
    fn keep_if(&mut self, how: How) {
        if self.how.as_ref() != Some(&how) {
            *self = Self { how: Some(how), found: Vec::new() };
        }
    }

    fn take(&mut self, method: &Method) -> Option<ComparedOutcome> {
        let index = self.found.iter().position(|(known, _)| known == method)?;
        Some(self.found.swap_remove(index).1)
    }
}

/// The method of the view, then the others that are asked for: each as it is called, and what it is or why it is none.
fn lineup(chosen: &Method, others: &[MethodQuery]) -> Vec<(MethodQuery, Result<Method, String>)> {
    let slug = chosen.info().slug;
    let settings = chosen.parameters().into_iter().map(|one| (one.field.key.into(), one.value.text())).collect();
    let mut methods = vec![(MethodQuery { slug: slug.into(), settings }, Ok(chosen.clone()))];
    for other in others.iter().filter(|other| other.slug != slug) {
        methods.push((other.clone(), other.method().map_err(|error| error.to_string())));
    }
    methods
}

/// Which two are drawn against each other: those asked for, else the first and one of the other kind, across examples or
/// inside of each.
fn pair(methods: &[(MethodQuery, Result<Method, String>)], asked: Option<&(String, String)>) -> [Option<usize>; 2] {
    let place = |slug: &String| methods.iter().position(|(method, _)| method.slug == *slug);
    if let Some((across, up)) = asked
        && let (Some(across), Some(up)) = (place(across), place(up))
    {
        return [Some(across), Some(up)];
    }
    let family = |index: usize| methods[index].1.as_ref().ok().map(|method| method.info().family);
    let other = (1..methods.len()).find(|index| family(*index).is_some_and(|other| Some(other) != family(0)));
    let second = other.or((methods.len() > 1).then_some(1));
    [second.map(|_| 0), second]
}

/// What another method makes of the chosen columns, in memory that is laid out as the values before are.
#[inline(never)]
fn run(method: Ruled, chosen: &Chosen, out: &mut Array3<f64>) -> Result<(), String> {
    let train = chosen.train.as_ref().map(|(_, rows)| rows.view());
    if out.dim() != chosen.before.dim() {
        *out = chosen.before.clone();
    }
    method.run_into(chosen.before.view(), train, out.view_mut()).map(drop).map_err(|error| error.to_string())
}

/// How many times the widest of these standard deviations is the narrowest, of features that reach so far from zero.
fn spread(sds: &[(f64, f64)]) -> f64 {
    let vary = sds.iter().filter(|(sd, size)| *sd > NOISE * size).map(|(sd, _)| *sd);
    let (count, low, high) =
        vary.fold((0, f64::INFINITY, 0.0_f64), |(n, low, high), sd| (n + 1, low.min(sd), high.max(sd)));
    if count > 1 { high / low } else { f64::NAN }
}

/// That of the values after the method of the view, for all panels: they have one axis.
#[inline(never)]
fn spacing(scale: Scale, chosen: &Chosen, gathered: &mut Vec<f64>, scratch: &mut Vec<f64>) -> Spacing {
    if scale == Scale::Linear {
        return Spacing::Linear;
    }
    let features = 0..chosen.columns.len();
    let summary = |feature| {
        let marks = chosen.marks.get(feature).copied().unwrap_or_default();
        summarize_near(feature_values(&chosen.after, feature, gathered), &marks, scratch)
    };
    let summaries: Vec<_> = features.map(summary).collect();
    axes::spacing(scale, &[&axes::Known { summaries: summaries.iter().collect(), ends: Vec::new() }])
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
    /// Values before of the feature that is looked at closely.
    before: Vec<f64>,
    gathered: Vec<f64>,
    scratch: &'a mut Vec<f64>,
}

impl<'a> Measure<'a> {
    fn new(chosen: &'a Chosen, feature: usize, zoom: bool, scratch: &'a mut Vec<f64>) -> Self {
        let picture = chosen.drawn.as_ref().map(|(picture, ..)| picture.clone()).unwrap_or_default();
        let mut drawn: Vec<usize> = (0..chosen.columns.len().min(DRAWN)).collect();
        if feature >= DRAWN {
            drawn[DRAWN - 1] = feature;
        }
        let bins = drawn.iter().map(|&index| freedman_diaconis(&chosen.summaries[index])).max().unwrap_or(BINS.0);
        let mut gathered = Vec::new();
        Self {
            chosen,
            feature,
            view: if picture.view == View::Density { View::Density } else { View::Histogram },
            drawn,
            bins: picture.bins.map_or(bins.clamp(BINS.0, BINS.1), |asked| asked as usize),
            zoom,
            spacing: spacing(picture.scale, chosen, &mut gathered, scratch),
            members: None,
            before: feature_values(&chosen.before, feature, &mut gathered).to_vec(),
            gathered,
            scratch,
        }
    }

    /// Draws one feature in parts.
    #[inline(never)]
    fn part(&mut self, categories: Option<&Categories>) {
        if let Some(categories) = categories {
            self.members = Some(categories.members());
            self.drawn = vec![self.feature];
        }
    }

    fn how(&self, conventions: Conventions) -> How {
        let Self { feature, view, bins, zoom, spacing, .. } = *self;
        let train = self.chosen.train.as_ref().map(|(fit, _)| fit.clone());
        let color = self.chosen.drawn.as_ref().and_then(|(picture, ..)| picture.color);
        How { conventions, train, feature, view, bins, zoom, spacing, color }
    }

    /// The values of the feature that is looked at closely.
    fn values<'b>(&'b mut self, after: &'b Array3<f64>) -> &'b [f64] {
        feature_values(after, self.feature, &mut self.gathered)
    }

    async fn outcome(&mut self, after: &Array3<f64>, pace: &impl Pace) -> Result<ComparedOutcome, NoView> {
        let mut sds = Vec::with_capacity(self.chosen.columns.len());
        let mut ends = None;
        for index in 0..self.chosen.columns.len() {
            pace.breathe().await?;
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
            pace.breathe().await?;
            let values = feature_values(after, index, &mut self.gathered);
            let marks = self.chosen.marks.get(index).copied().unwrap_or_default();
            // The width of the kernel follows from the quartiles.
            let summary = (self.view == View::Density).then(|| summarize_near(values, &marks, self.scratch));
            let positions = self.chosen.before.dim().2.max(1);
            let (spacing, bins, summary) = (self.spacing, self.bins, summary.as_ref());
            let frame = Frame { range, spacing, bins, summary, positions, ..Frame::default() };
            match &self.members {
                None => curves.push(self.view.measure(values, &frame)),
                Some(members) => curves.extend(members.iter().map(|rows| {
                    let frame = Frame { summary: None, rows: Some(rows), ..frame };
                    self.view.measure(&part(values, rows, positions), &frame)
                })),
            }
        }
        pace.breathe().await?;
        let values = feature_values(after, self.feature, &mut self.gathered);
        let marks = self.chosen.marks.get(self.feature).copied().unwrap_or_default();
        Ok(ComparedOutcome {
            curves,
            ends: range,
            summary: summarize_near(values, &marks, self.scratch),
            kept: relate(&self.before, values),
            spread: spread(&sds),
        })
    }

    /// From where to where the middle of the values goes.
    fn central(&mut self, index: usize, after: &Array3<f64>) -> (f64, f64) {
        let found = quantiles(feature_values(after, index, &mut self.gathered), &CENTRAL, self.scratch);
        (found[0], found[1])
    }

    #[inline(never)]
    fn against(&mut self, pair: (usize, usize), [a, b]: [&[f64]; 2], categories: Option<&Categories>) -> Against {
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
                crate::engine::range(values).unwrap_or((f64::NAN, f64::NAN))
            };
            let range = finite(ends).map(room);
            let curve = |(index, shown): (usize, &Vec<Shown>)| {
                let frame = Frame { range, positions, shown, ..Frame::default() };
                match &self.members {
                    Some(members) => View::Scatter.measure(&part(values, &members[index], positions), &frame),
                    None => View::Scatter.measure(values, &frame),
                }
            };
            shown.iter().enumerate().map(curve).collect()
        };
        Against {
            pair: (pair.0 as u32, pair.1 as u32),
            across: curves(a),
            up: curves(b),
            relation: relate(a, b),
            drawn: places.len() as u64,
            all: a.len() as u64,
        }
    }
}
