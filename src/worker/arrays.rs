//! Reads archives of NumPy arrays: the directory where it lies, and one array, piece by piece.

use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, FileReaderSync};

use super::bytes::{CHUNK, NotRead, bytes_of, failed, progress, refused, refused_unless};
use super::task::Task;
use crate::data::csv::ReadOptions;
use crate::data::npy::{self, ArchiveReader, ReaderAt};
use crate::data::{Read, Unread};

/// The table of the chosen array.
pub async fn read(file: &Blob, options: &ReadOptions, name: &str, task: &Task<'_>) -> Result<Read, NotRead> {
    let lying = Lying { file, reader: FileReaderSync::new().map_err(|error| failed(name, &error))? };
    let opened = ArchiveReader::open(&lying, file.size() as u64, options.array.as_deref(), options.axes.as_ref());
    let reader = opened.map_err(|error| refused(name, &error))?;
    let mut reader = reader.with_infinite_missing(options.infinite_missing);
    let refused_or = |error: npy::NpyError| {
        let error = Unread::Array(error);
        refused_unless(name, &error, error.other(options))
    };
    let range = reader.range();
    let (start, end) = (range.start as f64, range.end as f64);
    let mut at = start;
    while at < end {
        let next = (at + CHUNK as f64).min(end);
        let packed = bytes_of(file, at, next, name).await?;
        reader.push(&packed).map_err(refused_or)?;
        at = next;
        progress(task, at - start, end - start).await?;
    }
    reader.finish(name).map(Read::from).map_err(|error| refused(name, &error))
}

/// A file that is read where it lies, as only workers can.
struct Lying<'a> {
    file: &'a Blob,
    reader: FileReaderSync,
}

impl Lying<'_> {
    fn bytes(&self, offset: u64, length: usize) -> Result<Uint8Array, JsValue> {
        let start = offset as f64;
        let slice = self.file.slice_with_f64_and_f64(start, start + length as f64)?;
        Ok(Uint8Array::new(&self.reader.read_as_array_buffer(&slice)?.into()))
    }
}

impl ReaderAt for Lying<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let bytes = self.bytes(offset, buffer.len()).map_err(|_| io::Error::other("the browser could not read it"))?;
        let length = (bytes.length() as usize).min(buffer.len());
        bytes.subarray(0, length as u32).copy_to(&mut buffer[..length]);
        Ok(length)
    }
}
