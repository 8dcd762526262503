//! The frame of a presented page: its keys, its count, and what lies over it.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, document_element, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::keys;
use super::overlays::{Overlay, PresentOverlay, help, jump, overview};
use super::qr_code::qr_code;
use super::speaker::SpeakerPanel;
use crate::app::hooks::{PresentContext, address};
use crate::app::parts::skip_links::focus;
use crate::app::present_channel::{PresentChannel, PresentMessage};
use crate::app::print_run::PrintedStore;
use crate::state::Page;
use crate::state::present::{PresentCommand, PresentPlace, RevealStep};

/// The window of the speaker.
const SPEAKER_WINDOW: &str = "popup,width=1000,height=640";

#[derive(Properties, PartialEq)]
pub struct PresentFrameProps {
    pub context: PresentContext,
    pub store: PrintedStore,
}

/// What stands around a presented page, whose own parts the style sheet leaves out.
#[component]
pub fn PresentFrame(props: &PresentFrameProps) -> Html {
    let context = &props.context;
    let overlay = use_state_eq(PresentOverlay::default);
    let (pointer, split) = (use_state_eq(|| false), use_state_eq(|| false));
    let set = overlay.setter();
    let act = {
        let (context, overlay, pointer, split) = (context.clone(), overlay.clone(), pointer.clone(), split.clone());
        let store = props.store.clone();
        // What goes through a playlist for paper is not steered.
        Callback::from(move |command| !store.is_running() && act(&context, command, &overlay, &pointer, &split))
    };
    use_controls(context.place.as_ref(), &act);
    let Some(place) = context.place.clone() else { return html! {} };
    let go = {
        let (context, set) = (context.clone(), set.clone());
        Callback::from(move |index: usize| {
            set.set(PresentOverlay::None);
            if let Some(at) = context.place.as_ref().and_then(|place| place.list.as_ref()) {
                context.go.emit(PresentPlace::entry(&at.slug, index));
            }
        })
    };
    let close = Callback::from(move |()| set.set(PresentOverlay::None));
    let entries = context.list.as_ref().map_or(0, |list| list.entries.len());
    let now = place.list.as_ref().map_or(0, |at| at.entry);
    html! {
        <>
            if let Some(problem) = &context.problem { <p class="notice problem present-problem" role="alert">{ problem }</p> }
            { bar(context, &act) }
            if *pointer { <div class="present-pointer" aria-hidden="true" /> }
            if *split {
                <aside class="present-notes" aria-label="Notes">
                    <SpeakerPanel {place} list={context.list.clone()} act={act.reform(|command| command)} />
                </aside>
            }
            {
                match *overlay {
                    PresentOverlay::None => html! {},
                    PresentOverlay::Black => html! { <div class="present-black" role="status" aria-label="The screen is black" /> },
                    PresentOverlay::Help => html! { <Overlay key="help" label="Keys" {close}>{ help() }</Overlay> },
                    PresentOverlay::Overview => html! {
                        <Overlay key="overview" label="Overview" {close}>{ overview(context.list.as_deref(), now, &go) }</Overlay>
                    },
                    PresentOverlay::Jump => html! {
                        <Overlay key="jump" label="Jump to" {close}>{ jump(entries, &go) }</Overlay>
                    },
                    PresentOverlay::QrCode => html! {
                        <Overlay key="qr" label="QR code of this page" {close}>{ qr_code(&address::hash()) }</Overlay>
                    },
                }
            }
        </>
    }
}

/// Does what a command says; whether there was something to do.
fn act(
    context: &PresentContext,
    command: PresentCommand,
    overlay: &UseStateHandle<PresentOverlay>,
    pointer: &UseStateHandle<bool>,
    split: &UseStateHandle<bool>,
) -> bool {
    let toggle = |which| overlay.set(if **overlay == which { PresentOverlay::None } else { which });
    // A dialog is closed by its own Escape, and has the arrows for its list.
    let open = !matches!(**overlay, PresentOverlay::None | PresentOverlay::Black);
    match command {
        PresentCommand::Leave if **overlay == PresentOverlay::None => leave(),
        PresentCommand::Leave if open => return false,
        PresentCommand::Leave => overlay.set(PresentOverlay::None),
        PresentCommand::Help => toggle(PresentOverlay::Help),
        PresentCommand::QrCode => toggle(PresentOverlay::QrCode),
        PresentCommand::Overview => toggle(PresentOverlay::Overview),
        PresentCommand::Jump if context.list.is_some() => toggle(PresentOverlay::Jump),
        PresentCommand::Jump => return false,
        PresentCommand::Black => toggle(PresentOverlay::Black),
        PresentCommand::FullScreen => full_screen(),
        PresentCommand::Pointer => pointer.set(!**pointer),
        PresentCommand::Speaker => split.set(!**split && !open_speaker(context)),
        PresentCommand::Next | PresentCommand::Back | PresentCommand::First | PresentCommand::Last => {
            if open {
                return false;
            }
            overlay.set(PresentOverlay::None);
            match context.place_of(command) {
                Some(to) => context.go.emit(to),
                // The end of a playlist is its end: nothing scrolls.
                None => return context.list.is_some(),
            }
        }
    }
    true
}

/// Out of the presentation, to the same state.
fn leave() {
    address::open(&address::hash());
    focus("#result");
}

fn full_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    } else {
        let _ = document_element().request_fullscreen();
    }
}

/// Whether the window of the speaker could be opened.
fn open_speaker(context: &PresentContext) -> bool {
    let slug = context.place.as_ref().and_then(|place| place.list.as_ref()).map_or("", |at| &at.slug);
    let address = format!("#/present?speaker={slug}");
    let opened = window().open_with_url_and_target_and_features(&address, "normlab-speaker", SPEAKER_WINDOW);
    opened.is_ok_and(|opened| opened.is_some())
}

/// Listens to keys, to links, to the mouse and to the window of the speaker, while something is presented.
#[hook]
fn use_controls(place: Option<&PresentPlace>, act: &Callback<PresentCommand, bool>) {
    let text = place.map(PresentPlace::text);
    let newest = use_mut_ref(|| act.clone());
    *newest.borrow_mut() = act.clone();
    let now = use_mut_ref(String::new);
    *now.borrow_mut() = text.clone().unwrap_or_default();
    let channel = use_mut_ref(|| None::<PresentChannel>);
    use_effect_with(text.is_some(), {
        let channel = channel.clone();
        move |active| {
            let act = Callback::from(move |command| {
                let act = newest.borrow().clone();
                act.emit(command)
            });
            let listeners = active.then(|| (keys::listen(act.clone()), stay_in_presentation(), follow_mouse()));
            let answer = channel.clone();
            let on_message = Callback::from(move |message| match message {
                PresentMessage::Hello => {
                    let at = PresentMessage::At(now.borrow().clone());
                    answer.borrow().iter().for_each(|channel| channel.post(&at));
                }
                PresentMessage::Next => _ = act.emit(PresentCommand::Next),
                PresentMessage::Back => _ = act.emit(PresentCommand::Back),
                PresentMessage::At(_) => {}
            });
            *channel.borrow_mut() = active.then(|| PresentChannel::open(on_message)).flatten();
            move || {
                drop(listeners);
                channel.borrow_mut().take();
            }
        }
    });
    use_effect_with(text, move |text| {
        if let Some(text) = text {
            channel.borrow().iter().for_each(|channel| channel.post(&PresentMessage::At(text.clone())));
        }
    });
}

/// The pointer that shines is where the mouse is.
fn follow_mouse() -> EventListener {
    EventListener::new(&document(), "mousemove", |event| {
        let pointer = document().query_selector(".present-pointer").ok().flatten();
        let pointer = pointer.and_then(|pointer| pointer.dyn_into::<HtmlElement>().ok());
        let (Some(mouse), Some(pointer)) = (event.dyn_ref::<web_sys::MouseEvent>(), pointer) else { return };
        for (side, pixels) in [("left", mouse.client_x()), ("top", mouse.client_y())] {
            let _ = pointer.style().set_property(side, &format!("{pixels}px"));
        }
    })
}

/// What a link of a presented page leads to is presented, too.
fn stay_in_presentation() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "click", options, |event| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = on.and_then(|on| on.closest("main a[href^='#/']").ok().flatten());
        let address = link.and_then(|link| link.get_attribute("href"));
        let (Some(address), Some(place)) = (address, address::present_place()) else { return };
        event.prevent_default();
        address::open(&PresentPlace { item: 0, ..place }.in_address(address.trim_start_matches('#')));
    })
}

/// Where the presentation is, and the way through it for those without a keyboard.
fn bar(context: &PresentContext, act: &Callback<PresentCommand, bool>) -> Html {
    let at = context.place.as_ref().and_then(|place| place.list.as_ref());
    let entry = at.and_then(|at| context.list.as_ref()?.entries.get(at.entry));
    let count = context.list.as_ref().zip(at).map(|(list, at)| format!("{} / {}", at.entry + 1, list.entries.len()));
    let step = context.view.as_ref().map_or(RevealStep::Reveal, |view| view.step);
    let button = |command: PresentCommand, label: &'static str, sign: &'static str| {
        let onclick = act.reform(move |_: MouseEvent| command);
        let onclick = Callback::from(move |event: MouseEvent| _ = onclick.emit(event));
        html! { <button type="button" {onclick} aria-label={label} title={label}><span aria-hidden="true">{ sign }</span></button> }
    };
    // In Explore, what is to be predicted has no headline yet.
    let asked = step == RevealStep::Predict && Page::of(&address::hash()) == Some(Page::Explore);
    let title = entry.map_or("What will come out?", |entry| &entry.title);
    html! {
        <>
            if asked { <header class="present-title"><h1>{ title }</h1></header> }
            <nav class="present-bar" aria-label="Presentation">
                { button(PresentCommand::Back, "Previous", "\u{2039}") }
                if let Some(count) = count { <span>{ count }</span> }
                { button(PresentCommand::Next, "Next", "\u{203a}") }
                { button(PresentCommand::Help, "Keys", "?") }
                { button(PresentCommand::Leave, "Leave the presentation", "\u{d7}") }
            </nav>
            <p class="hidden" role="status">
                { entry.map(|entry| format!("{}: {}", entry.title, step.name())).unwrap_or_default() }
            </p>
        </>
    }
}
