//! Where nothing comes of the settings: why, what mends them, and the data as they are.

use yew::prelude::*;

use super::plots::Plots;
use super::study::Studies;
use super::table::Table;
use super::view_bar::ViewBar;
use crate::app::hooks::Lab;
use crate::protocol::{Comparison, DataInfo};
use crate::state::{Kin, Mend, Shared};

/// What stands where the result would.
pub fn refused(lab: &Lab, dark: bool) -> Html {
    let desk = &lab.desk;
    let problem = desk.view_problem.is_some();
    let said = match &desk.before {
        Some(_) if problem => "No result with these settings",
        None if !problem && (desk.load_problem.is_none() || desk.loading.is_some()) => {
            "Loading the first data set\u{2026}"
        }
        _ => "There is no result yet",
    };
    html! {
        <>
            <h1 class="waiting">{ said }</h1>
            { refusal(lab, "") }
            if let (Some(view), Some(info)) = (&desk.before, &desk.info) {
                { before(lab, view, info, dark) }
            }
            if problem { <Studies lab={lab.clone()} {dark} /> }
        </>
    }
}

/// The data before the method.
fn before(lab: &Lab, view: &Shared<Comparison>, info: &Shared<DataInfo>, dark: bool) -> Html {
    let layout = lab.state.layout_for(view.query.picture.view, view.features.len());
    html! {
        <>
            <ViewBar state={lab.state.clone()} info={info.clone()} {layout} act={lab.act.clone()} />
            <Plots view={view.clone()} {layout} {dark} stage={lab.stage.clone()} stem={lab.state.stem()} caption={info.name.clone()} />
            <section class="card" aria-labelledby="rows">
                <div class="card-head"><h2 id="rows">{ "Values" }</h2></div>
                <Table key={lab.desk.loads} page={lab.desk.rows.clone()} seen={lab.desk.seen()} pick={lab.state.pick}
                    kin={None::<Kin>} act={lab.act.clone()} ask={lab.rows.clone()} precise=false />
            </section>
        </>
    }
}

/// Why there is no newer result, and what would make one.
pub fn refusal(lab: &Lab, then: &'static str) -> Html {
    let Some(problem) = &lab.desk.view_problem else { return Html::default() };
    let mends = lab.desk.info.as_ref().map(|info| lab.state.mends(info)).unwrap_or_default();
    let button = |mend: Mend| {
        let onclick = lab.act.reform(move |_: MouseEvent| mend.action.clone());
        html! { <button type="button" {onclick}>{ mend.label }</button> }
    };
    html! {
        <div class="problem" role="alert">
            <p>{ problem }{ then }</p>
            if !mends.is_empty() {
                <div class="buttons">{ for mends.into_iter().map(button) }</div>
            }
        </div>
    }
}
