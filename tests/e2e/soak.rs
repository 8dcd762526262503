//! One page for a long time, with addresses and files that were changed at random: it always answers, says nothing to the
//! console, and is right at the end. `make soak` does it with thousands of them; the same seed gives the same ones.

use std::fs;
use std::path::Path;

use crate::explore::{choose_method, statistic, wait_until_painted};
use crate::harness::{Page, ROOT};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

/// Addresses of everything that an address can say.
const ADDRESSES: [&str; 22] = [
    "explore",
    "explore?data=wine&cols=alcohol,proline&method=min-max&low=-1&high=1&clip=true",
    "explore?data=wine&method=robust&fit=train&split=3&share=0.75&axes=own&view=density",
    "explore?data=iris&color=species&method=z-score&divisor=n-1&view=box",
    "explore?data=penguins&method=max-abs&view=strip&pick=17.2",
    "explore?data=digits&method=layer-norm&view=heat",
    "explore?data=digits&method=instance-norm&over=channels&view=images",
    "explore?data=activations-before&method=group-norm&groups=4&eps=0.001",
    "explore?data=activations-after&method=batch-norm&mode=evaluation&batch=16&momentum=0.2&study=batches",
    "explore?data=normal&seed=1&g.rows=1000&g.columns=10&method=rms-norm&library=pytorch",
    "explore?data=lognormal&seed=9&g.sigma=2&scale=symlog&bins=40&zoom=true",
    "explore?data=outliers&seed=3&method=robust&view=ecdf&layout=each",
    "explore?data=drawn&g.heights=0-9-30-100-30-9-0&method=z-score",
    "explore?data=student-t&seed=5&g.degrees=1&method=unit-length&norm=l1",
    "explore?data=wine&study=compare&compare=min-max,z-score,robust&feature=proline&against=robust,z-score",
    "explore?data=wine&method=custom&center=median&scale=sd&features=together&examples=apart",
    "explore?data=iris&edits=4.2=1.5;d1-3;d9-1;p1=1,2=3;n0=a;a0;a7",
    "explore?data=text&name=pasted&packed=eJwzNDTSMTTmMtYx5jLRMeUCABmUAvk",
    "explore?data=file&name=mine.csv&check=0123456789abcdef&delimiter=semicolon&decimal=comma",
    "explore?method=robust&fit=saved&saved=e30",
    "explore?data=bimodal&seed=18446744073709551615&pick=3.1-4",
    "explore?data=constant-column&method=batch-norm&library=keras&gamma=2&beta=-1",
];
const FILES: [&str; 10] = [
    "static/data/ctr_revenue.csv",
    "static/data/iris.csv",
    "static/data/penguins.csv",
    "tests/fixtures/npy/activations.npy",
    "tests/fixtures/npy/halves.npy",
    "tests/fixtures/npy/several.npz",
    "tests/fixtures/npy/types.npz",
    "tests/fixtures/xlsx/prices.xlsx",
    "tests/fixtures/xlsx/far.xlsx",
    "tests/fixtures/wine/golden.json",
];
/// What careless readers stumble over.
const BITS: [&str; 16] = [
    "&",
    "=",
    ";",
    ",",
    "%",
    "%00",
    "\u{feff}",
    "\u{202e}",
    "NaN",
    "1e999",
    "-",
    "\"",
    "\r",
    "\n\n",
    "999999999999",
    "\u{1f4a5}",
];
/// Of one visit to the page, before the next is prepared.
const AT_ONCE: usize = 10;
/// Milliseconds after which a page that has not answered is said to hang.
const PATIENCE: u32 = 20_000;

/// Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// The bytes after one to six changes.
    fn mutated(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + 1 + self.below(12)).min(bytes.len());
            match self.below(6) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.splice(at..at, BITS[self.below(BITS.len())].bytes()).for_each(drop),
                2 => {
                    let part = bytes[at..end].repeat(1 + self.below(30));
                    bytes.splice(at..at, part).for_each(drop);
                }
                3 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                4 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ => bytes.truncate(at.max(bytes.len() / 2)),
            }
        }
        bytes
    }
}

/// Does one thing after the other; after each, waits until the page has its answer, and counts what it said. Gives the ones
/// after which it hung.
const RUN: &str = "
    const quiet = () => !document.querySelector('.notice.loading')
        && document.querySelector('#result')?.getAttribute('aria-busy') === 'false';
    const turn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const hung = [];
    let said = 0;
    for (const one of things) {
        await act(one);
        const start = performance.now();
        await turn();
        await turn();
        while (!quiet() && performance.now() - start < patience) await turn();
        if (!quiet()) hung.push(one);
        if (!document.querySelector('main h1')?.textContent.trim()) hung.push('nothing is shown: ' + one);
        const notices = document.querySelectorAll('.notice');
        said += notices.length + document.querySelectorAll('.problem').length > 0;
        notices.forEach(notice => notice.querySelector('.dismiss')?.click());
    }
    return { said, hung };";

/// A browser lets a page change its address 200 times in ten seconds, and the page writes it more plainly, too.
const GO: &str = "const act = address => {
    location.hash = '#/' + address;
    return new Promise(done => setTimeout(done, 110));
};";
const DROP: &str = "const act = ([name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0))], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
};";

/// After how many of these the page said something.
fn run(page: &Page, act: &str, things: &[Value]) -> u64 {
    let mut said = 0;
    for some in things.chunks(AT_ONCE) {
        let found = page.run(&format!("{act} const patience = {PATIENCE}, things = {}; {RUN}", json!(some)));
        assert_eq!(found["hung"], json!([]));
        said += found["said"].as_u64().unwrap();
    }
    said
}

fn soak(n_addresses: usize, n_files: usize) {
    let mut random = Random(88_172_645_463_325_252);
    let page = Page::open("explore?data=wine&method=min-max");
    wait_until_painted(&page);
    page.devtools("Runtime.enable", &json!({}));
    page.value("(window.failures = [], addEventListener('error', event => failures.push(event.message)))");
    let addresses: Vec<Value> = (0..n_addresses)
        .map(|_| {
            let address = ADDRESSES[random.below(ADDRESSES.len())];
            json!(String::from_utf8_lossy(&random.mutated(address.into())))
        })
        .collect();
    let said = run(&page, GO, &addresses);
    println!("{n_addresses} addresses: the page said something about {said}");
    let files: Vec<Value> = (0..n_files)
        .map(|index| {
            let path = Path::new(ROOT).join(FILES[random.below(FILES.len())]);
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let bytes = random.mutated(fs::read(&path).unwrap());
            json!([format!("{index} {name}"), Base64::encode_string(&bytes)])
        })
        .collect();
    let said = run(&page, DROP, &files);
    println!("{n_files} files: the page said something about {said}");
    // It is still right.
    page.go("explore?data=wine&method=robust");
    page.wait_for("the data are wine's", |page| statistic(page, "proline", false, "max") == 1680.0);
    choose_method(&page, "min-max");
    assert_eq!(statistic(&page, "proline", true, "max"), 1.0);
    assert_eq!(page.value("failures"), json!([]));
    // Files come faster here than a browser lets their addresses be written; the next change of the address goes through.
    let mut complaints = page.take_complaints();
    complaints.retain(|text| !text.contains("Throttling navigation"));
    assert_eq!(complaints, [""; 0]);
}

#[test]
fn a_page_stands_a_hundred_hostile_addresses_and_files() {
    soak(60, 40);
}

#[test]
#[ignore = "takes long; see make soak"]
fn a_page_stands_thousands_of_hostile_addresses_and_files() {
    soak(2_000, 1_000);
}
