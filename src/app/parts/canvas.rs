//! A scene on a canvas, as sharp as the screen is.

use std::rc::Rc;

use gloo_utils::window;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};
use yew::prelude::*;

use crate::plot::{Scene, Theme, draw};

#[derive(Properties, PartialEq)]
pub struct CanvasProps {
    pub scene: Rc<Scene>,
    pub dark: bool,
    /// Height in CSS pixels.
    pub height: u32,
}

/// Draws the scene again whenever it, the theme, the width or the pixel ratio changes.
#[component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let node = use_node_ref();
    let size = use_state_eq(|| (0u32, 0.0f64));
    {
        let (node, size) = (node.clone(), size.setter());
        use_effect_with((), move |()| {
            let canvas = node.cast::<HtmlCanvasElement>();
            let measured = canvas.clone();
            let measure = Closure::<dyn Fn()>::new(move || {
                if let Some(canvas) = &measured {
                    size.set((canvas.client_width().max(0).unsigned_abs(), fineness(window().device_pixel_ratio())));
                }
            });
            let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(canvas)) = (&observer, &canvas) {
                observer.observe(canvas);
            }
            // Zooming changes the pixel ratio, sometimes without changing the width.
            let zoom = gloo_events::EventListener::new(&window(), "resize", {
                let measure = measure.as_ref().clone();
                move |_| {
                    let _ = measure.unchecked_ref::<js_sys::Function>().call0(&JsValue::NULL);
                }
            });
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop((zoom, measure));
            }
        });
    }
    {
        let node = node.clone();
        let deps = (props.scene.clone(), props.dark, props.height, *size);
        use_effect_with(deps, move |(scene, dark, height, (width, ratio))| {
            if let Some(canvas) = node.cast::<HtmlCanvasElement>()
                && *width > 0
            {
                paint(&canvas, scene, *dark, (*width, *height), *ratio);
            }
        });
    }
    html! {
        <canvas ref={node} role="img" aria-label={format!("{}. {}", props.scene.title, props.scene.description)}
            ~style={format!("height: {}px", props.height)} />
    }
}

/// Drawn pixels a CSS pixel: those of the screen, or twice as many where they are coarse, so that curves are smooth. The
/// browser halves an even number exactly, so lines stay sharp.
fn fineness(ratio: f64) -> f64 {
    if ratio < 2.0 { ratio * 2.0 } else { ratio }
}

fn paint(canvas: &HtmlCanvasElement, scene: &Scene, dark: bool, (width, height): (u32, u32), ratio: f64) {
    let device = |length: u32| (f64::from(length) * ratio).round() as u32;
    // Setting the size also clears the canvas.
    canvas.set_width(device(width));
    canvas.set_height(device(height));
    let theme = if dark { Theme::dark() } else { Theme::light() };
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return };
    if let Err(error) = draw(&backend.into_drawing_area(), scene, &theme, ratio) {
        web_sys::console::error_1(&error.to_string().into());
    }
}
