//! Several methods side by side on the same data.

use yew::prelude::*;

use crate::app::hooks::Lab;

#[derive(Properties, PartialEq)]
pub struct CompareViewProps {
    pub lab: Lab,
    pub dark: bool,
}

#[component]
pub fn CompareView(props: &CompareViewProps) -> Html {
    let _ = props;
    html! {}
}
