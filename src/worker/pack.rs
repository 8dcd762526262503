//! Small data to and from a link: the browser compresses.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Response};

use crate::data::{Checksum, Summing, pack};
use crate::protocol::IdentifiedContent;

/// What is remembered of the bytes of a file while they are read.
#[derive(Default)]
pub struct BytesSeen {
    summing: Summing,
    /// All bytes, as long as they are few enough for a link.
    small: Option<Vec<u8>>,
    total: usize,
}

impl BytesSeen {
    pub fn push(&mut self, bytes: &[u8]) {
        self.summing.push(bytes);
        self.total += bytes.len();
        if self.total <= pack::DATA_AT_MOST {
            self.small.get_or_insert_default().extend_from_slice(bytes);
        } else {
            self.small = None;
        }
    }

    /// As [`Self::push`], for what a link does not hold, however small.
    pub fn push_large(&mut self, bytes: &[u8]) {
        self.total = pack::DATA_AT_MOST + 1;
        self.push(bytes);
    }

    /// What the page is told of a file, all of whose bytes were seen.
    pub async fn info(self) -> IdentifiedContent {
        let check = self.summing.finish();
        let packed = match self.small {
            Some(bytes) => squeeze(&bytes).await.ok().and_then(|deflated| pack::join(check, &deflated)),
            None => None,
        };
        IdentifiedContent { check, packed }
    }
}

/// The data of a link.
///
/// # Errors
/// Why there are none, for the visitor.
pub async fn unpack(packed: &str) -> Result<Vec<u8>, String> {
    let damaged = || {
        "The data in this link are damaged: it was cut off or changed on its way. Ask for the link again, or for the \
         file."
            .to_string()
    };
    let (check, deflated) = pack::split(packed).ok_or_else(damaged)?;
    let bytes = release(&deflated).await.map_err(|_| damaged())?;
    if bytes.len() > pack::DATA_AT_MOST {
        return Err(format!(
            "The data in this link are larger than the {} kB that a link may hold; no link made here is so.",
            pack::DATA_AT_MOST >> 10
        ));
    }
    if Checksum::of(&bytes) == check { Ok(bytes) } else { Err(damaged()) }
}

/// Raw DEFLATE of these bytes.
async fn squeeze(bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let stream = through("CompressionStream", bytes)?;
    let buffer = JsFuture::from(Response::new_with_opt_readable_stream(Some(&stream))?.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The way back; stops as soon as there are more bytes than a link may hold.
async fn release(deflated: &[u8]) -> Result<Vec<u8>, JsValue> {
    let reader: ReadableStreamDefaultReader = through("DecompressionStream", deflated)?.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let next = JsFuture::from(reader.read()).await?;
        if Reflect::get(&next, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        bytes.extend(Uint8Array::new(&Reflect::get(&next, &"value".into())?).to_vec());
        if bytes.len() > pack::DATA_AT_MOST {
            let _ = reader.cancel();
            return Ok(bytes);
        }
    }
}

/// The bytes through a stream of that class, which an old browser does not have.
fn through(class: &str, bytes: &[u8]) -> Result<ReadableStream, JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &class.into())?.dyn_into()?;
    let transform: Object = Reflect::construct(&class, &Array::of1(&"deflate-raw".into()))?.unchecked_into();
    let body = Response::new_with_opt_u8_array(Some(&mut bytes.to_vec()))?.body().ok_or(JsValue::NULL)?;
    Ok(body.pipe_through(transform.unchecked_ref()))
}
