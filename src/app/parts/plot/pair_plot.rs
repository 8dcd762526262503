//! One compared method against another.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::canvas::Canvas;
use super::legend::legend;
use super::plot_data::PlotData;
use super::plot_input::PlotContext;
use super::save_plot::{Saved, save_plot};
use crate::app::hooks::PlotInteraction;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::caption::related;
use crate::engine::Method;
use crate::figure::pair_scene;
use crate::plot::View;
use crate::protocol::{MethodComparison, ViewResult};
use crate::state::{ByPtr, Panel};

/// CSS pixels.
const HEIGHT: u32 = 300;

#[derive(Properties, PartialEq)]
pub struct PairPlotViewProps {
    pub comparison: ByPtr<MethodComparison>,
    /// The result that the values are of.
    pub view: Option<ByPtr<ViewResult>>,
    pub interaction: PlotInteraction,
    pub dark: bool,
    /// Another two, across and up.
    pub choose: Callback<(&'static str, &'static str)>,
    /// What files of the picture are called.
    pub stem: AttrValue,
}

#[component]
pub fn PairPlotView(props: &PairPlotViewProps) -> Html {
    let PairPlotViewProps { comparison, view, interaction, dark, choose, stem } = props;
    let scene = use_memo(comparison.clone(), |comparison| pair_scene(comparison).map(Rc::new));
    let slugs: Vec<&'static str> =
        comparison.panels.iter().filter(|panel| panel.outcome.is_ok()).map(|panel| panel.method.info().slug).collect();
    if slugs.len() < 2 {
        return html! {};
    }
    let slug = |index: u32| {
        let slug = comparison.panels.get(index as usize)?.method.info().slug;
        slugs.contains(&slug).then_some(slug)
    };
    let pair = comparison.pair_plot.as_ref().and_then(|found| Some((slug(found.pair.0)?, slug(found.pair.1)?)));
    let (across, up) = pair.unwrap_or((slugs[0], slugs[1]));
    let field = |label: &'static str, name: &'static str, shown: &'static str, turn: bool| {
        let known = slugs.clone();
        let onchange = choose.reform(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            let wanted = known.iter().copied().find(|slug| Some(*slug) == value.as_deref()).unwrap_or(shown);
            if turn { (across, wanted) } else { (wanted, up) }
        });
        labelled(name, label, sentence(name), |described| {
            html! {
                <List {name} {onchange} {described}>
                    for &slug in &slugs {
                        <option value={slug} selected={slug == shown}>
                            { Method::from_slug(slug).map_or("", |method| method.info().name) }
                        </option>
                    }
                </List>
            }
        })
    };
    let plot_context = view.as_ref().and_then(|view| plot_context(comparison, view, interaction));
    html! {
        <>
            <div class="views">
                { field("Horizontal", "against-across", across, false) }
                { field("Vertical", "against-up", up, true) }
            </div>
            if let Some(scene) = &*scene {
                <p class="finding" role="status">{ related(comparison) }</p>
                <figure class="plot" data-against="">
                    <figcaption>
                        <span class="plot-title">{ scene.title.clone() }</span>
                        if let keys @ [_, _, ..] = scene.keys().as_slice() {
                            { legend(keys, false, None) }
                        }
                    </figcaption>
                    <Canvas scene={scene.clone()} dark={*dark} height={HEIGHT} context={plot_context} />
                    <p class="plot-note">{ scene.note.clone() }{ " Click a point to follow its value." }</p>
                    <PlotData scene={scene.clone()} view={Some(View::Scatter)} />
                    <p class="save-plots">{ save_plot(&Saved::One(scene.clone()), *dark, HEIGHT, stem.to_string()) }</p>
                </figure>
            }
        </>
    }
}

/// What pointing at the values needs; `None` while the result is of other features than what was compared.
fn plot_context(
    comparison: &MethodComparison,
    view: &ByPtr<ViewResult>,
    interaction: &PlotInteraction,
) -> Option<PlotContext> {
    let feature = comparison.feature as usize;
    let names = view.features.iter().map(|feature| &feature.name);
    let panel = Panel::of_points(feature);
    names.eq(&comparison.features).then(|| PlotContext {
        interaction: interaction.clone(),
        view: view.clone(),
        panel,
        origin: None,
    })
}
