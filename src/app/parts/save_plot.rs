//! A plot as a file: pixels, twice as many as on a plain screen, or an SVG document.

use std::rc::Rc;

use gloo_utils::document;
use js_sys::Array;
use plotters::prelude::IntoDrawingArea;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, HtmlCanvasElement};
use yew::prelude::*;

use super::screen::Screen;
use crate::app::download::download_blob;
use crate::plot::{Scene, Theme, draw_figure, svg};
use crate::state::file_name;

/// CSS pixels.
const WIDTH: u32 = 720;
const LEAST_HEIGHT: u32 = 270;
/// Title and legend.
const HEAD: u32 = 60;
/// Drawn pixels a CSS pixel.
const RATIO: u32 = 2;

/// The buttons; `stem` is what the files are called.
pub fn save_plot(scene: &Rc<Scene>, dark: bool, height: u32, stem: String) -> Html {
    let size = (WIDTH, height.max(LEAST_HEIGHT) + HEAD);
    let button = |text: &'static str, save: fn(&Scene, bool, (u32, u32), &str)| {
        let label = format!("Save as {text}: {}", scene.title);
        let (scene, stem) = (scene.clone(), stem.clone());
        let onclick = Callback::from(move |_: MouseEvent| save(&scene, dark, size, &stem));
        html! { <button type="button" class="quiet" {onclick} aria-label={label}>{ text }</button> }
    };
    html! { <p class="save-plot">{ button("PNG", png) }{ button("SVG", vectors) }</p> }
}

fn theme(dark: bool) -> Theme {
    if dark { Theme::dark() } else { Theme::light() }
}

fn png(scene: &Scene, dark: bool, (width, height): (u32, u32), stem: &str) {
    let canvas =
        document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let Some(canvas) = canvas else { return };
    canvas.set_width(width * RATIO);
    canvas.set_height(height * RATIO);
    let Some(backend) = Screen::new(&canvas) else { return };
    if let Err(error) = draw_figure(&backend.into_drawing_area(), scene, &theme(dark), f64::from(RATIO)) {
        return web_sys::console::error_1(&error.to_string().into());
    }
    let name = file_name(stem, "png");
    let save = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            download_blob(&blob, &name);
        }
    });
    let _ = canvas.to_blob(save.unchecked_ref());
}

fn vectors(scene: &Scene, dark: bool, (width, height): (u32, u32), stem: &str) {
    let document = svg(scene, &theme(dark), width, height);
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&document.into())) {
        download_blob(&blob, &file_name(stem, "svg"));
    }
}
