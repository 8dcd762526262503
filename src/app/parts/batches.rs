//! BatchNorm batch by batch.

use yew::prelude::*;

use crate::app::hooks::Lab;

#[derive(Properties, PartialEq)]
pub struct BatchesViewProps {
    pub lab: Lab,
    pub dark: bool,
}

#[component]
pub fn BatchesView(props: &BatchesViewProps) -> Html {
    let _ = props;
    html! {}
}
