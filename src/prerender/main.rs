//! Writes the opening picture into a built `index.html`: the page as it stands when the first result is there, drawn by the
//! page's own components from the answers of the page's own session.
//!
//!     prerender dist/index.html

mod policy;

use std::error::Error;
use std::{env, fs};

use normlab::app::opening;
use normlab::data::csv::ReadOptions;
use normlab::data::{Reader, sample};
use normlab::protocol::RowsQuery;
use normlab::session::{NoYield, Session};
use normlab::state::AppState;
use tokio::task::LocalSet;

/// Where the opening picture goes: what stands in `index.html`, and what Trunk makes of it in a release.
const PLACES: [&str; 2] = ["<div id=\"opening\"></div>", "<div id=opening></div>"];
/// Rows of the table, as many as a visitor sees of it at first.
const ROWS: u32 = 18;

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).ok_or("usage: prerender dist/index.html")?;
    let page = fs::read_to_string(&file)?;
    let place = PLACES.into_iter().find(|place| page.contains(place)).ok_or(format!("{file} has no {}", PLACES[0]))?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let markup = LocalSet::new().block_on(&runtime, markup())?;
    let opening = place.replace("></", &format!(">{markup}</"));
    fs::write(&file, policy::with_checksums(&page.replacen(place, &opening, 1)))?;
    Ok(())
}

/// The page as it stands when the session has answered what it asks without being told what to show.
async fn markup() -> Result<String, Box<dyn Error>> {
    let first = &sample::ALL[0];
    let bytes = fs::read(format!("{}/../../static/data/{}", env!("CARGO_MANIFEST_DIR"), first.file))?;
    let mut reader = Reader::new(&bytes, bytes.len() as u64, ReadOptions::default());
    reader.push(&bytes)?;
    let mut session = Session::default();
    let info = session.keep_sample(first, reader.finish(first.title)?.dataset).clone();
    let query = AppState::default().query(&info);
    let view = session.view(&query, &NoYield::default()).await.map_err(|error| format!("{error:?}"))?;
    let rows = RowsQuery { count: ROWS, ..RowsQuery::default() };
    let rows = session.rows(&rows).map_err(|error| format!("{error:?}"))?;
    Ok(opening::markup(info, view, rows).await)
}
