//! Practice: predict, commit, see the gap and its arithmetic.

use std::rc::Rc;

use gloo_utils::document;
use yew::prelude::*;

use crate::app::experiments::ExperimentsClient;
use crate::app::hooks::{PracticeChange, PracticeContext, use_practice, use_shown};
use crate::app::parts::practice::interview::Interview;
use crate::app::parts::practice::practice_home::practice_home;
use crate::app::parts::practice::practice_item::PracticeItemView;
use crate::app::parts::practice::practice_side::practice_side;
use crate::app::parts::skip_links::focus;
use crate::report::PracticeItem;
use crate::state::{AskReason, PracticeState};

#[derive(Properties, PartialEq)]
pub struct PracticePageProps {
    pub client: ExperimentsClient,
    pub dark: bool,
    /// The head of the page.
    pub header: Html,
}

#[component]
pub fn PracticePage(props: &PracticePageProps) -> Html {
    let context = &use_practice(&props.client);
    use_shown();
    use_effect_with((), |()| document().set_title("Practice \u{2013} Normlab"));
    html! {
        <>
            { props.header.clone() }
            <main class="practice">
                <div class="practice-main" id="result" tabindex="-1">
                    <div role="alert">
                        for told in context.complaints.iter() { <p class="notice">{ told.clone() }</p> }
                        if let Some(problem) = &context.problem { <p class="notice problem">{ problem.clone() }</p> }
                    </div>
                    { shown(context, props.dark) }
                </div>
                <div class="practice-side">{ practice_side(context, props.dark) }</div>
            </main>
        </>
    }
}

fn shown(context: &PracticeContext, dark: bool) -> Html {
    let state = &context.state;
    if let Some(id) = &state.item {
        if context.items.is_unknown(id) {
            return html! {
                <>
                    <h1>{ "There is no such question" }</h1>
                    <p class="sub">{ format!("None is called \u{201c}{}\u{201d}. ", id.template) }<a href="#/practice">{ "All of Practice" }</a></p>
                </>
            };
        }
        return waiting(context, context.items.item(id), |item| {
            question(context, item, "A single question", None, dark)
        });
    }
    if state.seed.is_none() {
        return practice_home(context);
    }
    let item = context.entries.get(context.at).map(|entry| (context.items.item(&entry.item), entry.asked));
    match item {
        Some((item, asked)) => waiting(context, item, |item| {
            if state.interview {
                let check = question(context, item, "Interview", None, dark);
                return html! { <Interview key={item.id.text()} item={item.clone()} {check} /> };
            }
            let place = format!("{} of {}", context.at + 1, context.entries.len());
            question(context, item, &place, Some(asked), dark)
        }),
        None if context.entries.is_empty() => waiting(context, None, |_| html! {}),
        None => done(context),
    }
}

/// The question as soon as it is there.
fn waiting(
    context: &PracticeContext,
    item: Option<&Rc<PracticeItem>>,
    shown: impl FnOnce(&Rc<PracticeItem>) -> Html,
) -> Html {
    match item {
        Some(item) => shown(item),
        None if context.problem.is_some() => html! { <p><a href="#/practice">{ "All of Practice" }</a></p> },
        None => html! { <p class="sub" aria-busy="true">{ "The question is being made \u{2026}" }</p> },
    }
}

fn question(
    context: &PracticeContext,
    item: &Rc<PracticeItem>,
    place: &str,
    asked: Option<AskReason>,
    dark: bool,
) -> Html {
    let why = match asked {
        Some(AskReason::WrongAndSure) => "You were sure of one like this, and wrong.",
        Some(AskReason::Earlier) => "In an earlier session you were sure of one like this, and wrong.",
        Some(AskReason::OfSet) | None => "",
    };
    let next = asked.map(|_| {
        context.change.reform(|()| {
            // The next question begins where this one did.
            focus("#result");
            PracticeChange::Next
        })
    });
    html! {
        <PracticeItemView key={format!("{} {}", context.at, item.id.text())} item={item.clone()} place={place.to_owned()} {why} {dark}
            change={context.change.clone()} {next} />
    }
}

/// After the last question.
fn done(context: &PracticeContext) -> Html {
    let answers = context.record.of_session(context.record.sessions);
    let right = answers.iter().filter(|answer| answer.right).count();
    let again = context.change.reform(|_: MouseEvent| PracticeChange::Again);
    let other = {
        let (state, open) = ((*context.state).clone(), context.open.clone());
        Callback::from(move |_: MouseEvent| {
            let seed = Some(state.seed.unwrap_or_default().wrapping_add(1));
            open.emit(PracticeState { seed, ..state.clone() });
            focus("#result");
        })
    };
    html! {
        <>
            <nav class="crumbs" aria-label="Where this is"><a href="#/practice">{ "Practice" }</a></nav>
            <h1>{ format!("{right} of {} answers were right.", answers.len()) }</h1>
            <p class="sub">{ "What was wrong is listed under \u{201c}Missed\u{201d}; what was wrong and sure comes back next time." }</p>
            <p class="buttons">
                <button type="button" class="primary" onclick={other}>{ "Another set" }</button>
                <button type="button" onclick={again}>{ "The same set again" }</button>
            </p>
        </>
    }
}
