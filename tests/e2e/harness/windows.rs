//! Several windows of one browser.

use serde_json::{Value, json};

use super::Page;

impl Page {
    /// What names the window that is driven.
    pub fn window(&self) -> String {
        self.driver.get("window").unwrap().as_str().unwrap().into()
    }

    /// Another window than this one, as soon as there is one.
    pub fn wait_for_window(&self, other_than: &str) -> String {
        let other = || {
            let all = self.driver.get("window/handles").unwrap();
            let mut names = all.as_array().into_iter().flatten().filter_map(Value::as_str);
            names.find(|name| *name != other_than).map(str::to_owned)
        };
        self.wait_for("another window", |_| other().is_some());
        other().unwrap()
    }

    /// Drives another window from now on.
    pub fn switch_to(&self, window: &str) {
        self.driver.post("window", &json!({ "handle": window })).unwrap();
    }

    pub fn close_window(&self) {
        self.driver.delete("window").unwrap();
    }
}
