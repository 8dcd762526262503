//! Turns: long work lets messages in between its steps.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::Promise;
use normlab_experiments::Host;
use normlab_report::{FromExperiments, Report};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// The turn of one message.
pub struct Turn {
    pub id: u64,
    /// Which run it is, and which is the newest.
    pub run: u64,
    pub newest: Rc<Cell<u64>>,
}

impl Host for Turn {
    fn millis(&self) -> f64 {
        super::scope().performance().map_or(0.0, |performance| performance.now())
    }

    fn next_task(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(next_task())
    }

    fn is_cancelled(&self) -> bool {
        self.run != self.newest.get()
    }

    fn progress(&self, done: f32) {
        super::send(&FromExperiments::Progress { id: self.id, done });
    }

    fn partial(&self, report: Report) {
        super::send(&FromExperiments::Partial { id: self.id, report });
    }
}

/// The next task of the event loop; unlike a timer, a message has no least delay.
async fn next_task() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        // Nothing can be done about a port that does not take messages; the promise would never come, so resolve.
        if channel.port2().post_message(&JsValue::NULL).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
    channel.port1().close();
}
