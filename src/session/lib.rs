//! The session: owns the data, and answers each call of the page in one function. Runs in the worker, and natively in the
//! tests.

mod axes;
mod beside;
mod categories;
mod drawing;
mod edits;
mod facts;
mod groups;
mod highlight;
mod sample;
mod save;
mod study;
mod table;
mod trace;
mod user_table;
mod view;

use std::cell::Cell;

use ndarray::Array3;

use axes::Ranges;
use normlab_data::generator::Generator;
use normlab_data::sample::Sample;
use normlab_data::{Dataset, Read, Reading, Remark, TextColumn, Values};
use normlab_engine::{QuartileHints, Summary, summarize};
use normlab_parameters::Parameters;
use normlab_protocol::{ColumnInfo, ColumnKind, DataInfo, FarValues, FitOn, PlotOptions, PlotSide, Sort};

/// Lets others have their turn during long work, and says when the work is no longer wanted.
pub trait Yield {
    /// # Errors
    /// [`Cancelled`] when the work should stop.
    fn yield_now(&self) -> impl Future<Output = Result<(), Cancelled>>;

    /// Milliseconds since some fixed moment.
    fn millis(&self) -> f64;
}

/// The work is no longer wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    Cancelled,
    /// For the visitor.
    Because(String),
}

impl QueryError {
    /// What is asked about the last view, when nothing has come of that.
    fn no_result() -> Self {
        Self::Because("There is no result of the chosen method to take this from.".into())
    }
}

impl From<Cancelled> for QueryError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<normlab_engine::Error> for QueryError {
    fn from(error: normlab_engine::Error) -> Self {
        Self::Because(error.to_string())
    }
}

/// Owns one data set and what was computed from it.
#[derive(Default)]
pub struct Session {
    loaded: Option<Loaded>,
}

struct Loaded {
    dataset: Dataset,
    info: DataInfo,
    applied: edits::EditsInForce,
    chosen: Option<Chosen>,
    /// Bins of the last view.
    bars: highlight::BinHighlighter,
    scratch: Vec<f64>,
}

/// The columns the page looks at, as one array, and what follows from them alone.
struct Chosen {
    columns: Vec<usize>,
    before: Array3<f64>,
    summaries: Vec<Summary>,
    outliers: Vec<Option<FarValues>>,
    /// Where the quartiles of each column lay at its second view.
    quartile_hints: Vec<QuartileHints>,
    /// The rows that were fitted on, when not all.
    train: Option<Train>,
    /// Output of the last method; its memory is used again.
    after: Array3<f64>,
    /// What the last view has in place of the values before.
    beside: Option<beside::Second>,
    /// The order the table was last asked for.
    order: Option<(Sort, Vec<u32>)>,
    /// What was drawn before the method last, and with which options: another method leaves it as it is.
    drawn: Option<(PlotOptions, Ranges, PlotSide)>,
    /// What the last comparison of methods measured.
    measured: study::Measured,
    /// How the last view was computed.
    computed: Option<trace::Computed>,
}

/// The rows that a method is fitted on.
struct Train {
    fit: FitOn,
    rows: Array3<f64>,
    /// Of all rows, whether it is one of them.
    mask: Vec<bool>,
}

impl Session {
    /// Keeps what was read from a file or a text.
    pub fn keep_read(&mut self, read: impl Into<Read>) -> &DataInfo {
        let Read { dataset, reading, remarks } = read.into();
        self.keep(dataset, Some(reading), remarks)
    }

    /// Keeps a bundled sample that was read.
    pub fn keep_sample(&mut self, sample: &Sample, dataset: Dataset) -> &DataInfo {
        self.keep(sample.finish(dataset), None, Vec::new())
    }

    /// Generates data and keeps them.
    ///
    /// # Errors
    /// What is wrong with the settings, for the visitor.
    pub fn generate(&mut self, slug: &str, settings: &[(String, String)], seed: u64) -> Result<&DataInfo, String> {
        let mut generator = Generator::from_slug(slug).ok_or_else(|| format!("There is no generator {slug}."))?;
        for (key, text) in settings {
            generator.set(key, text).map_err(|error| error.to_string())?;
        }
        let dataset = generator.generate(seed).map_err(|error| error.to_string())?;
        Ok(self.keep(dataset, None, Vec::new()))
    }

    fn keep(&mut self, dataset: Dataset, reading: Option<Reading>, remarks: Vec<Remark>) -> &DataInfo {
        let info = describe(&dataset, reading, remarks);
        &self
            .loaded
            .insert(Loaded {
                dataset,
                info,
                applied: Default::default(),
                chosen: None,
                bars: Default::default(),
                scratch: Vec::new(),
            })
            .info
    }
}

fn describe(dataset: &Dataset, reading: Option<Reading>, remarks: Vec<Remark>) -> DataInfo {
    let default = dataset.default_features();
    let columns = dataset.columns.iter().enumerate().map(|(index, column)| ColumnInfo {
        name: column.name.clone(),
        key: column.name.clone(),
        kind: match &column.values {
            Values::Number(_) => ColumnKind::Number,
            Values::Text(text) => ColumnKind::Text(distinct(text)),
        },
        missing: column.n_missing() as u64,
        default: default.contains(&index),
    });
    DataInfo {
        name: dataset.name.clone(),
        rows: dataset.rows as u64,
        positions: dataset.positions as u32,
        image: dataset.image.map(|image| (image.height as u32, image.width as u32)),
        columns: columns.collect(),
        reading,
        remarks,
    }
}

/// How many texts occur: rows that were removed leave theirs in the dictionary.
fn distinct(text: &TextColumn) -> u32 {
    let mut seen = vec![false; text.dictionary.len()];
    for &code in &text.codes {
        if let Some(seen) = seen.get_mut(code as usize) {
            *seen = true;
        }
    }
    seen.into_iter().filter(|&seen| seen).count() as u32
}

impl Loaded {
    /// Finds where the quartiles of the chosen columns lie: those of what a method makes of them are looked for there.
    fn find_quartile_hints(&mut self) {
        let Some(chosen) = &mut self.chosen else { return };
        let mut gathered = Vec::new();
        let quartile_hints = (0..chosen.columns.len()).map(|feature| {
            QuartileHints::of(feature_values(&chosen.before, feature, &mut gathered), &mut self.scratch)
        });
        chosen.quartile_hints = quartile_hints.collect();
    }

    /// Makes `columns` the chosen ones, with their summaries.
    async fn choose(&mut self, columns: &[usize], yielder: &impl Yield) -> Result<(), Cancelled> {
        if self.chosen.as_ref().is_some_and(|chosen| chosen.columns == columns) {
            return Ok(());
        }
        // Memory of the earlier choice is given back before the new one is made.
        self.chosen = None;
        let before = self.dataset.array(columns, None);
        let mut summaries = Vec::with_capacity(columns.len());
        for feature in 0..columns.len() {
            yielder.yield_now().await?;
            let mut gathered = Vec::new();
            let values = feature_values(&before, feature, &mut gathered);
            summaries.push(summarize(values, &mut self.scratch));
        }
        let after = Array3::zeros((0, 0, 0));
        let mut chosen = Chosen {
            columns: columns.to_vec(),
            before,
            summaries,
            outliers: Vec::new(),
            quartile_hints: Vec::new(),
            train: None,
            after,
            beside: None,
            order: None,
            drawn: None,
            measured: Default::default(),
            computed: None,
        };
        chosen.outliers = (0..columns.len()).map(|feature| chosen.find_outliers(feature)).collect();
        self.chosen = Some(chosen);
        Ok(())
    }
}

/// The values of one feature over all examples and positions: borrowed where they lie together, else gathered.
fn feature_values<'a>(array: &'a Array3<f64>, feature: usize, gathered: &'a mut Vec<f64>) -> &'a [f64] {
    let view = array.index_axis(ndarray::Axis(1), feature);
    match view.to_slice() {
        Some(slice) => slice,
        None => {
            gathered.clear();
            gathered.extend(view.iter());
            gathered
        }
    }
}

/// Never waits: for native use, where nobody else needs a turn.
#[derive(Default)]
pub struct NoYield {
    /// Stops after so many yields when set: what a newer request does in the worker.
    pub yields_left: Cell<Option<u32>>,
}

impl Yield for NoYield {
    async fn yield_now(&self) -> Result<(), Cancelled> {
        match self.yields_left.get() {
            Some(0) => Err(Cancelled),
            Some(left) => {
                self.yields_left.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn millis(&self) -> f64 {
        0.0
    }
}
