//! The files of the bundled samples, from the server.

use std::future::Future;
use std::pin::Pin;

use normlab_experiments::Files;
use normlab_web_worker::fetch;
use web_sys::RequestCache;

/// Files that are fetched; the browser remembers them.
pub struct Fetched;

impl Files for Fetched {
    fn read<'a>(&'a self, file: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>> {
        Box::pin(async move {
            let path = format!("data/{file}");
            match fetch(&path, RequestCache::Default).await {
                // What is wrong may be what the browser remembers of an earlier time.
                Err(_) => fetch(&path, RequestCache::Reload).await,
                bytes => bytes,
            }
        })
    }
}
