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
use crate::plot::{CAPTION, Scene, Surface, Theme, draw_figure, draw_pair, svg, svg_pair};
use crate::state::file_name;

/// CSS pixels.
const WIDTH: u32 = 720;
const LEAST_HEIGHT: u32 = 270;
/// Title and legend.
const HEAD: u32 = 60;
/// Drawn pixels a CSS pixel.
const RATIO: u32 = 2;

/// What is saved: one picture, or a pair with the line below it.
#[derive(Clone, PartialEq)]
pub enum Saved {
    One(Rc<Scene>),
    Pair { scenes: [Rc<Scene>; 2], caption: AttrValue },
}

impl Saved {
    fn size(&self, height: u32) -> (u32, u32) {
        let high = height.max(LEAST_HEIGHT) + HEAD;
        match self {
            Self::One(_) => (WIDTH, high),
            Self::Pair { .. } => (2 * WIDTH, high + CAPTION),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::One(scene) => scene.title.clone(),
            Self::Pair { caption, .. } => caption.to_string(),
        }
    }
}

/// The buttons; `stem` is what the files are called.
pub fn save_plot(saved: &Saved, dark: bool, height: u32, stem: String) -> Html {
    let size = saved.size(height);
    let button = |text: &'static str, save: fn(&Saved, bool, (u32, u32), &str)| {
        let label = format!("Save as {text}: {}", saved.title());
        let (saved, stem) = (saved.clone(), stem.clone());
        let onclick = Callback::from(move |_: MouseEvent| save(&saved, dark, size, &stem));
        html! { <button type="button" class="quiet" {onclick} aria-label={label}>{ text }</button> }
    };
    let what = if let Saved::Pair { .. } = saved { "Both:" } else { "" };
    html! { <span class="save-plot">{ what }{ button("PNG", png) }{ button("SVG", vectors) }</span> }
}

fn theme(dark: bool) -> Theme {
    if dark { Theme::dark() } else { Theme::light() }
}

fn png(saved: &Saved, dark: bool, (width, height): (u32, u32), stem: &str) {
    let canvas =
        document().create_element("canvas").ok().and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let Some(canvas) = canvas else { return };
    canvas.set_width(width * RATIO);
    canvas.set_height(height * RATIO);
    let Some(backend) = Screen::new(&canvas) else { return };
    let (area, theme, ratio) = (Surface::new(backend).into_drawing_area(), theme(dark), f64::from(RATIO));
    let drawn = match saved {
        Saved::One(scene) => draw_figure(&area, scene, &theme, ratio),
        Saved::Pair { scenes: [before, after], caption } => draw_pair(&area, [before, after], caption, &theme, ratio),
    };
    if let Err(error) = drawn {
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

fn vectors(saved: &Saved, dark: bool, (width, height): (u32, u32), stem: &str) {
    let document = match saved {
        Saved::One(scene) => svg(scene, &theme(dark), width, height),
        Saved::Pair { scenes: [before, after], caption } => {
            svg_pair([before, after], caption, &theme(dark), width, height)
        }
    };
    if let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&document.into())) {
        download_blob(&blob, &file_name(stem, "svg"));
    }
}
