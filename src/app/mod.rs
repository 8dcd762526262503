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
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::Page;
use experiments::ExperimentsClient;
use hooks::{LoadPages, OtherPages, PresentView, use_app, use_other_pages, use_page, use_present, use_theme};
use pages::explore::ExplorePage;
use pages::other::PageContext;
pub use pages::other::{RenderPage, render_other_page};
use pages::waiting::waiting;
use parts::header::explore_header;
use parts::skip_links::focus;
use print_run::PrintedStore;

/// Starts the page in the document, behind its opening picture. The pages other than Explore are loaded when they are needed.
pub fn start<Loading: Future<Output = Result<RenderPage, E>> + 'static, E>(load_pages: fn() -> Loading) {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let place = gloo_utils::document().get_element_by_id("page");
    start_in(place.unwrap_or_else(|| gloo_utils::body().into()), load_pages);
}

/// Starts the page inside an element, whose children it replaces: a test must keep the rest of the document.
pub fn start_in<Loading: Future<Output = Result<RenderPage, E>> + 'static, E>(
    root: web_sys::Element,
    load_pages: fn() -> Loading,
) {
    let load_pages = Callback::from(move |on_loaded: Callback<Option<RenderPage>>| {
        let loading = load_pages();
        spawn_local(async move { on_loaded.emit(loading.await.ok()) });
    });
    yew::Renderer::<App>::with_root_and_props(root, AppProps { load_pages }).render();
}

/// The focus follows to another page, which is shown from its top, once it is there.
#[hook]
fn use_focus_on_page(page: &Page, is_there: bool) {
    let last = use_mut_ref(|| None);
    use_effect_with((page.clone(), is_there), move |(page, is_there)| {
        if *is_there && last.replace(Some(page.clone())).is_some_and(|last| last != *page) {
            // Once its parts have done what they do at first.
            Timeout::new(0, || {
                gloo_utils::window().scroll_to_with_x_and_y(0.0, 0.0);
                let _ = focus("main [autofocus]") || focus("#result");
            })
            .forget();
        }
    });
}

#[derive(Properties, PartialEq)]
struct AppProps {
    load_pages: LoadPages,
}

/// The page of the address. What was loaded and chosen in Explore stays while another page is shown.
#[component]
fn App(props: &AppProps) -> Html {
    let page = use_page();
    let app = use_app();
    let theme = use_theme();
    let client = use_memo((), |()| ExperimentsClient::default());
    let present = use_present();
    let printed_store = use_memo((), |()| PrintedStore::default());
    let needed = page != Page::Explore || present.place.is_some();
    let (pages, load_again) = use_other_pages(&props.load_pages, needed, app.answers.view.is_some());
    use_focus_on_page(&page, page == Page::Explore || matches!(pages, OtherPages::Ready(_)));
    let explore = (page == Page::Explore).then(|| {
        let header = explore_header(&app, &theme.toggle);
        html! { <ExplorePage app={app.clone()} dark={theme.dark} {header} /> }
    });
    let view = present.view.clone();
    let (client, printed_store) = ((*client).clone(), (*printed_store).clone());
    let context = PageContext { page, app, theme, client, present, printed_store };
    let other = match pages {
        OtherPages::Ready(render) => render(&context),
        pages if needed => waiting(&context, matches!(pages, OtherPages::Missing).then_some(load_again)),
        _ => html! {},
    };
    html! {
        <ContextProvider<Option<PresentView>> context={view}>
            { explore }
            { other }
        </ContextProvider<Option<PresentView>>>
    }
}
