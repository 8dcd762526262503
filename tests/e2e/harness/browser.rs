//! Browsers, which tests use one after the other: starting one takes longer than most tests.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::Server;
use super::driver::Driver;

/// A browser, and the server that all of its requests go through.
#[derive(Clone)]
pub struct Browser {
    pub driver: Arc<Driver>,
    pub server: Server,
}

/// Browsers that no test uses.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

impl Browser {
    /// A browser whose only tab is new, and for which the page is at an address where nothing is stored.
    pub fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(Self::start, |browser| {
            browser.clean();
            browser
        })
    }

    /// For another test, after one that passed.
    pub fn give_back(self) {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    fn start() -> Self {
        let server = Server::start();
        let mut capabilities: Value = serde_json::from_str(include_str!("../../../webdriver.json")).unwrap();
        capabilities["goog:loggingPrefs"] = json!({ "browser": "ALL" });
        let options = &mut capabilities["goog:chromeOptions"];
        if let Ok(binary) = std::env::var("CHROME") {
            options["binary"] = json!(binary);
        }
        options["args"].as_array_mut().unwrap().extend([
            // Every request goes through our server, also one for another host and one that the worker makes.
            json!(format!("--proxy-server=http://{}", server.host())),
            json!("--proxy-bypass-list=<-loopback>"),
        ]);
        Self { driver: Arc::new(Driver::start(capabilities)), server }
    }

    /// Opens a new tab, which knows nothing of what was emulated in others, and closes all others.
    fn clean(&self) {
        self.driver.delete("actions").unwrap();
        let tabs = self.driver.get("window/handles").unwrap();
        let tab = self.driver.post("window/new", &json!({ "type": "tab" })).unwrap();
        for old in tabs.as_array().into_iter().flatten() {
            self.driver.post("window", &json!({ "handle": old })).unwrap();
            self.driver.delete("window").unwrap();
        }
        self.driver.post("window", &json!({ "handle": tab["handle"] })).unwrap();
        // It was opened behind the others, where pages wait and are slow.
        self.driver.devtools("Page.bringToFront", &json!({}));
        self.driver.post("se/log", &json!({ "type": "browser" })).unwrap();
        self.server.renew();
    }
}
