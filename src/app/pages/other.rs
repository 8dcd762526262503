//! The pages other than Explore, and what stands around a presented page: a part of the program of its own, which is loaded
//! when it is needed.

use yew::prelude::*;

use super::experiment::ExperimentPage;
use super::experiments::ExperimentsPage;
use super::practice::PracticePage;
use super::present::PresentPage;
use crate::app::experiments::ExperimentsClient;
use crate::app::hooks::{AppContext, PresentContext, ThemeHandle};
use crate::app::parts::header::header;
use crate::app::parts::present::frame::PresentFrame;
use crate::app::parts::present::printed::PrintCover;
use crate::app::print_run::PrintedStore;
use crate::state::{Page, address};

/// Shows the page of the address: see [`render_other_page`].
pub type RenderPage = fn(&PageContext) -> Html;

/// What pages are shown with.
pub struct PageContext {
    pub page: Page,
    pub app: AppContext,
    pub theme: ThemeHandle,
    pub client: ExperimentsClient,
    pub present: PresentContext,
    pub printed_store: PrintedStore,
}

/// The page of the address, unless it is Explore, and what stands around any page that is presented or prepared for paper.
pub fn render_other_page(context: &PageContext) -> Html {
    let PageContext { page, app, theme, client, present, printed_store } = context;
    let header = || header(app, page, &theme.toggle, html! {});
    let (app, client, dark) = (app.clone(), client.clone(), theme.dark);
    let body = match page {
        Page::Explore => html! {},
        Page::Experiments => html! { <ExperimentsPage {client} {app} {dark} header={header()} /> },
        Page::Practice => html! { <PracticePage {client} {dark} header={header()} /> },
        Page::Present => {
            let explore = address::encode(&app.state);
            html! { <PresentPage store={printed_store.clone()} {explore} header={header()} /> }
        }
        Page::Experiment(slug) => {
            html! { <ExperimentPage key={slug.clone()} slug={slug.clone()} {client} {app} theme={theme.clone()} /> }
        }
    };
    html! {
        <>
            { body }
            <PresentFrame context={present.clone()} store={printed_store.clone()} />
            <PrintCover store={printed_store.clone()} />
        </>
    }
}
