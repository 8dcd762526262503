//! A label whose sentence is shown on hover, focus and tap, above all else; Escape puts it away.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

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

/// The sentence in the page. It comes and goes without a rendering, which would undo what is being typed beside it.
#[derive(Default)]
struct Tip {
    about: NodeRef,
    sentence: NodeRef,
    shown: Cell<Option<By>>,
    scrolling: RefCell<Option<EventListener>>,
}

impl Tip {
    fn show(&self, by: By) {
        let Some(sentence) = self.sentence.cast::<HtmlElement>() else { return };
        if self.shown.replace(Some(by)) == Some(by) {
            return;
        }
        let _ = sentence.set_attribute("data-by", if by == By::Focus { "focus" } else { "pointer" });
        // A browser that does not know popovers shows none; a screen reader reads the description all the same.
        let _ = sentence.show_popover();
        place(&self.about, &self.sentence);
        let (about, sentence) = (self.about.clone(), self.sentence.clone());
        let options = EventListenerOptions::run_in_capture_phase();
        let follow = move |_: &Event| place(&about, &sentence);
        self.scrolling.replace(Some(EventListener::new_with_options(&document(), "scroll", options, follow)));
    }

    fn hide(&self) {
        if self.shown.take().is_some() {
            self.scrolling.take();
            let _ = self.sentence.cast::<HtmlElement>().map(|sentence| sentence.hide_popover());
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct ExplainedProps {
    /// Of the sentence: what the control is described by.
    pub id: AttrValue,
    /// The sentence; where there is none, nothing is shown.
    pub says: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// A part of a line of text.
    #[prop_or_default]
    pub inline: bool,
    /// With the class `term` on what is pointed at.
    pub children: Html,
}

#[component]
pub fn Explained(props: &ExplainedProps) -> Html {
    let tip = use_memo((), |()| Tip::default());
    let class = classes!("explained", props.class.clone());
    let tag = if props.inline { "span" } else { "div" };
    if props.says.is_empty() {
        return html! { <@{tag} {class}>{ props.children.clone() }</@> };
    }
    let onmouseover = on(&tip, |tip, event: MouseEvent| match (tip.shown.get(), within(&event, ".term, .says")) {
        (None, true) => tip.show(By::Pointer),
        (Some(By::Pointer), false) => tip.hide(),
        _ => {}
    });
    let onmouseleave = on(&tip, |tip, _: MouseEvent| {
        if tip.shown.get() == Some(By::Pointer) {
            tip.hide();
        }
    });
    // Not every browser gives a button the focus when it is tapped.
    let onclick = on(&tip, |tip, event: MouseEvent| {
        if within(&event, "button.term") {
            tip.show(By::Focus);
        }
    });
    let onfocusin = on(&tip, |tip, _: FocusEvent| tip.show(By::Focus));
    let onfocusout = on(&tip, |tip, _: FocusEvent| tip.hide());
    let onkeydown = on(&tip, |tip, event: KeyboardEvent| {
        if event.key() == "Escape" {
            tip.hide();
        }
    });
    html! {
        <@{tag} {class} ref={&tip.about} {onmouseover} {onmouseleave} {onclick} {onfocusin} {onfocusout} {onkeydown}>
            { props.children.clone() }
            <span class="says" id={props.id.clone()} role="tooltip" popover="manual" ref={&tip.sentence}>
                { props.says.clone() }
            </span>
        </@>
    }
}

fn on<E: 'static>(tip: &Rc<Tip>, act: impl Fn(&Tip, E) + 'static) -> Callback<E> {
    let tip = tip.clone();
    Callback::from(move |event| act(&tip, event))
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
        // In a presentation lengths are larger by a factor, what was measured is not.
        let _ = sentence.style().set_property(side, &format!("calc({pixels}px / var(--zoom, 1))"));
    }
}

fn within(event: &MouseEvent, selector: &str) -> bool {
    event.target_dyn_into::<Element>().is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
}
