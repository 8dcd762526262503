//! Where the picked value comes from, at three depths: a picture, the arithmetic with the real numbers, the symbols; and how its
//! output moves with the values of its group, its gradient.

use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::gradient::gradient;
use super::number_lines::{LineProgress, number_lines};
use super::outcome::outcome;
use crate::app::hooks::PlotInteraction;
use crate::app::parts::inputs::choice::choice;
use crate::app::parts::plot::make_room::{keep_room, take_back};
use crate::app::parts::skip_links::focus;
use crate::caption::{self, ArithmeticLine, Symbols, arithmetic, brief, explain_gradient, origin, symbol_of, symbols};
use crate::plot::number::{format4, full};
use crate::protocol::Traced;
use crate::state::ByPtr;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub traced: ByPtr<Traced>,
    /// Another value is picked, and its answer not here yet.
    pub busy: bool,
    pub precise: bool,
    pub interaction: PlotInteraction,
    /// What if it were another value.
    pub what_if: Html,
    /// What switches that, for the heading.
    pub children: Html,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let heading = use_node_ref();
    let first = use_node_ref();
    let told_by = use_node_ref();
    use_effect_with(props.traced.clone(), {
        let told_by = told_by.clone();
        move |_| keep_room(told_by)
    });
    use_effect_with((), |()| take_back);
    use_effect_with(props.traced.cell, {
        let (heading, first, interaction) = (heading.clone(), first.clone(), props.interaction.clone());
        move |cell| {
            let Some(heading) = heading.cast::<HtmlElement>() else { return };
            if interaction.finds(*cell) {
                let _ = heading.focus();
            } else if !goes_through_the_table() {
                show(&first.cast().unwrap_or(heading));
            }
        }
    });
    let digits = if props.precise { full } else { format4 };
    let trace = &props.traced.trace;
    let lines = arithmetic(trace, digits);
    // So many steps are seen; all of them until somebody goes step by step.
    let seen = use_state_eq(|| usize::MAX);
    let depth = use_state_eq(|| "arithmetic");
    // The symbol that is pointed at.
    let highlight = use_state_eq(|| None::<String>);
    let steps = lines.len();
    let now = (*seen).min(steps);
    let go = |to: usize, label: &'static str, off: bool| {
        let seen = seen.setter();
        let onclick = Callback::from(move |_: MouseEvent| seen.set(to));
        // It keeps the focus where there is no further step.
        html! { <button type="button" {onclick} aria-disabled={off.to_string()}>{ label }</button> }
    };
    let choose = {
        let depth = depth.setter();
        Callback::from(move |chosen| depth.set(chosen))
    };
    let is_gradient = *depth == "gradient";
    let point = {
        let highlight = highlight.setter();
        Callback::from(move |event: Event| {
            let on = event.target_dyn_into::<Element>().and_then(|on| on.closest("[data-s]").ok().flatten());
            highlight.set(on.and_then(|on| on.get_attribute("data-s")));
        })
    };
    let applied = caption::steps(trace).len();
    let mut pictures = trace.number_lines(&props.traced.members);
    pictures.truncate(1 + applied);
    let of = LineProgress {
        center: now > 0,
        scale: now + applied >= steps,
        lines: 1 + (now + applied).saturating_sub(steps),
    };
    html! {
        <section class="card inspector" aria-labelledby="inspector" aria-busy={props.busy.to_string()}>
            <div class="card-head"><h2 id="inspector" tabindex="-1" ref={heading}>{ "How this number was computed" }</h2>{ props.children.clone() }</div>
            if let Some((how, result)) = brief(trace) {
                <p class="brief" ref={first}>{ how }{ " " }<b>{ result }</b></p>
            }
            <p class="cap" ref={told_by}>{ origin(&props.traced, digits) }</p>
            <div class="steps">
                // Where there is room, the three levels of the value stand beside each other.
                { choice("Level of detail", [("picture", "Picture"), ("arithmetic", "Arithmetic"), ("symbols", "Symbols"), ("gradient", "Gradient")], *depth, &choose) }
                { choice("What is explained", [("arithmetic", "Value"), ("gradient", "Gradient")], if is_gradient { "gradient" } else { "arithmetic" }, &choose) }
                if steps > 1 {
                    // They are those of the value.
                    <div role="group" aria-label="Step by step" hidden={is_gradient}>
                        { go(0, "Restart", now == 0) }
                        { go(now.saturating_sub(1), "Previous step", now == 0) }
                        { go(now + 1, "Next step", now == steps) }
                        { go(usize::MAX, "All steps", now == steps) }
                    </div>
                }
                { focus_button("Back to the values", ".grid") }
            </div>
            <div class={classes!("depths", props.precise.then_some("precise"))} data-depth={*depth} data-highlight={(*highlight).clone()} onmouseover={point.reform(Event::from)}
                onmouseleave={point.reform(Event::from)} onfocusin={point.reform(Event::from)}>
                <div class="depth-picture">
                    if pictures.is_empty() { { nothing("No picture: there is no number to show.") } }
                    { number_lines(&pictures, of, digits) }
                </div>
                { told(&lines, now) }
                { written(&symbols(trace, digits), &unseen(&lines, now)) }
                if is_gradient {
                    { gradient(&explain_gradient(&props.traced, digits)) }
                }
            </div>
            { props.what_if.clone() }
        </section>
    }
}

/// Whoever walks from value to value in the table stays there, and has a button that leads here.
fn goes_through_the_table() -> bool {
    let on = gloo_utils::document().active_element();
    on.is_some_and(|on| on.closest(".grid").ok().flatten().is_some())
}

/// Brings an element into sight, moving the page no farther than that takes.
fn show(element: &HtmlElement) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Why it cannot be told where the picked value comes from.
pub fn unexplained(why: &str) -> Html {
    html! {
        <section class="card inspector" aria-labelledby="inspector">
            <div class="card-head"><h2 id="inspector" tabindex="-1">{ "How this number was computed" }</h2></div>
            <p class="problem" role="alert">{ why }</p>
        </section>
    }
}

/// Leads from a value to its calculation, which may be far above.
pub fn link_to_calculation() -> Html {
    focus_button("Show the calculation", "#inspector")
}

/// Moves the focus: followed as a link it would be another address.
fn focus_button(text: &'static str, target: &'static str) -> Html {
    let onclick = Callback::from(move |_: MouseEvent| {
        focus(target);
    });
    html! { <button type="button" class="quiet" {onclick}>{ text }</button> }
}

/// The arithmetic, as far as it is seen.
fn told(lines: &[ArithmeticLine], seen: usize) -> Html {
    html! {
        <ol class="arithmetic depth-arithmetic">
            for (index, line) in lines.iter().enumerate() {
                <li class={classes!((index >= seen).then_some("unseen"), (index + 1 == seen && seen < lines.len()).then_some("now"))}>
                    <span class="step-name">{ line.name }</span>
                    <span class="how">{ &line.how }</span>
                    if !line.result.is_empty() {
                        <span class="outcome" data-s={symbol(lines, index)}>
                            { outcome(line) }
                        </span>
                    }
                </li>
            }
        </ol>
    }
}

fn nothing(why: &'static str) -> Html {
    html! { <p class="cap">{ why }</p> }
}

/// Which symbol the result of a line is.
fn symbol(lines: &[ArithmeticLine], index: usize) -> Option<&'static str> {
    if index + 1 == lines.len() { Some("y") } else { symbol_of(lines[index].name) }
}

/// The symbols whose numbers come out of steps that are not seen yet.
fn unseen(lines: &[ArithmeticLine], seen: usize) -> Vec<&'static str> {
    (seen..lines.len()).filter_map(|index| symbol(lines, index)).collect()
}

fn written(found: &Symbols, unseen: &[&str]) -> Html {
    html! {
        <div class="depth-symbols">
            <div>
                if found.formulas.is_empty() { { nothing("No symbols: there are no numbers to insert.") } }
                for formula in &found.formulas {
                    { Html::from_html_unchecked(formula.clone().into()) }
                }
            </div>
            <dl>
                for caption::Symbol { key, sign, meaning, number } in &found.symbols {
                    <div data-s={*key} tabindex="0"><dt>{ *sign }</dt><dd>{ *meaning }</dd><dd><b>{ if unseen.contains(key) { "?" } else { number } }</b></dd></div>
                }
            </dl>
        </div>
    }
}
