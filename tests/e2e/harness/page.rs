//! A browser showing the page. Every call blocks until it is done, so that a scenario reads from top to bottom.

use super::browser::Browser;
use super::driver::Driver;
use super::found::{Found, element_id};
use super::wait::{PATIENCE, wait, wait_within};
use super::{ROOT, Server};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::{fs, thread};

pub const DESKTOP: (u32, u32) = (1280, 800);
pub const PHONE: (u32, u32) = (390, 844);
pub const PROJECTOR: (u32, u32) = (1920, 1080);

/// Hosts that a freshly started browser asks on its own account, whatever it shows.
const BROWSERS_OWN: [&str; 5] = ["google.com", "googleapis.com", "gstatic.com", "gvt1.com", "duckduckgo.com"];

#[derive(Clone, Copy, Debug)]
pub enum Theme {
    Light,
    Dark,
}

pub struct Page {
    pub server: Server,
    pub(super) driver: Arc<Driver>,
    console: RefCell<Vec<String>>,
}

impl Page {
    /// Opens the page at `address` (what follows `#/`, as in `explore?data=wine`) and waits until it has drawn itself.
    pub fn open(address: &str) -> Self {
        let page = Self::start();
        page.go(address);
        page
    }

    /// A tab of desktop size that shows nothing yet.
    pub fn start() -> Self {
        let Browser { driver, server } = Browser::take();
        let page = Self { server, driver, console: RefCell::default() };
        page.resize(DESKTOP);
        if let Ok(times) = std::env::var("SLOWER") {
            page.slow_down(times.parse().expect("SLOWER is a number of times"));
        }
        page
    }

    /// Makes the scripts of the page, not those of its workers, so many times slower: a slow machine draws many frames while one
    /// page takes the place of another.
    pub fn slow_down(&self, times: f64) {
        self.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": times }));
    }

    /// Goes to `address` and waits until the page has drawn itself.
    pub fn go(&self, address: &str) {
        self.visit(&format!("#/{address}"));
        self.wait_until_drawn();
    }

    /// Goes to what follows the address of the page, and waits for its document alone.
    pub fn visit(&self, after: &str) {
        self.driver.post("url", &json!({ "url": format!("{}{after}", self.server.url()) })).unwrap();
    }

    pub fn back(&self) {
        self.driver.post("back", &json!({})).unwrap();
    }

    pub fn forward(&self) {
        self.driver.post("forward", &json!({})).unwrap();
    }

    pub fn reload(&self) {
        self.driver.post("refresh", &json!({})).unwrap();
        self.wait_until_drawn();
    }

    /// The live page has taken the place of its opening picture, and shows a result.
    pub fn wait_until_drawn(&self) {
        self.wait_until(
            "!document.documentElement.dataset.opening
             && Boolean(document.querySelector('main h1:not(.waiting)')?.textContent.trim())",
        );
    }

    /// What follows `#/` in the address bar.
    pub fn address(&self) -> String {
        let url = self.driver.get("url").unwrap();
        url.as_str().and_then(|url| url.split_once("#/")).map(|(_, address)| address.into()).unwrap_or_default()
    }

    /// The first visible element that matches the selector, waiting for it.
    pub fn find(&self, css: &str) -> Found<'_> {
        wait(&format!("{css} is visible"), || {
            let id = element_id(&self.driver.post("element", &json!({ "using": "css selector", "value": css })).ok()?)?;
            let found = Found { driver: &self.driver, id };
            found.visible().then_some(found)
        })
    }

    /// The file input that matches, which may be invisible behind a button.
    pub fn find_input(&self, css: &str) -> Found<'_> {
        wait(&format!("{css} exists"), || {
            let id = element_id(&self.driver.post("element", &json!({ "using": "css selector", "value": css })).ok()?)?;
            Some(Found { driver: &self.driver, id })
        })
    }

    /// How many elements match now.
    pub fn count(&self, css: &str) -> usize {
        let found = self.driver.post("elements", &json!({ "using": "css selector", "value": css })).unwrap();
        found.as_array().map_or(0, Vec::len)
    }

    /// As [`Page::wait_until`], three times as long: for what the page itself waits for.
    pub fn wait_long_until(&self, expression: &str) {
        wait_within(3 * PATIENCE, expression, || (self.value(expression) == json!(true)).then_some(()));
    }

    /// As [`Self::wait_long_until`], for what takes a minute where nothing else runs.
    pub fn wait_minutes_until(&self, expression: &str) {
        wait_within(15 * PATIENCE, expression, || (self.value(expression) == json!(true)).then_some(()));
    }

    /// Waits until the JavaScript expression is true.
    pub fn wait_until(&self, expression: &str) {
        wait(expression, || (self.value(expression) == json!(true)).then_some(()));
    }

    /// Waits until the condition, which a failure calls `what`, is true.
    pub fn wait_for(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        wait(what, || condition(self).then_some(()));
    }

    /// The value of a JavaScript expression.
    pub fn value(&self, expression: &str) -> Value {
        self.driver.post("execute/sync", &json!({ "script": format!("return {expression}"), "args": [] })).unwrap()
    }

    /// Runs the body of an async JavaScript function and waits for what it returns.
    pub fn run(&self, body: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             (async () => {{ {body} }})().then(value => done({{ value }}), error => done({{ error: String(error) }}))"
        );
        let answer = self.driver.post("execute/async", &json!({ "script": script, "args": [] })).unwrap();
        assert!(answer["error"].is_null(), "{}", answer["error"]);
        answer["value"].clone()
    }

    /// Presses keys where the focus is, as `"\u{e004}"` for Tab: see the table of keys in the WebDriver standard.
    pub fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        let source = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.driver.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    /// Presses a key while another is held.
    pub fn press_holding(&self, held: char, key: char) {
        let action = |kind: &str, key: char| json!({ "type": kind, "value": key });
        let actions = [action("keyDown", held), action("keyDown", key), action("keyUp", key), action("keyUp", held)];
        let source = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.driver.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    /// Moves the mouse to a place of an element: parts of its width and height, which may lie outside of 0 to 1.
    pub fn hover(&self, css: &str, at: (f64, f64)) {
        self.pointer(css, &[at], false);
    }

    /// Presses the mouse at the first place of an element, draws it over the others, and lifts it at the last.
    pub fn drag(&self, css: &str, path: &[(f64, f64)]) {
        self.pointer(css, path, true);
    }

    fn pointer(&self, css: &str, path: &[(f64, f64)], pressed: bool) {
        let selector = json!(css);
        let frame = self.value(&format!(
            "(() => {{ const element = document.querySelector({selector}); element.scrollIntoView({{ block: 'center' }});
                const box = element.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; }})()"
        ));
        let side = |index: usize| frame[index].as_f64().unwrap();
        let place = |(x, y): (f64, f64)| ((side(0) + x * side(2)).round(), (side(1) + y * side(3)).round());
        let mut actions = Vec::new();
        for (index, at) in path.iter().enumerate() {
            let (x, y) = place(*at);
            let duration = if index == 0 { 0 } else { 30 };
            actions.push(json!({ "type": "pointerMove", "x": x, "y": y, "duration": duration }));
            if index == 0 && pressed {
                actions.push(json!({ "type": "pointerDown", "button": 0 }));
            }
        }
        if pressed {
            actions.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        let source = json!({ "type": "pointer", "id": "mouse", "actions": actions });
        self.driver.post("actions", &json!({ "actions": [source] })).unwrap();
    }

    pub fn resize(&self, (width, height): (u32, u32)) {
        self.driver.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        );
    }

    /// A command of the Chrome DevTools Protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.driver.devtools(command, parameters)
    }

    /// What the visitor's system prefers.
    pub fn prefer(&self, theme: Theme) {
        let value = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.driver.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// What is on the screen: a PNG in base64.
    pub fn picture(&self) -> String {
        self.driver.get("screenshot").unwrap().as_str().unwrap().into()
    }

    /// Writes `tests/artifacts/{name}.png`.
    pub fn screenshot(&self, name: &str) {
        let picture = self.picture();
        let directory = Path::new(ROOT).join("tests/artifacts");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join(format!("{name}.png")), Base64::decode_vec(&picture).unwrap()).unwrap();
    }

    /// Takes what the page complained about since the last call. A test that provokes a complaint must take it, because
    /// the end of the test fails on any that is left.
    pub fn take_complaints(&self) -> Vec<String> {
        self.read_console();
        self.console.take()
    }

    fn read_console(&self) {
        let entries = self.driver.post("se/log", &json!({ "type": "browser" })).unwrap();
        self.console.borrow_mut().extend(entries.as_array().into_iter().flatten().filter_map(|entry| {
            let level = entry["level"].as_str()?;
            let text = entry["message"].to_string();
            // Said of a machine too busy to use within seconds what it loaded.
            let slow = text.contains("was preloaded using link preload but not used");
            (matches!(level, "SEVERE" | "WARNING") && !slow).then(|| format!("{level} {text}"))
        }));
    }

    /// Requests for anything but the page's own files, made by the page or its worker.
    pub fn foreign_requests(&self) -> Vec<String> {
        let own = format!("GET {}", self.server.url());
        let mut requests = self.server.requests();
        requests.retain(|request| !request.starts_with(&own) && !BROWSERS_OWN.iter().any(|host| asks(request, host)));
        requests
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if thread::panicking() {
            let test = thread::current().name().unwrap_or("test").replace("::", "-");
            self.screenshot(&format!("failed-{test}"));
        }
        let complaints = self.take_complaints();
        let foreign = self.foreign_requests();
        if thread::panicking() {
            eprintln!("console: {complaints:#?}\nforeign requests: {foreign:#?}");
        } else {
            assert!(complaints.is_empty(), "the console should be quiet: {complaints:#?}");
            assert!(foreign.is_empty(), "the page should ask its own host only: {foreign:#?}");
            Browser { driver: self.driver.clone(), server: self.server.clone() }.give_back();
        }
    }
}

/// Whether a request line as `CONNECT update.googleapis.com:443` or `GET http://clients2.google.com/time` is for this
/// host or one below it.
fn asks(request: &str, host: &str) -> bool {
    let target = request.split(' ').nth(1).unwrap_or_default();
    let target = target.strip_prefix("http://").unwrap_or(target);
    let name = target.split(['/', ':']).next().unwrap_or_default();
    name.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
