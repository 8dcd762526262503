use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::explained::labelled;
use super::list::List;
use super::terms::sentence;
use crate::data::csv::ReadOptions;
use crate::state::Action;

/// Which of the tables of a file is read, when it has several.
pub fn one_of(
    label: &'static str,
    name: &'static str,
    names: &[String],
    read: usize,
    choose: impl Fn(String) -> ReadOptions,
    act: &Callback<Action>,
) -> Html {
    if names.len() < 2 {
        return Html::default();
    }
    let onchange = {
        let (options, act): (Vec<_>, _) = (names.iter().cloned().map(choose).collect(), act.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let chosen = options.get(select.selected_index() as usize).cloned();
            // Until another is read, the list says which one is on the screen.
            select.set_selected_index(read as i32);
            if let Some(chosen) = chosen {
                act.emit(Action::SetReading(chosen));
            }
        })
    };
    labelled(name, label, sentence(name), |described| {
        html! {
            <List {name} {onchange} {described}>
                for (index, one) in names.iter().enumerate() {
                    <option value={one.clone()} selected={index == read}>{ one }</option>
                }
            </List>
        }
    })
}
