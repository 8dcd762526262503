//! Plain words: texts that were awkward, each with the better one that took its place.
//!
//! This reads the string literals of the sources as text, with comments and tests left out.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use Text::{Part, Whole};

/// What is looked for: anywhere in a text, or as a text of its own, as of a button.
#[derive(Clone, Copy, Debug)]
enum Text {
    Part(&'static str),
    Whole(&'static str),
}

/// What must not come back, and what stands there instead.
const BETTER: &[(Text, Text)] = &[
    (Part("nothing is left of it"), Part("so subtracting its {center} gives 0")),
    (Part("nothing is left of it: each"), Part("every value of a feature is the same")),
    (Part(" that vary spread"), Part("{same} spread")),
    (Part("The shapes change, too"), Whole("The shapes change as well.")),
    (Part("statistics are not of these data"), Part("The statistics come from a saved file")),
    (Part("It takes another"), Part("{change} {its}")),
    (Part("takes another shape"), Part("the shape of {feature}")),
    (Part("furthest from the values before"), Part("least like the original values")),
    (Part("its own centre"), Part("Each group contains only one value")),
    (Part("With one value an example"), Part("With one value per example")),
    (Part("values share {them}"), Part("{come} from {values}")),
    (Part("say in them"), Part("found before: nothing here affects them")),
    (Part("ask one of them where it comes from"), Part("Choose a value to see how it was computed")),
    (Part("to see where it comes from"), Part("Choose a value to see how it was computed")),
    (Part("Where it comes from"), Whole("Show the calculation")),
    (Part("Where this number comes from"), Whole("How this number was computed")),
    (Part("where the chosen value comes from"), Whole("Skip to the calculation")),
    (Part("Let go"), Whole("Clear selection")),
    (Part("click to keep"), Part("click to select them")),
    (Part("Play the way"), Whole("Animate")),
    (Part("straight from place to place"), Part("% of the way; axes don\u{2019}t apply during the animation")),
    (Part("Before: drag it"), Part("In \u{201c}Before\u{201d}, drag a point; double-click to add one.")),
    (Part("From the start"), Whole("Restart")),
    (Whole("Back"), Whole("Previous step")),
    (Part("What if it were another"), Whole("What if this value were different?")),
    (Part("Keep it"), Whole("Apply")),
    (Part("most of all that of"), Part(" the most")),
    (Part("which is divided by"), Part("a scale, by which they are divided")),
    (Part("What is divided by"), Whole("What the values of the group are divided by.")),
    (Part("Here are the first"), Part("First {} of {} groups")),
    (Part("against a division by 0"), Whole("eps, prevents division by 0")),
    (Part("how many values it is found from"), Whole("number of values")),
    (Part("Look closer"), Whole("More views")),
    (Part("Look closely at"), Whole("Feature")),
    (Whole("Across"), Whole("Horizontal")),
    (Whole("Up"), Whole("Vertical")),
    (Whole("Each"), Whole("Separate")),
    (Part("Each side its own axis"), Whole("Separate axes")),
    (Part("Own axes"), Whole("Separate axes")),
    (Part("entral 98%"), Whole("Hide extreme 2%")),
    (Whole("a line"), Whole("1 (straight line)")),
    (Part("a place here"), Part("Named methods are buttons; \u{201c}+\u{201d} makes your own.")),
    (Part("is subtracted here, there"), Part("this subtracts {}, that one {}")),
    (Part("divides here, there"), Part("this divides by {}, that one by {}")),
    (Part("here, there"), Part("that one")),
    (Part("Any mixture"), Whole("Custom")),
    (Part("a training share"), Whole("Training rows only")),
    (Part("all 1 rows"), Whole("The only row")),
    (Part("Defaults and rules of"), Whole("Follow the defaults of")),
    (Part("defaults are others than"), Part("Its defaults differ from Normlab\u{2019}s:")),
    (Part("Set otherwise than"), Part("Settings that differ from the defaults of {name}:")),
    (
        Part("makes all of its feature NaN"),
        Part("turns the whole feature NaN and permanently spoils its running statistics"),
    ),
    (Part("for good"), Part("permanently")),
    (Part("What you see is the last"), Part("Still showing the last valid setting.")),
    (Part("last valid value is in force"), Part("Still showing the last valid setting.")),
    (Part("Momentum is the"), Whole("Momentum means")),
    (Whole("Passes"), Whole("Passes (epochs)")),
    (Part("Then the start weighs"), Part("The starting value still has")),
    (Part("The picture above is of training"), Part("The main plots treat all rows as one batch.")),
    (Part("found: {"), Part("(detected)")),
    (Whole("find out"), Whole("detect")),
    (Part("Numbers with marks"), Whole("Thousands separators")),
    (Part("} different"), Part("{distinct} distinct values")),
    (Part("whoever gets the link"), Part("The link contains your data")),
    (Part("Forget"), Whole("Remove the saved file")),
    (Part("Choose as at first"), Whole("Restore default columns")),
    (Part("rule of Freedman"), Part("Chosen by the Freedman\u{2013}Diaconis rule")),
    (Part("takes away another part"), Part("each normalization removes a different part")),
    (Part("this is Explore"), Part("Page not found; showing the start page.")),
    (Part(" one a position"), Part("one per position")),
    (Part("one row a line"), Part("one row per line")),
    (Part(", too."), Part("as well")),
    // Of the same kind.
    (Part("weigh nothing any more"), Part("no longer have any weight")),
    (Part("values it started from"), Part("The starting values (mean 0, variance 1)")),
    (Part("until the start weighs"), Part("the starting values have less than 10% of the weight after {}")),
    (Part("What was picked"), Part("The selected value is not in the chosen columns.")),
    (Part("that is asked about"), Part("The selected value is not in these data.")),
    (Part("another tab holds it"), Part("another tab is using it")),
    (Part("kept in this browser"), Part("saved in this browser")),
    (Part("What is after is computed"), Part("Values after are computed")),
    (Part("out of reach"), Part("The selected rows were not loaded yet.")),
    (Part("Reset to what was loaded"), Whole("Restore the original data")),
    (Part("Walking the batches"), Part("Computing batch by batch")),
    (Part("of this walk"), Whole("Worth knowing about these batches")),
    (Part("to send on its way"), Part("there is no number to show")),
    (Part("are not named"), Part("more are not shown")),
    (Part("The nearest that has one"), Part("The nearest method with a name is {name}")),
    (Part("begin in line"), Part("the data start on line {data}")),
    (Part("exchanged"), Part("Rows and columns are swapped")),
    (Part("anew"), Part("save it again")),
    (Part("once more"), Part("Copy or save it again.")),
    (Part("all the same."), Part("It was opened anyway.")),
    (Part("blown up"), Part("which prevents division by 0")),
    (Part("here the mean squared error of the predictions"), Part("or the cross-entropy of classes")),
    (Part("Here they go from"), Part("Pixels are divided by 8, less 1")),
];

#[test]
fn no_awkward_text_comes_back() {
    let texts = texts();
    assert!(texts.len() > 1000, "{} texts cannot be all", texts.len());
    let mut wrong = Vec::new();
    for (old, new) in BETTER {
        let found: Vec<_> = texts.iter().filter(|(_, text)| old.is_in(text)).collect();
        wrong.extend(found.iter().map(|(place, text)| format!("{place}: {text:?}; better: {new:?}")));
        if !texts.iter().any(|(_, text)| new.is_in(text)) {
            wrong.push(format!("nowhere: {new:?}, in place of {old:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_texts_of_a_source_are_its_string_literals() {
    let source = "let a = \"one \\\n      line\"; // \"no\"\n'\"'; let b = r#\"raw \"text\"\"#; \"\\u{2019}s\"\n#[cfg(test)]\nmod tests { \"no\" }";
    assert_eq!(literals(source), [(1, "one line".to_owned()), (3, "raw \"text\"".into()), (3, "\u{2019}s".into())]);
}

impl Text {
    fn is_in(self, text: &str) -> bool {
        match self {
            Part(part) => text.contains(part),
            Whole(whole) => text == whole,
        }
    }
}

/// Every text in src/, with its place.
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.retain(|path| !path.ends_with("tests.rs"));
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let source = fs::read_to_string(&path).unwrap();
        texts.extend(literals(&source).into_iter().map(|(line, text)| (format!("{name}:{line}"), text)));
    }
    texts
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

/// The string literals with their lines, as they are on the screen; without those of comments and of tests.
fn literals(source: &str) -> Vec<(usize, String)> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let (mut found, mut at, mut line, mut counted) = (Vec::new(), 0, 1, 0);
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        line += source[counted..at].matches('\n').count();
        counted = at;
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap_or(raw.len());
            found.push((line, raw[..end].into()));
            at += end + 5;
        } else if let Some(text) = rest.strip_prefix('"') {
            let (text, length) = unescaped(text);
            found.push((line, text));
            at += length + 1;
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            at += rest[1..].find('\'').unwrap_or(1) + 2;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// A text up to its closing quote, and how long that is in the source.
fn unescaped(source: &str) -> (String, usize) {
    let (mut text, mut letters) = (String::new(), source.char_indices().peekable());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, at + 1),
            '\\' => match letters.next() {
                // The line goes on in the next one.
                Some((_, '\n')) => while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {},
                Some((_, 'u')) => {
                    let code: String =
                        letters.by_ref().map(|(_, letter)| letter).take_while(|one| *one != '}').collect();
                    let code = u32::from_str_radix(code.trim_start_matches('{'), 16).unwrap();
                    text.push(char::from_u32(code).unwrap());
                }
                Some((_, 'n')) => text.push('\n'),
                Some((_, other)) => text.push(other),
                None => {}
            },
            letter => text.push(letter),
        }
    }
    (text, source.len())
}
