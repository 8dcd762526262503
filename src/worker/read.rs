//! Reads what the page asked for into the session, chunk by chunk.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use normlab_web_worker::fetch;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, RequestCache};

use super::bytes::{CHUNK, NotRead, bytes_of, progress, refused, refused_unless};
use super::pack::{BytesSeen, unpack};
use super::task::Task;
use super::{arrays, workbook};
use crate::data::csv::ReadOptions;
use crate::data::kind::{self, Zip};
use crate::data::sample::{self, Sample};
use crate::data::{Dataset, NAME_AT_MOST, Read, Reader, Unread, long_name};
use crate::protocol::{DataSource, IdentifiedContent, LoadedData};
use crate::session::{Cancelled, Session};

/// Milliseconds between two looks whether something is still waited for.
const NAP: u32 = 100;
/// So many bytes tell what reads them.
const BEGINNING: f64 = 8.0;

/// Loads `source`; `file` is that of [`DataSource::File`]. What was loaded before stays when this fails.
pub async fn load(
    session: &mut Session,
    source: &DataSource,
    file: JsValue,
    task: &Task<'_>,
) -> Result<LoadedData, NotRead> {
    let mut identified = None;
    let info = match source {
        DataSource::Sample(slug) => {
            let sample = sample::ALL
                .iter()
                .find(|sample| sample.slug == slug)
                .ok_or_else(|| NotRead::Because(format!("There is no sample {slug}.")))?;
            let dataset = match fetched(sample, task, RequestCache::Default).await {
                // What is wrong may be what the browser remembers of an earlier time.
                Err(NotRead::Missing(_)) => fetched(sample, task, RequestCache::Reload).await?,
                read => read?,
            };
            session.keep_sample(sample, dataset)
        }
        DataSource::Generated { generator, settings, seed } => {
            session.generate(generator, settings, *seed).map_err(NotRead::Because)?
        }
        _ => {
            let (read, content) = read_user_file(source, file, task).await?;
            if let Some((column, letters)) = long_name(read.dataset.columns.iter().map(|column| &*column.name)) {
                return Err(refused(
                    &read.dataset.name,
                    &format!("The name of column {column} has {letters} letters, and {NAME_AT_MOST} are the limit."),
                ));
            }
            identified = content;
            session.keep_read(read)
        }
    };
    Ok(LoadedData { info: info.clone(), content: identified })
}

/// The content of a sample.
async fn fetched(sample: &Sample, task: &Task<'_>, cache: RequestCache) -> Result<Dataset, NotRead> {
    let missing =
        |why: &str| NotRead::Missing(format!("The data set \u{201c}{}\u{201d} did not arrive: {why}.", sample.title));
    let bytes =
        unless_cancelled(fetch(&format!("data/{}", sample.file), cache), task).await?.map_err(|why| missing(&why))?;
    match parse(&bytes, ReadOptions::default(), sample.title, task, &mut BytesSeen::default()).await {
        Ok(read) if sample.is_of(&read.dataset) => Ok(read.dataset),
        Err(NotRead::Cancelled) => Err(NotRead::Cancelled),
        // Such as a page that says that there is no such file.
        _ => Err(missing("the server sent something else")),
    }
}

/// Reads what is the visitor's own, and tells what its content is where the page does not know.
async fn read_user_file(
    source: &DataSource,
    file: JsValue,
    task: &Task<'_>,
) -> Result<(Read, Option<IdentifiedContent>), NotRead> {
    match source {
        DataSource::Text { name, text, options } => {
            let mut seen = BytesSeen::default();
            let read = parse(text.as_bytes(), options.clone(), name, task, &mut seen).await?;
            Ok((read, Some(seen.info().await)))
        }
        DataSource::Packed { name, packed, options } => {
            let bytes = unpack(packed).await.map_err(NotRead::Because)?;
            Ok((parse(&bytes, options.clone(), name, task, &mut BytesSeen::default()).await?, None))
        }
        DataSource::File { name, options } => {
            let mut seen = BytesSeen::default();
            let read = read_file(file.unchecked_into(), options.clone(), name, task, &mut seen).await?;
            Ok((read, Some(seen.info().await)))
        }
        DataSource::Sample(_) | DataSource::Generated { .. } => Err(NotRead::Cancelled),
    }
}

async fn parse(
    bytes: &[u8],
    options: ReadOptions,
    name: &str,
    task: &Task<'_>,
    seen: &mut BytesSeen,
) -> Result<Read, NotRead> {
    let mut reader = Reader::new(bytes, bytes.len() as u64, options.clone());
    let refused = |error: Unread| refused_unless(name, &error, error.other(&options));
    for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
        reader.push(chunk).map_err(refused)?;
        seen.push(chunk);
        progress(task, (index * CHUNK + chunk.len()) as f64, bytes.len() as f64).await?;
    }
    reader.finish(name).map_err(refused)
}

async fn read_file(
    file: Blob,
    options: ReadOptions,
    name: &str,
    task: &Task<'_>,
    seen: &mut BytesSeen,
) -> Result<Read, NotRead> {
    let size = file.size();
    let beginning = bytes_of(&file, 0.0, size.min(BEGINNING), name).await?;
    if beginning.starts_with(b"PK\x03\x04") {
        // The names of what is in an archive are at its end.
        let end = bytes_of(&file, (size - CHUNK as f64).max(0.0), size, name).await?;
        let archive = kind::kind_of_zip(&end);
        if let Zip::Other(kind) = archive {
            return Err(refused(name, &kind.refusal()));
        }
        let mut start = 0.0;
        while start < size {
            let end = (start + CHUNK as f64).min(size);
            seen.push_large(&bytes_of(&file, start, end, name).await?);
            start = end;
            task.yield_now().await?;
        }
        return match archive {
            Zip::Arrays => arrays::read(&file, &options, name, task).await,
            _ => workbook::read(&file, options, name, task).await,
        };
    }
    let mut reader = Reader::new(&beginning, size as u64, options.clone());
    let refused = |error: Unread| refused_unless(name, &error, error.other(&options));
    let mut start = 0.0;
    while start < size {
        let end = (start + CHUNK as f64).min(size);
        let chunk = bytes_of(&file, start, end, name).await?;
        reader.push(&chunk).map_err(refused)?;
        seen.push(&chunk);
        start = end;
        progress(task, start, size).await?;
    }
    reader.finish(name).map_err(refused)
}

/// What comes of this, unless nobody waits for it any more.
async fn unless_cancelled<T>(work: impl Future<Output = T>, task: &Task<'_>) -> Result<T, Cancelled> {
    let mut work = pin!(work);
    loop {
        let mut nap = TimeoutFuture::new(NAP);
        let done = poll_fn(|context| match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => Pin::new(&mut nap).poll(context).map(|()| None),
        });
        if let Some(done) = done.await {
            return Ok(done);
        }
        task.yield_now().await?;
    }
}
