//! Reads Excel workbooks, through a program that is loaded with the first of them and runs in a worker of its own: what
//! it cannot stand, this one survives.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};

use super::bytes::{NotRead, failed, refused, refused_unless};
use super::task::Task;
use crate::data::Read;
use crate::data::csv::{CsvNote, CsvReader, Decimal, Delimiter, ReadOptions};
use crate::loaders;

/// A workbook is unpacked in memory as a whole.
const LARGEST: f64 = 256e6;
/// Milliseconds between two looks at what has come.
const NAP: u32 = 20;

/// The reader of a workbook at work; it ends when this does.
struct Helper {
    worker: Worker,
    told: Rc<RefCell<VecDeque<Array>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Helper {
    fn start(file: &Blob, sheet: Option<&str>) -> Result<Self, JsValue> {
        let worker = loaders::start(loaders::WORKBOOK, &normlab_web_worker::scope().name())?;
        let told = Rc::new(RefCell::new(VecDeque::new()));
        let on_message = {
            let told = told.clone();
            Closure::<dyn FnMut(_)>::new(move |event: MessageEvent| told.borrow_mut().push_back(event.data().into()))
        };
        let on_error = {
            let told = told.clone();
            Closure::<dyn FnMut(_)>::new(move |event: ErrorEvent| {
                event.prevent_default();
                told.borrow_mut().push_back(Array::of1(&"failed".into()));
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.post_message(&Array::of2(file, &sheet.map_or(JsValue::UNDEFINED, JsValue::from)))?;
        Ok(Self { worker, told, _on_message: on_message, _on_error: on_error })
    }

    async fn next(&self, task: &Task<'_>) -> Result<Array, NotRead> {
        loop {
            task.yield_now().await?;
            if let Some(told) = self.told.borrow_mut().pop_front() {
                return Ok(told);
            }
            TimeoutFuture::new(NAP).await;
        }
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The table of the chosen sheet.
pub async fn read(file: &Blob, options: ReadOptions, name: &str, task: &Task<'_>) -> Result<Read, NotRead> {
    if file.size() > LARGEST {
        return Err(refused(
            name,
            &format!(
                "It is a workbook of {} MB, and 256 MB are the limit, because it is unpacked as a whole. Save the sheet \
                 as CSV: that is read piece by piece.",
                (file.size() / 1e6) as u64
            ),
        ));
    }
    let helper = Helper::start(file, options.sheet.as_deref()).map_err(|error| failed(name, &error))?;
    let left_to_us = options.sheet.is_none();
    // As the helper writes it.
    let dialect = (Some(Delimiter::Comma), Some(Decimal::Point));
    let forced = ReadOptions { delimiter: dialect.0, decimal: dialect.1, size: None, ..options.clone() };
    let mut reader = CsvReader::new(forced);
    let (mut sheets, mut sheet, mut dates, mut formulas) = (Vec::<String>::new(), 0, 0, None);
    loop {
        let told = helper.next(task).await?;
        let number = |index| told.get(index).as_f64().unwrap_or_default();
        match told.get(0).as_string().unwrap_or_default().as_str() {
            "sheets" => {
                sheets = Array::from(&told.get(1)).iter().filter_map(|name| name.as_string()).collect();
                sheet = number(2) as usize;
            }
            "progress" => task.progress(number(1) as u64, number(2) as u64),
            "text" => {
                let text = told.get(1).unchecked_into::<Uint8Array>().to_vec();
                reader.push(&text).map_err(|error| refused(name, &error))?;
            }
            "formulas" => {
                let first = told.get(2).as_string().unwrap_or_default();
                formulas = Some(CsvNote::Formulas { count: number(1) as u64, first });
            }
            "dates" => dates = number(1) as u64,
            "done" => break,
            "missing" => {
                return Err(NotRead::Missing(format!(
                    "\u{201c}{name}\u{201d} was not read: the program that reads workbooks did not arrive. A sheet that is \
                     saved as CSV needs none."
                )));
            }
            _ => {
                let why = told.get(1).as_string();
                let why = why.unwrap_or_else(|| {
                    "The workbook takes more memory than there is. Save the sheet as CSV: that takes less.".into()
                });
                return Err(refused(name, &why));
            }
        }
    }
    let mut read = reader.finish(name).map_err(|error| refused_unless(name, &error, error.other(&options)))?;
    read.options = options;
    if let (true, Some(taken)) = (left_to_us && sheet > 0, sheets.get(sheet)) {
        read.notes.push(CsvNote::Sheet { taken: taken.clone(), before: sheet as u64 });
    }
    read.notes.extend(formulas);
    (read.reading.sheets, read.reading.sheet) = (sheets, sheet);
    if dates > 0 {
        read.notes.push(CsvNote::Dates(dates));
    }
    Ok(read.into())
}
