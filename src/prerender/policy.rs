//! The Content-Security-Policy of the page: it lets in the styles and scripts that stand in the page itself, by their
//! checksums, and none that somebody else writes there.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// The page, whose policy names the checksums of all styles and scripts in it.
pub fn with_checksums(page: &str) -> String {
    let page = with_checksums_of(page, "style", "style-src 'self'");
    with_checksums_of(&page, "script", "script-src 'self'")
}

fn with_checksums_of(page: &str, element: &str, directive: &str) -> String {
    let sums = contents(page, element).into_iter().map(|text| format!(" 'sha256-{}'", checksum(text)));
    page.replacen(directive, &format!("{directive}{}", sums.collect::<String>()), 1)
}

fn checksum(text: &str) -> String {
    Base64::encode_string(&Sha256::digest(text.as_bytes()))
}

/// What stands between the tags of every such element.
fn contents<'page>(page: &'page str, element: &str) -> Vec<&'page str> {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let parts = page.split(&start).skip(1).filter(|part| part.starts_with([' ', '>']));
    parts.filter_map(|part| Some(part.split_once('>')?.1.split_once(&end)?.0)).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_and_scripts_of_the_page_are_let_in() {
        let page = "<meta content=\"script-src 'self' 'wasm-unsafe-eval'; style-src 'self'\">\
                    <style>a{}</style><style media=print>b{}</style><script>c()</script><script src=d></script>";
        let policy = with_checksums(page);
        for text in ["a{}", "b{}"] {
            let sums = policy.split("style-src 'self'").nth(1).unwrap();
            assert!(sums.contains(&format!("'sha256-{}'", checksum(text))), "{text}");
        }
        assert_eq!(policy.matches("sha256-").count(), 3);
        // As `printf "" | openssl dgst -sha256 -binary | base64` says.
        assert_eq!(checksum(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
