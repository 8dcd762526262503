//! The page in its opening state, as markup: what a visitor sees before any program runs (`src/prerender`).

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::Lab;
use super::pages::explore::{Explore, ExploreProps};
use super::parts::header::explore_header;
use crate::protocol::{Answer, Comparison, DataInfo, Reply, RowsPage};
use crate::state::{Desk, Event as DeskEvent};

/// The markup of the page with these data, this result and these rows of its table.
///
/// Needs a runtime that runs local tasks, such as a `LocalSet` of tokio.
pub async fn markup(info: DataInfo, view: Comparison, rows: RowsPage) -> String {
    let lab = Lab::still(Rc::new(desk(info, view, rows)));
    let header = explore_header(&lab, &Callback::noop());
    let props = ExploreProps { lab, dark: false, header, late: false };
    yew::LocalServerRenderer::<Explore>::with_props(props).hydratable(false).render().await
}

/// What the page knows after these answers.
fn desk(info: DataInfo, view: Comparison, rows: RowsPage) -> Desk {
    let reply = |id, answer| DeskEvent::Replied(Box::new(Reply { id, answer }));
    Desk::default()
        .after(DeskEvent::LoadAsked { id: 1, name: info.name.clone() })
        .after(reply(1, Answer::Loaded(info)))
        .after(DeskEvent::ViewAsked { id: 2 })
        .after(reply(2, Answer::View(Box::new(view))))
        .after(reply(3, Answer::Rows(Ok(rows))))
}
