//! Present: playlists of states to show to an audience.

use gloo_events::EventListener;
use gloo_utils::{document, window};
use yew::prelude::*;

use crate::app::hooks::{address, use_shown};
use crate::app::parts::present::playlist_editor::PlaylistEditor;
use crate::app::parts::present::playlist_list::PlaylistList;
use crate::app::parts::present::printed::PrintedPages;
use crate::app::parts::present::speaker::SpeakerWindow;
use crate::app::print_run::PrintedStore;

#[derive(Properties, PartialEq)]
pub struct PresentPageProps {
    pub store: PrintedStore,
    /// The address of Explore as it was left.
    pub explore: AttrValue,
    /// The head of the page.
    pub header: Html,
}

/// What the address asks for, as it stands behind the `?`.
#[derive(Clone, PartialEq)]
enum PresentPart {
    /// All playlists, with one that came in the link.
    All(Option<AttrValue>),
    /// One of the visitor's, to be edited.
    Edit(AttrValue),
    /// The speaker's window of a playlist.
    Speaker(AttrValue),
    /// A playlist on paper.
    Print(AttrValue),
}

fn view() -> PresentPart {
    let hash = address::hash();
    let pair = hash.split_once('?').and_then(|(_, query)| query.split('&').next()?.split_once('='));
    match pair {
        Some(("list", slug)) => PresentPart::Edit(slug.to_owned().into()),
        Some(("speaker", slug)) => PresentPart::Speaker(slug.to_owned().into()),
        Some(("print", slug)) => PresentPart::Print(slug.to_owned().into()),
        Some(("playlist", packed)) => PresentPart::All(Some(packed.to_owned().into())),
        _ => PresentPart::All(None),
    }
}

#[component]
pub fn PresentPage(props: &PresentPageProps) -> Html {
    let shown = use_state_eq(view);
    use_shown();
    use_effect_with((), {
        let shown = shown.setter();
        move |()| {
            document().set_title("Present \u{2013} Normlab");
            let listener = EventListener::new(&window(), "popstate", move |_| shown.set(view()));
            move || drop(listener)
        }
    });
    let body = match &*shown {
        PresentPart::All(packed) => html! { <PlaylistList packed={packed.clone()} /> },
        PresentPart::Edit(slug) => html! { <PlaylistEditor key={slug.to_string()} {slug} /> },
        PresentPart::Speaker(slug) => html! { <SpeakerWindow {slug} /> },
        PresentPart::Print(slug) => {
            html! { <PrintedPages key={slug.to_string()} {slug} store={props.store.clone()} explore={props.explore.clone()} /> }
        }
    };
    let alone = matches!(*shown, PresentPart::Speaker(_));
    html! {
        <>
            if !alone { { props.header.clone() } }
            <main class="present-page" id="result" tabindex="-1">{ body }</main>
        </>
    }
}
