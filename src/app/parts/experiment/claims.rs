//! The way from a result to the experiments that can use its data, and to those about what its caption says.

use yew::prelude::*;

use crate::caption::Claim;
use crate::state::{AppState, ExperimentState};

pub fn claims(state: &AppState, claims: &[Claim]) -> Html {
    let table = state.table_address();
    html! {
        <nav class="claims" aria-label="Experiments on these data">
            <a href={format!("#{}", ExperimentState::all_on_table(&table))}>{ "What does this do to a model?" }</a>
            for claim in claims {
                <a href={format!("#{}", ExperimentState::of_claim(claim.experiment, state).encode())}>{ claim.question }</a>
            }
        </nav>
    }
}
