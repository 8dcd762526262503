//! Defaults and rules of a library.

use crate::engine::conventions::FloatPrecision;
use crate::engine::method::GroupNorm;
use crate::engine::{Conventions, Method, Shape};
use crate::protocol::DataInfo;
use crate::state::{Action, AppState};

/// Where the data are not known. Their shape matters for the number of groups alone, which then stays.
const UNKNOWN: Shape = Shape { examples: 1, features: 1, positions: 1 };

impl AppState {
    /// The shape of the chosen columns as one array.
    pub fn shape(&self, info: &DataInfo) -> Shape {
        let features = self.chosen_columns(info).len();
        Shape { examples: info.rows as usize, features, positions: info.positions as usize }
    }

    /// What choosing a method does to these data: it has the library's defaults, or the settings it was left with.
    pub fn choosing(&self, slug: &'static str, info: Option<&DataInfo>) -> Action {
        match info {
            Some(info) if self.conventions != Conventions::Normlab => self.adapting(slug, info),
            Some(info) => self.choosing_groups(slug, info),
            _ => Action::ChooseMethod(slug),
        }
    }

    /// GroupNorm with one group is LayerNorm: chosen for the first time, it has two where the features allow it.
    fn choosing_groups(&self, slug: &'static str, info: &DataInfo) -> Action {
        let known = self.remembered.iter().chain([&self.method]).any(|method| method.info().slug == slug);
        let features = self.chosen_columns(info).len();
        match Method::from_slug(slug) {
            Some(Method::GroupNorm(method)) if !known && features > 2 && features.is_multiple_of(2) => {
                Action::UseMethod(Method::GroupNorm(GroupNorm { groups: 2, ..method }))
            }
            _ => Action::ChooseMethod(slug),
        }
    }

    fn adapting(&self, slug: &'static str, info: &DataInfo) -> Action {
        let known = self.remembered.iter().chain([&self.method]).any(|method| method.info().slug == slug);
        match Method::from_slug(slug) {
            Some(method) if !known => {
                Action::UseMethod(adapted(self.conventions, &method, self.shape(info), info.precision()))
            }
            _ => Action::ChooseMethod(slug),
        }
    }

    /// A method of the map with the defaults of the library that was chosen, for an array of this shape and precision; what puts it at its
    /// place stays.
    pub fn placed(&self, method: &Method, shape: Shape, precision: FloatPrecision) -> Method {
        let mut placed = adapted(self.conventions, method, shape, precision);
        match (&mut placed, method) {
            (Method::UnitLength(placed), Method::UnitLength(method)) => placed.norm = method.norm,
            (Method::GroupNorm(placed), Method::GroupNorm(method)) => placed.groups = method.groups,
            _ => {}
        }
        placed
    }

    /// A method with the defaults of the library.
    pub(super) fn usual(&self, slug: &str) -> Option<Method> {
        usual(slug, self.conventions)
    }

    pub(super) fn set_conventions(&mut self, conventions: Conventions, shape: Shape, precision: FloatPrecision) {
        self.conventions = conventions;
        let beside = self.with.as_mut().map(|with| &mut with.method);
        for method in self.remembered.iter_mut().chain([&mut self.method]).chain(beside) {
            *method = adapted(conventions, method, shape, precision);
        }
    }
}

/// A method with the defaults of a library, whatever the data.
pub(super) fn usual(slug: &str, conventions: Conventions) -> Option<Method> {
    let method = Method::from_slug(slug)?;
    Some(if conventions == Conventions::Normlab {
        method
    } else {
        adapted(conventions, &method, UNKNOWN, FloatPrecision::Double)
    })
}

fn adapted(conventions: Conventions, method: &Method, shape: Shape, precision: FloatPrecision) -> Method {
    conventions.adapt(method, shape, precision).method
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Shape;
    use crate::parameters::{Options, Parameters};
    use crate::protocol::{ColumnInfo, ColumnKind};

    const WIDE: Shape = Shape { examples: 9, features: 64, positions: 1 };

    fn info(features: usize) -> DataInfo {
        let column = |index: usize| ColumnInfo {
            name: format!("x{index}"),
            key: format!("x{index}"),
            kind: ColumnKind::Number,
            missing: 0,
            default: true,
        };
        let columns = (0..features).map(column).collect();
        DataInfo { name: "x".into(), rows: 9, positions: 1, image: None, columns, reading: None, remarks: Vec::new() }
    }

    fn setting(method: &Method, key: &str) -> String {
        method.parameters().into_iter().find(|one| one.field.key == key).map(|one| one.value.text()).unwrap_or_default()
    }

    fn set(key: &'static str, text: &str) -> Action {
        Action::SetMethod { key, text: text.into() }
    }

    #[test]
    fn a_place_of_the_map_keeps_what_puts_it_there() {
        use crate::engine::naming::MethodMap;
        let map = MethodMap::new(WIDE).unwrap();
        for library in Conventions::ALL.iter().map(|(library, ..)| *library) {
            let state = AppState { conventions: library, ..AppState::default() };
            for (_, method) in map.cells.iter().flat_map(|cell| &cell.methods) {
                let (here, placed) = (
                    method.recipe(WIDE).unwrap(),
                    state.placed(method, WIDE, FloatPrecision::Double).recipe(WIDE).unwrap(),
                );
                assert_eq!((placed.grouping, placed.center, placed.scale), (here.grouping, here.center, here.scale));
            }
        }
    }

    #[test]
    fn a_library_brings_its_defaults_to_every_method() {
        let state = AppState::default()
            .after(Action::ChooseMethod("layer-norm"))
            .after(set("eps", "0.5"))
            .after(Action::ChooseMethod("batch-norm"))
            .after(set("mode", "evaluation"))
            .after(set("gamma", "3"));
        let keras = state.after(Action::SetConventions(Conventions::Keras, WIDE, FloatPrecision::Double));
        let found = |key| setting(&keras.method, key);
        assert_eq!([found("eps"), found("momentum"), found("momentum-of")], ["0.001", "0.99", "old"]);
        assert_eq!([found("mode"), found("gamma")], ["evaluation", "3"], "what is no default there stays");
        let layer = keras.after(Action::ChooseMethod("layer-norm"));
        assert_eq!(setting(&layer.method, "eps"), "0.001", "also one that was left");
        let rms = keras.after(Action::ChooseMethod("rms-norm"));
        assert_eq!(setting(&rms.method, "eps"), "0.000001", "and one that is new");
        let again = rms.after(Action::SetConventions(Conventions::Normlab, WIDE, FloatPrecision::Double));
        assert_eq!(setting(&again.method, "eps"), setting(&Method::from_slug("rms-norm").unwrap(), "eps"));
    }

    #[test]
    fn settings_under_a_library_are_found_again() {
        let torch = AppState::default()
            .after(Action::SetConventions(Conventions::PyTorch, WIDE, FloatPrecision::Double))
            .after(Action::ChooseMethod("layer-norm"))
            .after(set("eps", "0.25"))
            .after(Action::ChooseMethod("rms-norm"));
        let back = torch.after(torch.choosing("layer-norm", Some(&info(4))));
        assert_eq!(setting(&back.method, "eps"), "0.25");
        // Those of another library are no settings of this one.
        let opened = torch.after(Action::Open(Box::default())).after(Action::ChooseMethod("layer-norm"));
        assert_eq!(setting(&opened.method, "eps"), "0.00001");
    }

    #[test]
    fn as_many_groups_as_the_library_makes_of_these_features() {
        let flax = AppState::default().after(Action::SetConventions(Conventions::Flax, WIDE, FloatPrecision::Double));
        let groups =
            |features| setting(&flax.after(flax.choosing("group-norm", Some(&info(features)))).method, "groups");
        assert_eq!([groups(64), groups(96), groups(13)], ["32", "32", "1"]);
        let plain = AppState::default();
        let groups =
            |features| setting(&plain.after(plain.choosing("group-norm", Some(&info(features)))).method, "groups");
        assert_eq!(
            [64, 3, 2].map(groups),
            ["2", "1", "1"],
            "two groups where that is neither LayerNorm nor InstanceNorm"
        );
    }

    #[test]
    fn a_whole_method_takes_the_place_and_the_old_one_is_found_again() {
        let state = AppState::default().after(Action::ChooseMethod("min-max")).after(set("low", "-1"));
        let mut group = Method::from_slug("group-norm").unwrap();
        group.set("groups", "4").unwrap();
        let used = state.after(Action::UseMethod(group.clone()));
        assert_eq!(used.method, group);
        assert_eq!(setting(&used.after(Action::ChooseMethod("min-max")).method, "low"), "-1");
        assert_eq!(used.after(Action::ChooseMethod("min-max")).after(Action::ChooseMethod("group-norm")).method, group);
    }
}
