//! Explore: data, a method, before and after.

use yew::prelude::*;

use crate::app::hooks::{Lab, use_late, use_opening, use_title, use_undo_keys};
use crate::app::parts::columns::Columns;
use crate::app::parts::data_panel::DataPanel;
use crate::app::parts::drop_zone::DropZone;
use crate::app::parts::fold::Fold;
use crate::app::parts::method_panel::MethodPanel;
use crate::app::parts::notices::notices;
use crate::app::parts::questions::Questions;
use crate::app::parts::result::ResultView;
use crate::app::parts::settings_panel::settings_panel;
use crate::app::parts::skip_links::skip_links;

#[derive(Properties, PartialEq)]
pub struct ExplorePageProps {
    pub lab: Lab,
    pub dark: bool,
    /// The head of the page.
    pub header: Html,
}

/// Explore, and what goes on while it is shown.
#[component]
pub fn ExplorePage(props: &ExplorePageProps) -> Html {
    let ExplorePageProps { lab, dark, header } = props;
    let late = use_late(lab.desk.viewing.is_some());
    use_opening(&lab.desk);
    use_title(lab);
    use_undo_keys(&lab.travel);
    html! { <Explore lab={lab.clone()} dark={*dark} header={header.clone()} {late} /> }
}

#[derive(Properties, PartialEq)]
pub struct ExploreProps {
    pub lab: Lab,
    pub dark: bool,
    pub header: Html,
    /// The result that was asked for takes its time.
    pub late: bool,
}

/// Explore as it looks.
#[component]
pub fn Explore(props: &ExploreProps) -> Html {
    let ExploreProps { lab, dark, header, late } = props;
    let data = lab.desk.info.as_ref().map_or_else(AttrValue::default, |info| info.name.clone().into());
    let method = lab.state.method.info().name;
    let busy = lab.desk.viewing.is_some();
    html! {
        <>
            { skip_links() }
            { header.clone() }
            <DropZone open={lab.open.clone()} />
            <main class="explore">
                <div class="choices">
                    <Fold title="Method" now={method}>
                        <MethodPanel state={lab.state.clone()} info={lab.desk.info.clone()} act={lab.act.clone()} />
                        { settings_panel(lab) }
                    </Fold>
                    <Fold title="Data" now={data}>
                        <DataPanel lab={lab.clone()} />
                        if let Some(info) = &lab.desk.info {
                            <Columns info={info.clone()} state={lab.state.clone()} act={lab.act.clone()} />
                        }
                    </Fold>
                </div>
                <div class={classes!("result", late.then_some("late"))} id="result" tabindex="-1" aria-busy={busy.to_string()}>
                    { notices(lab) }
                    <Questions lab={lab.clone()} />
                    <ResultView lab={lab.clone()} dark={*dark} />
                </div>
            </main>
        </>
    }
}
