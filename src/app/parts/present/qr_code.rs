//! The QR code of an address, for a class to open what it sees.

use gloo_utils::window;
use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

/// Modules of white around a code, as the standard wants.
const QUIET: i32 = 4;

/// The code of what stands behind `#`, with the whole address below it.
pub fn qr_code(address: &str) -> Html {
    let here = window().location().href().unwrap_or_default();
    let link = format!("{}#{address}", here.split('#').next().unwrap_or_default());
    match QrCode::encode_text(&link, QrCodeEcc::Low) {
        Ok(code) => {
            let side = code.size() + 2 * QUIET;
            html! {
                <figure class="qr-code">
                    <svg viewBox={format!("0 0 {side} {side}")} role="img" aria-label="QR code" shape-rendering="crispEdges">
                        <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
                        <path d={path(&code)} fill="#000" />
                    </svg>
                    <figcaption>{ link }</figcaption>
                </figure>
            }
        }
        Err(_) => {
            html! { <p>{ "This address is too long for a QR code, which holds 2,953 letters: copy the link instead." }</p> }
        }
    }
}

/// The dark modules, a rectangle for each run of them.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&x| code.get_module(x, y)).count() as i32;
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}
