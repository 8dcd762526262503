//! A static server as plain as the plainest host: files of dist/ below a path, a type by ending, nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Where the page lives on the server: not at the root, so that an absolute address in it would fail.
const BASE: &str = "/some/sub/path/";

/// How long a file is withheld at most: a driver whose page waits for one would wait with it.
const WITHHELD: Duration = Duration::from_secs(15);

/// Serves until the test process ends.
pub struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    withheld: Arc<Mutex<Option<String>>>,
}

impl Server {
    /// Serves dist/ on a free port.
    pub fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
        assert!(root.join("index.html").is_file(), "there is no built page: run `make build` first");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let withheld = Arc::new(Mutex::new(None));
        let (log, waits) = (Arc::clone(&requests), Arc::clone(&withheld));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (root, log, waits) = (root.clone(), Arc::clone(&log), Arc::clone(&waits));
                // A browser may hang up in the middle of an answer: that is no failure of ours.
                thread::spawn(move || answer(&stream, address, &root, &log, &waits).ok());
            }
        });
        Self { address, requests, withheld }
    }

    /// From now on, whoever asks for a file whose address has this in it waits, until `None` is withheld or [`WITHHELD`] is over.
    pub fn withhold(&self, part: Option<&str>) {
        *self.withheld.lock().unwrap() = part.map(str::to_string);
    }

    /// The address of the page's directory.
    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.address)
    }

    /// `host:port`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// What was asked for so far, as the browser wrote it: the browser asks here for other hosts too, see `Page::start`.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: &TcpStream,
    address: SocketAddr,
    root: &Path,
    log: &Mutex<Vec<String>>,
    withheld: &Mutex<Option<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head does not matter, but must be read.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method.is_empty() {
        return Ok(());
    }
    log.lock().unwrap().push(format!("{method} {target}"));
    let asked = Instant::now();
    while asked.elapsed() < WITHHELD && withheld.lock().unwrap().as_ref().is_some_and(|part| target.contains(part)) {
        thread::sleep(Duration::from_millis(10));
    }
    let own = format!("http://{address}");
    let file = match target.strip_prefix(&own).unwrap_or(target).strip_prefix(BASE) {
        Some(name) if method == "GET" => read(root, name),
        _ => None,
    };
    match file {
        Some((kind, body)) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            stream.write_all(&body)
        }
        None => write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

fn read(root: &Path, target: &str) -> Option<(&'static str, Vec<u8>)> {
    let name = target.split(['?', '#']).next()?;
    let mut path = PathBuf::from(root);
    path.push(if name.is_empty() { "index.html" } else { name });
    if name.contains("..") {
        return None;
    }
    let kind = match path.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "csv" => "text/csv",
        _ => "application/octet-stream",
    };
    Some((kind, std::fs::read(path).ok()?))
}
