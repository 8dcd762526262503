//! What `src/loaders/workbook.js` calls.

use js_sys::Function;
use normlab_xlsx::SheetEvent;
use wasm_bindgen::prelude::*;

fn main() {}

/// Reads a workbook, and calls `tell` with the kind of what there is to tell and up to two values.
///
/// # Errors
/// Why it cannot be read, for the visitor.
#[wasm_bindgen]
pub fn read(bytes: &[u8], sheet: Option<String>, notify: &Function) -> Result<(), String> {
    normlab_xlsx::read(bytes, sheet.as_deref(), &mut |told| {
        let (kind, first, second): (&str, JsValue, JsValue) = match told {
            SheetEvent::Sheets { names, chosen } => {
                let names: js_sys::Array = names.into_iter().map(JsValue::from).collect();
                ("sheets", names.into(), (chosen as u32).into())
            }
            SheetEvent::Progress { done, all } => ("progress", (done as f64).into(), (all as f64).into()),
            SheetEvent::Text(text) => ("text", js_sys::Uint8Array::from(text.as_bytes()).into(), JsValue::UNDEFINED),
            SheetEvent::Formulas { count, first } => ("formulas", (count as f64).into(), first.into()),
            SheetEvent::Dates(count) => ("dates", (count as f64).into(), JsValue::UNDEFINED),
        };
        // The page's own function: it does not throw.
        let _ = notify.call3(&JsValue::NULL, &kind.into(), &first, &second);
    })
}
