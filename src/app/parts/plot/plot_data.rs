//! The numbers behind a plot: a table that is made when it is looked at.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::parts::table::data_table::data_table;
use crate::plot::{Scene, View, numbers};

#[derive(Properties, PartialEq)]
pub struct PlotDataProps {
    pub scene: Rc<Scene>,
    /// What made the scene; `None`: an experiment.
    #[prop_or_default]
    pub view: Option<View>,
}

#[component]
pub fn PlotData(props: &PlotDataProps) -> Html {
    let PlotDataProps { scene, view } = props;
    let open = use_state_eq(|| false);
    let ontoggle = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details = event.target_dyn_into::<web_sys::HtmlDetailsElement>();
            open.set(details.is_some_and(|details| details.open()));
        })
    };
    let table = open.then(|| view.map_or_else(|| numbers(scene), |view| view.table(scene)));
    html! {
        <details {ontoggle}>
            <summary>{ "Numbers" }<span class="hidden">{ format!(" behind {}", scene.title) }</span></summary>
            if let Some(table) = table {
                { data_table(&table, &scene.title) }
            }
        </details>
    }
}
