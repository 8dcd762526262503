//! The page in its opening state, as markup: what a visitor sees before any program runs (`src/prerender`).

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::AppContext;
use super::pages::explore::{Explore, ExploreProps};
use super::parts::header::explore_header;
use crate::protocol::{DataInfo, LoadedData, Reply, RowsPage, RowsQuery, ViewResult};
use crate::state::{Answers, Event as AnswersEvent};

/// The markup of the page with these data, this result and these rows of its table.
///
/// Needs a runtime that runs local tasks, such as a `LocalSet` of tokio.
pub async fn markup(info: DataInfo, view: ViewResult, rows: RowsPage) -> String {
    let app = AppContext::still(Rc::new(answers(info, view)));
    app.client.put::<RowsQuery>(rows);
    let header = explore_header(&app, &Callback::noop());
    let props = ExploreProps { app, dark: false, header, late: false };
    yew::LocalServerRenderer::<Explore>::with_props(props).hydratable(false).render().await
}

/// What the page knows after these answers.
fn answers(info: DataInfo, view: ViewResult) -> Answers {
    Answers::default()
        .after(AnswersEvent::LoadAsked { id: 1, name: info.name.clone() })
        .after(AnswersEvent::Load { id: 1, reply: Reply::Ready(LoadedData { info, content: None }) })
        .after(AnswersEvent::ViewAsked { id: 2 })
        .after(AnswersEvent::View { id: 2, reply: Box::new(Reply::Ready(view)) })
}
