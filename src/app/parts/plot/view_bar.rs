//! How to look at it: which picture, how many features in one, which axes.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::parts::inputs::choice::choice;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::method::with_field::with_field;
use crate::plot::{AxisScale, Form, View};
use crate::protocol::{AxisPolicy, ColumnInfo, DataInfo};
use crate::state::address::BINS;
use crate::state::{Action, AppState, ByPtr, FeatureLayout};

const LAYOUTS: [(FeatureLayout, &str); 2] = [(FeatureLayout::Overlaid, "Together"), (FeatureLayout::Each, "Separate")];
const AXES: [(AxisPolicy, &str); 3] = [
    (AxisPolicy::Shared, "Shared axis"),
    (AxisPolicy::Separate, "Separate axes"),
    (AxisPolicy::Same, "Same before and after"),
];
/// Of a single feature, or of two against each other: there is nothing to share an axis with but the other side.
const SIDES: [(AxisPolicy, &str); 2] =
    [(AxisPolicy::Shared, "Separate axes"), (AxisPolicy::Same, "Same before and after")];
const SCALES: [(AxisScale, &str); 2] = [(AxisScale::Linear, "Linear"), (AxisScale::SymLog, "Symmetric log")];
const ZOOMS: [(bool, &str); 2] = [(false, "All values"), (true, "Hide extreme 2%")];

/// The kinds that most people look for; the others are behind "More".
const USUAL: [View; 6] = [View::Histogram, View::Strip, View::Scatter, View::Heat, View::Boxes, View::Images];

#[derive(Properties, PartialEq)]
pub struct ViewBarProps {
    pub state: Rc<AppState>,
    pub info: ByPtr<DataInfo>,
    pub layout: FeatureLayout,
    pub act: Callback<Action>,
}

#[component]
pub fn ViewBar(props: &ViewBarProps) -> Html {
    let ViewBarProps { state, info, layout, act } = props;
    let subject = state.subject(info);
    let features = subject.features;
    let shown = state.view_for(info);
    // What there is no picture of is not offered.
    let fits = |view: &&View| view.unfit(&subject).is_none();
    let labelled = |view: &View| (*view, view.info().label);
    let usual = View::ALL.iter().filter(fits).filter(|view| USUAL.contains(view) || **view == shown);
    let others = View::ALL.iter().filter(fits).filter(|view| !USUAL.contains(view));
    let (form, usual_view) = (shown.info().form, state.usual_view(info));
    // What the data have anyway need not stand in the address.
    let set = act.reform(move |view| if view == usual_view { Action::ResetView } else { Action::SetView(view) });
    let pair = form == Form::Pair;
    let bins = act.reform(|text: String| Action::SetBins(text.parse().ok()));
    let changed = changed(state, shown);
    // What an address has set is seen at once; from then on the visitor opens and closes.
    let open = use_memo((), |()| changed > 0);
    let more = if changed > 0 { format!("More ({changed} set)") } else { "More".into() };
    html! {
        <div class="views">
            { with_field(state, info, act) }
            { choice("Picture", usual.map(labelled), shown, &set) }
            if pair {
                { pair_fields(state, info, act) }
            }
            <details open={*open}>
                <summary class="more-toggle">{ more }</summary>
                <div class="more-views">
                    { choice("Other pictures", others.map(labelled), shown, &set) }
                    if features > 1 && state.color.is_none() && matches!(form, Form::Curves | Form::Bands) {
                        { named("Features", choice("Features", LAYOUTS, *layout, &act.reform(Action::SetLayout))) }
                    }
                    if shown == View::Histogram {
                        <NumberField name="bins" label="Bins" whole=true optional=true placeholder="auto" allowed={BINS}
                            help="Chosen by the Freedman\u{2013}Diaconis rule unless you enter a number."
                            text={state.bins.map(|bins| bins.to_string()).unwrap_or_default()} set={bins} />
                    }
                    if features > 1 && !pair {
                        { named("Axis", choice("Axes", AXES, state.axes, &act.reform(Action::SetAxes))) }
                    } else {
                        { named("Axis", choice("Axes", SIDES, if state.axes == AxisPolicy::Same { AxisPolicy::Same } else { AxisPolicy::Shared }, &act.reform(Action::SetAxes))) }
                    }
                    { named("Scale", choice("Scale", SCALES, state.scale, &act.reform(Action::SetScale))) }
                    { named("Values", choice("Zoom", ZOOMS, state.zoom, &act.reform(Action::SetZoom))) }
                </div>
            </details>
            if let Some(why) = state.view.and_then(|view| view.unfit(&subject)) {
                <p class="cap" role="status">{ format!("{why} This is a {}.", shown.info().label.to_ascii_lowercase()) }</p>
            }
        </div>
    }
}

/// A choice with its name in front.
fn named(name: &'static str, choice: Html) -> Html {
    html! { <div class="named"><span class="cap">{ name }</span>{ choice }</div> }
}

/// How many of the choices behind "More" are not as they are at first.
fn changed(state: &AppState, shown: View) -> usize {
    let usual = AppState::default();
    let bins = shown == View::Histogram && state.bins != usual.bins;
    let changes = [
        bins,
        state.layout != usual.layout,
        state.axes != usual.axes,
        state.scale != usual.scale,
        state.zoom != usual.zoom,
    ];
    changes.into_iter().filter(|changed| *changed).count()
}

/// Which two features stand against each other.
fn pair_fields(state: &AppState, info: &DataInfo, act: &Callback<Action>) -> Html {
    let query = state.query(info);
    let pair = query.pair();
    let key = |index: usize| {
        query.columns.get(index).map_or_else(String::new, |&column| info.columns[column as usize].key.clone())
    };
    let field = |label: &'static str, name: &'static str, chosen: usize, turn: bool| {
        let other = key(if turn { pair.0 } else { pair.1 });
        let onchange = act.reform(move |event: Event| {
            let one = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            Action::SetPair(Some(if turn { (other.clone(), one) } else { (one, other.clone()) }))
        });
        labelled(name, label, sentence(name), |described| {
            html! {
                <List {name} {onchange} {described}>
                    for (index, column) in query.columns.iter().enumerate() {
                        <option value={key(index)} selected={index == chosen}>{ info.columns[*column as usize].name.clone() }</option>
                    }
                </List>
            }
        })
    };
    html! { <>{ field("Horizontal", "across", pair.0, false) }{ field("Vertical", "up", pair.1, true) }</> }
}

/// Which column's categories colour the plots.
pub fn color_field(columns: &[&ColumnInfo], chosen: Option<&String>, act: &Callback<Action>) -> Html {
    let onchange = act.reform(|event: Event| {
        let name = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Action::SetColor(name.filter(|name| !name.is_empty()))
    });
    labelled("color", "Coloured by", sentence("color"), |described| {
        html! {
            <List name="color" {onchange} {described}>
                <option value="" selected={chosen.is_none()}>{ "Feature" }</option>
                for column in columns {
                    <option value={column.key.clone()} selected={chosen == Some(&column.key)}>{ column.name.clone() }</option>
                }
            </List>
        }
    })
}
