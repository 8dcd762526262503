//! All methods with a name, by what shares statistics and which statistics they are.

use yew::prelude::*;

use super::glyph::glyph_of;
use crate::app::hooks::AppContext;
use crate::caption::{called, statistics};
use crate::engine::conventions::FloatPrecision;
use crate::engine::naming::{MapCell, MethodMap};
use crate::engine::{Method, Shape};
use crate::protocol::DataInfo;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub struct MethodMapViewProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn MethodMapView(props: &MethodMapViewProps) -> Html {
    let app = &props.app;
    let Some(view) = &app.answers.view else { return html! {} };
    let (method, shape) = (&app.state.method, view.shape);
    let precision = app.answers.info.as_deref().map(DataInfo::precision).unwrap_or_default();
    let here = method.recipe(shape).and_then(|recipe| MethodMap::around(&recipe, shape));
    let here = here.map(|(map, place)| (map, Some(place)));
    // A method that does not fit the data has no place on their map.
    let Ok((map, place)) = here.or_else(|_| MethodMap::new(shape).map(|map| (map, None))) else { return html! {} };
    let heads = map.columns.iter().map(|(center, scale)| {
        let (center, scale) = statistics(*center, *scale);
        html! { <th scope="col">{ center }<span>{ scale }</span></th> }
    });
    let rows = map.rows.iter().enumerate().map(|(row, grouping)| {
        let cells = (0..map.columns.len()).filter_map(|column| {
            let here = place == Some((row, column));
            Some(html! {
                <td key={column} aria-current={here.then_some("location")}>{ cell(app, map.cell(row, column)?, here, shape, precision) }</td>
            })
        });
        html! {
            <tr key={grouping.words()}>
                <th scope="row"><div>{ glyph_of(*grouping) }{ grouping.words() }</div></th>
                { for cells }
            </tr>
        }
    });
    html! {
        <>
            <p class="cap">
                { "Each row is a way to share statistics; each column is what is subtracted and what the rest is divided by. \
                   Named methods are buttons; \u{201c}+\u{201d} makes your own." }
            </p>
            <div class="scroll map" tabindex="0" role="region" aria-label="Map of methods">
                <table>
                    <thead>
                        <tr><td>{ "subtract" }<span>{ "divide by" }</span></td>{ for heads }</tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="called">{ called(method, shape).join(" ") }</p>
        </>
    }
}

/// The methods of a place, else the way to a mixture.
fn cell(app: &AppContext, cell: &MapCell, here: bool, shape: Shape, precision: FloatPrecision) -> Html {
    let chosen = &app.state.method;
    let own = here && matches!(chosen, Method::Custom(_));
    let button = |method: &Method, text: &'static str, name: Option<String>| {
        let pressed = here && method.info().slug == chosen.info().slug;
        let (class, title) = (name.is_some().then_some("mix"), name.clone());
        let method = app.state.placed(method, shape, precision);
        let onclick = app.act.reform(move |_: MouseEvent| Action::UseMethod(method.clone()));
        html! {
            <button type="button" {class} {onclick} aria-pressed={pressed.to_string()} {title} aria-label={name}>{ text }</button>
        }
    };
    html! {
        <>
            { for cell.methods.iter().map(|(name, method)| button(method, name.words(), None)) }
            if cell.methods.is_empty() { { button(&cell.mixture, "+", Some(cell.mixture.summary())) } }
            if own { <i>{ "Your own method" }</i> }
        </>
    }
}
