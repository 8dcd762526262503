//! What plays the frames of a report.

use gloo_timers::callback::Interval;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::ExperimentAction;

/// Milliseconds between two frames.
const FRAME: u32 = 120;

#[derive(Properties, PartialEq)]
pub struct PlayerProps {
    pub last: u32,
    pub shown: u32,
    /// What the frame is called.
    pub label: AttrValue,
    pub act: Callback<ExperimentAction>,
}

/// Rewind, play, pause, step, and a slider over all frames.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let PlayerProps { last, shown, label, act } = props;
    let playing = use_state_eq(|| false);
    let show = act.reform(|step: u32| ExperimentAction::ShowStep(Some(step)));
    use_effect_with((*playing, *shown, *last), {
        let (show, playing) = (show.clone(), playing.setter());
        move |(plays, shown, last)| {
            let (shown, last) = (*shown, *last);
            let timer = plays.then(|| {
                Interval::new(FRAME, move || if shown < last { show.emit(shown + 1) } else { playing.set(false) })
            });
            move || drop(timer)
        }
    });
    let toggle = {
        let (playing, show, at_end) = (playing.clone(), show.clone(), shown == last);
        Callback::from(move |_: MouseEvent| {
            if !*playing && at_end {
                show.emit(0);
            }
            playing.set(!*playing);
        })
    };
    let go = |step: u32| {
        let (show, playing) = (show.clone(), playing.setter());
        Callback::from(move |_: MouseEvent| {
            playing.set(false);
            show.emit(step);
        })
    };
    let oninput = show.reform(|event: InputEvent| {
        event.target_dyn_into::<HtmlInputElement>().map_or(0, |input| input.value_as_number() as u32)
    });
    html! {
        <div class="player" role="group" aria-label="Playback">
            // Not `disabled`: that would take the focus away from who presses them.
            <button type="button" onclick={go(0)} aria-disabled={(*shown == 0).to_string()}>{ "Rewind" }</button>
            <button type="button" class="primary" onclick={toggle}>{ if *playing { "Pause" } else { "Play" } }</button>
            <button type="button" onclick={go((shown + 1).min(*last))} aria-disabled={(shown == last).to_string()}>{ "Step" }</button>
            <input type="range" min="0" max={last.to_string()} value={shown.to_string()} aria-label="Step"
                aria-valuetext={label.clone()} {oninput} />
            // Eight frames a second are too many to be told.
            <output aria-live={if *playing { "off" } else { "polite" }}>{ label.clone() }</output>
        </div>
    }
}
