//! Which rows the statistics are taken from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::parts::inputs::explained::labelled;
use crate::app::parts::inputs::field::NumberField;
use crate::app::parts::inputs::list::List;
use crate::app::parts::inputs::terms::sentence;
use crate::parameters::Allowed;
use crate::plot::number::whole;
use crate::protocol::FitOn;
use crate::state::Action;
use crate::state::address::{DEFAULT_SHARE, SHARE};

pub fn fit_field(fit: &FitOn, rows: u64, act: &Callback<Action>) -> Html {
    let onchange = act.reform(|event: Event| {
        let train = event.target_dyn_into::<HtmlSelectElement>().is_some_and(|select| select.value() == "train");
        Action::SetFit(if train { FitOn::Train { share: DEFAULT_SHARE, seed: 1 } } else { FitOn::All })
    });
    html! {
        <>
            { labelled("fit", "Fitted on", sentence("fit"), |described| html! {
                <List name="fit" {onchange} {described}>
                    <option value="all" selected={*fit == FitOn::All}>{ all_of(rows) }</option>
                    <option value="train" selected={matches!(fit, FitOn::Train { .. })}>{ "Training rows only" }</option>
                    if let FitOn::Saved(saved) = fit {
                        <option value="saved" selected=true>{ format!("Saved: {}", saved.data) }</option>
                    }
                </List>
            }) }
            if let &FitOn::Train { share, seed } = fit {
                <NumberField name="share" label="Training share" text={share.to_string()} allowed={SHARE}
                    help="The share of the rows from which the statistics are computed."
                    set={act.reform(move |text: String| {
                        Action::SetFit(FitOn::Train { share: SHARE.read(&text).unwrap_or(share), seed })
                    })} />
                <NumberField name="split" label="Seed of the split" text={seed.to_string()} whole=true
                    allowed={Allowed::Between(0.0, u64::MAX as f64)} help="The same seed selects the same rows on every machine."
                    set={act.reform(move |text: String| {
                        Action::SetFit(FitOn::Train { share, seed: text.parse().unwrap_or(seed) })
                    })} />
            }
        </>
    }
}

fn all_of(rows: u64) -> String {
    if rows == 1 { "The only row".into() } else { format!("All {} rows", whole(rows)) }
}
