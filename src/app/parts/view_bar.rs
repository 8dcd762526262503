//! How to look at it: which picture, how many features in one, which axes.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::choice::choice;
use super::field::NumberField;
use super::list::List;
use crate::plot::{Form, Scale, View};
use crate::protocol::{Axes, ColumnInfo, DataInfo};
use crate::state::address::BINS;
use crate::state::{Action, AppState, Layout};

const LAYOUTS: [(Layout, &str); 2] = [(Layout::Overlaid, "Together"), (Layout::Each, "Separate")];
const AXES: [(Axes, &str); 3] =
    [(Axes::Shared, "Shared axis"), (Axes::Own, "Separate axes"), (Axes::Same, "Same before and after")];
/// Of a single feature, or of two against each other: there is nothing to share an axis with but the other side.
const SIDES: [(Axes, &str); 2] = [(Axes::Shared, "Separate axes"), (Axes::Same, "Same before and after")];
const SCALES: [(Scale, &str); 2] = [(Scale::Linear, "Linear"), (Scale::SymLog, "Symmetric log")];
const ZOOMS: [(bool, &str); 2] = [(false, "All values"), (true, "Hide extreme 2%")];

pub fn view_bar(state: &AppState, info: &DataInfo, layout: Layout, act: &Callback<Action>) -> Html {
    let subject = state.subject(info);
    let features = subject.features;
    let shown = state.view_for(info);
    // What there is no picture of is not offered.
    let views = View::ALL.iter().filter(|view| view.unfit(&subject).is_none());
    let views = views.map(|view| (*view, view.info().label));
    let form = shown.info().form;
    let pair = form == Form::Pair;
    let bins = act.reform(|text: String| Action::SetBins(text.parse().ok()));
    html! {
        <div class="views">
            { choice("Picture", views, shown, &act.reform(Action::SetView)) }
            if features > 1 && state.color.is_none() && matches!(form, Form::Curves | Form::Bands) {
                { choice("Features", LAYOUTS, layout, &act.reform(Action::SetLayout)) }
            }
            if pair {
                { pair_fields(state, info, act) }
            }
            if shown == View::Histogram {
                <NumberField name="bins" label="Bins" whole=true optional=true placeholder="auto" allowed={BINS}
                    help="Chosen by the Freedman\u{2013}Diaconis rule unless you enter a number."
                    text={state.bins.map(|bins| bins.to_string()).unwrap_or_default()} set={bins} />
            }
            if features > 1 && !pair {
                { choice("Axes", AXES, state.axes, &act.reform(Action::SetAxes)) }
            } else {
                { choice("Axes", SIDES, if state.axes == Axes::Same { Axes::Same } else { Axes::Shared }, &act.reform(Action::SetAxes)) }
            }
            { choice("Scale", SCALES, state.scale, &act.reform(Action::SetScale)) }
            { choice("Zoom", ZOOMS, state.zoom, &act.reform(Action::SetZoom)) }
            if let Some(why) = state.view.unfit(&subject) {
                <p class="cap" role="status">{ format!("{why} This is a {}.", shown.info().label.to_ascii_lowercase()) }</p>
            }
        </div>
    }
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
        html! {
            <label class="setting">
                <span>{ label }</span>
                <List {name} {onchange}>
                    for (index, column) in query.columns.iter().enumerate() {
                        <option value={key(index)} selected={index == chosen}>{ info.columns[*column as usize].name.clone() }</option>
                    }
                </List>
            </label>
        }
    };
    html! { <>{ field("Horizontal", "across", pair.0, false) }{ field("Vertical", "up", pair.1, true) }</> }
}

/// Which column's categories colour the plots.
pub fn color_field(columns: &[&ColumnInfo], chosen: Option<&String>, act: &Callback<Action>) -> Html {
    let onchange = act.reform(|event: Event| {
        let name = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Action::SetColor(name.filter(|name| !name.is_empty()))
    });
    html! {
        <label class="setting">
            <span>{ "Coloured by" }</span>
            <List name="color" {onchange}>
                <option value="" selected={chosen.is_none()}>{ "feature" }</option>
                for column in columns {
                    <option value={column.key.clone()} selected={chosen == Some(&column.key)}>{ column.name.clone() }</option>
                }
            </List>
        </label>
    }
}
