//! Which data an experiment runs on: bundled ones, or the table that is open in Explore.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::hooks::ExperimentContext;
use crate::app::parts::inputs::list::List;
use crate::report::{Description, UserTableSupport};
use crate::state::{ExperimentAction, ExperimentData};

/// The value of the option that stands for the visitor's table.
const MINE: &str = "/mine";

pub fn experiment_data(
    context: &ExperimentContext,
    description: &Rc<Description>,
    targets: &Rc<Vec<AttrValue>>,
    table: &AttrValue,
) -> Html {
    if description.data.is_empty() {
        return html! {};
    }
    let open = table.clone();
    let onchange = context.act.reform(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        ExperimentAction::SetData(match value.as_str() {
            MINE => ExperimentData::Mine { target: None, table: open.to_string() },
            _ => ExperimentData::Sample(value),
        })
    });
    let first = description.data.first().map(|(slug, _)| slug.as_str());
    let mine = matches!(context.state.data, ExperimentData::Mine { .. });
    let chosen = match &context.state.data {
        ExperimentData::Sample(slug) => Some(slug.as_str()),
        ExperimentData::Default => first,
        ExperimentData::Mine { .. } => None,
    };
    html! {
        <section class="controls">
            <h2>{ "Data" }</h2>
            <List class="source" label="Data set" {onchange}>
                for (slug, title) in &description.data {
                    <option value={slug.clone()} selected={chosen == Some(slug.as_str())}>{ title.clone() }</option>
                }
                if !matches!(description.user_table_support, UserTableSupport::No(_)) {
                    <option value={MINE} selected={mine}>{ "The table open in Explore" }</option>
                }
            </List>
            if let UserTableSupport::No(why) = &description.user_table_support {
                <p class="about">{ why.to_string() }</p>
            }
            if mine && description.user_table_support == UserTableSupport::WithTarget {
                { target(context, targets, table) }
            }
        </section>
    }
}

/// The column to predict.
fn target(context: &ExperimentContext, targets: &Rc<Vec<AttrValue>>, table: &AttrValue) -> Html {
    let ExperimentData::Mine { target: now, .. } = &context.state.data else { return html! {} };
    let table = table.to_string();
    let onchange = context.act.reform(move |event: Event| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        let target = (!value.is_empty()).then_some(value);
        ExperimentAction::SetData(ExperimentData::Mine { target, table: table.clone() })
    });
    html! {
        <label class="setting">
            <span>{ "Column to predict" }</span>
            <List name="target" {onchange}>
                <option value="" selected={now.is_none()}>{ "Choose\u{2026}" }</option>
                for name in targets.iter() {
                    <option value={name.clone()} selected={now.as_deref() == Some(name.as_str())}>{ name.clone() }</option>
                }
            </List>
        </label>
    }
}
