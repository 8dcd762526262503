//! One setting: a field for a number, a switch, a choice. What is typed is checked here, at the leaf; what is not allowed
//! is said beside the field and changes nothing.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::explained::{Explained, labelled};
use super::list::List;
use crate::parameters::{Allowed, Described, FieldValue};

/// `scope` tells what the setting is of, where another of the same name may be on the page.
pub fn setting_field(setting: &Described, scope: &'static str, set: &Callback<(&'static str, String)>) -> Html {
    let field = setting.field;
    let name = format!("{scope}{}", field.key);
    let set = set.reform(move |text| (field.key, text));
    match setting.value.clone() {
        FieldValue::Number { value, allowed } => html! {
            <NumberField key={field.key} name={field.key} {scope} label={field.label} help={field.help} text={value.to_string()} {allowed} {set} />
        },
        FieldValue::Integer { value, allowed } => html! {
            <NumberField key={field.key} name={field.key} {scope} label={field.label} help={field.help} text={value.to_string()} {allowed}
                whole=true {set} />
        },
        // A pad to draw on, where there is one.
        FieldValue::Heights { .. } => html! {},
        FieldValue::Switch(on) => {
            let onchange = Callback::from(move |event: Event| {
                let on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
                set.emit(on.to_string());
            });
            labelled(&name, field.label, field.help, |described| {
                html! {
                    <input type="checkbox" name={field.key} checked={on} {onchange} aria-describedby={described} />
                }
            })
        }
        FieldValue::Choice { chosen, options } => {
            let onchange = Callback::from(move |event: Event| {
                if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                    set.emit(select.value());
                }
            });
            labelled(&name, field.label, field.help, |described| {
                html! {
                    <List name={field.key} {onchange} {described}>
                        for (slug, label) in options {
                            <option value={slug} selected={slug == chosen}>{ label }</option>
                        }
                    </List>
                }
            })
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    pub name: AttrValue,
    /// Before the name, in what must be unique on the page.
    #[prop_or_default]
    pub scope: &'static str,
    pub label: AttrValue,
    #[prop_or_default]
    pub help: AttrValue,
    /// The valid value, as text.
    pub text: AttrValue,
    pub allowed: Allowed,
    #[prop_or_default]
    pub whole: bool,
    /// Whether nothing at all is a value, too.
    #[prop_or_default]
    pub optional: bool,
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The text of an allowed number.
    pub set: Callback<String>,
}

/// A number that is typed. The last valid value stays in force while something else stands in the field.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let typed = use_state_eq(|| None::<String>);
    let refused = typed.as_ref().is_some_and(|text| !accepts(props, text));
    // Another value from elsewhere (Back, a preset) takes the place of what was typed.
    use_effect_with(props.text.clone(), {
        let typed = typed.clone();
        move |text| {
            let number = |text: &str| normal(text).parse::<f64>().ok();
            if typed.as_ref().is_some_and(|typed| number(typed) != number(text)) {
                typed.set(None);
            }
        }
    });
    let oninput = {
        let (typed, set) = (typed.setter(), props.set.clone());
        let (allowed, whole, optional) = (props.allowed, props.whole, props.optional);
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let text = input.value();
            if allows(allowed, whole, optional, &text) {
                set.emit(normal(&text));
            }
            typed.set(Some(text));
        })
    };
    // On leaving the field, the valid value comes back.
    let onblur = {
        let typed = typed.setter();
        Callback::from(move |_: FocusEvent| typed.set(None))
    };
    let shown = typed.as_ref().map_or_else(|| props.text.clone(), |text| text.clone().into());
    let [error, says] = ["error", "says"].map(|part| format!("{part}-{}{}", props.scope, props.name));
    let told = !props.help.is_empty();
    let described: Vec<_> = [told.then_some(&says), refused.then_some(&error)].into_iter().flatten().cloned().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let kind = if props.whole { "a whole number, " } else { "" };
    html! {
        <Explained class="field" id={says} says={props.help.clone()}>
            <label class="setting">
                <span class={told.then_some("term")}>{ props.label.clone() }</span>
                <input type="text" inputmode={if props.whole { "numeric" } else { "decimal" }} autocomplete="off"
                    name={props.name.clone()} value={shown} placeholder={props.placeholder.clone()}
                    aria-invalid={refused.to_string()} aria-describedby={described} {oninput} {onblur} />
            </label>
            <p class="field-error" id={error} role="status">
                if refused { { format!("Allowed: {kind}{}. Still showing the last valid setting.", props.allowed.describe()) } }
            </p>
        </Explained>
    }
}

fn accepts(props: &NumberFieldProps, text: &str) -> bool {
    allows(props.allowed, props.whole, props.optional, text)
}

fn allows(allowed: Allowed, whole: bool, optional: bool, text: &str) -> bool {
    let text = normal(text);
    if text.is_empty() {
        return optional;
    }
    if whole && text.parse::<u64>().is_err() {
        return false;
    }
    allowed.read(&text).is_some()
}

/// As the engine reads it: a decimal comma and a true minus sign are understood.
fn normal(text: &str) -> String {
    text.trim().replace(',', ".").replace('\u{2212}', "-")
}
