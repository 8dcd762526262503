//! The page: Yew components and hooks. Each page is a file in `pages`, what it is composed of in `parts`. What is computed
//! is computed elsewhere.

mod client;
mod download;
mod experiments;
mod hooks;
mod link;
#[cfg(feature = "prerender")]
pub mod opening;
mod pages;
mod parts;
mod playlist_store;
mod practice_store;
mod present_channel;
mod print_run;
mod recent_files;
mod resize_watch;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::state::{Page, address};
use experiments::ExperimentsClient;
use hooks::{PresentView, use_app, use_page, use_present, use_theme};
use pages::experiment::ExperimentPage;
use pages::experiments::ExperimentsPage;
use pages::explore::ExplorePage;
use pages::practice::PracticePage;
use pages::present::PresentPage;
use parts::header::{explore_header, header};
use parts::present::frame::PresentFrame;
use parts::present::printed::PrintCover;
use parts::skip_links::focus;
use print_run::PrintedStore;

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

/// The focus follows to another page, which is shown from its top.
#[hook]
fn use_focus_on_page(page: &Page) {
    let first = use_mut_ref(|| true);
    use_effect_with(page.clone(), move |_| {
        if !first.replace(false) {
            // Once the page is there.
            Timeout::new(0, || {
                gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                let _ = focus("main [autofocus]") || focus("#result");
            })
            .forget();
        }
    });
}

/// The page of the address. What was loaded and chosen in Explore stays while another page is shown.
#[component]
fn App() -> Html {
    let page = use_page();
    let app = use_app();
    let theme = use_theme();
    let client = use_memo((), |()| ExperimentsClient::default());
    let client = (*client).clone();
    let present = use_present();
    let store = use_memo((), |()| PrintedStore::default());
    use_focus_on_page(&page);
    let body = match page {
        Page::Explore => {
            let header = explore_header(&app, &theme.toggle);
            html! { <ExplorePage {app} dark={theme.dark} {header} /> }
        }
        Page::Experiments => {
            let header = header(&app, &page, &theme.toggle, html! {});
            html! { <ExperimentsPage {client} {app} dark={theme.dark} {header} /> }
        }
        Page::Practice => {
            let header = header(&app, &page, &theme.toggle, html! {});
            html! { <PracticePage {client} dark={theme.dark} {header} /> }
        }
        Page::Present => {
            let header = header(&app, &page, &theme.toggle, html! {});
            let explore = address::encode(&app.state);
            html! { <PresentPage store={(*store).clone()} {explore} {header} /> }
        }
        Page::Experiment(slug) => {
            html! { <ExperimentPage key={slug.clone()} slug={slug.clone()} {client} {app} {theme} /> }
        }
    };
    html! {
        <ContextProvider<Option<PresentView>> context={present.view.clone()}>
            { body }
            <PresentFrame context={present} store={(*store).clone()} />
            <PrintCover store={(*store).clone()} />
        </ContextProvider<Option<PresentView>>>
    }
}
