//! A small picture of every compared method.

use yew::prelude::*;

use crate::app::parts::number::missing;
use crate::app::parts::plot::canvas::Canvas;
use crate::app::parts::plot::legend::legend;
use crate::data::shown_name;
use crate::engine::method::MethodInfo;
use crate::figure::comparison_scenes;
use crate::plot::number::{format4, full};
use crate::protocol::MethodComparison;
use crate::state::{Action, ByPtr};

/// CSS pixels.
const HEIGHT: u32 = 120;

#[derive(Properties, PartialEq)]
pub struct ComparePlotsProps {
    pub comparison: ByPtr<MethodComparison>,
    pub own_axes: bool,
    pub dark: bool,
    pub act: Callback<Action>,
}

#[component]
pub fn ComparePlots(props: &ComparePlotsProps) -> Html {
    let ComparePlotsProps { comparison: found, own_axes, dark, act } = props;
    let scenes = use_memo((found.clone(), *own_axes), |(found, own_axes)| comparison_scenes(found, *own_axes));
    let keys = scenes.iter().flatten().next().map(|scene| scene.keys()).unwrap_or_default();
    let figures = found.panels.iter().zip(scenes.iter()).enumerate().map(|(index, (panel, scene))| {
        let MethodInfo { slug, name, .. } = panel.method.info();
        let title = if index == 0 {
            html! { <><span class="plot-title">{ name }</span><span class="hint">{ "chosen" }</span></> }
        } else {
            let onclick = act.reform(move |_: MouseEvent| Action::ChooseMethod(slug));
            html! {
                <button type="button" class="plot-title quiet" {onclick} title="Use this method">
                    { name }<span class="hidden">{ ": use this method" }</span>
                </button>
            }
        };
        html! {
            <figure class="plot" key={slug} data-panel={slug}>
                <figcaption>{ title }{ panel.value.map_or_else(Html::default, followed) }</figcaption>
                if let Some(scene) = scene {
                    <Canvas scene={scene.clone()} dark={*dark} height={HEIGHT} />
                } else if let Err(why) = &panel.outcome {
                    <p class="problem">{ why.clone() }</p>
                }
            </figure>
        }
    });
    html! {
        <>
            <div class="small-plots">{ for figures }</div>
            if keys.len() > 1 {
                { legend(&keys, true, None) }
            }
            if let Some(note) = note(found) {
                <p class="plot-note">{ note }</p>
            }
        </>
    }
}

/// What became of the value that is followed.
fn followed(value: f64) -> Html {
    let text = if value.is_nan() {
        missing()
    } else {
        html! { format4(value) }
    };
    html! { <span title={full(value)}>{ text }</span> }
}

/// That not all is drawn.
fn note(found: &MethodComparison) -> Option<String> {
    let (drawn, all) = (found.drawn.len(), found.features.len());
    if !found.categories.is_empty() {
        let feature = found.features.get(found.feature as usize)?;
        return (all > 1).then(|| format!("Coloured by category, {} is drawn alone.", shown_name(feature)));
    }
    (drawn < all).then(|| format!("{drawn} of {all} features are drawn."))
}
