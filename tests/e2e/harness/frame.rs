//! The page inside of another document.

use super::Page;
use serde_json::json;

impl Page {
    /// Shows what follows the address of the page in a sandbox that lets scripts run, and nothing else, within a document that is not ours. Whatever is
    /// asked from now on is asked inside.
    pub fn visit_in_sandbox(&self, after: &str) {
        self.driver.post("url", &json!({ "url": "data:text/html,<title>Not ours</title>" })).unwrap();
        self.run(&format!(
            "const frame = document.createElement('iframe');
             frame.sandbox = 'allow-scripts';
             Object.assign(frame, {{ width: 1000, height: 600, src: {} }});
             document.body.replaceChildren(frame);
             await new Promise((resolve) => frame.onload = resolve);",
            json!(format!("{}{after}", self.server.url()))
        ));
        self.driver.post("frame", &json!({ "id": 0 })).unwrap();
    }
}
