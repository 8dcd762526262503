//! Which columns are features here, and which one colours the plots.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::view_bar::color_field;
use crate::data::Edit;
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
    let renaming = use_state_eq(|| false);
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
    let rename = use_callback(renaming.clone(), |_: MouseEvent, renaming| renaming.set(!**renaming));
    html! {
        <fieldset class="columns">
            <legend>{ "Features" }</legend>
            if *renaming {
                { names(info, state, &props.act, listed) }
            } else {
            <div class="column-list">
                { for boxes }
                for (column, distinct) in texts {
                    <p class="column text" title={column.name.clone()}>
                        <span class="name">{ column.name.clone() }</span>
                        <span class="missing">{ format!("text, {distinct} different") }</span>
                    </p>
                }
            </div>
            }
            <button type="button" class="quiet" onclick={rename} aria-expanded={renaming.to_string()}>
                { if *renaming { "Done" } else { "Rename" } }
            </button>
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

/// The name of every column in a field. A name that another column has, or that is empty, is made unique; then the field
/// says so.
fn names(info: &DataInfo, state: &AppState, act: &Callback<Action>, listed: usize) -> Html {
    let fields = info.columns.iter().take(listed).zip(0..).map(|(column, index): (_, u32)| {
        let onchange = act.reform(move |event: Event| {
            let name = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            Action::Edit(Edit::Rename { column: index, name })
        });
        let asked = state.edits.iter().rev().find_map(|edit| match edit {
            Edit::Rename { column, name } if *column == index => Some(name.trim()),
            _ => None,
        });
        let other = asked.filter(|asked| *asked != column.name);
        html! {
            <div key={column.key.clone()}>
                <input type="text" name="column" maxlength="200" autocomplete="off" value={column.name.clone()}
                    aria-label={format!("Name of {}", column.key)} {onchange} />
                <p class="missing" role="status">
                    if let Some(asked) = other {
                        if asked.is_empty() { { "a name is needed" } } else { { "another column has that name" } }
                    }
                </p>
            </div>
        }
    });
    html! { <div class="column-list names">{ for fields }</div> }
}
