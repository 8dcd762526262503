//! The studies below the result: one is open at a time, or none.

use yew::prelude::*;

use super::batches::BatchesView;
use super::compare::CompareView;
use super::method_map::MethodMapView;
use crate::app::hooks::Lab;
use crate::engine::Method;
use crate::state::{Action, Study};

#[derive(Properties, PartialEq)]
pub struct StudiesProps {
    pub lab: Lab,
    pub dark: bool,
}

#[component]
pub fn Studies(props: &StudiesProps) -> Html {
    let StudiesProps { lab, dark } = props;
    let shown = lab.state.study_shown();
    let problem = match shown {
        Some(Study::Compare) => &lab.desk.studies.compare_problem,
        Some(Study::Batches) => &lab.desk.studies.walk_problem,
        _ => &None,
    };
    let fits = |study: &Study| *study != Study::Batches || matches!(lab.state.method, Method::BatchNorm(_));
    let buttons = Study::ALL.into_iter().filter(fits).map(|study| {
        let open = shown == Some(study);
        let onclick = lab.act.reform(move |_: MouseEvent| Action::SetStudy((!open).then_some(study)));
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
                        Study::Compare => html! { <CompareView lab={lab.clone()} dark={*dark} /> },
                        Study::Batches => html! { <BatchesView lab={lab.clone()} dark={*dark} /> },
                        Study::Map => html! { <MethodMapView lab={lab.clone()} dark={*dark} /> },
                    } }
                </div>
            }
        </section>
    }
}
