//! The map in `src/lib.rs` is true: who may use whom, what must be absent where, and no file grows too long.
//!
//! This reads the sources as text: paths as rustfmt leaves them, comments left out.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is below the rooms of the page: packages of their own, so that cargo keeps them from using the page.
const PACKAGES: [&str; 11] = [
    "data",
    "digits",
    "engine",
    "experiments",
    "lessons",
    "parameters",
    "plot",
    "protocol",
    "report",
    "session",
    "training",
];

/// Every room of the page with the rooms and packages it may use. A room comes after all it uses, so that nothing can point
/// back.
const ROOMS: [(&str, &[&str]); 6] = [
    ("state", &["engine", "data", "parameters", "plot", "protocol", "report"]),
    ("caption", &["engine", "data", "parameters", "plot", "protocol"]),
    ("figure", &["data", "plot", "protocol", "report"]),
    ("loaders", &[]),
    ("worker", &["loaders", "data", "protocol", "session"]),
    ("app", &["loaders", "engine", "data", "parameters", "plot", "protocol", "state", "caption", "figure", "report"]),
];

const BROWSER: &[&str] = &["gloo", "idb", "js_sys", "plotters_canvas", "wasm_bindgen", "web_sys", "yew"];

/// What must not occur in a room or a package, as the beginning of a word. That a package knows no browser is seen in its
/// manifest: see `packages_know_no_browser`.
const ABSENT: [(&str, &[&str]); 10] = [
    ("engine", &["std::env", "std::fs", "std::io", "std::net", "std::process", "std::thread"]),
    ("engine", &["Instant", "SystemTime", "std::time", "getrandom", "rand"]),
    ("state", BROWSER),
    ("caption", BROWSER),
    ("figure", BROWSER),
    // Same seed, same bits: no clock, and no randomness but from the seed.
    ("experiments", &["Instant", "SystemTime", "std::time", "getrandom", "HashMap", "HashSet"]),
    ("training", &["Instant", "SystemTime", "std::time", "std::thread", "getrandom", "HashMap", "HashSet"]),
    ("lessons", &["Instant", "SystemTime", "std::time", "getrandom", "HashMap", "HashSet"]),
    // What computes takes a view of an array.
    ("app", &["ndarray"]),
    ("worker", &["yew", "plotters_canvas", "gloo_utils::document", "gloo_utils::window", "web_sys::window"]),
];

const LONGEST_FILE: usize = 400;
const LONGEST_APP_FILE: usize = 250;
const LONGEST_BIN: usize = 20;

#[test]
fn rooms_use_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(&(room, allowed)) = ROOMS.iter().find(|(room, _)| *room == file.room) else { continue };
        for (number, used) in paths_to_rooms(&file.code) {
            if used != room && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}:{number}: `{room}` may not use `{used}`", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packages_know_no_browser() {
    for package in PACKAGES {
        let manifest = fs::read_to_string(root().join(format!("src/{package}/Cargo.toml"))).unwrap();
        for line in manifest.lines().filter(|line| !line.starts_with('#')) {
            let name = line.split([' ', '.', '=']).next().unwrap_or_default().replace('-', "_");
            assert!(!BROWSER.iter().any(|word| name.starts_with(word)), "src/{package}/Cargo.toml: {line}");
        }
    }
}

#[test]
fn no_path_climbs_out_of_its_room() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| ROOMS.iter().any(|(room, _)| *room == file.room)) {
        for (number, line) in file.lines() {
            let inner = usize::from(line.starts_with(' ') && file.inside_a_module(number));
            let climb = line.split(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter));
            let climb = climb.map(|path| path.matches("super::").count()).max().unwrap_or(0);
            if climb >= file.depth + inner && climb > 0 {
                wrong.push(format!("{}:{number}: write `crate::`, so that this test can see it", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_must_be_absent_is_absent() {
    let mut wrong = Vec::new();
    for file in sources() {
        for word in ABSENT.iter().filter(|(room, _)| *room == file.room).flat_map(|(_, words)| *words) {
            for (number, line) in file.lines().filter(|(_, line)| has_word_start(line, word)) {
                wrong.push(format!("{}:{number}: no `{word}` in `{}`: {}", file.name, file.room, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page may name the engine's types, and ask a method what it is and which parameters it has; numbers come from the
/// worker. (That it holds no arrays to compute with is among what must be absent.)
#[test]
fn the_page_does_no_mathematics() {
    let mut wrong = Vec::new();
    for file in sources().into_iter().filter(|file| file.room == "app") {
        let named = ["crate::engine", "normlab_engine"].into_iter().flat_map(|root| leaves_below(root, &file.code));
        for (number, path) in named {
            if path.ends_with(|letter: char| letter.is_lowercase()) && !has_upper(&path) {
                wrong.push(format!("{}:{number}: `{path}` is a function of the engine", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What two files need of each other belongs below both. A file and those in its folder are one: they may.
#[test]
fn files_do_not_use_each_other_in_a_circle() {
    let files = sources();
    let mut packages = BTreeMap::<&Path, BTreeMap<&str, &Source>>::new();
    for file in files.iter().filter(|file| !file.module.ends_with("tests")) {
        packages.entry(&file.package).or_default().insert(&file.module, file);
    }
    assert!(packages.len() > PACKAGES.len());
    for modules in packages.values() {
        let uses: BTreeMap<&str, Vec<&str>> =
            modules.iter().map(|(module, file)| (*module, used_modules(file, modules))).collect();
        for start in uses.keys() {
            let mut open = uses[start].clone();
            let mut seen = BTreeSet::new();
            while let Some(next) = open.pop() {
                assert!(next != *start, "{} is used by what it uses itself", modules[start].name);
                if seen.insert(next) {
                    open.extend(&uses[next]);
                }
            }
        }
    }
}

/// The modules of the package that a file names, but for those it is in and those in it.
fn used_modules<'a>(file: &Source, modules: &BTreeMap<&'a str, &Source>) -> Vec<&'a str> {
    let code = file.code.split("#[cfg(test)]").next().unwrap_or_default();
    let absolute = |path: &str| match path.strip_prefix("crate::") {
        Some(path) => path.to_owned(),
        None => {
            let ups = path.split("::").take_while(|part| *part == "super").count();
            let own: Vec<&str> = file.module.split("::").filter(|part| !part.is_empty()).collect();
            let below = path.split("::").skip(ups);
            own[..own.len().saturating_sub(ups)].iter().copied().chain(below).collect::<Vec<_>>().join("::")
        }
    };
    let named = ["crate", "super"].into_iter().flat_map(|root| leaves_below(root, code));
    let named = named.map(|(_, path)| absolute(&path));
    let module = |path: String| {
        let ends = path.match_indices("::").map(|(end, _)| end).chain([path.len()]);
        ends.collect::<Vec<_>>()
            .into_iter()
            .rev()
            .find_map(|end| modules.get_key_value(&path[..end]))
            .map(|(key, _)| *key)
    };
    let is_in = |inner: &str, outer: &str| inner == outer || inner.starts_with(&format!("{outer}::"));
    let apart = |used: &&str| !used.is_empty() && !is_in(used, &file.module) && !is_in(&file.module, used);
    named.filter_map(module).filter(apart).collect()
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for file in sources() {
        let limit = match file.room.as_str() {
            "app" => LONGEST_APP_FILE,
            "bin" => LONGEST_BIN,
            _ => LONGEST_FILE,
        };
        if file.length > limit {
            wrong.push(format!("{} has {} lines, {limit} are enough: split it", file.name, file.length));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// When a program is linked, the level of its own package decides for all: less, and engine and training lose their vectors.
#[test]
fn programs_that_compute_are_linked_for_speed() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for program in ["normlab-app", "normlab-experiments-program"] {
        let is_fast = manifest.contains(&format!("[profile.release.package.{program}]\nopt-level = 3\n"));
        assert!(is_fast, "{program} is linked for size");
    }
}

#[test]
fn the_map_shows_every_room() {
    let map = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let table: Vec<&str> = map.lines().filter(|line| line.starts_with("//! |")).collect();
    let rooms = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in rooms.chain(PACKAGES) {
        let named = |line: &&str| {
            line.split('|').nth(1).is_some_and(|cell| cell.trim().trim_matches(['[', ']', '`']) == module)
        };
        assert!(table.iter().any(named), "src/lib.rs: the map has no line for `{module}`");
        let known = ROOMS.iter().any(|(room, _)| *room == module) || PACKAGES.contains(&module);
        assert!(known, "tests/architecture.rs: neither ROOMS nor PACKAGES has `{module}`");
    }
}

struct Source {
    /// As `src/engine/error.rs`.
    name: String,
    /// The top-level module it is in, or is.
    room: String,
    /// The folder of the manifest of its package.
    package: PathBuf,
    /// Its path in the package, as `csv::reader`; empty for the root.
    module: String,
    /// How many modules deep: 1 for the room itself.
    depth: usize,
    length: usize,
    /// Without comments; the lines keep their numbers.
    code: String,
}

impl Source {
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.code.lines())
    }

    /// Whether the line is in a module that the file itself declares, as `mod tests { .. }`.
    fn inside_a_module(&self, number: usize) -> bool {
        let before =
            self.lines().take(number - 1).filter(|(_, line)| line.starts_with(|letter: char| !letter.is_whitespace()));
        before.last().is_some_and(|(_, line)| line.contains("mod ") && line.ends_with('{'))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file in src/ but src/lib.rs, which only names the rooms.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.retain(|path| !path.ends_with("src/lib.rs"));
    assert!(files.len() > ROOMS.len(), "there should be sources");
    files.iter().map(|path| read(path)).collect()
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let modules: Vec<String> = inside
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .filter(|part| part != "mod")
        .collect();
    let package = path.ancestors().skip(1).find(|folder| folder.join("Cargo.toml").exists()).unwrap().to_owned();
    let top = if package == root() { root().join("src") } else { package.clone() };
    let module = path.strip_prefix(&top).unwrap().with_extension("");
    let module = module.iter().map(|part| part.to_string_lossy().into_owned());
    let module: Vec<String> = module.filter(|part| !["mod", "lib", "main"].contains(&part.as_str())).collect();
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    Source {
        name: format!("src/{}", inside.display()),
        package,
        module: module.join("::"),
        room: if inside.starts_with("experiments/program") { "program".to_owned() } else { modules[0].clone() },
        depth: modules.len(),
        length: text.lines().count(),
        code: code.join("\n"),
    }
}

/// Line number and room of every `crate::room`, also in groups as `crate::{a, b::c}`.
fn paths_to_rooms(code: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for root in ["crate", "normlab"] {
        found.extend(leaves_below(root, code).into_iter().map(|(number, path)| {
            let first = path.split("::").nth(1).unwrap_or("*").to_owned();
            (number, first)
        }));
    }
    for package in PACKAGES {
        let root = format!("normlab_{package}");
        found.extend(leaves_below(&root, code).into_iter().map(|(number, _)| (number, package.to_owned())));
    }
    found
}

/// Line number and full path of every name below `prefix`, groups in braces unfolded: `a::{b, c::d}` gives `a::b` and
/// `a::c::d`.
fn leaves_below(prefix: &str, code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let start = format!("{prefix}::");
    for (at, _) in code.match_indices(&start) {
        if code[..at].ends_with(|letter: char| letter.is_alphanumeric() || "_:".contains(letter)) {
            continue;
        }
        let number = code[..at].lines().count().max(1);
        let mut leaves = Vec::new();
        unfold(prefix, &code[at + start.len()..], &mut leaves);
        found.extend(leaves.into_iter().map(|leaf| (number, leaf)));
    }
    found
}

/// Adds the paths that begin with `prefix` and go on as `rest` does; gives what follows them.
fn unfold<'code>(prefix: &str, rest: &'code str, leaves: &mut Vec<String>) -> &'code str {
    if let Some(mut group) = rest.strip_prefix('{') {
        loop {
            group = group.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ',');
            if let Some(after) = group.strip_prefix('}') {
                return after;
            }
            let before = group.len();
            group = unfold(prefix, group, leaves);
            // `name as other`, or something this does not understand: go on after it.
            if let Some(after) = group.strip_prefix(" as ") {
                group = after.trim_start_matches(is_name);
            }
            assert!(group.len() < before, "cannot read the paths of a group at: {}", &group[..group.len().min(60)]);
        }
    }
    let end = rest.find(|letter: char| !is_name(letter) && letter != '*').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let path = format!("{prefix}::{name}");
    match after.strip_prefix("::") {
        Some(below) if below.starts_with(|letter: char| is_name(letter) || "{*".contains(letter)) => {
            unfold(&path, below, leaves)
        }
        _ => {
            leaves.push(path);
            after
        }
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether any part of the path below the engine is a type (or a constant): `crate::engine::Method::all` is.
fn has_upper(path: &str) -> bool {
    path.split("::").any(|part| part.starts_with(char::is_uppercase))
}

fn has_word_start(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(is_name))
}
