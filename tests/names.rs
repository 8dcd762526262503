//! One name has one meaning: no two types of the tree are called alike, whatever room they are in; and private words that were
//! replaced by usual ones do not come back.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

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

/// Identifiers that were private words, and what such a thing is called.
const REPLACED: [(&[&str], &str); 20] = [
    (&["hand", "hands", "Hands"], "controller of a table, plot_input, pad_input"),
    (&["ground", "grounds"], "plot_context, or context"),
    (&["sight"], "viewport of a table, hit in a plot"),
    (&["spot", "spots"], "element of a plot, cell of a table"),
    (&["roll"], "virtual_scroll"),
    (&["slide"], "slider_range"),
    (&["lit", "lit_side"], "highlighted"),
    (&["kin"], "shared_group"),
    (&["way_here", "way_to", "way_bar", "journey", "travels"], "transition, progress"),
    (&["walked", "walked_column"], "running_stats"),
    (&["known_snapshot"], "snapshot_at"),
    (&["use_known", "use_any_known"], "use_loadable"),
    (&["of_kept"], "of_recent_file"),
    (&["own_table", "OwnTable", "OwnInfo", "OwnContent", "OwnPlaylist"], "user_table, user_file, SavedPlaylist"),
    (&["QuartileMarks", "quartile_marks"], "quartile_hints"),
    (&["ruled"], "with_library"),
    (&["x_marks", "y_marks"], "ticks of an axis"),
    (&["hear", "Told", "look_after"], "usual verbs: on_reply, notify, watch"),
    (&["lab", "desk", "shelf"], "app, answers, remembered"),
    (&["breathe", "pace", "stale"], "yield_now, cancelled"),
];

#[test]
fn private_words_do_not_come_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests", "benches", "lints"].map(|folder| sources(&root.join(folder)));
    let mut found = Vec::new();
    for path in files.into_iter().flatten() {
        let source = fs::read_to_string(&path).unwrap();
        for (line, name) in identifiers(&source) {
            let better = REPLACED.iter().find(|(words, _)| words.contains(&name));
            found.extend(better.map(|(_, better)| format!("{}:{line}: {name}; better: {better}", path.display())));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn identifiers_are_what_is_neither_comment_nor_text() {
    let source = "let a = b; // c\n/* d */ 'e' 'f: \"g \\\" h\" r#\"i \"j\"\"# b'\\'' k_1 '\\u{e9}'";
    assert_eq!(identifiers(source), [(1, "let"), (1, "a"), (1, "b"), (2, "f"), (2, "k_1")]);
}

/// The words of a source that are neither in comments nor in texts, with their lines.
fn identifiers(source: &str) -> Vec<(usize, &str)> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let (mut found, mut rest, mut line) = (Vec::new(), source, 1);
    while let Some(letter) = rest.chars().next() {
        let hashes = rest.strip_prefix('r').map_or("", |raw| &raw[..raw.len() - raw.trim_start_matches('#').len()]);
        let raw = rest.strip_prefix('r').and_then(|raw| raw.strip_prefix(hashes)?.strip_prefix('"'));
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(text) = raw {
            let end = format!("\"{hashes}");
            text.find(&end).map_or(rest.len(), |length| rest.len() - text.len() + length + end.len())
        } else if letter == '"' {
            quoted(rest, '"')
        } else if letter == '\'' {
            // A character; or a lifetime, whose name is a word.
            let mut letters = rest[1..].chars();
            let (first, second) = (letters.next(), letters.next());
            if first == Some('\\') || second == Some('\'') { quoted(rest, '\'') } else { 1 }
        } else if is_word(letter) {
            let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            // `b'x'` and `b"x"` are no names.
            let is_prefix = letter == 'b' && length == 1 && rest[1..].starts_with(['"', '\'']);
            if !is_prefix && !letter.is_ascii_digit() {
                found.push((line, &rest[..length]));
            }
            length
        } else {
            letter.len_utf8()
        };
        let (read, unread) = rest.split_at(length);
        line += read.matches('\n').count();
        rest = unread;
    }
    found
}

/// How long a text in quotes is, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
