//! The page: Yew components, one a file in `parts`, and hooks. What is computed is computed elsewhere.

mod download;
mod hooks;
mod link;
#[cfg(feature = "prerender")]
pub mod opening;
mod parts;
mod store;

use yew::prelude::*;

use hooks::{Lab, use_lab, use_late, use_opening, use_theme, use_title};
use parts::columns::Columns;
use parts::data_panel::DataPanel;
use parts::drop_zone::DropZone;
use parts::fold::Fold;
use parts::header::header;
use parts::method_panel::MethodPanel;
use parts::notices::notices;
use parts::questions::Questions;
use parts::result::ResultView;
use parts::settings_panel::settings_panel;
use parts::skip_links::skip_links;

/// Starts the page in the document, behind its opening picture.
pub fn start() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let place = gloo_utils::document().get_element_by_id("page");
    start_in(place.unwrap_or_else(|| gloo_utils::body().into()));
}

/// Starts the page inside an element, whose children it replaces: a test must keep the rest of the document.
pub fn start_in(root: web_sys::Element) {
    yew::Renderer::<App>::with_root(root).render();
}

#[component]
fn App() -> Html {
    let lab = use_lab();
    let theme = use_theme();
    let late = use_late(lab.desk.viewing.is_some());
    use_opening(&lab.desk);
    use_title(&lab);
    html! { <Explore {lab} dark={theme.dark} toggle_theme={theme.toggle} {late} /> }
}

#[derive(Properties, PartialEq)]
struct ExploreProps {
    lab: Lab,
    dark: bool,
    toggle_theme: Callback<()>,
    /// The result that was asked for takes its time.
    late: bool,
}

#[component]
fn Explore(props: &ExploreProps) -> Html {
    let ExploreProps { lab, dark, toggle_theme, late } = props;
    let data = lab.desk.info.as_ref().map_or_else(AttrValue::default, |info| info.name.clone().into());
    let method = lab.state.method.info().name;
    let busy = lab.desk.viewing.is_some();
    html! {
        <>
            { skip_links() }
            { header(lab, toggle_theme) }
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
