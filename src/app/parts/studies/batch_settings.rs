//! How BatchNorm is watched batch by batch: its own settings, in either mode, and of which feature.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::hooks::AppContext;
use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::{NumberField, setting_field};
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::method::fit::fit_field;
use crate::data::shown_name;
use crate::engine::method::{BatchNorm, Mode, MomentumOf};
use crate::parameters::{Described, Field, Parameters};
use crate::state::address::PASSES;
use crate::state::{Action, BatchSettings};

/// Settings of the method that stand here, and what their fields are called: those of the method's own panel are on the
/// page too.
const SHOWN: [(&str, &str); 4] = [
    ("batch", "walk-batch"),
    ("momentum-of", "walk-momentum-of"),
    ("momentum", "walk-momentum"),
    ("running-variance", "walk-running-variance"),
];
/// The batch size that libraries and lessons start with.
const USUAL: u64 = 32;

/// `rows`: how many there are to walk.
pub fn batch_settings(app: &AppContext, method: &BatchNorm, rows: u64) -> Html {
    let set = app.act.reform(|(name, text): (&'static str, String)| {
        let key = SHOWN.iter().find(|(_, other)| *other == name).map_or(name, |(key, _)| key);
        Action::SetMethod { key, text }
    });
    let all = method.describe_all();
    let field = |key: &str| {
        let (_, name) = SHOWN.iter().find(|(other, _)| *other == key)?;
        let one = all.iter().find(|one| one.field.key == key)?;
        let named = Described { field: Field { key: name, ..one.field }, value: one.value.clone() };
        Some(setting_field(&named, "", &set))
    };
    let weighs = method.momentum_of != MomentumOf::Cumulative;
    let batches = app.state.batches.clone();
    let passes = app.act.reform(move |text: String| {
        let passes = PASSES.read(&text).map_or(1, |passes| passes as u32);
        Action::SetBatches(BatchSettings { passes, ..batches.clone() })
    });
    html! {
        <div class="settings" role="group" aria-label="Batch settings">
            <div>{ field("batch") }{ sizes(&app.act, method.batch, rows) }</div>
            <div>
                { field("momentum-of") }
                if weighs { { field("momentum") }{ momentum(&app.act, method.momentum) } }
            </div>
            <div>
                { feature_field(app) }
                { field("running-variance") }
                <NumberField name="passes" label="Passes (epochs)" whole=true allowed={PASSES} text={app.state.batches.passes.to_string()}
                    help="How many times all rows are used, in the same order each time." set={passes} />
                // In evaluation the method's own panel has the choice of rows.
                if method.mode == Mode::Training {
                    { fit_field(&app.state.fit, app.answers.info.as_ref().map_or(0, |info| info.rows), &app.act) }
                }
            </div>
        </div>
    }
}

fn feature_field(app: &AppContext) -> Html {
    let Some(info) = &app.answers.info else { return html! {} };
    let (chosen, shown_column) = (app.state.chosen_columns(info), app.state.running_stats_column(info));
    if chosen.len() < 2 {
        return html! {};
    }
    let (batches, info) = (app.state.batches.clone(), info.clone());
    let options = chosen.into_iter().map(|index| {
        html! { <option value={index.to_string()} selected={shown_column == Some(index)}>{ shown_name(&info.columns[index].name) }</option> }
    });
    let options: Vec<_> = options.collect();
    let onchange = app.act.reform(move |event: Event| {
        let index =
            event.target_dyn_into::<HtmlSelectElement>().and_then(|select| select.value().parse::<usize>().ok());
        let feature = index.and_then(|index| info.columns.get(index)).map(|column| column.key.clone());
        Action::SetBatches(BatchSettings { feature, ..batches.clone() })
    });
    labelled("walk", "Feature", sentence("walk"), |described| {
        html! {
            <List name="walk" {onchange} {described}>{ for options }</List>
        }
    })
}

/// From single rows over doublings to all of them in one batch.
fn sizes(act: &Callback<Action>, batch: u64, rows: u64) -> Html {
    let rows = rows.max(1);
    let mut sizes: Vec<u64> =
        std::iter::successors(Some(1_u64), |size| size.checked_mul(2)).take_while(|size| *size < rows).collect();
    sizes.push(rows);
    let place = sizes.iter().rposition(|size| *size <= batch).unwrap_or(0);
    let most = sizes.len() - 1;
    let choose = act.reform(|size: u64| Action::SetMethod { key: "batch", text: size.to_string() });
    let on_slide = choose.reform(move |place: f64| sizes[(place as usize).min(most)]);
    let landmark = |label: &'static str, size: u64| {
        let onclick = choose.reform(move |_: MouseEvent| size);
        html! { <button type="button" {onclick} aria-pressed={(batch.min(rows) == size).to_string()}>{ label }</button> }
    };
    html! {
        <div class="setting">
            { slider("Batch size", (0.0, most as f64, 1.0), place as f64, batch.to_string(), &on_slide, act) }
            <div class="choice" role="group" aria-label="Batch sizes">
                { landmark("1", 1) }
                if rows > USUAL { { landmark("32", USUAL) } }
                { landmark("whole set", rows) }
            </div>
        </div>
    }
}

fn momentum(act: &Callback<Action>, momentum: f64) -> Html {
    // A slider's numbers are whole hundredths, which have a short decimal of their own.
    let on_slide = act.reform(|value: f64| Action::SetMethod {
        key: "momentum",
        text: ((value * 100.0).round() / 100.0).to_string(),
    });
    html! {
        <div class="setting">
            { slider("Momentum", (0.0, 1.0, 0.01), momentum, momentum.to_string(), &on_slide, act) }
        </div>
    }
}

/// A slider beside a field of its own. Letting it go ends the gesture.
fn slider(
    label: &'static str,
    (low, high, step): (f64, f64, f64),
    value: f64,
    told: String,
    on_slide: &Callback<f64>,
    act: &Callback<Action>,
) -> Html {
    let on_slide = on_slide.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            on_slide.emit(input.value_as_number());
        }
    });
    let onchange = act.reform(|_: Event| Action::Release);
    html! {
        <input type="range" min={low.to_string()} max={high.to_string()} step={step.to_string()} value={value.to_string()}
            aria-label={label} aria-valuetext={told} {oninput} {onchange} />
    }
}
