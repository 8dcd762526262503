//! The studies below the result: one is open at a time, or none.

use yew::prelude::*;

use super::batches::BatchesView;
use super::compare::CompareView;
use super::method_map::MethodMapView;
use crate::app::hooks::AppContext;
use crate::engine::Method;
use crate::state::{Action, Study};

#[derive(Properties, PartialEq)]
pub struct StudiesProps {
    pub app: AppContext,
    pub dark: bool,
}

#[component]
pub fn Studies(props: &StudiesProps) -> Html {
    let StudiesProps { app, dark } = props;
    let shown = app.state.study_shown();
    let problem = match shown {
        Some(Study::Compare) => &app.answers.studies.compare_problem,
        Some(Study::Batches) => &app.answers.studies.walk_problem,
        _ => &None,
    };
    let fits = |study: &Study| *study != Study::Batches || matches!(app.state.method, Method::BatchNorm(_));
    let buttons = Study::ALL.into_iter().filter(fits).map(|study| {
        let open = shown == Some(study);
        let onclick = app.act.reform(move |_: MouseEvent| Action::SetStudy((!open).then_some(study)));
        html! {
            <button type="button" {onclick} data-study={study.slug()} aria-expanded={open.to_string()}>{ study.title() }</button>
        }
    });
    html! {
        <section class="card studies" aria-labelledby="studies">
            <div class="card-head">
                <h2 id="studies">{ "More views" }</h2>
                <div class="choice" role="group" aria-labelledby="studies">{ for buttons }</div>
            </div>
            if let Some(study) = shown {
                <div class="study" data-study={study.slug()}>
                    if let Some(problem) = problem {
                        <p class="problem" role="alert">{ problem }</p>
                    }
                    { match study {
                        Study::Compare => html! { <CompareView app={app.clone()} dark={*dark} /> },
                        Study::Batches => html! { <BatchesView app={app.clone()} dark={*dark} /> },
                        Study::Map => html! { <MethodMapView app={app.clone()} dark={*dark} /> },
                    } }
                </div>
            }
        </section>
    }
}
