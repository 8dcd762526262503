//! Explore: data, a method, before and after.

use yew::prelude::*;

use crate::app::hooks::{AppContext, use_late, use_opening, use_title, use_undo_keys};
use crate::app::parts::data::columns::Columns;
use crate::app::parts::data::data_panel::DataPanel;
use crate::app::parts::data::drop_zone::DropZone;
use crate::app::parts::inputs::fold::Fold;
use crate::app::parts::method::method_panel::MethodPanel;
use crate::app::parts::method::settings_panel::settings_panel;
use crate::app::parts::notices::notices;
use crate::app::parts::questions::Questions;
use crate::app::parts::result::ResultView;
use crate::app::parts::skip_links::skip_links;

#[derive(Properties, PartialEq)]
pub struct ExplorePageProps {
    pub app: AppContext,
    pub dark: bool,
    /// The head of the page.
    pub header: Html,
}

/// Explore, and what goes on while it is shown.
#[component]
pub fn ExplorePage(props: &ExplorePageProps) -> Html {
    let ExplorePageProps { app, dark, header } = props;
    let late = use_late(app.answers.viewing.is_some());
    use_opening(&app.answers);
    use_title(app);
    use_undo_keys(&app.undo_or_redo);
    html! { <Explore app={app.clone()} dark={*dark} header={header.clone()} {late} /> }
}

#[derive(Properties, PartialEq)]
pub struct ExploreProps {
    pub app: AppContext,
    pub dark: bool,
    pub header: Html,
    /// The result that was asked for takes its time.
    pub late: bool,
}

/// Explore as it looks.
#[component]
pub fn Explore(props: &ExploreProps) -> Html {
    let ExploreProps { app, dark, header, late } = props;
    let data = app.answers.info.as_ref().map_or_else(AttrValue::default, |info| info.name.clone().into());
    let method = app.state.method.info().name;
    let busy = app.answers.viewing.is_some();
    html! {
        <>
            { skip_links() }
            { header.clone() }
            <DropZone open={app.open.clone()} />
            <main class="explore" data-busy={app.answers.busy().to_string()}>
                <div class="choices">
                    <Fold title="Method" now={method}>
                        <MethodPanel state={app.state.clone()} info={app.answers.info.clone()} act={app.act.clone()} />
                        { settings_panel(app) }
                    </Fold>
                    <Fold title="Data" now={data}>
                        <DataPanel app={app.clone()} />
                        if let Some(info) = &app.answers.info {
                            <Columns info={info.clone()} state={app.state.clone()} act={app.act.clone()} />
                        }
                    </Fold>
                </div>
                <div class={classes!("result", late.then_some("late"))} id="result" tabindex="-1" aria-busy={busy.to_string()}>
                    { notices(app) }
                    <Questions app={app.clone()} />
                    <ResultView app={app.clone()} dark={*dark} />
                </div>
            </main>
        </>
    }
}
