//! # Normlab: the map of the house
//!
//! Every normalization is one sentence with two blanks: put the numbers into *groups*, subtract a *centre* of each
//! group, divide by a *scale* of each group. Data is one array of shape `(N, C, L)`: examples, features (channels),
//! positions.
//!
//! What must not know a browser is a package of its own, and cargo keeps it so:
//!
//! | package | what happens there |
//! |---|---|
//! | [`engine`] | the mathematics: groupings, statistics, methods, errors; no I/O, clock or randomness; built for speed |
//! | `digits` | plain numbers from text, built for speed |
//! | [`parameters`] | settings declared once: default, bounds, control, help, text form |
//! | [`data`] | data sets: reading, samples, generators, splits |
//! | [`plot`] | a picture as plain data ([`plot::Scene`]), and how to draw it on any plotters backend |
//! | [`report`] | what an experiment is and what it found, as plain data; messages of the program of the experiments |
//! | [`protocol`] | calls of the page to its worker: their queries, answers and lanes |
//! | [`session`] | owns the data, answers each call in one function; runs in the worker and in native tests |
//! | `training` | small networks that train: a layer a file, the norm layers are the engine's recipes and gradients |
//! | `experiments` | claims that people learn by heart, each run live, with what came out |
//! | `lessons` | questions of Practice: generators of data, a question, the engine's own answer and its arithmetic |
//!
//! The page is this package, and its rooms are modules:
//!
//! | room | what happens there | what must be absent |
//! |---|---|---|
//! | [`state`] | what the visitor chose, actions, the address | browsers, the data themselves |
//! | [`caption`] | the sentences on the screen, computed from the answers | browsers, mathematics |
//! | [`figure`] | the pictures on the screen, composed of the answers | browsers, mathematics |
//! | `loaders` | starts workers, under the policy of the page | every other room |
//! | `worker` | carries calls from the page to the session | Yew, the document |
//! | `app` | the Yew components and hooks | mathematics, the data themselves |
//!
//! Direction: `parameters`, `digits` <- `engine` <- `data`, `plot` <- `report` <- `protocol` <- `session`; `report` <- `experiments`, `lessons`; `engine`, `data` <- `training` <- `experiments`; and in the page `state`, `caption`, `figure` <- `worker`, `app` <- `src/bin`; `loaders` <- `worker`, `app`. Nothing
//! points back: cargo sees to the packages, `tests/architecture.rs` to the rooms, line by line.
//!
//! Excel workbooks are read by a program of their own, the package in `src/xlsx`: a visitor loads it with the first
//! workbook, and it turns a sheet into text for [`data::csv`].
//!
//! Experiments are a program of their own, too, `src/experiments/program`: a visitor loads it with the first experiment, and it
//! answers in a worker with what [`report`] has.
//!
//! Questions of Practice are a package, `src/lessons`, which knows [`engine`], [`data`], [`plot`] and [`report`]: the program of the
//! experiments carries it, and items travel to the page as data of [`report`].
//!
//! Page and worker are one program, `src/bin/app.rs`: started in a document it is the page, started in a worker the
//! session. The page hands the compiled program to the worker, so that a visitor loads and compiles it once. The pages other than
//! Explore are a file of their own, which the build splits off (`scripts/post-build.sh`): loaded when one of them is opened, or once the
//! first result has stood for a second.
//!
//! What both programs need of a browser's worker (files, the next task, the way to the page) is the package in `src/web_worker`.
//!
//! Before that program is there, `index.html` shows the page as it stands with its first result: `src/prerender`, which runs
//! natively while the page is built, asks a session and has the page's own components make markup of the answers.
//! `static/start.js` loads the program, and `static/opening.js` lets the live page take the place of that picture.
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
//! - **A layer** of a network: a file in `src/training/`, and its place in the gradient check of `src/training/tests.rs`.
//! - **A question** of Practice: a file in `src/lessons/questions/`, and its line in the `questions!` list beside it.
//! - **A page**: its variant in `src/state/page.rs`, a file in `src/app/pages/`, and its line in `src/app/pages/other.rs`.
//! - **A view**: a file in `src/plot/view/`, and its line in the `views!` list beside it.
//! - **A call** (something the page asks its worker): its query and answer in `src/protocol/`, and their line in
//!   `src/protocol/calls.rs`; a function of the session, and its line in `src/worker/calls.rs`. A component asks with `use_call`.
//! - **A study** (a closer look below the result): its name in `src/state/study.rs`; a call, with a file for its query and answer
//!   in `src/protocol/study/` and for what computes it in `src/session/study/`; and how it looks in `src/app/parts/studies/`.
//! - **A library** whose defaults and rules can be chosen: `src/engine/conventions/`.
//! - **A playlist** that comes with the page: a file in `static/playlists/`, and its slug in `src/state/present/mod.rs`. What is
//!   presented is any page in the frame of `src/app/parts/present/frame.rs`: `present=` of its address says where it is.

pub mod caption;
pub mod figure;
pub mod state;

pub use normlab_data as data;
pub use normlab_engine as engine;
pub use normlab_parameters as parameters;
pub use normlab_plot as plot;
pub use normlab_protocol as protocol;
pub use normlab_report as report;
pub use normlab_session as session;

#[cfg(feature = "web")]
pub mod app;
#[cfg(feature = "web")]
mod loaders;
#[cfg(feature = "web")]
pub mod worker;
