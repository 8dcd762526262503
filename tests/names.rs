//! One name has one meaning: no two types of the tree are called alike, whatever room they are in.

#![allow(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Names that two types may have, each with its reason.
const ALLOWED: [(&str, &str); 1] = [("PlainFields", "the same thing twice: with vector instructions, and without")];

#[test]
fn no_two_types_are_called_alike() {
    let mut files = BTreeMap::<String, Vec<String>>::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        if path.ends_with("tests.rs") || path.to_string_lossy().contains("_tests") {
            continue;
        }
        let name = path.display().to_string();
        for declared in fs::read_to_string(&path).unwrap().lines().filter_map(declared) {
            files.entry(declared.to_owned()).or_default().push(name.clone());
        }
    }
    assert!(files.len() > 400, "the sources are read");
    let allowed = |name: &str| ALLOWED.iter().any(|(allowed, _)| *allowed == name);
    let twice: Vec<_> = files.iter().filter(|(name, files)| files.len() > 1 && !allowed(name)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
    let idle: Vec<_> =
        ALLOWED.iter().filter(|(name, _)| files.get(*name).is_none_or(|files| files.len() < 2)).collect();
    assert!(idle.is_empty(), "not needed any more: {idle:?}");
}

/// The type that a line of a file declares at its top level.
fn declared(line: &str) -> Option<&str> {
    let line = line
        .strip_prefix("pub ")
        .or_else(|| line.split_once(") ").filter(|(pub_, _)| pub_.starts_with("pub(")).map(|(_, rest)| rest))
        .unwrap_or(line);
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| line.strip_prefix(kind))?;
    Some(rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or(rest))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
