//! The pictures of a comparison: a small one of each method, and one method against another.

use std::rc::Rc;

use super::series;
use crate::data::shown_name;
use crate::plot::{Detail, Mark, RangePolicy, Scene, View, ViewOptions};
use crate::protocol::{ComparedMethod, MethodComparison};

/// A picture for each of the methods that came to something, in their order.
pub fn comparison_scenes(comparison: &MethodComparison, own_axes: bool) -> Vec<Option<Rc<Scene>>> {
    let range = match comparison.shared {
        Some((low, high)) if !own_axes => RangePolicy::Shared { low, high },
        _ => RangePolicy::Separate,
    };
    let scene = |panel: &ComparedMethod| {
        let found = panel.outcome.as_ref().ok()?;
        let parts = series(&found.curves, &comparison.categories, 0);
        let features = found.curves.iter().zip(&comparison.drawn).flat_map(|(curve, &feature)| {
            let name = comparison.features.get(feature as usize).map(std::slice::from_ref);
            series(std::slice::from_ref(curve), name.unwrap_or_default(), feature as usize)
        });
        let options = ViewOptions {
            title: called(panel).0.into(),
            counted: counted(comparison),
            range,
            spacing: comparison.spacing,
            detail: Detail::Compact,
            ..ViewOptions::default()
        };
        let drawn = if comparison.categories.is_empty() { features.collect() } else { parts };
        let mut scene = comparison.view.scene(drawn, &options);
        let is_drawn = comparison.followed.is_some_and(|followed| comparison.drawn.contains(&followed.feature));
        if let Some(at) = panel.value.filter(|_| is_drawn) {
            scene.marks.push(Mark::Rule { role: None, at, label: String::new() });
        }
        Some(Rc::new(scene))
    };
    comparison.panels.iter().map(scene).collect()
}

/// One method against the other, on one feature. Each has its own axis: a line is one whatever the scales are.
pub fn pair_scene(comparison: &MethodComparison) -> Option<Scene> {
    let found = comparison.pair_plot.as_ref()?;
    let panel = |index: u32| comparison.panels.get(index as usize).map(called);
    let (across, up) = (panel(found.pair.0)?, panel(found.pair.1)?);
    let feature = shown_name(comparison.features.get(comparison.feature as usize)?);
    let label = |(name, unit): &(&str, String)| format!("{name} ({unit})");
    let (names, role) = match comparison.categories.as_slice() {
        [] => (std::slice::from_ref(&feature), comparison.feature as usize),
        names => (names, 0),
    };
    let drawn = [&found.across, &found.up].into_iter().flat_map(|curves| series(curves, names, role));
    let options = ViewOptions {
        title: format!("{feature}: {} against {}", across.0, up.0),
        x_label: label(&across),
        y_label: label(&up),
        counted: counted(comparison),
        sample: Some((found.drawn, found.all)),
        ..ViewOptions::default()
    };
    let mut scene = View::Scatter.scene(drawn.collect(), &options);
    let ((left, right), (low, high)) = (scene.x.range(), scene.y.range());
    let same = if left.max(low) < right.min(high) {
        scene.marks.insert(0, Mark::Diagonal);
        "On the dashed line both give the same value."
    } else {
        "The two never give the same value in this picture."
    };
    scene.note = if scene.note.is_empty() { same.into() } else { format!("{same} {}", scene.note) };
    Some(scene)
}

fn counted(comparison: &MethodComparison) -> &'static str {
    if comparison.positions > 1 { "values" } else { "examples" }
}

/// What a method is called, and what its values are.
fn called(panel: &ComparedMethod) -> (&'static str, String) {
    (panel.method.info().name, panel.method.unit())
}
