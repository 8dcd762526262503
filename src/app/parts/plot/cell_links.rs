//! Cells of a heat map that open something when they are clicked. For the keys, the same stands in a list below the figure.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::plot::{Scene, Theme, element_at, layout};

#[derive(Properties, PartialEq)]
pub struct CellLinksProps {
    pub scene: Rc<Scene>,
    /// In drawn pixels, and how many of them make a CSS pixel.
    pub size: (u32, u32),
    pub ratio: f64,
    /// Opens the cell of this index, row by row.
    pub open: Callback<usize>,
}

#[component]
pub fn CellLinks(props: &CellLinksProps) -> Html {
    let CellLinksProps { scene, size, ratio, open } = props;
    let onclick = {
        let (scene, size, ratio, open) = (scene.clone(), *size, *ratio, open.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(overlay) = event.target_dyn_into::<Element>() else { return };
            let frame = overlay.get_bounding_client_rect();
            let scale = f64::from(size.0) / frame.width().max(1.0);
            let x = (f64::from(event.client_x()) - frame.left()) * scale;
            let y = (f64::from(event.client_y()) - frame.top()) * scale;
            let layout = layout(&scene, size, &Theme::light(), ratio);
            if let Some(element) = element_at(&scene, &layout, (x, y), 0.0) {
                open.emit(element.index);
            }
        })
    };
    html! { <div class="cell-links" aria-hidden="true" {onclick}></div> }
}
