//! What the visitor chose, as one value; actions on it; the address. Knows no Yew, no worker, no data.

mod action;
pub mod address;
mod by_ptr;
mod compare;
mod conventions;
mod experiments;
mod files;
mod history;
mod mend;
mod page;
mod plots;
mod practice;
pub mod present;
mod study;
pub mod table;
mod with;
mod worker;

pub use action::Action;
pub use by_ptr::ByPtr;
pub use compare::CompareChoice;
pub use experiments::experiment::{ExperimentAction, ExperimentData, ExperimentState, PAGE_KEYS, SEEDS};
pub use experiments::experiment_answers::{ExperimentAnswers, ExperimentEvent};
pub use files::file_name::file_name;
pub use files::recent_file::RecentFile;
pub use files::user_file::{FileIdentity, UserFileInfo};
pub use history::History;
pub use mend::Mend;
pub use page::Page;
pub use plots::pointing::Panel;
pub use plots::shared_group::SharedGroup;
pub use plots::slider_range::SliderRange;
pub use practice::{
    AskReason, PracticeAnswer, PracticeRecord, PracticeState, QueueEntry, SET_SIZE, SURE, SURENESS, SurenessCount,
    calibration, due, missed, queue,
};
pub use study::{BatchSettings, Study};
pub use table::virtual_scroll::VirtualScroll;
pub use with::WithChoice;
pub use worker::answers::{Again, Answers, Crashes, Event, Loading, Making, Notice};
pub use worker::loadable::{AnyAnswer, CallState, DataVersion, Loadable};
pub use worker::worker_check::{Stopped, Watch, WorkerCheck};

use std::rc::Rc;

use crate::data::Edit;
use crate::data::generator::Generator;
use crate::data::sample;
use crate::engine::{Conventions, Method};
use crate::plot::{AxisScale, Form, Subject, View};
use crate::protocol::{AxisPolicy, ColumnKind, DataInfo, FitOn, Pick, PlotOptions, ViewQuery};

/// Up to this many features are drawn over each other unless the visitor says otherwise.
const OVERLAY_AT_MOST: usize = 4;
/// Histograms of more features are a wall.
const HISTOGRAMS_AT_MOST: usize = 8;
/// Of a wide table so many columns are chosen at first; the visitor may choose more.
const CHOSEN_AT_MOST: usize = 64;

/// Everything that the address holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    pub data: DataChoice,
    /// Names of the chosen columns, as everywhere in the state those they were loaded with; `None`: the data set's own
    /// default.
    pub columns: Option<Vec<String>>,
    pub method: Method,
    /// Whose defaults a method has when it is chosen, and whose rules hold.
    pub conventions: Conventions,
    pub fit: FitOn,
    /// What stands beside the result; `None`: the values before.
    pub with: Option<WithChoice>,
    /// `None`: the usual one of the data, see [`AppState::usual_view`].
    pub view: Option<View>,
    /// `None`: over each other when few, apart when many.
    pub layout: Option<FeatureLayout>,
    pub axes: AxisPolicy,
    pub scale: AxisScale,
    /// Only the central 98% of the values.
    pub zoom: bool,
    /// `None`: by Freedman-Diaconis.
    pub bins: Option<u32>,
    /// Name of the column whose categories colour the plots.
    pub color: Option<String>,
    /// Names of the columns on the axes of a scatter plot; `None`: the first two chosen.
    pub pair: Option<(String, String)>,
    /// What was changed in the data as they were loaded, in order.
    pub edits: Rc<Vec<Edit>>,
    /// What the visitor points at, on both sides and in the table.
    pub pick: Option<Pick>,
    /// What is looked at more closely below the result.
    pub study: Option<Study>,
    /// How BatchNorm is watched batch by batch.
    pub batches: BatchSettings,
    /// What the comparison of methods shows.
    pub compare: CompareChoice,
    /// Methods that were chosen before, with the settings they had: coming back finds them. Not in the address.
    pub remembered: Vec<Method>,
}

/// Which data the visitor wants.
#[derive(Clone, Debug, PartialEq)]
pub enum DataChoice {
    /// A bundled sample, by slug.
    Sample(&'static str),
    Generated {
        generator: Generator,
        seed: u64,
    },
    /// The visitor's own file or text.
    UserFile(UserFileInfo),
}

/// How several features share the plots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureLayout {
    /// All in one plot a side.
    Overlaid,
    /// A pair of plots for each.
    Each,
}

impl Default for AppState {
    fn default() -> Self {
        Self {
            data: DataChoice::Sample(sample::ALL[0].slug),
            columns: None,
            method: Method::from_slug("z-score").unwrap_or_else(|| Method::all().swap_remove(0)),
            conventions: Conventions::default(),
            fit: FitOn::All,
            with: None,
            view: None,
            layout: None,
            axes: AxisPolicy::default(),
            scale: AxisScale::default(),
            zoom: false,
            bins: None,
            color: None,
            pair: None,
            edits: Rc::default(),
            pick: None,
            study: None,
            batches: BatchSettings::default(),
            compare: CompareChoice::default(),
            remembered: Vec::new(),
        }
    }
}

impl AppState {
    /// Indices of the chosen numeric columns among the columns of `info`, in the order of the data.
    pub fn chosen_columns(&self, info: &DataInfo) -> Vec<usize> {
        let numeric = |index: &usize| info.columns[*index].kind == ColumnKind::Number;
        let all = 0..info.columns.len();
        if let Some(names) = &self.columns {
            let named: Vec<_> = all.clone().filter(numeric).filter(|&i| names.contains(&info.columns[i].key)).collect();
            if !named.is_empty() {
                return named;
            }
        }
        let default: Vec<_> = all.clone().filter(numeric).filter(|&i| info.columns[i].default).collect();
        let chosen = if default.is_empty() { all.filter(numeric).collect() } else { default };
        chosen.into_iter().take(CHOSEN_AT_MOST).collect()
    }

    /// Names in the address that the loaded data do not have.
    pub fn unknown_columns(&self, info: &DataInfo) -> Vec<String> {
        let known = |name: &String| info.columns.iter().any(|column| column.key == *name);
        let looked_at = self.compare.feature.iter().chain(&self.batches.feature);
        let chosen = self.columns.iter().flatten().chain(&self.color).chain(looked_at);
        chosen.filter(|name| !known(name)).cloned().collect()
    }

    /// Index of the column that colours the plots.
    pub fn color_column(&self, info: &DataInfo) -> Option<usize> {
        let name = self.color.as_ref()?;
        info.columns.iter().position(|column| column.key == *name)
    }

    /// Indices of the columns on the axes of a scatter plot, when both exist.
    pub fn pair_columns(&self, info: &DataInfo) -> Option<(u32, u32)> {
        let index = |name: &String| info.columns.iter().position(|column| column.key == *name);
        let (x, y) = self.pair.as_ref()?;
        Some((index(x)? as u32, index(y)? as u32))
    }

    /// What there is to see in these data.
    pub fn subject(&self, info: &DataInfo) -> Subject {
        Subject {
            features: self.chosen_columns(info).len(),
            image: info.image.map(|(height, width)| (height as usize, width as usize)),
        }
    }

    /// The view that is shown of these data: the chosen one where there is such a picture of them, else the usual one.
    pub fn view_for(&self, info: &DataInfo) -> View {
        let subject = self.subject(info);
        self.view.filter(|view| view.unfit(&subject).is_none()).unwrap_or_else(|| self.usual_view(info))
    }

    /// The view of these data where none was chosen: a heat map of many features and of arrays, unless something is set
    /// that only histograms show.
    pub fn usual_view(&self, info: &DataInfo) -> View {
        let many = info.positions > 1 || self.chosen_columns(info).len() > HISTOGRAMS_AT_MOST;
        let of_bars = self.bins.is_some() || matches!(self.pick, Some(Pick::Range { .. }));
        if many && !of_bars && self.layout.is_none() && self.color.is_none() { View::Heat } else { View::Histogram }
    }

    /// How the plots of a view are laid out for so many chosen features. Categories need a plot for each feature.
    pub fn layout_for(&self, view: View, features: usize) -> FeatureLayout {
        let bands = view.info().form == Form::Bands;
        match self.layout {
            _ if self.color.is_some() || features == 1 => FeatureLayout::Each,
            Some(layout) => layout,
            None if bands => FeatureLayout::Overlaid,
            None if features <= OVERLAY_AT_MOST => FeatureLayout::Overlaid,
            None => FeatureLayout::Each,
        }
    }

    /// The question to ask the worker about these data.
    pub fn query(&self, info: &DataInfo) -> ViewQuery {
        let columns = self.chosen_columns(info);
        ViewQuery {
            method: self.method.clone(),
            conventions: self.conventions,
            fit: if self.method.shares_examples() { self.fit.clone() } else { FitOn::All },
            with: self.with_query(),
            plot_options: PlotOptions {
                view: self.view_for(info),
                axes: self.axes,
                scale: self.scale,
                zoom: self.zoom,
                bins: self.bins,
                color: self.color_column(info).map(|index| index as u32),
                pair: self.pair_columns(info),
            },
            edits: self.edits.clone(),
            columns: columns.into_iter().map(|index| index as u32).collect(),
        }
    }
}
