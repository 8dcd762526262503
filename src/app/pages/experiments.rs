//! All experiments: each a question that leads to its page.

use std::rc::Rc;

use gloo_utils::document;
use yew::prelude::*;

use crate::app::experiments::{ExperimentsClient, FromProgram};
use crate::app::hooks::use_shown;
use crate::report::{FromExperiments, Listed, ToExperiments};

#[derive(Properties, PartialEq)]
pub struct ExperimentsPageProps {
    pub client: ExperimentsClient,
    /// The head of the page.
    pub header: Html,
}

#[component]
pub fn ExperimentsPage(props: &ExperimentsPageProps) -> Html {
    let listed = use_state_eq(|| Ok::<Rc<Vec<Listed>>, String>(Rc::default()));
    use_effect_with(props.client.clone(), {
        let listed = listed.setter();
        move |client| {
            client.listen(Callback::from(move |on_bytes| match on_bytes {
                FromProgram::Answer(answer) => {
                    if let FromExperiments::List(all) = *answer {
                        listed.set(Ok(Rc::new(all)));
                    }
                }
                FromProgram::Stopped(why) => listed.set(Err(why)),
            }));
            client.ask(&ToExperiments::List);
        }
    });
    use_shown();
    use_effect_with((), |()| document().set_title("Experiments \u{2013} Normlab"));
    html! {
        <>
            { props.header.clone() }
            <main class="experiments" id="result" tabindex="-1">
                <h1>{ "Experiments" }</h1>
                <p class="sub">
                    { "Claims that people learn by heart, each run here on real data, and where each stops being true." }
                </p>
                if let Err(why) = &*listed {
                    <p class="notice problem" role="alert">{ why.clone() }</p>
                }
                if let Ok(all) = &*listed {
                    <ul class="experiment-list" aria-busy={all.is_empty().to_string()}>
                        for listed in all.iter() {
                            <li key={listed.slug.clone()}>
                                <a href={format!("#/experiment/{}", listed.slug)}>{ listed.question.clone() }</a>
                                <p>{ listed.why.clone() }</p>
                            </li>
                        }
                    </ul>
                }
            </main>
        </>
    }
}
