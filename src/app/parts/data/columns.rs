//! Which columns are features here, and which one colours the plots.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::parts::inputs::words::with_words;
use crate::app::parts::name::name;
use crate::app::parts::plot::view_bar::color_field;
use crate::caption::WordsSeen;
use crate::data::{Edit, shown_name};
use crate::plot::Form;
use crate::protocol::{ColumnInfo, ColumnKind, DataInfo};
use crate::state::{Action, AppState, ByPtr};

/// Of a wide table so many columns are listed at first, and so many more when they are asked for: the page stays quick
/// with ten thousand.
const LISTED: usize = 40;
const MORE: usize = 200;
/// A list to choose from holds so many.
const COLORS: usize = 200;
/// So many unknown names are told.
const TOLD: usize = 5;

#[derive(Properties, PartialEq)]
pub struct ColumnsProps {
    pub info: ByPtr<DataInfo>,
    pub state: Rc<AppState>,
    pub act: Callback<Action>,
}

#[component]
pub fn Columns(props: &ColumnsProps) -> Html {
    let listed = use_state_eq(|| LISTED);
    let sought = use_state_eq(String::new);
    let renaming = use_state_eq(|| false);
    let (info, state) = (&props.info, &props.state);
    let chosen: Vec<String> =
        state.chosen_columns(info).into_iter().map(|index| info.columns[index].key.clone()).collect();
    let wide = info.columns.len() > LISTED;
    let sought_of = |numbers: bool| {
        let of_kind = info.columns.iter().zip(0..);
        let of_kind = of_kind.filter(move |(column, _)| (column.kind == ColumnKind::Number) == numbers);
        of_kind.filter(|(column, _)| column.name.contains(sought.as_str()))
    };
    let found: Vec<(&ColumnInfo, u32)> = sought_of(true).chain(sought_of(false)).collect();
    let shown = &found[..found.len().min(*listed)];
    let boxes = shown.iter().map(|(column, _)| {
        if let ColumnKind::Text(distinct) = column.kind {
            return html! {
                <p class="column text" key={column.key.clone()} title={column.name.clone()}>
                    { name(&column.name) }
                    <span class="missing">{ format!("text, {distinct} distinct values") }</span>
                </p>
            };
        }
        let on = chosen.contains(&column.key);
        let onchange = {
            let (name, chosen) = (column.key.clone(), chosen.clone());
            props.act.reform(move |_: Event| Action::ToggleColumn { name: name.clone(), chosen: chosen.clone() })
        };
        html! {
            <label class="column" key={column.key.clone()} title={column.name.clone()}>
                <input type="checkbox" checked={on} disabled={on && chosen.len() == 1} {onchange} />
                { name(&column.name) }
                if column.missing > 0 {
                    <span class="missing">{ format!("{} missing", column.missing) }</span>
                }
            </label>
        }
    });
    // A number can be a category, too: a class, a year.
    let colors = info.columns.iter().filter(|column| match column.kind {
        ColumnKind::Text(_) => true,
        ColumnKind::Number => !column.default,
    });
    let colors: Vec<_> = colors.take(COLORS).collect();
    let by_category = state.view_for(info).info().form != Form::Whole;
    let unknown = state.unknown_columns(info);
    let more = found.len() - shown.len();
    let show = {
        let listed = listed.clone();
        Callback::from(move |_: MouseEvent| listed.set(*listed + MORE))
    };
    let seek = {
        let (sought, listed) = (sought.setter(), listed.setter());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                sought.set(input.value());
                listed.set(LISTED);
            }
        })
    };
    let reset = props.act.reform(|_: MouseEvent| Action::ChooseColumns(None));
    let rename = use_callback(renaming.clone(), |_: MouseEvent, renaming| renaming.set(!**renaming));
    html! {
        <fieldset class="columns">
            <legend>{ with_words("columns", "Features", &mut WordsSeen::default()) }</legend>
            if wide {
                <label class="setting">
                    <span>{ "Find" }</span>
                    <input type="search" name="find-column" autocomplete="off" placeholder="a name" oninput={seek} />
                </label>
            }
            if *renaming {
                { names(shown, state, &props.act) }
            } else {
                <div class="column-list">{ for boxes }</div>
            }
            <button type="button" class="quiet" onclick={rename} aria-expanded={renaming.to_string()}>
                { if *renaming { "Done" } else { "Rename" } }
            </button>
            if !unknown.is_empty() {
                <p class="problem" role="alert">{ lacking(&unknown) }</p>
            }
            if more > 0 {
                <button type="button" class="quiet" onclick={show}>
                    { format!("Show {} more of {} columns", more.min(MORE), found.len()) }
                </button>
            }
            if state.columns.is_some() {
                <button type="button" class="quiet" onclick={reset}>{ "Restore default columns" }</button>
            }
            if !colors.is_empty() && by_category {
                { color_field(&colors, state.color.as_ref(), &props.act) }
            }
        </fieldset>
    }
}

/// The name of every column in a field. A name that another column has, or that is empty, is made unique; then the field
/// says so.
fn names(columns: &[(&ColumnInfo, u32)], state: &AppState, act: &Callback<Action>) -> Html {
    let fields = columns.iter().map(|&(column, index)| {
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

fn lacking(unknown: &[String]) -> String {
    let mut names = unknown.iter().take(TOLD).map(|name| shown_name(name)).collect::<Vec<_>>().join(", ");
    if unknown.len() > TOLD {
        names.push_str(&format!(" and {} others", unknown.len() - TOLD));
    }
    format!("These data have no column {names}, which was asked for.")
}
