//! All methods with a name, by what shares statistics and which statistics they are.

use yew::prelude::*;

use crate::app::hooks::Lab;

#[derive(Properties, PartialEq)]
pub struct MethodMapViewProps {
    pub lab: Lab,
    pub dark: bool,
}

#[component]
pub fn MethodMapView(props: &MethodMapViewProps) -> Html {
    let _ = props;
    html! {}
}
