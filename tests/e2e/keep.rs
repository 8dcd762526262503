//! Nothing of the visitor's own is lost: it travels in the link, and the page says what does not.

use crate::explore::{
    choose, choose_method, drop_file, features, paste, pixels, statistics, wait_for_features, wait_for_text,
    wait_until_painted,
};
use crate::harness::Page;

const HEIGHTS: &str = "who;height;weight\nann;1,5;50\nbob;1,7;70\ncyd;;90\n";

#[test]
fn small_own_data_travel_in_the_link() {
    let page = Page::open("");
    drop_file(&page, "heights.csv", HEIGHTS);
    wait_for_features(&page, &["height", "weight"]);
    choose_method(&page, "min-max");
    page.wait_for("the data are in the address", |page| page.address().contains("pack="));
    let (shown, painted, address) = (statistics(&page), pixels(&page), page.address());
    assert!(address.contains("name=heights.csv"), "{address}");

    // Another browser, another profile, no file.
    let other = Page::open(&address);
    wait_for_features(&other, &["height", "weight"]);
    wait_until_painted(&other);
    assert_eq!(statistics(&other), shown);
    assert!(pixels(&other) == painted, "the same picture");
    assert_eq!(other.address(), address);
    assert_eq!(other.count(".notice"), 0);
    assert_eq!(other.value("document.querySelector('select.source').selectedOptions[0].text"), "heights.csv");
    // How they are read can still be changed, and travels too.
    choose(&other, "select[name=header]", "data");
    other.wait_for("the heading is a row", |page| page.address().contains("header=data"));
    other.back();
    wait_for_features(&other, &["height", "weight"]);
}

#[test]
fn back_brings_the_data_that_were_pasted_before() {
    let page = Page::open("");
    paste(&page, "a\tb\n1\t2\n3\t5\n");
    wait_for_features(&page, &["a", "b"]);
    paste(&page, "c\td\n1\t2\n3\t5\n");
    wait_for_features(&page, &["c", "d"]);
    page.back();
    wait_for_features(&page, &["a", "b"]);
    page.forward();
    wait_for_features(&page, &["c", "d"]);
    page.wait_for("the data are in the address", |page| page.address().contains("pack="));
    page.reload();
    wait_for_features(&page, &["c", "d"]);
    assert_eq!(page.count(".notice"), 0);
}

/// Calls `window.early` before the page hears that the content of the first of the own data is known.
const EARLY: &str = "
    const { set, get } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
    Object.defineProperty(Worker.prototype, 'onmessage', { get, set(heard) {
        set.call(this, heard && ((event) => {
            // A number below 128, and that of the answer.
            if (event.data[1] === 1) { window.early?.(); window.early = undefined; }
            heard(event);
        }));
    } });";

#[test]
fn what_is_told_of_the_first_paste_is_not_taken_for_the_second() {
    let page = Page::open("");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &serde_json::json!({ "source": EARLY }));
    page.reload();
    page.run(
        "const paste = (text) => {
             const transfer = new DataTransfer();
             transfer.setData('text/plain', text);
             document.body.dispatchEvent(
                 new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
         };
         window.early = () => paste('c\\td\\n1\\t2\\n3\\t5\\n');
         paste('a\\tb\\n1\\t2\\n3\\t5\\n');",
    );
    wait_for_features(&page, &["c", "d"]);
    page.wait_for("the data are in the address", |page| page.address().contains("pack="));
    let other = Page::open(&page.address());
    wait_for_features(&other, &["c", "d"]);
    wait_until_kept(&page);
    page.reload();
    wait_for_features(&page, &["c", "d"]);
}

#[test]
fn two_files_of_one_name_size_and_time_are_told_apart_by_their_content() {
    let page = Page::open("");
    // Too many for the link.
    let drop = |names: &str| {
        page.run(&format!(
            "const transfer = new DataTransfer();
             transfer.items.add(new File(['{names}\\n' + '1,2\\n3,5\\n'.repeat(20_000)], 'twin.csv', {{ lastModified: 7 }}));
             document.body.dispatchEvent(
                 new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));"
        ))
    };
    drop("a,b");
    wait_for_features(&page, &["a", "b"]);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    let first = page.address();
    wait_until_kept(&page);
    drop("c,d");
    wait_for_features(&page, &["c", "d"]);
    page.wait_for("the other checksum", |page| page.address().contains("check=") && page.address() != first);
    wait_until_kept(&page);
    page.reload();
    wait_for_features(&page, &["c", "d"]);
    assert_eq!(page.count(".notice"), 0);
    page.go(&first);
    page.reload();
    wait_for_features(&page, &["a", "b"]);
    assert_eq!(page.count(".notice"), 0);
    // Opened again, it is the same one.
    drop("a,b");
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    wait_until_kept(&page);
    assert_eq!(page.count("optgroup[label=Yours] option"), 2);
}

#[test]
fn damaged_data_in_a_link_are_refused_and_the_rest_opens() {
    let page = Page::open("");
    drop_file(&page, "heights.csv", HEIGHTS);
    page.wait_for("the data are in the address", |page| page.address().contains("pack="));
    let address = page.address();
    let (start, packed) = address.split_once("pack=").unwrap();
    let cut = &packed[..packed.len() - 6];
    // One letter of the compressed bytes is another one.
    let place = packed.len() / 2;
    let other = if packed.as_bytes()[place] == b'A' { 'B' } else { 'A' };
    let changed = format!("{}{other}{}", &packed[..place], &packed[place + 1..]);
    // 100 MB of zeros would be 100 kB; these make 1 MB of 1 kB.
    let bomb = page.run(
        "const stream = new Blob([new Uint8Array(1 << 20)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
         const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
         return btoa(String.fromCharCode(...new Uint8Array(8), ...bytes))
             .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');",
    );
    for (packed, part) in
        [(cut, "changed on"), (&changed, "changed on"), (bomb.as_str().unwrap(), "larger than the 64 kB")]
    {
        page.go("explore?data=iris");
        // Who has the data already need not unpack them.
        page.reload();
        page.go(&format!("{start}pack={packed}&method=robust"));
        wait_for_text(&page, ".notice", part);
        assert!(features(&page).len() > 1, "something is shown");
    }
    page.go(&format!("{start}pack=%21%21&method=robust"));
    wait_for_text(&page, ".notice", "pack=!!");
    page.find("button[data-method=robust][aria-pressed=true]");
}

#[test]
fn a_link_without_the_data_asks_for_the_file_and_knows_another() {
    let page = Page::open("");
    // Noise does not compress.
    let rows = page.run(
        "let seed = 7;
         const next = () => (seed = seed * 16807 % 2147483647) / 7;
         return 'a,b\\n' + Array.from({ length: 3000 }, () => `${next()},${next()}\\n`).join('')",
    );
    let rows = rows.as_str().unwrap();
    drop_file(&page, "noise.csv", rows);
    // What the content is may be known before the result is there.
    wait_for_features(&page, &["a", "b"]);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    let (shown, address) = (statistics(&page), page.address());
    assert!(address.len() < 100, "{address}");

    let other = Page::open(&address);
    wait_for_text(&other, ".notice", "noise.csv");
    drop_file(&other, "noise.csv", rows);
    wait_for_features(&other, &["a", "b"]);
    assert_eq!(statistics(&other), shown);
    assert_eq!((other.count(".notice"), other.address()), (0, address.clone()));

    let third = Page::open(&address);
    drop_file(&third, "noise.csv", "a,b\n1,2\n3,4\n");
    wait_for_text(&third, ".notice", "its checksum begins with");
    wait_for_features(&third, &["a", "b"]);
}

/// 30 MB made in the page, dropped on it.
const LARGE: &str = "
    const block = Array.from({ length: 10_000 }, (_, row) => `${row % 977},${row * 7 % 1009}.5\\n`).join('');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a,b\\n', ...Array(300).fill(block)], 'large.csv'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));";

/// Keeping goes on beside loading: a file may be on the screen before it is kept.
fn wait_until_kept(page: &Page) {
    page.wait_until("document.querySelector('.about.kept')?.textContent.includes('so that a reload finds it')");
}

#[test]
fn a_reload_keeps_an_own_file_also_in_the_middle_of_loading() {
    let page = Page::open("");
    page.run(LARGE);
    wait_for_text(&page, ".notice.loading", "Loading large.csv");
    wait_until_kept(&page);
    page.reload();
    wait_for_features(&page, &["a", "b"]);
    assert_eq!(statistics(&page)[0].before[0], 3e6);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    choose_method(&page, "robust");
    let (shown, painted) = (statistics(&page), pixels(&page));
    page.reload();
    wait_for_features(&page, &["a", "b"]);
    assert_eq!(statistics(&page), shown);
    assert!(pixels(&page) == painted, "the same picture");
    assert_eq!(page.count(".notice"), 0);

    // Another file of this name, in another tab: each comes back to its own.
    let address = page.address();
    page.go("explore");
    drop_file(&page, "large.csv", &format!("c,d\n{}", "1,2\n3,5\n".repeat(20_000)));
    wait_for_features(&page, &["c", "d"]);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    wait_until_kept(&page);
    page.reload();
    wait_for_features(&page, &["c", "d"]);
    page.go(&address);
    wait_for_features(&page, &["a", "b"]);

    // Forgotten, it is asked for.
    page.find(".about.kept button").click();
    wait_for_text(&page, ".about.kept", "Not saved in this browser");
    assert_eq!(features(&page), ["a", "b"], "what is on the screen stays");
    page.reload();
    wait_for_text(&page, ".notice", "large.csv");
    let last = page.run("return [...document.querySelectorAll('optgroup[label=Yours] option')].at(-1).value");
    choose(&page, "select.source", last.as_str().unwrap());
    wait_for_features(&page, &["c", "d"]);
    page.find(".about.kept button:last-of-type").click();
    page.wait_for("nothing of it is left", |page| page.count("optgroup[label=Yours] option") == 1);
}

#[test]
fn of_many_files_the_oldest_go_and_the_page_says_so() {
    let page = Page::open("");
    for index in 0..6 {
        drop_file(&page, &format!("file{index}.csv"), &format!("x{index},y\n1,2\n3,5\n"));
        wait_for_features(&page, &[&format!("x{index}"), "y"]);
    }
    wait_for_text(&page, ".notice", "file0.csv\u{201d} is no longer saved");
    page.wait_for("five are kept", |page| page.count("optgroup[label=Yours] option") == 5);
    // What could not be read is not kept.
    drop_file(&page, "bad.csv", "a,b\n1\n");
    wait_for_text(&page, ".notice.problem", "Line 2");
    let yours = "[...document.querySelectorAll('optgroup[label=Yours] option')].map(one => one.text)";
    page.wait_until(&format!("!{yours}.includes('bad.csv')"));
    // And takes nobody's place, also not of the oldest.
    let all = [5, 1, 2, 3, 4].map(|index| format!("file{index}.csv"));
    page.wait_for("all five are there", |page| page.value(yours) == serde_json::json!(all));
}

#[test]
fn what_is_in_the_link_and_kept_too_is_in_the_list_once() {
    let page = Page::open("");
    drop_file(&page, "heights.csv", HEIGHTS);
    page.wait_for("the data are in the address", |page| page.address().contains("pack="));
    wait_until_kept(&page);
    drop_file(&page, "other.csv", "a,b\n1,2\n3,4\n");
    wait_for_features(&page, &["a", "b"]);
    wait_until_kept(&page);
    page.back();
    wait_for_features(&page, &["height", "weight"]);
    page.reload();
    wait_for_features(&page, &["height", "weight"]);
    // The storage answers later than the link: what it alone knows is there once it has.
    let yours = "[...document.querySelectorAll('optgroup[label=Yours] option')].map(one => one.text)";
    page.wait_until(&format!("{yours}.includes('other.csv')"));
    assert_eq!(page.count("optgroup[label=Yours] option"), 2);
    page.go("explore?data=file&name=third.csv");
    let shown = "document.querySelector('select.source').selectedOptions[0].text";
    page.wait_until(&format!("{shown} === 'third.csv (not open)'"));
}

#[test]
fn a_storage_that_is_not_in_use_can_be_had_by_others() {
    let page = Page::open("");
    drop_file(&page, "heights.csv", HEIGHTS);
    wait_for_features(&page, &["height", "weight"]);
    wait_until_kept(&page);
    let gone = page.run(
        "return await new Promise((resolve) => {
             const request = indexedDB.deleteDatabase('normlab');
             request.onsuccess = () => resolve('gone');
             request.onblocked = () => resolve('blocked');
         });",
    );
    assert_eq!(gone, "gone");
}

#[test]
fn kept_data_that_do_not_come_are_asked_for() {
    let page = Page::open("");
    drop_file(&page, "tall.csv", &format!("a,b\n{}", "1,2\n3,5\n".repeat(20_000)));
    wait_for_features(&page, &["a", "b"]);
    page.wait_for("the checksum is in the address", |page| page.address().contains("check="));
    wait_until_kept(&page);
    let silent = "IDBObjectStore.prototype.get = () => new EventTarget();";
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &serde_json::json!({ "source": silent }));
    page.reload();
    wait_for_text(&page, ".notice", "its storage does not return it");
    wait_for_text(&page, ".notice", "This address belongs to \u{201c}tall.csv\u{201d}");
    assert!(features(&page).len() > 1, "something is shown");
}

#[test]
fn where_nothing_may_be_stored_everything_else_works() {
    for forbidden in [
        "Object.defineProperty(window, 'indexedDB', { value: undefined });",
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } });",
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'InvalidStateError') };",
        "IDBFactory.prototype.open = () => new EventTarget();",
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') };",
    ] {
        let page = Page::open("");
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &serde_json::json!({ "source": forbidden }));
        page.go("explore?data=iris");
        page.reload();
        drop_file(&page, "mine.csv", "a,b\n1,10\n2,30\n4,20\n");
        wait_for_features(&page, &["a", "b"]);
        wait_for_text(&page, ".about.kept", "Not saved in this browser");
        let why =
            if forbidden.contains("EventTarget") { "storage does not respond" } else { "storage is full or blocked" };
        wait_for_text(&page, ".notice", why);
        choose_method(&page, "min-max");
        assert_eq!(statistics(&page)[0].after[8], 1.0);
        // An address of own data still asks for them.
        page.go("explore?data=file&name=other.csv");
        page.reload();
        wait_for_text(&page, ".notice", "other.csv");
        page.take_complaints();
    }
}
