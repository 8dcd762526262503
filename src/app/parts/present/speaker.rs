//! What the speaker sees: the note, what comes next, and the time.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use gloo_utils::document;
use js_sys::Date;
use yew::prelude::*;

use super::keys;
use crate::app::hooks::use_playlist;
use crate::app::present_channel::{PresentChannel, PresentMessage};
use crate::state::present::{Playlist, PresentCommand, PresentPlace};

const SECOND: u32 = 1000;

#[derive(Properties, PartialEq)]
pub struct SpeakerPanelProps {
    pub place: PresentPlace,
    /// `None`: the page is in no playlist.
    pub list: Option<Rc<Playlist>>,
    pub act: Callback<PresentCommand, bool>,
}

#[component]
pub fn SpeakerPanel(props: &SpeakerPanelProps) -> Html {
    let SpeakerPanelProps { place, list, act } = props;
    let (start, now) = (use_state_eq(Date::now), use_state_eq(Date::now));
    use_effect_with((), {
        let now = now.setter();
        move |()| {
            let timer = Interval::new(SECOND, move || now.set(Date::now()));
            move || drop(timer)
        }
    });
    let at = place.list.as_ref().map_or(0, |at| at.entry);
    let entry = list.as_ref().and_then(|list| list.entries.get(at));
    let button = |command: PresentCommand, label: &'static str| {
        let act = act.clone();
        let onclick = Callback::from(move |_: MouseEvent| _ = act.emit(command));
        html! { <button type="button" class={classes!((command == PresentCommand::Next).then_some("primary"))} {onclick}>{ label }</button> }
    };
    html! {
        <div class="speaker">
            if let (Some(entry), Some(list)) = (entry, list) {
                <p class="cap">{ format!("{} of {}", at + 1, list.entries.len()) }</p>
                <h2>{ &entry.title }</h2>
                <ol class="speaker-steps">
                    for (index, step) in entry.steps.iter().enumerate() {
                        <li aria-current={(index == place.step).then_some("step")}>{ step.name() }</li>
                    }
                </ol>
                <p class="speaker-note">{ if entry.note.is_empty() { "No note." } else { &entry.note } }</p>
                <h3>{ "Next" }</h3>
                <p class="speaker-next">{ next(list, place) }</p>
            } else {
                <p>{ "This page is in no playlist, so it has no note." }</p>
            }
            <p class="buttons">
                { button(PresentCommand::Back, "Previous") }
                { button(PresentCommand::Next, "Next") }
            </p>
            { clock(&start, &now) }
        </div>
    }
}

/// What comes next: another step, or another entry.
fn next(list: &Playlist, place: &PresentPlace) -> String {
    let at = place.list.as_ref().map_or(0, |at| at.entry);
    let step = list.entries.get(at).and_then(|entry| entry.steps.get(place.step + 1));
    match (step, list.entries.get(at + 1)) {
        (Some(step), _) => step.name().into(),
        (None, Some(entry)) => entry.title.clone(),
        (None, None) => "The end of the playlist.".into(),
    }
}

/// How long the talk has taken, since `start` in milliseconds.
fn clock(start: &UseStateHandle<f64>, now: &UseStateHandle<f64>) -> Html {
    let seconds = ((**now - **start) / f64::from(SECOND)).max(0.0) as u64;
    let onclick = {
        let (start, now) = (start.setter(), now.setter());
        Callback::from(move |_: MouseEvent| {
            start.set(Date::now());
            now.set(Date::now());
        })
    };
    html! {
        <p class="speaker-time">
            <span role="timer">{ format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60) }</span>
            <button type="button" {onclick}>{ "Restart the clock" }</button>
        </p>
    }
}

#[derive(Properties, PartialEq)]
pub struct SpeakerWindowProps {
    /// Of the playlist that is given; empty: none.
    pub slug: AttrValue,
}

/// The page of the speaker's window, which steers the window that presents.
#[component]
pub fn SpeakerWindow(props: &SpeakerWindowProps) -> Html {
    let place =
        use_state_eq(
            || if props.slug.is_empty() { PresentPlace::default() } else { PresentPlace::entry(&props.slug, 0) },
        );
    let slug = place.list.as_ref().map(|at| at.slug.clone());
    let found = use_playlist(slug);
    let channel = use_mut_ref(|| None::<PresentChannel>);
    let act = use_callback((), {
        let channel = channel.clone();
        move |command, ()| {
            let message = match command {
                PresentCommand::Next => PresentMessage::Next,
                PresentCommand::Back => PresentMessage::Back,
                _ => return false,
            };
            channel.borrow().iter().for_each(|channel| channel.post(&message));
            true
        }
    });
    use_effect_with((), {
        let (set, act) = (place.setter(), act.clone());
        move |()| {
            document().set_title("Notes \u{2013} Normlab");
            let opened = PresentChannel::open(Callback::from(move |message| {
                if let PresentMessage::At(text) = message
                    && let Some(place) = PresentPlace::read(&text)
                {
                    set.set(place);
                }
            }));
            opened.iter().for_each(|channel| channel.post(&PresentMessage::Hello));
            *channel.borrow_mut() = opened;
            let on_keys = keys::listen(act);
            move || {
                drop(on_keys);
                channel.borrow_mut().take();
            }
        }
    });
    html! {
        <>
            <h1>{ "Notes" }</h1>
            if let Some(Err(why)) = &found { <p class="notice problem" role="alert">{ why }</p> }
            <SpeakerPanel place={(*place).clone()} list={found.and_then(Result::ok)} {act} />
        </>
    }
}
