//! # Normlab: the map of the house
//!
//! Every normalization is one sentence with two blanks: put the numbers into *groups*, subtract a *centre* of each
//! group, divide by a *scale* of each group. Data is one array of shape `(N, C, L)`: examples, features (channels),
//! positions.
//!
//! | room | what happens there | what must be absent |
//! |---|---|---|
//! | [`engine`] | the mathematics: groupings, statistics, methods, errors; a package of its own, built for speed | I/O, clocks, randomness, browsers, every other room |
//! | [`data`] | data sets: reading, samples, generators, splits | browsers |
//! | [`plot`] | a picture as plain data ([`plot::Scene`]), and how to draw it on any plotters backend | browsers |
//! | [`report`] | what an experiment is and what it found, as plain data; messages of the program of the experiments | behaviour, browsers |
//! | [`state`] | what the visitor chose, actions, the address | Yew, the data themselves |
//! | [`protocol`] | messages between page and worker | behaviour |
//! | [`caption`] | the sentences on the screen, computed from the answers | browsers, mathematics |
//! | [`figure`] | the pictures on the screen, composed of the answers | browsers, mathematics |
//! | [`session`] | owns the data, answers requests; runs in the worker and in native tests | browsers |
//! | `loaders` | starts workers, under the policy of the page | every other room |
//! | `worker` | carries messages between the page and the session | Yew, the document |
//! | `app` | the Yew components and hooks | mathematics, the data themselves |
//!
//! Direction: `engine` <- `data`, `plot` <- `report` <- `protocol` <- `state`, `caption`, `figure`, `session` <- `worker`, `app` <- `src/bin`; `loaders` <- `worker`, `app`. Nothing
//! points back; `tests/architecture.rs` checks it, line by line.
//!
//! What reads plain numbers is a package of its own, `src/digits`, so that it is built for speed as the engine is.
//!
//! Excel workbooks are read by a program of their own, the package in `src/xlsx`: a visitor loads it with the first
//! workbook, and it turns a sheet into text for [`data::csv`].
//!
//! Experiments are a package and a program of their own, `src/experiments`: a visitor loads it with the first experiment, and it
//! answers in a worker with what [`report`] has. It knows [`engine`], [`data`], [`plot`] and [`report`], and nothing of the page.
//!
//! Questions of Practice are a package, `src/lessons`, which knows [`engine`], [`data`], [`plot`] and [`report`]: the program of the
//! experiments carries it, and items travel to the page as data of [`report`].
//!
//! Page and worker are one program, `src/bin/app.rs`: started in a document it is the page, started in a worker the
//! session. The page hands the compiled program to the worker, so that a visitor loads and compiles it once.
//!
//! Before that program is there, `index.html` shows the page as it stands with its first result: `src/prerender`, which runs
//! natively while the page is built, asks a session and has the page's own components make markup of the answers.
//! `static/opening.js` loads the program, and lets the live page take the place of that picture.
//!
//! ## Where would a new one go?
//! - **A method**: a file in `src/engine/method/`, and its line in the `methods!` list of `src/engine/method/mod.rs`;
//!   what it is called, in `src/engine/naming/name.rs`.
//! - **A library whose defaults and rules can be chosen**: its line in `src/engine/conventions/mod.rs`, what it has, its
//!   defaults and what it refuses in the files beside it.
//! - **A bundled sample**: a file in `static/data/` (CSV or `.npy`), and its line in `src/data/sample.rs`.
//! - **A generator**: a file in `src/data/generator/`, and its line in the `generators!` list beside it.
//! - **An experiment**: a file in `src/experiments/` (with a folder of helpers if it needs one), and its line in the
//!   `experiments!` list of `src/experiments/lib.rs`.
//! - **A question** of Practice: a file in `src/lessons/questions/`, and its line in the `questions!` list beside it.
//! - **A view**: a file in `src/plot/view/`, and its line in the `views!` list beside it.
//! - **A study** (a closer look below the result): its name in `src/state/study.rs`; a file for its question and answer in
//!   `src/protocol/study/`, for what computes it in `src/session/study/`, and for how it looks in `src/app/parts/`.
//! - **A library** whose defaults and rules can be chosen: `src/engine/conventions/`.

pub mod caption;
pub mod data;
pub mod figure;
pub mod plot;
pub mod protocol;
pub mod report;
pub mod session;
pub mod state;

pub use normlab_engine as engine;

#[cfg(feature = "web")]
pub mod app;
#[cfg(feature = "web")]
mod loaders;
#[cfg(feature = "web")]
pub mod worker;
