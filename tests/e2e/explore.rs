//! What a visitor does and reads, for the scenarios.

use crate::harness::{Page, ROOT};
use serde_json::{Value, json};
use std::path::PathBuf;

/// One feature of the table of statistics: what stands in its cells, with all digits.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    pub feature: String,
    pub before: Vec<f64>,
    pub after: Vec<f64>,
}

/// The columns of the table of statistics, under the names of the golden numbers.
pub const COLUMNS: [&str; 11] =
    ["n", "missing", "mean", "sd", "min", "q1", "median", "q3", "max", "skewness", "kurtosis"];

/// Numbers as the page writes them for readers: thousands separators, true minus signs, raised exponents.
const READ: &str = "
    const read = cell => {
        if (cell.classList.contains('missing')) return null;
        const raised = { '⁰': 0, '¹': 1, '²': 2, '³': 3, '⁴': 4, '⁵': 5, '⁶': 6, '⁷': 7, '⁸': 8, '⁹': 9, '⁻': '-' };
        const text = (cell.title || cell.textContent).replaceAll(',', '').replace('−', '-')
            .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, digits) => 'e' + [...digits].map(digit => raised[digit]).join(''));
        return Number(text);
    };
    const numbers = row => [...row.querySelectorAll('td:not(.when)')].map(read);
    return [...document.querySelectorAll('table.stats tbody')].map(body =>
        [body.dataset.feature, numbers(body.rows[0]), numbers(body.rows[1])]);";

/// The table of statistics as it stands now.
pub fn statistics(page: &Page) -> Vec<Statistics> {
    let numbers = |value: &Value| {
        let cells: Vec<f64> = value.as_array().unwrap().iter().map(|cell| cell.as_f64().unwrap_or(f64::NAN)).collect();
        assert_eq!(cells.len(), COLUMNS.len(), "columns of the table of statistics");
        cells
    };
    let rows = page.run(READ);
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| Statistics {
        feature: row[0].as_str().unwrap().into(),
        before: numbers(&row[1]),
        after: numbers(&row[2]),
    })
    .collect()
}

/// One number of the table of statistics; NaN when the feature is not there (yet).
pub fn statistic(page: &Page, feature: &str, after: bool, column: &str) -> f64 {
    let place = COLUMNS.iter().position(|name| *name == column).unwrap();
    let all = statistics(page);
    let found = all.iter().find(|one| one.feature == feature);
    found.map_or(f64::NAN, |one| if after { one.after[place] } else { one.before[place] })
}

/// The names of the features in the table of statistics.
pub fn features(page: &Page) -> Vec<String> {
    statistics(page).into_iter().map(|one| one.feature).collect()
}

pub fn wait_for_features(page: &Page, expected: &[&str]) {
    page.wait_for(&format!("the features are {expected:?}"), |page| features(page) == expected);
}

/// Chooses a method and waits until the result is that method's.
pub fn choose_method(page: &Page, slug: &str) {
    let button = page.find(&format!("button[data-method='{slug}']"));
    let name = button.text();
    button.click();
    wait_for_method(page, &name);
}

pub fn wait_for_method(page: &Page, name: &str) {
    page.wait_for(&format!("the result is that of {name}"), |page| {
        page.find("figure[data-when=after] .plot-title").text().ends_with(&format!("fter {name}"))
    });
}

/// Chooses an option of a list, as a visitor does: the browser sends the events.
pub fn choose(page: &Page, select: &str, value: &str) {
    page.find(&format!("{select} option[value='{value}']")).click();
}

/// Selects what stands in a field and types over it. WebDriver's own clearing leaves the field, which brings the valid
/// value back.
pub fn retype(page: &Page, css: &str, text: &str) {
    const CONTROL: char = '\u{e009}';
    const RELEASE: char = '\u{e000}';
    page.find(css).type_text(&format!("{CONTROL}a{RELEASE}{text}"));
}

pub fn heading(page: &Page) -> String {
    page.find("main h1").text()
}

/// The text of an element, without the sentences that explain its words.
pub const TEXT: &str = "(element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.says').forEach(one => one.remove());
    return copy.textContent;
})";

pub fn wait_for_text(page: &Page, css: &str, part: &str) {
    let expression = format!(
        "[...document.querySelectorAll({})].some(element => {TEXT}(element).includes({}))",
        json!(css),
        json!(part)
    );
    page.wait_until(&expression);
}

/// Every canvas that holds at least three colours, of how many there are: a blank one holds one.
pub fn drawn_canvases(page: &Page) -> (usize, usize) {
    let counts = page.run(
        "return [...document.querySelectorAll('canvas')].map(canvas => {
            if (!canvas.width || !canvas.height) return 0;
            // A copy: a browser complains about reading one that it wants to keep elsewhere.
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size;
        });",
    );
    let counts = counts.as_array().unwrap();
    (counts.iter().filter(|count| count.as_u64().unwrap() >= 3).count(), counts.len())
}

/// Waits until every canvas shows something.
pub fn wait_until_painted(page: &Page) {
    page.wait_for("every canvas shows something", |page| {
        let (drawn, all) = drawn_canvases(page);
        all > 0 && drawn == all
    });
}

/// The pixels of every canvas.
pub fn pixels(page: &Page) -> Value {
    wait_until_painted(page);
    page.value("[...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL())")
}

/// Drops a file of this name and content on the page.
pub fn drop_file(page: &Page, name: &str, text: &str) {
    drop_made(page, name, &json!([text]).to_string());
}

/// Drops a file whose parts are made by a JavaScript expression.
pub fn drop_made(page: &Page, name: &str, parts: &str) {
    page.run(&format!(
        "const transfer = new DataTransfer();
         transfer.items.add(new File({}, {}));
         const drop = type => document.body.dispatchEvent(
             new DragEvent(type, {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));
         drop('dragover');
         drop('drop');",
        parts,
        json!(name)
    ));
}

/// Pastes a text with the focus on no field.
pub fn paste(page: &Page, text: &str) {
    page.run(&format!(
        "const transfer = new DataTransfer();
         transfer.setData('text/plain', {});
         document.body.dispatchEvent(
             new ClipboardEvent('paste', {{ clipboardData: transfer, bubbles: true, cancelable: true }}));",
        json!(text)
    ));
}

/// A directory of a test's own, removed with what is in it at the end.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("normlab-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &std::path::Path {
        &self.0
    }

    /// Copies a file of the project here under another name; returns its path.
    pub fn copy(&self, from: &str, name: &str) -> String {
        let to = self.0.join(name);
        std::fs::copy(std::path::Path::new(ROOT).join(from), &to).unwrap();
        to.to_string_lossy().into_owned()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
