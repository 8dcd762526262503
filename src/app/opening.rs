//! The page in its opening state, as markup: what a visitor sees before any program runs (`src/prerender`).

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::AppContext;
use super::pages::explore::{Explore, ExploreProps};
use super::parts::header::explore_header;
use crate::protocol::{Answer, DataInfo, Reply, RowsPage, ViewResult};
use crate::state::{Answers, Event as AnswersEvent};

/// The markup of the page with these data, this result and these rows of its table.
///
/// Needs a runtime that runs local tasks, such as a `LocalSet` of tokio.
pub async fn markup(info: DataInfo, view: ViewResult, rows: RowsPage) -> String {
    let app = AppContext::still(Rc::new(answers(info, view, rows)));
    let header = explore_header(&app, &Callback::noop());
    let props = ExploreProps { app, dark: false, header, late: false };
    yew::LocalServerRenderer::<Explore>::with_props(props).hydratable(false).render().await
}

/// What the page knows after these answers.
fn answers(info: DataInfo, view: ViewResult, rows: RowsPage) -> Answers {
    let reply = |id, answer| AnswersEvent::Replied(Box::new(Reply { id, answer }));
    Answers::default()
        .after(AnswersEvent::LoadAsked { id: 1, name: info.name.clone() })
        .after(reply(1, Answer::Loaded(info)))
        .after(AnswersEvent::ViewAsked { id: 2 })
        .after(reply(2, Answer::View(Box::new(view))))
        .after(reply(3, Answer::Rows(Ok(rows))))
}
