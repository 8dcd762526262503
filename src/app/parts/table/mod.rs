//! The values, before and after: as many rows as there are, of which only those that are seen are there.

mod clipboard;
mod controller;
pub mod data_table;
mod events;
mod rows;
mod viewport;

use std::cell::RefCell;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use self::controller::{ControllerState, Hands, Viewport};
use self::data_table::sideways;
use self::events as on;
use self::rows::{ROW_HEIGHT, Rows, head};
use self::viewport::query;
use crate::app::client::Client;
use crate::app::hooks::use_rows;
use crate::app::parts::refused::alert;
use crate::plot::number::whole;
use crate::protocol::Pick;
use crate::state::table::grid::{GridCell, TableState};
use crate::state::{Action, SharedGroup, VirtualScroll};

/// Height of what is seen, until it was measured.
const SEEN: f64 = 430.0;

#[derive(Properties, PartialEq)]
pub struct TableProps {
    pub client: Client,
    pub pick: Option<Pick>,
    /// The group of the picked value.
    pub group: Option<SharedGroup>,
    pub act: Callback<Action>,
    pub precise: bool,
}

#[component]
pub fn Table(props: &TableProps) -> Html {
    let sight = use_state_eq(|| Viewport { grid: TableState::default(), from: 0, count: 18, shift: 0.0, wanted: None });
    let inner = use_memo((), |()| {
        RefCell::new(ControllerState {
            roll: VirtualScroll::new(ROW_HEIGHT, SEEN),
            again: false,
            over: false,
            left: false,
            early: String::new(),
            closing: true,
            picked: Vec::new(),
            followed: None,
        })
    });
    let scroller = use_node_ref();
    let rows = use_rows(&props.client, query(&sight));
    let page = rows.last().cloned().unwrap_or_default();
    inner.borrow_mut().roll.rows = page.total;
    let hands = Hands {
        sight: sight.clone(),
        page: page.clone(),
        inner: inner.clone(),
        scroller: scroller.clone(),
        pick: props.pick,
        act: props.act.clone(),
    };

    // A row that was looked for is there.
    use_effect_with(page.clone(), {
        let hands = hands.clone();
        move |_| hands.arrive()
    });
    // What was picked elsewhere, or came with the address, has the cursor.
    use_effect_with((props.pick, page.total > 0), {
        let hands = hands.clone();
        move |(pick, _)| hands.follow(*pick)
    });
    // The field of a cell takes the focus; the cursor is brought into sight sideways, too.
    use_effect_with((sight.grid.cursor, sight.grid.typed.is_some()), {
        let hands = hands.clone();
        move |(cursor, typing)| attend(&hands, *cursor, *typing)
    });
    use_effect_with((), {
        let (scroller, inner) = (scroller.clone(), inner.clone());
        move |()| {
            let listener = scroller.cast::<Element>().map(|element| {
                EventListener::new(&element.clone(), "scrollend", move |_| {
                    let top = inner.borrow_mut().roll.settle();
                    if let Some(top) = top {
                        element.set_scroll_top(top as i32);
                    }
                })
            });
            move || drop(listener)
        }
    });

    let onscroll = hands.on(|hands, _: Event| hands.scrolled());
    let onkeydown = hands.on(|hands, event: KeyboardEvent| on::key(hands, &event));
    let onmousedown = hands.on(|hands, event: MouseEvent| on::press(hands, &event));
    let onmousemove = hands.on(|hands, event: MouseEvent| on::drag(hands, &event));
    let onclick = hands.on(|hands, event: MouseEvent| on::click(hands, &event));
    let onpaste = hands.on(|hands, event: Event| on::paste(hands, &event));
    let places = sight.from.max((sight.shift / ROW_HEIGHT).ceil().max(0.0) as u64)..sight.from + u64::from(sight.count);
    let shown = places.start.max(page.from)..places.end.min(page.from + page.rows.len() as u64);
    let (above, below) = if shown.is_empty() {
        (0.0, inner.borrow().roll.height())
    } else {
        let above = shown.start as f64 * ROW_HEIGHT - sight.shift;
        (above, inner.borrow().roll.height() - above - (shown.end - shown.start) as f64 * ROW_HEIGHT)
    };
    let (numbers, labels) = (page.columns.numbers.len(), page.columns.labels.len());
    let cursor = sight.grid.cursor;
    // A cell that is scrolled away is not there to be named.
    let active = cursor.place().is_none_or(|place| shown.contains(&place));
    let active = active.then(|| format!("cell-{}-{}", cursor.line, cursor.column));
    html! {
        <>
            { alert(rows.reason()) }
            { tools(&hands) }
            { sideways() }
            <div ref={scroller} class={classes!("scroll", "grid", props.precise.then_some("precise"))} role="grid" tabindex="0"
                aria-label="Values before and after" aria-rowcount={(2 * page.total + 2).to_string()}
                aria-colcount={(numbers + labels + 2).to_string()} aria-multiselectable="true"
                aria-activedescendant={active}
                {onscroll} {onkeydown} {onmousedown} {onmousemove} {onclick} {onpaste}>
                <table role="presentation" class="values">
                    <colgroup>
                        <col class="number" /><col class="when" />
                        for _ in 0..numbers { <col class="value" /> }
                        for _ in 0..labels { <col class="text" /> }
                    </colgroup>
                    { head(&hands) }
                    { gap(above) }
                    <Rows hands={hands.clone()} places={shown} pick={props.pick} group={props.group.clone()} precise={props.precise} />
                    { gap(below) }
                </table>
            </div>
            <p class="said" role="status">{ if sight.grid.typed.is_none() { sight.grid.said.clone() } else { String::new() } }</p>
        </>
    }
}

/// The place of rows that are not there.
fn gap(height: f64) -> Html {
    let height = height.max(0.0);
    html! { <tbody aria-hidden="true" class="gap"><tr>{ gap_cell(height) }</tr></tbody> }
}

#[cfg(not(feature = "prerender"))]
fn gap_cell(height: f64) -> Html {
    html! { <td ~style={format!("height: {height}px")}></td> }
}

/// Markup can have no style of its own: the policy of the page refuses it. (The attribute has a limit, which is reached by large
/// tables only.)
#[cfg(feature = "prerender")]
fn gap_cell(height: f64) -> Html {
    html! { <td height={height.to_string()}></td> }
}

fn tools(hands: &Hands) -> Html {
    let page = &hands.page;
    let onchange = hands.on(|hands, event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            hands.find(&input.value());
        }
    });
    let rows = hands.sight.grid.selection().map_or(0, |selection| selection.rows());
    html! {
        <div class="table-tools">
            <p class="cap">
                { format!("{} rows. Type over a value to change it.", whole(page.total)) }
                if page.columns.left_out > 0 { { format!(" {} more columns are not shown.", whole(page.columns.left_out)) } }
            </p>
            <label class="setting">
                <span>{ "Go to row" }</span>
                <input type="text" inputmode="numeric" autocomplete="off" name="row" {onchange} />
            </label>
            <button type="button" onclick={hands.on(|hands, _: MouseEvent| hands.copy())}>{ "Copy" }</button>
            <button type="button" onclick={hands.on(|hands, _: MouseEvent| hands.add_row())}>{ "Add row" }</button>
            <button type="button" disabled={rows == 0} onclick={hands.on(|hands, _: MouseEvent| hands.remove_rows())}>
                { if rows > 1 { format!("Remove {} rows", whole(rows)) } else { "Remove row".into() } }
            </button>
        </div>
    }
}

fn attend(hands: &Hands, cursor: GridCell, typing: bool) {
    let Some(scroller) = hands.scroller.cast::<HtmlElement>() else { return };
    if typing
        && let Ok(Some(input)) = scroller.query_selector("input")
        && let Ok(input) = input.dyn_into::<HtmlInputElement>()
    {
        let _ = input.focus();
        hands.attended();
        if hands.inner.borrow().over {
            input.select();
        }
        return;
    }
    // The number of the row stays in sight and covers what is under it.
    let Ok(Some(fixed)) = scroller.query_selector("thead .number") else { return };
    let heading = scroller.query_selector(&format!("thead [data-c='{}']", cursor.column)).ok().flatten();
    let Some(heading) = heading else { return };
    let (seen, cell) = (scroller.get_bounding_client_rect(), heading.get_bounding_client_rect());
    let left = seen.left() + fixed.get_bounding_client_rect().width();
    let by = if cell.left() < left { cell.left() - left } else { (cell.right() - seen.right()).max(0.0) };
    if by != 0.0 {
        scroller.set_scroll_left(scroller.scroll_left() + by.round() as i32);
    }
}

impl Hands {
    /// A handler of an event.
    fn on<E: 'static>(&self, act: impl Fn(&Self, E) + 'static) -> Callback<E> {
        let hands = self.clone();
        Callback::from(move |event| act(&hands, event))
    }
}
