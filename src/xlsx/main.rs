//! What `src/loaders/workbook.js` calls.

use js_sys::Function;
use normlab_xlsx::Told;
use wasm_bindgen::prelude::*;

fn main() {}

/// Reads a workbook, and calls `tell` with the kind of what there is to tell and up to two values.
///
/// # Errors
/// Why it cannot be read, for the visitor.
#[wasm_bindgen]
pub fn read(bytes: &[u8], sheet: Option<String>, tell: &Function) -> Result<(), String> {
    normlab_xlsx::read(bytes, sheet.as_deref(), &mut |told| {
        let (kind, first, second): (&str, JsValue, JsValue) = match told {
            Told::Sheets { names, chosen } => {
                let names: js_sys::Array = names.into_iter().map(JsValue::from).collect();
                ("sheets", names.into(), (chosen as u32).into())
            }
            Told::Progress { done, all } => ("progress", (done as f64).into(), (all as f64).into()),
            Told::Text(text) => ("text", js_sys::Uint8Array::from(text.as_bytes()).into(), JsValue::UNDEFINED),
            Told::Formulas { count, first } => ("formulas", (count as f64).into(), first.into()),
            Told::Dates(count) => ("dates", (count as f64).into(), JsValue::UNDEFINED),
        };
        // The page's own function: it does not throw.
        let _ = tell.call3(&JsValue::NULL, &kind.into(), &first, &second);
    })
}
