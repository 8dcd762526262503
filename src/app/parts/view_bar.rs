//! How to look at it: which picture, how many features in one, which axes.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::choice::Choice;
use super::field::NumberField;
use crate::plot::View;
use crate::state::address::BINS;
use crate::state::{Action, AppState, Layout};

#[derive(Properties, PartialEq)]
pub struct ViewBarProps {
    pub state: Rc<AppState>,
    pub features: usize,
    pub layout: Layout,
    pub act: Callback<Action>,
}

#[component]
pub fn ViewBar(props: &ViewBarProps) -> Html {
    let state = &props.state;
    let views: Vec<_> = View::ALL.iter().map(|view| (*view, view.info().label)).collect();
    let bins = props.act.reform(|text: String| Action::SetBins(text.parse().ok()));
    html! {
        <div class="views">
            <Choice<View> label="Picture" options={views} chosen={state.view} choose={props.act.reform(Action::SetView)} />
            if props.features > 1 && state.color.is_none() {
                <Choice<Layout> label="Features" options={vec![(Layout::Overlaid, "Together"), (Layout::Each, "Each")]}
                    chosen={props.layout} choose={props.act.reform(Action::SetLayout)} />
            }
            if state.view == View::Histogram {
                <NumberField name="bins" label="Bins" whole=true optional=true placeholder="auto" allowed={BINS}
                    help="Chosen by the rule of Freedman and Diaconis unless you say how many."
                    text={state.bins.map(|bins| bins.to_string()).unwrap_or_default()} set={bins} />
            }
            if props.features > 1 {
                <Choice<bool> label="Axes" options={vec![(true, "Shared axis"), (false, "Own axes")]}
                    chosen={state.shared_axis} choose={props.act.reform(Action::SetSharedAxis)} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ColorFieldProps {
    pub columns: Vec<AttrValue>,
    pub chosen: Option<AttrValue>,
    pub act: Callback<Action>,
}

/// Which column's categories colour the plots.
#[component]
pub fn ColorField(props: &ColorFieldProps) -> Html {
    let onchange = props.act.reform(|event: Event| {
        let name = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
        Action::SetColor(name.filter(|name| !name.is_empty()))
    });
    html! {
        <label class="setting">
            <span>{ "Coloured by" }</span>
            <select name="color" {onchange}>
                <option value="" selected={props.chosen.is_none()}>{ "feature" }</option>
                for name in &props.columns {
                    <option value={name.clone()} selected={props.chosen.as_ref() == Some(name)}>{ name.clone() }</option>
                }
            </select>
        </label>
    }
}
