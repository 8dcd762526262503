//! The values, before and after: as many rows as there are, of which only those that are seen are there.

mod clipboard;
mod controller;
pub mod data_table;
mod events;
mod rows;
pub mod sideways_hint;
mod viewport;

use std::cell::RefCell;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use self::controller::{ControllerState, TableController, Viewport};
use self::events as on;
use self::rows::{ROW_HEIGHT, Rows, head};
use self::sideways_hint::SidewaysHint;
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
    let viewport =
        use_state_eq(|| Viewport { grid: TableState::default(), from: 0, count: 18, shift: 0.0, wanted: None });
    let inner = use_memo((), |()| {
        RefCell::new(ControllerState {
            virtual_scroll: VirtualScroll::new(ROW_HEIGHT, SEEN),
            again: false,
            replaces_value: false,
            left: false,
            early: String::new(),
            closing: true,
            picked: Vec::new(),
            followed: None,
        })
    });
    let scroller = use_node_ref();
    let rows = use_rows(&props.client, query(&viewport));
    let page = rows.last().cloned().unwrap_or_default();
    inner.borrow_mut().virtual_scroll.rows = page.total;
    let controller = TableController {
        viewport: viewport.clone(),
        page: page.clone(),
        inner: inner.clone(),
        scroller: scroller.clone(),
        pick: props.pick,
        act: props.act.clone(),
    };

    // A row that was looked for is there.
    use_effect_with(page.clone(), {
        let controller = controller.clone();
        move |_| controller.arrive()
    });
    // What was picked elsewhere, or came with the address, has the cursor.
    use_effect_with((props.pick, page.total > 0), {
        let controller = controller.clone();
        move |(pick, _)| controller.follow(*pick)
    });
    // The field of a cell takes the focus; the cursor is brought into sight sideways, too.
    use_effect_with((viewport.grid.cursor, viewport.grid.typed.is_some()), {
        let controller = controller.clone();
        move |(cursor, typing)| attend(&controller, *cursor, *typing)
    });
    use_effect_with((), {
        let (scroller, inner) = (scroller.clone(), inner.clone());
        move |()| {
            let listener = scroller.cast::<Element>().map(|element| {
                EventListener::new(&element.clone(), "scrollend", move |_| {
                    let top = inner.borrow_mut().virtual_scroll.settle();
                    if let Some(top) = top {
                        element.set_scroll_top(top as i32);
                    }
                })
            });
            move || drop(listener)
        }
    });

    let onscroll = controller.on(|controller, _: Event| controller.scrolled());
    let onkeydown = controller.on(|controller, event: KeyboardEvent| on::key(controller, &event));
    let onmousedown = controller.on(|controller, event: MouseEvent| on::press(controller, &event));
    let onmousemove = controller.on(|controller, event: MouseEvent| on::drag(controller, &event));
    let onclick = controller.on(|controller, event: MouseEvent| on::click(controller, &event));
    let onpaste = controller.on(|controller, event: Event| on::paste(controller, &event));
    let places = viewport.from.max((viewport.shift / ROW_HEIGHT).ceil().max(0.0) as u64)
        ..viewport.from + u64::from(viewport.count);
    let shown = places.start.max(page.from)..places.end.min(page.from + page.rows.len() as u64);
    let (above, below) = if shown.is_empty() {
        (0.0, inner.borrow().virtual_scroll.height())
    } else {
        let above = shown.start as f64 * ROW_HEIGHT - viewport.shift;
        (above, inner.borrow().virtual_scroll.height() - above - (shown.end - shown.start) as f64 * ROW_HEIGHT)
    };
    let (numbers, labels) = (page.columns.numbers.len(), page.columns.labels.len());
    let cursor = viewport.grid.cursor;
    // A cell that is scrolled away is not there to be named.
    let active = cursor.place().is_none_or(|place| shown.contains(&place));
    let active = active.then(|| format!("cell-{}-{}", cursor.line, cursor.column));
    html! {
        <>
            { alert(rows.reason()) }
            { tools(&controller) }
            <SidewaysHint />
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
                    { head(&controller) }
                    { gap(above) }
                    <Rows controller={controller.clone()} places={shown} pick={props.pick} group={props.group.clone()} precise={props.precise} />
                    { gap(below) }
                </table>
            </div>
            <p class="said" role="status">{ if viewport.grid.typed.is_none() { viewport.grid.said.clone() } else { String::new() } }</p>
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

fn tools(controller: &TableController) -> Html {
    let page = &controller.page;
    let onchange = controller.on(|controller, event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            controller.find(&input.value());
        }
    });
    let rows = controller.viewport.grid.selection().map_or(0, |selection| selection.rows());
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
            <button type="button" onclick={controller.on(|controller, _: MouseEvent| controller.copy())}>{ "Copy" }</button>
            <button type="button" onclick={controller.on(|controller, _: MouseEvent| controller.add_row())}>{ "Add row" }</button>
            <button type="button" disabled={rows == 0} onclick={controller.on(|controller, _: MouseEvent| controller.remove_rows())}>
                { if rows > 1 { format!("Remove {} rows", whole(rows)) } else { "Remove row".into() } }
            </button>
        </div>
    }
}

fn attend(controller: &TableController, cursor: GridCell, typing: bool) {
    let Some(scroller) = controller.scroller.cast::<HtmlElement>() else { return };
    if typing
        && let Ok(Some(input)) = scroller.query_selector("input")
        && let Ok(input) = input.dyn_into::<HtmlInputElement>()
    {
        let _ = input.focus();
        controller.attended();
        if controller.inner.borrow().replaces_value {
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

impl TableController {
    /// A handler of an event.
    fn on<E: 'static>(&self, act: impl Fn(&Self, E) + 'static) -> Callback<E> {
        let controller = self.clone();
        Callback::from(move |event| act(&controller, event))
    }
}
