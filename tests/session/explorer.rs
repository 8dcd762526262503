//! A session with data in it, and the page's own way of asking.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use normlab::data::csv::{CsvRead, CsvReader, ReadError, ReadOptions};
use normlab::data::sample::Sample;
use normlab::protocol::{DataInfo, RowsPage, RowsQuery, ViewQuery, ViewResult};
use normlab::session::{NoYield, QueryError, Session};
use normlab::state::{Action, AppState};

pub struct Explorer {
    pub session: Session,
    pub info: DataInfo,
    pub state: AppState,
}

impl Explorer {
    /// A bundled sample, from its file.
    pub fn sample(slug: &str) -> Self {
        let sample = Sample::from_slug(slug).unwrap();
        let path = format!("{}/static/data/{}", env!("CARGO_MANIFEST_DIR"), sample.file);
        let bytes = std::fs::read(path).unwrap();
        let mut reader = normlab::data::Reader::new(&bytes, bytes.len() as u64, ReadOptions::default());
        bytes.chunks(777).for_each(|chunk| reader.push(chunk).unwrap());
        let mut session = Session::default();
        let info = session.keep_sample(sample, reader.finish("data").unwrap().dataset).clone();
        Self { session, info, state: AppState::default() }
    }

    /// A file of the fixtures, as a visitor opens it.
    pub fn file(path: &str) -> Self {
        let bytes = std::fs::read(format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let mut reader = normlab::data::Reader::new(&bytes, bytes.len() as u64, ReadOptions::default());
        bytes.chunks(100).for_each(|chunk| reader.push(chunk).unwrap());
        let mut session = Session::default();
        let info = session.keep_read(reader.finish(path).unwrap()).clone();
        Self { session, info, state: AppState::default() }
    }

    /// What a visitor pastes.
    pub fn text(text: &str) -> Self {
        let mut session = Session::default();
        let info = session.keep_read(read(text.as_bytes()).unwrap()).clone();
        Self { session, info, state: AppState::default() }
    }

    pub fn generated(slug: &str, settings: &[(&str, &str)], seed: u64) -> Self {
        let mut session = Session::default();
        let settings: Vec<_> = settings.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect();
        let info = session.generate(slug, &settings, seed).unwrap().clone();
        Self { session, info, state: AppState::default() }
    }

    /// Does what a click does.
    pub fn act(&mut self, action: Action) -> &mut Self {
        self.state = self.state.after(action);
        self
    }

    /// The question of the page in its present state.
    pub fn query(&self) -> ViewQuery {
        self.state.query(&self.info)
    }

    pub fn view(&mut self) -> ViewResult {
        let query = self.query();
        ask(&mut self.session, &query, &NoYield::default()).unwrap()
    }

    /// A window of the table of the last view.
    pub fn rows(&mut self, query: &RowsQuery) -> RowsPage {
        self.session.rows(query).unwrap()
    }

    pub fn first_rows(&mut self) -> RowsPage {
        self.rows(&RowsQuery { count: 10, ..RowsQuery::default() })
    }
}

/// What the reader makes of these bytes, pushed in pieces.
pub fn read(bytes: &[u8]) -> Result<CsvRead, ReadError> {
    read_with(bytes, ReadOptions::default())
}

pub fn read_with(bytes: &[u8], options: ReadOptions) -> Result<CsvRead, ReadError> {
    let mut reader = CsvReader::new(options);
    for chunk in bytes.chunks(777) {
        reader.push(chunk)?;
    }
    reader.finish("data")
}

/// Asks for a view with a result, and waits; natively nothing ever has to be waited for.
pub fn ask(session: &mut Session, query: &ViewQuery, yielder: &NoYield) -> Result<ViewResult, QueryError> {
    let view = shown(session, query, yielder)?;
    match view.refused {
        Some(why) => Err(QueryError::Because(why)),
        None => Ok(view),
    }
}

/// As [`ask`], also for the data alone where the method is refused.
pub fn shown(session: &mut Session, query: &ViewQuery, yielder: &NoYield) -> Result<ViewResult, QueryError> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(session.view(query, yielder)).poll(&mut context) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("a session without a browser never waits"),
    }
}
