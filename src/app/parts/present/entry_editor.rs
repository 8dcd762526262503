//! One entry of a playlist: its title, its note, its steps, and its place.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::app::parts::skip_links::focus_row;
use crate::state::present::{Playlist, PlaylistEntry, PresentPlace, RevealStep};

const UP: &str = "\u{2191}";

pub fn entry_editor(
    slug: &AttrValue,
    list: &Rc<Playlist>,
    index: usize,
    entry: &PlaylistEntry,
    change: &Callback<Playlist>,
    remove: &Callback<usize>,
) -> Html {
    let set = {
        let (list, change) = (list.clone(), change.clone());
        Callback::from(move |entry: PlaylistEntry| change.emit(list.with(index, entry)))
    };
    let title = {
        let (set, entry) = (set.clone(), entry.clone());
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                set.emit(PlaylistEntry { title: input.value(), ..entry.clone() });
            }
        })
    };
    let note = {
        let (set, entry) = (set.clone(), entry.clone());
        Callback::from(move |event: Event| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                set.emit(PlaylistEntry { note: area.value(), ..entry.clone() });
            }
        })
    };
    let step = |step: RevealStep| {
        let (set, entry) = (set.clone(), entry.clone());
        let checked = entry.steps.contains(&step);
        let disabled = entry.steps == [step];
        let onchange = Callback::from(move |event: Event| {
            let wanted = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
            set.emit(entry.with_step(step, wanted));
        });
        html! { <label><input type="checkbox" {checked} {disabled} {onchange} />{ step.name() }</label> }
    };
    let place = |to: Option<usize>, label: &str, sign: &'static str| {
        let (list, change) = (list.clone(), change.clone());
        let disabled = to.is_none_or(|to| to >= list.entries.len());
        let way = if sign == UP { "up" } else { "down" };
        let onclick = Callback::from(move |event: MouseEvent| {
            let Some(to) = to else { return };
            change.emit(list.moved(index, to));
            // The focus goes with the entry, as far as it goes.
            focus_row(&event, to, &[&format!("[data-move={way}]:enabled"), "[data-move]:enabled"]);
        });
        html! {
            <button type="button" {onclick} {disabled} data-move={way}
                aria-label={format!("{label}: {}", entry.title)}>{ sign }</button>
        }
    };
    let number = index + 1;
    let onclick = remove.reform(move |_: MouseEvent| index);
    let shown = PresentPlace::entry(slug, index).in_address(&entry.address);
    html! {
        <li id={format!("entry-{index}")} key={index}>
            <div class="entry-fields">
                <label class="setting">
                    <span>{ "Title" }</span>
                    <input type="text" value={entry.title.clone()} onchange={title} aria-label={format!("Title of entry {number}")} />
                </label>
                <label class="setting">
                    <span>{ "Note" }</span>
                    <textarea rows="2" value={entry.note.clone()} onchange={note} aria-label={format!("Note of entry {number}")} />
                </label>
                <fieldset class="entry-steps">
                    <legend class="hidden">{ format!("Steps of entry {number}") }</legend>
                    for one in RevealStep::ALL { { step(one) } }
                </fieldset>
                <p class="cap entry-address"><a href={format!("#{}", entry.address)}>{ &entry.address }</a></p>
            </div>
            <div class="buttons">
                { place(index.checked_sub(1), "Move up", UP) }
                { place(Some(index + 1), "Move down", "\u{2193}") }
                <a class="button" href={format!("#{shown}")} aria-label={format!("Start here: {}", entry.title)}>{ "Start here" }</a>
                <button type="button" {onclick} aria-label={format!("Remove {}", entry.title)}>{ "Remove" }</button>
            </div>
        </li>
    }
}
