//! Nothing leaves the tab: the browser itself enforces it through the Content-Security-Policy.

use crate::harness::{Page, Server};
use serde_json::json;

#[test]
fn the_policy_refuses_code_from_text_and_other_hosts() {
    let page = Page::open("");
    let elsewhere = Server::start();
    // In a timer, because what the driver runs directly may do more than the page may.
    let outcome = page.run(&format!(
        r#"
        await new Promise(resolve => setTimeout(resolve));
        const refused = [];
        addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective));
        const attempt = async work => {{ try {{ await work(); return "done" }} catch {{ return "refused" }} }};
        const later = work => new Promise((resolve, reject) =>
            setTimeout(() => {{ try {{ resolve(work()) }} catch (error) {{ reject(error) }} }}));
        const code = await attempt(() => later(() => eval("1 + 1")));
        const fetched = await attempt(() => fetch("http://{host}/anything"));
        const script = document.createElement("script");
        script.textContent = "window.injected = true";
        document.body.append(script);
        const image = new Image();
        image.src = "http://{host}/image.png";
        const picture = await attempt(() => image.decode());
        document.body.setAttribute("style", "color: red");
        document.body.style.marginTop = "1px";
        await new Promise(resolve => setTimeout(resolve, 50));
        return {{ code, fetched, picture, injected: window.injected ?? false, refused: [...new Set(refused)].sort(),
                  color: document.body.style.color, margin: document.body.style.marginTop }};
        "#,
        host = elsewhere.host(),
    ));
    let expected = json!({
        "code": "refused",
        "fetched": "refused",
        "picture": "refused",
        "injected": false,
        "refused": ["connect-src", "img-src", "script-src", "script-src-elem", "style-src-attr"],
        // A style attribute is refused, a style property is not: Yew must set the latter.
        "color": "",
        "margin": "1px",
    });
    assert_eq!(outcome, expected);
    assert_eq!(elsewhere.requests(), [""; 0]);
    assert_eq!(page.foreign_requests(), [""; 0]);
    let complaints = page.take_complaints();
    assert!(complaints.iter().all(|text| text.contains("Content Security Policy")), "{complaints:#?}");
}

/// Put in front of whatever the page, or one of its workers, starts as a worker: says what that worker may do, and does the same
/// to what it starts in turn.
const PROBE: &str = r#"
    const probe = (text, host) => {
        const Original = self.Blob;
        self.Blob = class extends Original {
            constructor(parts, options) {
                super(/javascript/.test(options?.type) ? [text, ...parts] : parts, options);
            }
        };
        if (self.document) return;
        const refused = [];
        addEventListener("securitypolicyviolation", event => refused.push(event.effectiveDirective));
        const attempt = async work => { try { await work(); return "done" } catch { return "refused" } };
        (async () => {
            const code = await attempt(() => eval("1 + 1"));
            const fetched = await attempt(() => fetch(`http://${host}/anything`));
            const imported = await attempt(() => import(`http://${host}/any.js`));
            new BroadcastChannel("probes").postMessage({ code, fetched, imported, refused: [...new Set(refused)].sort() });
        })();
    };
    // The text that a worker begins with has itself inside, for the workers that it starts.
    function prefix(prefix, probe, host) {
        return `{ const probe = ${probe}; const prefix = ${prefix}; probe(prefix(prefix, probe, "${host}"), "${host}"); }\n`;
    }"#;

#[test]
fn the_policy_holds_in_every_worker() {
    let page = Page::start();
    let elsewhere = Server::start();
    let host = elsewhere.host();
    let source = format!(
        r#"{{
            {PROBE}
            window.probes = [];
            new BroadcastChannel("probes").onmessage = event => window.probes.push(event.data);
            probe(prefix(prefix, probe, "{host}"), "{host}");
        }}"#
    );
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
    page.go("explore");
    page.wait_until("probes.length === 1");
    // A workbook is read by another program, in a worker that the first one starts.
    page.find_input("input[type=file]").upload("tests/fixtures/xlsx/prices.xlsx");
    page.wait_until("probes.length === 2");
    let refused = json!({
        "code": "refused",
        "fetched": "refused",
        "imported": "refused",
        "refused": ["connect-src", "script-src", "script-src-elem"],
    });
    assert_eq!(page.value("probes"), json!([refused, refused]));
    assert_eq!(elsewhere.requests(), [""; 0]);
    page.wait_for("the workbook is read", |page| page.count(".notice.loading") == 0);
    let complaints = page.take_complaints();
    assert!(complaints.iter().all(|text| text.contains("Content Security Policy")), "{complaints:#?}");
}
