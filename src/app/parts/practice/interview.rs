//! One question as in an interview: say the answer aloud within a minute, then tick what you said, then the computed check.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::app::parts::skip_links::focus;
use crate::report::PracticeItem;

/// Seconds to answer in.
const ALOUD: u32 = 60;
const SECOND: u32 = 1000;

#[derive(Properties, PartialEq)]
pub struct InterviewProps {
    pub item: Rc<PracticeItem>,
    /// The question to be computed, which comes last.
    pub check: Html,
}

/// How far the interview is.
#[derive(Clone, Copy, PartialEq)]
enum InterviewPhase {
    /// Not begun.
    Question,
    /// Speaking, with so many seconds to go.
    Aloud(u32),
    Points,
    Check,
}

#[component]
pub fn Interview(props: &InterviewProps) -> Html {
    let InterviewProps { item, check } = props;
    let phase = use_state_eq(|| InterviewPhase::Question);
    use_effect_with(*phase, {
        let phase = phase.setter();
        move |now| {
            let timer = if let InterviewPhase::Aloud(left) = *now {
                let next = if left > 1 { InterviewPhase::Aloud(left - 1) } else { InterviewPhase::Points };
                Some(Timeout::new(SECOND, move || phase.set(next)))
            } else {
                None
            };
            move || drop(timer)
        }
    });
    let go = |to: InterviewPhase| {
        let phase = phase.setter();
        Callback::from(move |_: MouseEvent| {
            phase.set(to);
            Timeout::new(0, || _ = focus("#interview, #question")).forget();
        })
    };
    if *phase == InterviewPhase::Check {
        return check.clone();
    }
    html! {
        <article class="question">
            <nav class="crumbs" aria-label="Where this is">
                <a href="#/practice">{ "Practice" }</a>{ format!(" / {} / Interview", item.topic.name()) }
            </nav>
            <h1 id="interview" tabindex="-1">{ item.spoken.clone() }</h1>
            {
                match *phase {
                    InterviewPhase::Question => html! {
                        <>
                            <p class="sub">{ "Say your answer aloud, in a minute at most." }</p>
                            <button type="button" class="primary" onclick={go(InterviewPhase::Aloud(ALOUD))}>{ "Start the minute" }</button>
                        </>
                    },
                    InterviewPhase::Aloud(left) => html! {
                        <div class="look">
                            <button type="button" onclick={go(InterviewPhase::Points)}>{ "I am done" }</button>
                            <progress max={ALOUD.to_string()} value={(ALOUD - left).to_string()} aria-label="Time that is used" />
                            <span class="cap" role="timer">{ format!("{left} s left") }</span>
                        </div>
                    },
                    InterviewPhase::Points | InterviewPhase::Check => html! {
                        <>
                            <fieldset class="points">
                                <legend>{ "What did you say? Tick it." }</legend>
                                for point in &item.points {
                                    <label><input type="checkbox" />{ point.clone() }</label>
                                }
                            </fieldset>
                            <button type="button" class="primary" onclick={go(InterviewPhase::Check)}>{ "Check it with numbers" }</button>
                        </>
                    },
                }
            }
        </article>
    }
}
