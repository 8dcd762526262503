//! Between the window that presents and the window of the speaker: short texts over a channel of this browser.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};
use yew::Callback;

const NAME: &str = "normlab.present";

/// What one window tells the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresentMessage {
    /// From the speaker's window, which has just opened.
    Hello,
    /// Where the presentation is, as an address has it.
    At(String),
    /// From the speaker's window: go on, or back.
    Next,
    Back,
}

impl PresentMessage {
    fn text(&self) -> String {
        match self {
            Self::Hello => "hello".into(),
            Self::At(place) => format!("at {place}"),
            Self::Next => "next".into(),
            Self::Back => "back".into(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            "hello" => Some(Self::Hello),
            "next" => Some(Self::Next),
            "back" => Some(Self::Back),
            text => text.strip_prefix("at ").map(|place| Self::At(place.into())),
        }
    }
}

/// One end of the channel, which closes when it is dropped.
pub struct PresentChannel {
    channel: BroadcastChannel,
    _on_message: EventListener,
}

impl PresentChannel {
    /// `None` in a browser that has no channels.
    pub fn open(on_message: Callback<PresentMessage>) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(message) = text.and_then(|text| PresentMessage::read(&text)) {
                on_message.emit(message);
            }
        });
        Some(Self { channel, _on_message: listener })
    }

    pub fn post(&self, message: &PresentMessage) {
        let _ = self.channel.post_message(&message.text().into());
    }
}

impl Drop for PresentChannel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
