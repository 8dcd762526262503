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
