//! Which columns are features here, and which one colours the plots.

use std::rc::Rc;

use yew::prelude::*;

use super::view_bar::color_field;
use crate::protocol::{ColumnKind, DataInfo};
use crate::state::{Action, AppState};

/// Of a wide table so many columns are listed at first.
const LISTED: usize = 40;

#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    pub info: Rc<DataInfo>,
    pub state: Rc<AppState>,
    pub act: Callback<Action>,
}

#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let all = use_state_eq(|| false);
    let (info, state) = (&props.info, &props.state);
    let chosen: Vec<String> =
        state.chosen_columns(info).into_iter().map(|index| info.columns[index].key.clone()).collect();
    let numeric: Vec<_> = info.columns.iter().filter(|column| column.kind == ColumnKind::Number).collect();
    let listed = if *all { numeric.len() } else { LISTED };
    let boxes = numeric.iter().take(listed).map(|column| {
        let on = chosen.contains(&column.key);
        let onchange = {
            let (name, chosen) = (column.key.clone(), chosen.clone());
            props.act.reform(move |_: Event| Action::ToggleColumn { name: name.clone(), chosen: chosen.clone() })
        };
        html! {
            <label class="column" key={column.key.clone()} title={column.name.clone()}>
                <input type="checkbox" checked={on} disabled={on && chosen.len() == 1} {onchange} />
                <span class="name">{ column.name.clone() }</span>
                if column.missing > 0 {
                    <span class="missing">{ format!("{} missing", column.missing) }</span>
                }
            </label>
        }
    });
    let texts = info.columns.iter().filter_map(|column| match column.kind {
        ColumnKind::Text(distinct) => Some((column, distinct)),
        ColumnKind::Number => None,
    });
    // A number can be a category, too: a class, a year.
    let colors = info.columns.iter().filter(|column| match column.kind {
        ColumnKind::Text(_) => true,
        ColumnKind::Number => !column.default,
    });
    let colors: Vec<_> = colors.collect();
    let unknown = state.unknown_columns(info).join(", ");
    let more = numeric.len().saturating_sub(listed);
    let show = use_callback((), {
        let all = all.setter();
        move |_: MouseEvent, ()| all.set(true)
    });
    let reset = props.act.reform(|_: MouseEvent| Action::ChooseColumns(None));
    html! {
        <fieldset class="columns">
            <legend>{ "Features" }</legend>
            <div class="column-list">
                { for boxes }
                for (column, distinct) in texts {
                    <p class="column text" title={column.name.clone()}>
                        <span class="name">{ column.name.clone() }</span>
                        <span class="missing">{ format!("text, {distinct} different") }</span>
                    </p>
                }
            </div>
            if !unknown.is_empty() {
                <p class="problem" role="alert">{ format!("These data have no column {unknown}, which was asked for.") }</p>
            }
            if more > 0 {
                <button type="button" class="quiet" onclick={show}>{ format!("{more} more columns") }</button>
            }
            if state.columns.is_some() {
                <button type="button" class="quiet" onclick={reset}>{ "Choose as at first" }</button>
            }
            if !colors.is_empty() {
                { color_field(&colors, state.color.as_ref(), &props.act) }
            }
        </fieldset>
    }
}
