//! WebDriver is JSON over HTTP on this machine, which takes fewer lines than a client library takes crates.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

/// One chromedriver with one session, both ended on drop, or with the process of the tests.
pub struct Driver {
    process: Child,
    port: u16,
    session: String,
}

/// Ends the driver `$0`, and removes the profile `$1` of its browser, once nobody holds the other end of the input any more. The
/// browser ends with its driver, to which it has a pipe, and takes its lock away at its end.
const RUN_DRIVER: &str = r#"
    "$0" --port=0 &
    read -r _
    kill "$!"
    wait "$!"
    for _ in $(seq 50); do [ -L "$1/SingletonLock" ] || break; sleep 0.1; done
    rm -rf "$1"
"#;

/// A free port may be taken by another test before the driver has it for every kind of address: it then gives up at once.
const ATTEMPTS: usize = 5;

/// A chromedriver and the port it listens on.
fn spawn(profile: &Path) -> Option<(Child, u16)> {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
    let mut process = Command::new("sh")
        .args(["-c", RUN_DRIVER, &program])
        .arg(profile)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start {program}: {error}"));
    let mut lines =
        process.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines).map_while(Result::ok);
    let named =
        lines.find_map(|line| line.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
    // The driver stops when nobody reads what it says.
    thread::spawn(move || lines.for_each(drop));
    match named {
        Some(port) => Some((process, port)),
        None => {
            // Waiting closes the input, too.
            process.wait().ok();
            None
        }
    }
}

impl Driver {
    /// Starts chromedriver on a free port, and in it a browser with these capabilities.
    pub fn start(mut capabilities: Value) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("normlab-e2e-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let profile = env::temp_dir().join(name);
        let args = capabilities["goog:chromeOptions"]["args"].as_array_mut().expect("the browser has arguments");
        args.extend([json!("--remote-debugging-pipe"), json!(format!("--user-data-dir={}", profile.display()))]);
        let (process, port) = (0..ATTEMPTS).find_map(|_| spawn(&profile)).expect("chromedriver should name its port");
        let mut driver = Self { process, port, session: String::new() };
        let answer = driver.request("POST", "/session", &json!({ "capabilities": { "alwaysMatch": capabilities } }));
        let answer = answer.unwrap_or_else(|error| panic!("no browser: {error}"));
        driver.session = answer["sessionId"].as_str().expect("a session has an id").into();
        driver
    }

    pub fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.request("POST", &format!("/session/{}/{command}", self.session), body)
    }

    pub fn get(&self, command: &str) -> Result<Value, String> {
        self.request("GET", &format!("/session/{}/{command}", self.session), &Value::Null)
    }

    pub fn delete(&self, command: &str) -> Result<Value, String> {
        self.request("DELETE", &format!("/session/{}/{command}", self.session), &Value::Null)
    }

    /// A command of the Chrome DevTools Protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).unwrap()
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let answer = self.exchange(method, path, body).map_err(|error| error.to_string())?;
        let value = answer["value"].clone();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }

    fn exchange(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", self.port)?;
        write!(stream, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
        let mut stream = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            match line.trim_end().split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().unwrap_or(0);
                }
                None if line.trim_end().is_empty() => break,
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        stream.read_exact(&mut answer)?;
        Ok(serde_json::from_slice(&answer)?)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.request("DELETE", &format!("/session/{}", self.session), &Value::Null).ok();
        // Closes its input.
        self.process.wait().ok();
    }
}
