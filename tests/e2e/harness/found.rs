//! An element of the page, as a visitor works with it.

use std::path::Path;

use serde_json::{Value, json};

use super::ROOT;
use super::driver::Driver;
use super::wait::wait;

/// An element of the page.
pub struct Found<'page> {
    pub(super) driver: &'page Driver,
    pub(super) id: String,
}

impl Found<'_> {
    pub fn click(&self) {
        // What covers it for a moment may go away.
        wait("the element can be clicked", || self.post("click", &json!({})).ok());
    }

    pub fn text(&self) -> String {
        self.get("text").as_str().unwrap_or_default().into()
    }

    pub fn attribute(&self, name: &str) -> Option<String> {
        self.get(&format!("attribute/{name}")).as_str().map(Into::into)
    }

    /// What a screen reader calls it.
    pub fn label(&self) -> String {
        self.get("computedlabel").as_str().unwrap_or_default().into()
    }

    /// Types at the end of what is there.
    pub fn type_text(&self, text: &str) {
        self.post("value", &json!({ "text": text })).unwrap();
    }

    /// Replaces what is there.
    pub fn fill(&self, text: &str) {
        self.post("clear", &json!({})).unwrap();
        self.type_text(text);
    }

    /// Chooses a file, a path from the root of the project, in a file input.
    pub fn upload(&self, path: &str) {
        self.type_text(&Path::new(ROOT).join(path).canonicalize().unwrap().to_string_lossy());
    }

    pub fn visible(&self) -> bool {
        self.get("displayed") == json!(true)
    }

    fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.driver.post(&format!("element/{}/{command}", self.id), body)
    }

    /// Null when the page has replaced the element in the meantime.
    fn get(&self, command: &str) -> Value {
        self.driver.get(&format!("element/{}/{command}", self.id)).unwrap_or_default()
    }
}

/// The standard's name of the property that holds an element's id.
pub fn element_id(value: &Value) -> Option<String> {
    value["element-6066-11e4-a52e-4f735466cecf"].as_str().map(Into::into)
}
