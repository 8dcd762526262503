//! A scene on a canvas, as sharp as the screen is.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use plotters::prelude::IntoDrawingArea;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::cell_links::CellLinks;
use super::handles::{HandleContext, Handles};
use super::overlay::PlotOverlay;
use super::plot_input::PlotContext;
use super::screen::Screen;
use crate::app::hooks::PresentView;
use crate::app::resize_watch::ResizeWatch;
use crate::plot::{PlotLayout, Scene, Surface, Theme, draw, layout};

#[derive(Properties, PartialEq)]
pub struct CanvasProps {
    pub scene: Rc<Scene>,
    pub dark: bool,
    /// Height in CSS pixels; in a narrow place the style sheet makes it less.
    pub height: u32,
    /// What it belongs to, where it can be pointed at.
    #[prop_or_default]
    pub context: Option<PlotContext>,
    /// What can be dragged in it.
    #[prop_or_default]
    pub handles: Option<HandleContext>,
    /// What opens a cell of its heat map, by index, row by row.
    #[prop_or_default]
    pub cells: Option<Callback<usize>>,
}

/// Draws the scene again whenever it, the theme, the width or the pixel ratio changes.
#[component]
pub fn Canvas(props: &CanvasProps) -> Html {
    let node = use_node_ref();
    // In a presentation everything is larger.
    let zoom = use_context::<Option<PresentView>>().flatten().map_or(1.0, |view| view.zoom);
    // The scene whose axes stand still while a point is dragged.
    let held = use_state(|| None::<Rc<Scene>>);
    let scene = held.as_ref().map_or_else(
        || props.scene.clone(),
        |held| {
            let (x, y, beside) = (held.x.clone(), held.y.clone(), held.beside.clone());
            Rc::new(Scene { x, y, beside, ..(*props.scene).clone() })
        },
    );
    let hold = {
        let (held, scene) = (held.setter(), scene.clone());
        Callback::from(move |hold: bool| held.set(hold.then(|| scene.clone())))
    };
    // Width and height in CSS pixels, and the pixel ratio.
    let size = use_state_eq(|| (0.0f64, 0.0f64, 0.0f64));
    let measure = {
        let (node, size) = (node.clone(), size.setter());
        use_callback((), move |(), ()| {
            if let Some(canvas) = node.cast::<HtmlCanvasElement>() {
                // Not `client_width`, which is rounded to whole CSS pixels: half of one is a device pixel of a sharp screen.
                let rect = canvas.get_bounding_client_rect();
                size.set((rect.width(), rect.height(), window().device_pixel_ratio()));
            }
        })
    };
    {
        let (node, measure) = (node.clone(), measure.clone());
        use_effect_with((), move |()| {
            let watch = ResizeWatch::new(node.cast(), move || measure.emit(()));
            move || drop(watch)
        });
    }
    // Another zoom or another screen changes the pixel ratio, sometimes without changing the width or the window.
    use_effect_with(size.2, move |ratio| {
        let query = window().match_media(&format!("(resolution: {ratio}dppx)")).ok().flatten();
        let again = measure.clone();
        let screen = query.map(|query| EventListener::new(&query, "change", move |_| again.emit(())));
        let zoom = EventListener::new(&window(), "resize", move |_| measure.emit(()));
        move || drop((screen, zoom))
    });
    {
        let node = node.clone();
        let painting = (size.0 > 0.0).then(|| Painting::new(scene.clone(), props.dark, *size, zoom));
        use_effect_with(painting, move |painting| {
            if let (Some(canvas), Some(painting)) = (node.cast::<HtmlCanvasElement>(), painting) {
                painting.paint(&canvas);
            }
        });
    }
    let (width, height, ratio) = *size;
    let context = props.context.clone().filter(|_| width > 0.0);
    let handles = props.handles.clone().filter(|_| width > 0.0);
    html! {
        <div class="picture">
            <canvas ref={node} role="img" aria-label={format!("{}. {}", props.scene.title, props.scene.description)}
                ~style={format!("--height: {}px", props.height)} />
            if let Some(context) = context {
                <PlotOverlay {context} scene={scene.clone()} dark={props.dark} size={drawn((width, height), ratio)}
                    ratio={ratio * fineness(ratio) * zoom} hold={hold.clone()} />
            }
            if let Some(open) = props.cells.clone().filter(|_| width > 0.0) {
                <CellLinks {open} scene={scene.clone()} size={drawn((width, height), ratio)} ratio={ratio * fineness(ratio) * zoom} />
            }
            if let Some(context) = handles {
                <Handles {context} {scene} size={drawn((width, height), ratio)} ratio={ratio * fineness(ratio) * zoom} {hold} />
            }
        </div>
    }
}

/// The size of a canvas in the pixels that are drawn.
fn drawn((width, height): (f64, f64), ratio: f64) -> (u32, u32) {
    let drawn = |length: f64| ((length * ratio).round() * fineness(ratio)) as u32;
    (drawn(width), drawn(height))
}

/// Drawn pixels a pixel of the screen: two where those are coarse, so that curves are smooth. The browser halves an even
/// number exactly, so lines stay sharp.
fn fineness(ratio: f64) -> f64 {
    if ratio < 2.0 { 2.0 } else { 1.0 }
}

/// What is on a canvas.
struct Painting {
    scene: Rc<Scene>,
    dark: bool,
    /// In the pixels that are drawn.
    size: (u32, u32),
    /// Drawn pixels a CSS pixel.
    ratio: f64,
    layout: PlotLayout,
}

impl Painting {
    fn new(scene: Rc<Scene>, dark: bool, (width, height, ratio): (f64, f64, f64), zoom: f64) -> Self {
        let (size, ratio) = (drawn((width, height), ratio), ratio * fineness(ratio) * zoom);
        let layout = layout(&scene, size, &Theme::light(), ratio);
        Self { scene, dark, size, ratio, layout }
    }

    fn paint(&self, canvas: &HtmlCanvasElement) {
        let (width, height) = self.size;
        // Setting the size, even to what it was, gives the canvas new memory.
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let theme = if self.dark { Theme::dark() } else { Theme::light() };
        let Some(backend) = Screen::new(canvas) else { return };
        if let Err(error) = draw(&Surface::new(backend).into_drawing_area(), &self.scene, &theme, self.ratio) {
            web_sys::console::error_1(&error.to_string().into());
        }
    }
}

/// Paintings that look alike: where another picture of a pair takes no other room, this one is not painted again.
impl PartialEq for Painting {
    fn eq(&self, other: &Self) -> bool {
        (self.dark, self.size, self.ratio) == (other.dark, other.size, other.ratio)
            && self.layout == other.layout
            && self.scene.looks_like(&other.scene)
    }
}
