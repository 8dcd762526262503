//! Everything a visitor can do to the state.

use std::rc::Rc;

use crate::data::csv::ReadOptions;
use crate::data::generator::Generator;
use crate::data::{Edit, SavedFit};
use crate::engine::conventions::FloatPrecision;
use crate::engine::method::MomentumOf;
use crate::engine::{Conventions, Method, Shape};
use crate::parameters::Parameters;
use crate::plot::{AxisScale, View};
use crate::protocol::{AxisPolicy, FitOn, Pick};
use crate::state::{
    AppState, BatchSettings, CompareChoice, DataChoice, FeatureLayout, FileIdentity, Study, UserFileInfo, WithChoice,
};

/// One change of the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    ChooseData(DataChoice),
    /// The visitor's own data of this name were opened; `awaited` when the address asked for them, and all else it says
    /// is about them.
    OpenUserFile {
        name: String,
        awaited: bool,
    },
    /// What turned out about the content of the own data of this name.
    UserFileIdentified {
        name: String,
        identity: FileIdentity,
    },
    /// How the own data are read.
    SetReading(ReadOptions),
    /// A setting of the generator, as text; what it does not accept changes nothing.
    SetGenerator {
        key: &'static str,
        text: String,
    },
    SetSeed(u64),
    /// Takes the column in or out; the last one stays.
    ToggleColumn {
        name: String,
        chosen: Vec<String>,
    },
    ChooseColumns(Option<Vec<String>>),
    ChooseMethod(&'static str),
    /// A method with its settings.
    UseMethod(Method),
    /// Defaults and rules of a library, for an array of this shape.
    SetConventions(Conventions, Shape, FloatPrecision),
    /// A setting of the method, as text; what it does not accept changes nothing.
    SetMethod {
        key: &'static str,
        text: String,
    },
    SetFit(FitOn),
    SetWith(Option<Box<WithChoice>>),
    /// The method of the page and the one beside it change places.
    SwapWith,
    /// Statistics that were found before, with their method and settings.
    UseFit(Rc<SavedFit>),
    SetView(View),
    /// The usual view of the data.
    ResetView,
    SetLayout(FeatureLayout),
    SetAxes(AxisPolicy),
    SetScale(AxisScale),
    SetZoom(bool),
    SetPair(Option<(String, String)>),
    /// One more change of the data. Setting the same cell again takes the place of the last time.
    Edit(Edit),
    /// The data as they were loaded.
    ResetEdits,
    Pick(Option<Pick>),
    SetStudy(Option<Study>),
    SetBatches(BatchSettings),
    SetCompare(Box<CompareChoice>),
    SetBins(Option<u32>),
    SetColor(Option<String>),
    /// The state of an address.
    Open(Box<AppState>),
    /// A gesture ended (the pointer was lifted): what comes next is a step of its own. Changes nothing.
    Release,
}

impl Action {
    /// Whether this belongs to one gesture with `before` (a slider moved on, a number typed on): then the browser's
    /// history keeps one entry for both.
    pub fn continues(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::SetGenerator { key: a, .. }, Self::SetGenerator { key: b, .. })
            | (Self::SetMethod { key: a, .. }, Self::SetMethod { key: b, .. }) => a == b,
            (Self::Edit(now), Self::Edit(before)) => now.replaces(before),
            (Self::SetSeed(_), Self::SetSeed(_)) | (Self::SetBins(_), Self::SetBins(_)) => true,
            (Self::SetBatches(a), Self::SetBatches(b)) => a.feature == b.feature,
            (Self::SetFit(a), Self::SetFit(b)) => *a != FitOn::All && *b != FitOn::All,
            _ => false,
        }
    }
}

impl AppState {
    /// The state after `action`.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::ChooseData(data) => {
                if data != self.data {
                    next.choose_data(data);
                }
            }
            Action::OpenUserFile { name, awaited } => match &mut next.data {
                DataChoice::UserFile(user_file) if awaited && user_file.name == name => {
                    user_file.identity = FileIdentity::Nothing
                }
                _ => next.choose_data(DataChoice::UserFile(UserFileInfo::named(name))),
            },
            Action::UserFileIdentified { name, identity } => {
                if let DataChoice::UserFile(user_file) = &mut next.data
                    && user_file.name == name
                {
                    user_file.identity = identity;
                }
            }
            Action::SetReading(reading) => {
                if let DataChoice::UserFile(user_file) = &mut next.data {
                    user_file.reading = reading;
                    // Read otherwise, the same place holds something else.
                    next.forget_edits();
                }
            }
            Action::SetGenerator { key, text } => {
                if let DataChoice::Generated { generator, .. } = &mut next.data {
                    // The field has shown what is allowed; the last valid setting stays.
                    let _ = generator.set(key, &text);
                }
                if next.data != self.data {
                    next.forget_edits();
                }
            }
            Action::SetSeed(value) => {
                if let DataChoice::Generated { seed, .. } = &mut next.data {
                    *seed = value;
                }
                if next.data != self.data {
                    next.forget_edits();
                }
            }
            Action::ToggleColumn { name, mut chosen } => {
                match chosen.iter().position(|other| *other == name) {
                    Some(_) if chosen.len() == 1 => {}
                    Some(index) => drop(chosen.remove(index)),
                    None => chosen.push(name),
                }
                next.columns = Some(chosen);
            }
            Action::ChooseColumns(columns) => next.columns = columns,
            Action::ChooseMethod(slug) => next.choose_method(slug),
            Action::UseMethod(method) => next.use_method(method),
            Action::SetConventions(conventions, shape, precision) => {
                next.set_conventions(conventions, shape, precision)
            }
            Action::SetMethod { key, text } => next.set_method(key, &text),
            Action::SetFit(fit) => next.fit = fit,
            Action::SetWith(with) => next.with = with.map(|with| *with),
            Action::SwapWith => next.swap_with(),
            Action::UseFit(saved) => {
                if let Ok(method) = saved.method() {
                    next.use_method(method);
                    if !saved.features.is_empty() {
                        next.columns = Some(saved.features.iter().map(|feature| feature.name.clone()).collect());
                        next.fit = FitOn::Saved(saved);
                    }
                }
            }
            Action::SetView(view) => next.view = Some(view),
            Action::ResetView => next.view = None,
            Action::SetLayout(layout) => next.layout = Some(layout),
            Action::SetAxes(axes) => next.axes = axes,
            Action::SetScale(scale) => next.scale = scale,
            Action::SetZoom(zoom) => next.zoom = zoom,
            Action::SetPair(pair) => next.pair = pair,
            Action::Edit(edit) => next.edit(edit),
            Action::ResetEdits => next.forget_edits(),
            Action::Pick(pick) => next.pick = pick,
            Action::SetStudy(study) => next.study = study,
            Action::SetBatches(batches) => next.batches = batches,
            Action::SetCompare(choice) => next.compare = *choice,
            Action::SetBins(bins) => next.bins = bins,
            Action::SetColor(color) => next.color = color,
            Action::Release => {}
            Action::Open(state) => {
                next = *state;
                // Settings under other rules are none under these.
                if next.conventions == self.conventions {
                    next.remembered.clone_from(&self.remembered);
                }
            }
        }
        next
    }

    fn edit(&mut self, edit: Edit) {
        if matches!(edit, Edit::AddRow { .. } | Edit::RemoveRows { .. }) {
            // Rows behind it have other numbers now.
            self.pick = None;
        }
        let nothing = match &edit {
            Edit::RemoveRows { rows } => rows.is_empty(),
            Edit::Paste { places, rows, .. } => places.is_empty() || rows.is_empty(),
            _ => false,
        };
        if nothing {
            return;
        }
        let edits = Rc::make_mut(&mut self.edits);
        match edits.last_mut() {
            Some(last) if edit.replaces(last) => *last = edit,
            _ => edits.push(edit),
        }
    }

    /// Other data: what was chosen of the ones before means nothing now.
    fn choose_data(&mut self, data: DataChoice) {
        self.data = data;
        self.columns = None;
        self.color = None;
        self.pair = None;
        self.batches.feature = None;
        self.compare.feature = None;
        self.forget_edits();
    }

    /// For other data than those that were changed.
    fn forget_edits(&mut self) {
        self.edits = Rc::default();
        self.pick = None;
    }

    fn choose_method(&mut self, slug: &str) {
        let same = |method: &Method| method.info().slug == slug;
        if same(&self.method) {
            return;
        }
        let remembered_at = self.remembered.iter().position(same).map(|index| self.remembered.remove(index));
        if let Some(method) = remembered_at.or_else(|| self.usual(slug)) {
            self.remembered.push(std::mem::replace(&mut self.method, method));
            // What another method found is nothing to this one.
            if matches!(self.fit, FitOn::Saved(_)) {
                self.fit = FitOn::All;
            }
        }
    }
}

impl AppState {
    fn set_method(&mut self, key: &'static str, text: &str) {
        let told = weighs_old(&self.method);
        let _ = self.method.set(key, text);
        if key == "momentum-of" && weighs_old(&self.method) != told {
            turn_momentum(&mut self.method);
        }
    }

    pub(super) fn use_method(&mut self, method: Method) {
        self.choose_method(method.info().slug);
        if matches!(self.fit, FitOn::Saved(_)) && method != self.method {
            self.fit = FitOn::All;
        }
        self.method = method;
    }
}

/// Whether momentum is the weight of the old value. Where it has no effect, it is kept as that of the new batch.
fn weighs_old(method: &Method) -> bool {
    matches!(method, Method::BatchNorm(method) if method.momentum_of == MomentumOf::Old)
}

/// The same weights told the other way round, as a short decimal.
fn turn_momentum(method: &mut Method) {
    const PLACES: f64 = 1e15;
    if let Method::BatchNorm(method) = method {
        method.momentum = ((1.0 - method.momentum) * PLACES).round() / PLACES;
    }
}

impl DataChoice {
    /// Generated data with the generator's defaults.
    pub fn generate(slug: &str) -> Option<Self> {
        Generator::from_slug(slug).map(|generator| Self::Generated { generator, seed: 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coming_back_to_a_method_finds_its_settings() {
        let state = AppState::default()
            .after(Action::ChooseMethod("min-max"))
            .after(Action::SetMethod { key: "low", text: "-1".into() })
            .after(Action::ChooseMethod("robust"))
            .after(Action::ChooseMethod("min-max"));
        assert_eq!(state.method.parameters()[0].value.text(), "-1");
    }

    #[test]
    fn a_refused_setting_changes_nothing() {
        let state = AppState::default().after(Action::ChooseMethod("layer-norm"));
        assert_eq!(state.after(Action::SetMethod { key: "eps", text: "-1".into() }), state);
        assert_eq!(state.after(Action::SetMethod { key: "eps", text: "nonsense".into() }), state);
    }

    #[test]
    fn the_last_column_stays() {
        let chosen = vec!["a".to_string()];
        let state = AppState::default().after(Action::ToggleColumn { name: "a".into(), chosen: chosen.clone() });
        assert_eq!(state.columns, Some(chosen));
    }

    #[test]
    fn other_data_forget_the_chosen_columns() {
        let state = AppState::default().after(Action::ChooseColumns(Some(vec!["ctr".into()])));
        let state = state.after(Action::ChooseData(DataChoice::Sample("wine")));
        assert_eq!(state.columns, None);
    }

    #[test]
    fn setting_a_cell_again_is_one_edit() {
        let set = |row, value| {
            let cell = crate::data::DataCell { row, column: 0, position: 0 };
            Action::Edit(Edit::Set { cell, value })
        };
        let state = AppState::default().after(set(1, 5.0)).after(set(2, 5.0)).after(set(2, 6.0)).after(set(1, 7.0));
        assert_eq!(state.edits.len(), 3);
        assert!(set(2, 6.0).continues(&set(2, 5.0)) && !set(2, 6.0).continues(&set(1, 5.0)));
        assert!(state.after(Action::SetSeed(7)).edits.len() == 3, "these data have no seed");
        for other in [Action::ResetEdits, Action::ChooseData(DataChoice::Sample("wine"))] {
            assert!(state.after(other).edits.is_empty());
        }
    }

    #[test]
    fn only_one_gesture_shares_a_history_entry() {
        let set = |key, text: &str| Action::SetMethod { key, text: text.into() };
        assert!(set("eps", "1").continues(&set("eps", "2")));
        assert!(!set("eps", "1").continues(&set("gamma", "2")));
        assert!(!set("eps", "1").continues(&Action::Release), "another stroke is another step");
        assert!(!Action::ChooseMethod("robust").continues(&Action::ChooseMethod("min-max")));
    }
}
