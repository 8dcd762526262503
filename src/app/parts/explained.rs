//! A label whose sentence is shown on hover, focus and tap, above all else; Escape puts it away.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_utils::{document, window};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// CSS pixels that are left free beside a sentence.
const MARGIN: f64 = 8.0;

/// What the sentence is shown by: it goes with that.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Pointer,
    Focus,
}

#[derive(Properties, PartialEq)]
pub struct ExplainedProps {
    /// Of the sentence: what the control is described by.
    pub id: AttrValue,
    /// The sentence; where there is none, nothing is shown.
    pub says: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// With the class `term` on what is pointed at.
    pub children: Html,
}

#[component]
pub fn Explained(props: &ExplainedProps) -> Html {
    let (root, sentence) = (use_node_ref(), use_node_ref());
    let shown = use_state_eq(|| None::<By>);
    use_effect_with(*shown, {
        let (root, sentence) = (root.clone(), sentence.clone());
        move |shown| {
            let listener = shown.map(|_| {
                // A browser that does not know popovers shows none; a screen reader reads the description all the same.
                let _ = sentence.cast::<HtmlElement>().map(|one| one.show_popover());
                place(&root, &sentence);
                let (root, sentence) = (root.clone(), sentence.clone());
                let options = EventListenerOptions::run_in_capture_phase();
                EventListener::new_with_options(&document(), "scroll", options, move |_| place(&root, &sentence))
            });
            move || {
                if listener.is_some() {
                    let _ = sentence.cast::<HtmlElement>().map(|one| one.hide_popover());
                }
            }
        }
    });
    let now = *shown;
    let set = |by: Option<By>| {
        let shown = shown.setter();
        move || shown.set(by)
    };
    let (by_pointer, by_focus, away) = (set(Some(By::Pointer)), set(Some(By::Focus)), set(None));
    let onmouseover = {
        let away = away.clone();
        Callback::from(move |event: MouseEvent| match (now, within(&event, ".term, .says")) {
            (None, true) => by_pointer(),
            (Some(By::Pointer), false) => away(),
            _ => {}
        })
    };
    let onmouseleave = {
        let away = away.clone();
        Callback::from(move |_: MouseEvent| {
            if now == Some(By::Pointer) {
                away();
            }
        })
    };
    // Not every browser gives a button the focus when it is tapped.
    let onclick = {
        let by_focus = by_focus.clone();
        Callback::from(move |event: MouseEvent| {
            if within(&event, "button.term") {
                by_focus();
            }
        })
    };
    let onfocusin = Callback::from(move |_: FocusEvent| by_focus());
    let onfocusout = {
        let away = away.clone();
        Callback::from(move |_: FocusEvent| away())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            away();
        }
    });
    let class = classes!("explained", props.class.clone());
    if props.says.is_empty() {
        return html! { <div {class}>{ props.children.clone() }</div> };
    }
    html! {
        <div {class} ref={root} {onmouseover} {onmouseleave} {onclick} {onfocusin} {onfocusout} {onkeydown}>
            { props.children.clone() }
            <span class={classes!("says", (now == Some(By::Focus)).then_some("at-once"))} id={props.id.clone()} role="tooltip"
                popover="manual" ref={sentence}>{ props.says.clone() }</span>
        </div>
    }
}

/// A control with its label, and the sentence on what is set: `control` takes the id that it is described by.
pub fn labelled(
    name: &str,
    label: impl Into<AttrValue>,
    says: impl Into<AttrValue>,
    control: impl FnOnce(Option<String>) -> Html,
) -> Html {
    let (id, label, says) = (format!("says-{name}"), label.into(), says.into());
    let told = !says.is_empty();
    let control = control(told.then(|| id.clone()));
    html! {
        <Explained {id} {says}>
            <label class="setting"><span class={told.then_some("term")}>{ label }</span>{ control }</label>
        </Explained>
    }
}

/// The heading of a column, to be pointed at or tapped.
pub fn heading(id: String, label: &str, says: &'static str) -> Html {
    html! {
        <th scope="col">
            <Explained id={id.clone()} {says}>
                <button type="button" class="term" aria-describedby={id}>{ label.to_owned() }</button>
            </Explained>
        </th>
    }
}

/// Right above what it is about; below that where there is no room.
fn place(root: &NodeRef, sentence: &NodeRef) {
    let (Some(root), Some(sentence)) = (root.cast::<Element>(), sentence.cast::<HtmlElement>()) else { return };
    let (about, size) = (root.get_bounding_client_rect(), sentence.get_bounding_client_rect());
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(f64::INFINITY);
    let left = about.left().min(width - size.width() - MARGIN).max(MARGIN);
    let top = if about.top() >= size.height() { about.top() - size.height() } else { about.bottom() };
    for (side, pixels) in [("left", left), ("top", top)] {
        let _ = sentence.style().set_property(side, &format!("{pixels}px"));
    }
}

fn within(event: &MouseEvent, selector: &str) -> bool {
    event.target_dyn_into::<Element>().is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}
