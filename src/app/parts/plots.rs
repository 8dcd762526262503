//! Before and after, side by side.

use std::rc::Rc;

use yew::prelude::*;

use super::canvas::Canvas;
use super::data_table::data_table;
use super::legend::legend;
use crate::plot::{Curve, Detail, Form, Options, RangePolicy, Scene, Series};
use crate::protocol::{Axes, Comparison, Side};
use crate::state::Layout;

/// CSS pixels.
const TALL: u32 = 270;
const SHORT: u32 = 170;
/// Of each of several series under each other, and of what is around them.
const BAND: u32 = 34;
const AROUND: u32 = 48;
/// What x is where every feature has its own axis.
const OWN_AXIS: &str = "part of each feature's own range";
/// Of more features than this, the first are drawn; the others are in the table.
const PAIRS_AT_MOST: usize = 24;

#[derive(Properties, PartialEq)]
pub struct PlotsProps {
    pub view: Rc<Comparison>,
    pub layout: Layout,
    pub dark: bool,
}

#[component]
pub fn Plots(props: &PlotsProps) -> Html {
    let pairs = use_memo((props.view.clone(), props.layout), |(view, layout)| pairs(view, *layout));
    let short = pairs.len() > 1;
    let height = |scene: &Scene| match scene.y.names.len() {
        0 | 1 if short => SHORT,
        bands => TALL.max(BAND * bands as u32 + AROUND),
    };
    let left_out = match props.layout {
        Layout::Each => props.view.features.len().saturating_sub(PAIRS_AT_MOST),
        Layout::Overlaid => 0,
    };
    let pairs = pairs.iter().map(|pair| {
        let figure = |when: &'static str, scene: &Rc<Scene>| {
            html! {
                <Figure {when} scene={scene.clone()} view={props.view.clone()} dark={props.dark} height={height(scene)} />
            }
        };
        html! {
            <div class="pair" key={pair.title.clone()}>
                { figure("before", &pair.before) }
                { figure("after", &pair.after) }
            </div>
        }
    });
    html! {
        <div class={classes!("plots", short.then_some("many"))}>
            { for pairs }
            if left_out > 0 {
                <p class="cap">{ format!("{left_out} more features are in the table below; choose fewer to draw others.") }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct FigureProps {
    when: &'static str,
    scene: Rc<Scene>,
    view: Rc<Comparison>,
    dark: bool,
    height: u32,
}

/// One plot with its title, its legend, and the numbers behind it.
#[component]
fn Figure(props: &FigureProps) -> Html {
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::HtmlDetailsElement>();
            open.set(details.is_some_and(|details| details.open()));
        })
    };
    let keys = props.scene.keys();
    // The table is made when it is looked at.
    let table = open.then(|| props.view.query.picture.view.table(&props.scene));
    html! {
        <figure class="plot" data-when={props.when}>
            <figcaption>
                <span class="plot-title">{ props.scene.title.clone() }</span>
                // Bands have their names beside them.
                if keys.len() > 1 && props.scene.y.names.len() < 2 {
                    { legend(&keys, props.dark) }
                }
            </figcaption>
            <Canvas scene={props.scene.clone()} dark={props.dark} height={props.height} />
            if !props.scene.note.is_empty() {
                <p class="plot-note">{ props.scene.note.clone() }</p>
            }
            <details {ontoggle}>
                <summary>{ "Numbers" }<span class="hidden">{ format!(" behind {}", props.scene.title) }</span></summary>
                if let Some(table) = table {
                    { data_table(&table, &props.scene.title) }
                }
            </details>
        </figure>
    }
}

struct Pair {
    title: String,
    before: Rc<Scene>,
    after: Rc<Scene>,
}

/// The scenes: one pair for all features, or one for each.
fn pairs(view: &Comparison, layout: Layout) -> Vec<Pair> {
    let all = Pictures::of(view, Detail::Full);
    if view.query.picture.view.info().form == Form::Pair {
        return vec![all.scatter()];
    }
    if layout == Layout::Overlaid {
        let own = (RangePolicy::Own, RangePolicy::Own);
        return vec![if view.query.picture.axes != Axes::Own {
            all.pair("", |side| overlay(view, side), own)
        } else {
            Pictures { value: OWN_AXIS, unit: OWN_AXIS, ..all }.pair("", |side| overlay_on_own_axes(view, side), own)
        }];
    }
    let detail = if view.features.len() > 1 { Detail::Compact } else { Detail::Full };
    let ranges = if view.query.picture.axes != Axes::Own {
        // What one picture of all features would show is what each of them shows.
        (all.range(&view.before), all.range(&view.after))
    } else {
        (RangePolicy::Own, RangePolicy::Own)
    };
    let pictures = Pictures::of(view, detail);
    let features = view.features.iter().enumerate().take(PAIRS_AT_MOST);
    let pairs = features.map(|(index, feature)| {
        let own = std::slice::from_ref(&feature.name);
        let (names, role) = if view.categories.is_empty() { (own, index) } else { (view.categories.as_slice(), 0) };
        let one = |side: &Side| side.features.get(index).map_or_else(Vec::new, |curves| series(curves, names, role));
        pictures.pair(&feature.name, one, ranges)
    });
    pairs.collect()
}

/// What is the same for all pictures of a comparison.
struct Pictures<'a> {
    view: &'a Comparison,
    method: &'static str,
    /// What x is, before and after.
    value: &'static str,
    unit: &'static str,
    detail: Detail,
}

impl<'a> Pictures<'a> {
    fn of(view: &'a Comparison, detail: Detail) -> Self {
        let info = view.query.method().ok().map(|method| method.info());
        let (method, unit) = info.map_or(("", ""), |info| (info.name, info.unit));
        Self { view, method, value: "value", unit, detail }
    }

    fn scene(&self, series: Vec<Series<Curve>>, title: String, x_label: &str, range: RangePolicy) -> Scene {
        let counted = if self.view.shape.positions > 1 { "values" } else { "examples" };
        let (detail, sample) = (self.detail, Some((self.view.drawn, self.view.values())));
        let options = Options { title, x_label: x_label.into(), counted, range, sample, detail, ..Options::default() };
        self.view.query.picture.view.scene(series, &options)
    }

    /// The range of a picture of all features.
    fn range(&self, side: &Side) -> RangePolicy {
        let scene = self.scene(overlay(self.view, side), String::new(), "", RangePolicy::Own);
        let (low, high) = scene.x.range();
        RangePolicy::Shared { low, high }
    }

    /// Two features against each other.
    fn scatter(&self) -> Pair {
        let (x, y) = self.view.query.pair();
        let label = |index: usize, unit: &str| {
            let name = self.view.features.get(index).map_or("", |feature| &feature.name);
            if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") }
        };
        let scene = |side: &Side, title: String, unit: &str| {
            let names =
                if self.view.categories.is_empty() { &[String::new()] } else { self.view.categories.as_slice() };
            let of = |index: usize| side.features.get(index).map_or_else(Vec::new, |curves| series(curves, names, 0));
            let options = Options {
                title,
                x_label: label(x, unit),
                y_label: label(y, unit),
                counted: if self.view.shape.positions > 1 { "values" } else { "examples" },
                sample: Some((self.view.drawn, self.view.values())),
                ..Options::default()
            };
            Rc::new(self.view.query.picture.view.scene([of(x), of(y)].concat(), &options))
        };
        Pair {
            title: String::new(),
            before: scene(&self.view.before, "Before".into(), ""),
            after: scene(&self.view.after, format!("After {}", self.method), self.unit),
        }
    }

    fn pair(
        &self,
        feature: &str,
        series: impl Fn(&Side) -> Vec<Series<Curve>>,
        (before, after): (RangePolicy, RangePolicy),
    ) -> Pair {
        let titles = if feature.is_empty() {
            ("Before".to_string(), format!("After {}", self.method))
        } else {
            (format!("{feature}, before"), format!("{feature}, after {}", self.method))
        };
        Pair {
            title: feature.into(),
            before: Rc::new(self.scene(series(&self.view.before), titles.0, self.value, before)),
            after: Rc::new(self.scene(series(&self.view.after), titles.1, self.unit, after)),
        }
    }
}

/// All features of a side as series of one picture.
fn overlay(view: &Comparison, side: &Side) -> Vec<Series<Curve>> {
    let features = side.features.iter().zip(&view.features).enumerate();
    features.flat_map(|(role, (curves, feature))| series(curves, std::slice::from_ref(&feature.name), role)).collect()
}

/// As [`overlay`], every feature stretched to the whole axis.
fn overlay_on_own_axes(view: &Comparison, side: &Side) -> Vec<Series<Curve>> {
    overlay(view, side).into_iter().map(|one| Series { data: one.data.on_own_axis(), ..one }).collect()
}

/// The curves of a feature as series; the first gets `role`, the next the following ones.
fn series(curves: &[Curve], names: &[String], role: usize) -> Vec<Series<Curve>> {
    let named = curves.iter().zip(names).enumerate();
    named.map(|(index, (data, name))| Series { name: name.clone(), role: role + index, data: data.clone() }).collect()
}
