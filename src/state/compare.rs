//! Which methods stand side by side, and how.

use crate::engine::Method;
use crate::protocol::{CompareQuery, DataInfo, Pick};
use crate::state::{AppState, DataChoice};

/// What the visitor compares. The method of the page is always part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompareChoice {
    /// Slugs in the order of the page; `None`: the usual ones.
    pub methods: Option<Vec<&'static str>>,
    /// Each picture has an axis of its own.
    pub own_axes: bool,
    /// Only the central 98% of the values.
    pub zoom: bool,
    /// Key of the column that is looked at closely; `None`: the first chosen.
    pub feature: Option<String>,
    /// Slugs of two methods that are drawn against each other; `None`: two that have something to tell.
    pub pair: Option<(&'static str, &'static str)>,
}

/// Those of the table of methods that differ on a plain table without further settings.
const USUAL: [&str; 7] = ["min-max", "z-score", "robust", "max-abs", "layer-norm", "rms-norm", "unit-length"];

/// Those of the layers of networks, where the data are what such a layer is given. GroupNorm begins with one group, and
/// would be LayerNorm once more.
const LAYERS: [&str; 4] = ["batch-norm", "layer-norm", "rms-norm", "instance-norm"];

impl CompareChoice {
    pub fn methods(&self) -> Vec<&'static str> {
        self.methods.clone().unwrap_or_else(|| USUAL.to_vec())
    }

    /// The same choice with exactly these methods, whatever their order.
    #[must_use]
    pub fn with_methods(mut self, wanted: &[&'static str]) -> Self {
        let all = Method::all().into_iter().map(|method| method.info().slug);
        let methods: Vec<_> = all.filter(|slug| wanted.contains(slug)).collect();
        self.methods = (methods != USUAL).then_some(methods);
        self
    }

    /// The same choice with this method, or without it when it was there.
    #[must_use]
    pub fn toggled(self, slug: &'static str) -> Self {
        let mut methods = self.methods();
        match methods.iter().position(|other| *other == slug) {
            Some(index) => drop(methods.remove(index)),
            None => methods.push(slug),
        }
        self.with_methods(&methods)
    }
}

impl AppState {
    /// The comparison, with methods that have something to tell of these data where none were chosen: of activations
    /// those of layers, of a single feature none that would compare it with others.
    pub fn compare_for(&self, info: &DataInfo) -> CompareChoice {
        let mut choice = self.compare.clone();
        let (features, positions) = (self.chosen_columns(info).len(), info.positions);
        let slug = match &self.data {
            DataChoice::Sample(slug) => slug,
            DataChoice::Generated { generator, .. } => generator.info().slug,
            DataChoice::UserFile(_) => "",
        };
        if choice.methods.is_none() && features > 1 && (positions > 1 || slug.starts_with("activations")) {
            // With one position, an instance is a single value.
            choice.methods =
                Some(LAYERS.into_iter().filter(|slug| positions > 1 || *slug != "instance-norm").collect());
        } else if choice.methods.is_none() && features == 1 && positions == 1 {
            choice.methods = Some(USUAL[..4].to_vec());
        }
        choice
    }

    /// What the comparison asks the worker. The method of the page has no settings there: it is that of the view.
    pub fn compare_query(&self, info: &DataInfo) -> CompareQuery {
        let choice = self.compare_for(info);
        let methods = choice.methods().into_iter().map(|slug| {
            let found_method = self.remembered.iter().find(|method| method.info().slug == slug).cloned();
            found_method.or_else(|| self.usual(slug)).unwrap_or_default()
        });
        let column = choice.feature.as_ref().and_then(|key| info.columns.iter().position(|column| column.key == *key));
        CompareQuery {
            methods: methods.collect(),
            zoom: choice.zoom,
            column: column.map(|index| index as u32),
            pair: choice.pair.map(|(across, up)| (across.into(), up.into())),
            cell: self.pick.and_then(|pick| if let Pick::Cell(cell) = pick { Some(cell) } else { None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Conventions, Shape};
    use crate::protocol::{ColumnInfo, ColumnKind};
    use crate::state::Action;

    #[test]
    fn methods_come_and_go_and_stand_in_the_order_of_the_page() {
        let choice = CompareChoice::default().toggled("batch-norm").toggled("min-max");
        let expected = ["z-score", "robust", "max-abs", "batch-norm", "layer-norm", "rms-norm", "unit-length"];
        assert_eq!(choice.methods(), expected);
        assert_eq!(choice.toggled("min-max").toggled("batch-norm"), CompareChoice::default());
        let none = USUAL.iter().fold(CompareChoice::default(), |choice, slug| choice.toggled(slug));
        assert_eq!(none.methods, Some(Vec::new()));
    }

    #[test]
    fn the_methods_follow_the_data() {
        let column = |index: usize| ColumnInfo {
            name: format!("x{index}"),
            key: format!("x{index}"),
            kind: ColumnKind::Number,
            missing: 0,
            default: true,
        };
        let info = |features: usize, positions| DataInfo {
            name: String::new(),
            rows: 9,
            positions,
            image: None,
            columns: (0..features).map(column).collect(),
            reading: None,
            remarks: Vec::new(),
        };
        let plain = AppState::default();
        let of = |state: &AppState, features, positions| state.compare_for(&info(features, positions)).methods();
        assert_eq!(of(&plain, 4, 1), USUAL);
        assert_eq!(of(&plain, 1, 1), ["min-max", "z-score", "robust", "max-abs"]);
        assert_eq!(of(&plain, 4, 9), LAYERS);
        let activations = plain.after(Action::ChooseData(DataChoice::Sample("activations-before")));
        assert_eq!(of(&activations, 4, 1), ["batch-norm", "layer-norm", "rms-norm"]);
        let chosen = CompareChoice::default().with_methods(&["robust"]);
        assert_eq!(of(&activations.after(Action::SetCompare(Box::new(chosen))), 4, 1), ["robust"]);
    }

    #[test]
    fn a_method_has_the_settings_it_had_last_and_that_of_the_page_none() {
        let state = AppState::default()
            .after(Action::ChooseMethod("min-max"))
            .after(Action::SetMethod { key: "low", text: "-1".into() });
        let info = DataInfo {
            name: String::new(),
            rows: 0,
            positions: 1,
            image: None,
            columns: Vec::new(),
            reading: None,
            remarks: Vec::new(),
        };
        let first = |state: &AppState| state.compare_query(&info).methods[0].clone();
        assert_eq!(Some(first(&state)), Method::from_slug("min-max"));
        let left = state.after(Action::ChooseMethod("robust"));
        assert_eq!(first(&left), state.method);
        // As a library has them, under its rules.
        let shape = Shape { examples: 9, features: 3, positions: 1 };
        let torch = AppState::default()
            .after(Action::SetCompare(Box::new(CompareChoice::default().with_methods(&["batch-norm", "rms-norm"]))))
            .after(Action::SetConventions(Conventions::PyTorch, shape, Default::default()));
        let named = |state: &AppState, slug: &str| -> Vec<Method> {
            let query = state.compare_query(&info);
            query.methods.iter().filter(|one| one.info().slug == slug).cloned().collect()
        };
        for slug in ["batch-norm", "rms-norm"] {
            assert_eq!(named(&torch, slug), [torch.after(Action::ChooseMethod(slug)).method], "{slug}");
        }
    }
}
