//! Where Practice begins: which topics, ten questions or an interview.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::hooks::PracticeContext;
use crate::app::parts::skip_links::focus;
use crate::report::Topic;
use crate::state::{PracticeState, SET_SIZE};

pub fn practice_home(context: &PracticeContext) -> Html {
    let state = &context.state;
    let start = |interview: bool| {
        let (state, open) = ((**state).clone(), context.open.clone());
        Callback::from(move |_: MouseEvent| {
            let seed = Some((js_sys::Math::random() * 1e6) as u32);
            open.emit(PracticeState { seed, interview, ..state.clone() });
            focus("#result");
        })
    };
    html! {
        <>
            <h1>{ "Practice" }</h1>
            <p class="sub">
                { "See the data, predict a number, say how sure you are. Then see how far off you were, and the arithmetic. " }
                { "Questions are made and graded by the engine." }
            </p>
            <fieldset class="topics">
                <legend>{ "Topics" }</legend>
                for topic in Topic::ALL { { one(context, topic) } }
            </fieldset>
            <p class="buttons">
                <button type="button" class="primary" onclick={start(false)}>{ format!("{SET_SIZE} questions") }</button>
                <button type="button" onclick={start(true)}>{ "Interview" }</button>
            </p>
            <p class="about">
                { "The address of a set has its number (seed): whoever opens that link gets the same questions." }
            </p>
        </>
    }
}

fn one(context: &PracticeContext, topic: Topic) -> Html {
    let state = &context.state;
    // One topic is left at least.
    let last = state.topics == [topic];
    let onchange = {
        let (state, open) = ((**state).clone(), context.open.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            open.emit(state.with_topic(topic, chosen));
        })
    };
    html! {
        <label class="setting">
            <span>{ topic.name() }</span>
            <input type="checkbox" name={topic.slug()} checked={state.has_topic(topic)} disabled={last} {onchange} />
        </label>
    }
}
