//! A static server as plain as the plainest host: files of dist/ below a path, a type by ending, nothing else.

use super::ROOT;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Where the page lives on the server: not at the root, so that an absolute address in it would fail.
const BASE: &str = "/some/sub/path/";

/// What goes wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server answers 404.
    Missing,
    /// The server sends a page instead, with status 200, as hosts of single-page applications do.
    Html,
    /// The answer comes so much later, or once nothing goes wrong any more.
    Late(Duration),
}

/// How the server answers, which may change.
#[derive(Default)]
struct Conduct {
    requests: Mutex<Vec<String>>,
    /// What goes wrong with files whose path has this in it.
    faults: Mutex<Vec<(String, Fault)>>,
    /// Files are compressed with brotli, once each.
    compressed: Mutex<Option<HashMap<PathBuf, Vec<u8>>>>,
    /// The port of the page's address, if it is not the one that is listened on: a browser asks here for every address.
    port: Mutex<Option<u16>>,
}

/// Serves until the test process ends.
#[derive(Clone)]
pub struct Server {
    address: SocketAddr,
    conduct: Arc<Conduct>,
}

impl Server {
    /// Serves dist/ on a free port.
    pub fn start() -> Self {
        let root = Path::new(ROOT).join("dist");
        assert!(root.join("index.html").is_file(), "there is no built page: run `make build` first");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let conduct = Arc::<Conduct>::default();
        let shared = Arc::clone(&conduct);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (root, conduct) = (root.clone(), Arc::clone(&shared));
                // A browser may hang up in the middle of an answer: that is no failure of ours.
                thread::spawn(move || answer(&stream, address, &root, &conduct).ok());
            }
        });
        Self { address, conduct }
    }

    /// From now on, this goes wrong with every file whose path has `part` in it.
    pub fn spoil(&self, part: &str, fault: Fault) {
        self.conduct.faults.lock().unwrap().push((part.into(), fault));
    }

    /// From now on, nothing goes wrong.
    pub fn mend(&self) {
        self.conduct.faults.lock().unwrap().clear();
    }

    /// From now on, files are sent compressed with brotli.
    pub fn compress(&self) {
        *self.conduct.compressed.lock().unwrap() = Some(HashMap::new());
    }

    /// As a new server: nothing goes wrong, nothing was asked, and the page is where it never was, so that nothing is stored there.
    pub fn renew(&self) {
        self.mend();
        self.conduct.requests.lock().unwrap().clear();
        *self.conduct.compressed.lock().unwrap() = None;
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        *self.conduct.port.lock().unwrap() = Some(free.port());
    }

    /// The address of the page's directory.
    pub fn url(&self) -> String {
        format!("{}{BASE}", self.conduct.origin(self.address))
    }

    /// `host:port`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// What was asked for so far, as the browser wrote it: the browser asks here for other hosts too, see `Page::start`.
    pub fn requests(&self) -> Vec<String> {
        self.conduct.requests.lock().unwrap().clone()
    }
}

impl Conduct {
    fn origin(&self, listening: SocketAddr) -> String {
        let port = self.port.lock().unwrap().unwrap_or(listening.port());
        format!("http://{}:{port}", listening.ip())
    }

    fn fault(&self, target: &str) -> Option<Fault> {
        let path = target.split('?').next().unwrap_or_default();
        let faults = self.faults.lock().unwrap();
        faults.iter().find(|(part, _)| path.contains(part)).map(|(_, fault)| *fault)
    }

    /// The bytes to send, and whether they are compressed.
    fn encoded(&self, path: &Path, body: Vec<u8>) -> (Vec<u8>, bool) {
        let Some(known) = &mut *self.compressed.lock().unwrap() else { return (body, false) };
        (known.entry(path.into()).or_insert_with(|| brotli(path)).clone(), true)
    }
}

/// The name of the one built file that begins and ends so: what lies between changes with every build.
pub fn built(start: &str, end: &str) -> String {
    let files = std::fs::read_dir(Path::new(ROOT).join("dist")).unwrap();
    let mut names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.find(|name| name.starts_with(start) && name.ends_with(end)).unwrap()
}

/// By node, which the page is built with.
fn brotli(path: &Path) -> Vec<u8> {
    let script = "process.stdout.write(zlib.brotliCompressSync(fs.readFileSync(process.argv[1])))";
    let output = Command::new("node").args(["-e", script]).arg(path).output().unwrap();
    assert!(output.status.success(), "node could not compress {}", path.display());
    output.stdout
}

fn answer(mut stream: &TcpStream, address: SocketAddr, root: &Path, conduct: &Conduct) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head does not matter, but must be read.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method.is_empty() {
        return Ok(());
    }
    conduct.requests.lock().unwrap().push(format!("{method} {target}"));
    let asked = Instant::now();
    while matches!(conduct.fault(target), Some(Fault::Late(time)) if asked.elapsed() < time) {
        thread::sleep(Duration::from_millis(10));
    }
    let name =
        target.strip_prefix(&conduct.origin(address)).unwrap_or(target).strip_prefix(BASE).filter(|_| method == "GET");
    let file = match conduct.fault(target) {
        Some(Fault::Missing) => None,
        Some(Fault::Html) => read(root, "index.html"),
        _ => name.and_then(|name| read(root, name)),
    };
    match file {
        Some((path, kind, body)) => {
            let (body, compressed) = conduct.encoded(&path, body);
            let encoding = if compressed { "Content-Encoding: br\r\n" } else { "" };
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            stream.write_all(&body)
        }
        None => write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

fn read(root: &Path, target: &str) -> Option<(PathBuf, &'static str, Vec<u8>)> {
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
    let body = std::fs::read(&path).ok()?;
    Some((path, kind, body))
}
