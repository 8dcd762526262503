//! The program of the experiments in a worker: the same answers as natively, heard in time, and loaded only when used.

use std::future::{Future, ready};
use std::pin::Pin;

use normlab_experiments::{Files, NativeHost, all, finished, from_slug, serve};
use normlab_protocol::{decode, encode};
use normlab_report::{FromExperiments, RunRequest, Table, ToExperiments, UserTableSupport};

use crate::harness::{Fault, Page, Server};

/// As the page starts it. Its answers are in `told`.
const LOADER: &str = include_str!("../../src/loaders/experiments.js");

fn start(page: &Page, before: &str) {
    let loader = serde_json::to_string(&format!("{before}{LOADER}")).unwrap();
    page.run(&format!(
        r#"const script = document.querySelector("meta[name=program]").dataset.js;
        const address = URL.createObjectURL(new Blob([{loader}], {{ type: "text/javascript" }}));
        window.told = [];
        window.program = new Worker(address, {{ name: new URL(script, document.baseURI).href }});
        program.onmessage = ({{ data }}) => told.push(data);
        program.onerror = ({{ message }}) => told.push(message);"#
    ));
}

fn send(page: &Page, message: &ToExperiments) {
    page.value(&format!("program.postMessage(new Uint8Array({:?}))", encode(message).unwrap()));
}

/// The answer that ends a request: whatever is no progress, and no partial outcome.
fn answer(page: &Page, message: &ToExperiments) -> FromExperiments {
    page.value("told.length = 0");
    send(page, message);
    page.wait_long_until("told.some(data => ![2, 3].includes(data[0]))");
    let bytes = page.value("Array.from(told.find(data => ![2, 3].includes(data[0])))");
    let bytes: Vec<u8> = bytes.as_array().unwrap().iter().map(|byte| byte.as_u64().unwrap() as u8).collect();
    decode(&bytes).unwrap()
}

fn request(data: Option<&str>, settings: &[(&str, &str)]) -> RunRequest {
    RunRequest {
        id: 1,
        slug: "nearest".into(),
        settings: settings.iter().map(|(key, text)| ((*key).into(), (*text).into())).collect(),
        seed: 3,
        data: data.map(String::from),
        ..RunRequest::default()
    }
}

#[test]
fn the_same_request_has_the_same_bits_as_natively() {
    let page = Page::open("");
    assert!(page.server.requests().iter().all(|asked| !asked.contains("experiments")), "loaded only when used");
    start(&page, "");
    for model in ["knn", "kmeans", "pca", "logistic", "ridge", "ols", "tree"] {
        let message = ToExperiments::Run(request(None, &[("model", model)]));
        let native = natively(&message);
        let found = answer(&page, &message);
        assert!(matches!(found, FromExperiments::Done { .. }), "{model}");
        assert!(found == native, "{model}");
    }
    for message in [
        ToExperiments::List,
        ToExperiments::Describe(request(Some("noise"), &[("k", "0")])),
        ToExperiments::Run(request(Some("noise"), &[])),
        ToExperiments::Run(request(Some("penguins"), &[])),
        ToExperiments::Seeds(request(Some("noise"), &[]), 4),
    ] {
        assert!(answer(&page, &message) == natively(&message), "{message:?}");
    }
}

#[test]
fn the_claims_of_captions_are_those_of_experiments() {
    for claim in normlab::caption::claims::ALL {
        let experiment = from_slug(claim.experiment).unwrap();
        assert_eq!(experiment.info().question, claim.question);
        assert!(
            !matches!(experiment.listed().user_table_support, UserTableSupport::No(_)),
            "it takes a visitor's table"
        );
    }
}

/// Every experiment, in every case of its own and on every kind of data: the same bits as natively.
#[test]
fn every_experiment_has_the_same_bits_as_natively() {
    let page = Page::open("");
    start(&page, "");
    for (slug, data, settings) in [
        ("descent", None, &[][..]),
        ("descent", None, &[("optimizer", "momentum")]),
        ("descent", Some("shifted"), &[("optimizer", "adam"), ("rate", "0.05"), ("axes", "steepest")]),
        ("descent", Some("orthogonal"), &[("optimizer", "closed"), ("axes", "same")]),
        ("descent", None, &[("rule", "number"), ("rate", "0.001"), ("stretch", "3"), ("shift", "2")]),
        ("outliers", None, &[]),
        ("outliers", None, &[("rows", "11"), ("far", "1000")]),
        ("outliers", Some("penguins"), &[("planted", "chance"), ("column", "2")]),
        ("outliers", Some("wine"), &[]),
        ("leakage", None, &[]),
        ("leakage", Some("wine"), &[("scaling", "min-max"), ("train", "50"), ("splits", "40")]),
        ("leakage", None, &[("case", "drift"), ("walks", "200")]),
        ("leakage", None, &[("case", "selection"), ("draws", "5")]),
        ("leakage", None, &[("case", "noise"), ("draws", "10")]),
        ("shape", None, &[]),
        ("shape", Some("two-groups"), &[("shown", "quantile")]),
        ("shape", Some("wine"), &[("shown", "yeo-johnson"), ("column", "13")]),
        ("shape", Some("breast-cancer"), &[("shown", "robust"), ("column", "4")]),
        ("numerics", None, &[]),
        ("numerics", None, &[("power", "7.3")]),
        ("numerics", None, &[("topic", "running"), ("momentum", "0.01")]),
        ("learning-rates", None, &[("steps", "20")]),
        ("learning-rates", Some("wine"), &[("steps", "20"), ("activation", "tanh"), ("rate", "0.05")]),
        ("batch-sizes", None, &[("epochs", "1")]),
        ("other-examples", None, &[]),
        ("pre-norm", None, &[("depth", "4"), ("steps", "30")]),
        ("depth", None, &[("steps", "60")]),
        ("depth", None, &[("steps", "40"), ("activation", "sigmoid"), ("start", "lecun")]),
        ("evaluation-mode", None, &[("steps", "60")]),
        ("images", None, &[("epochs", "1"), ("batch", "32")]),
        ("images", None, &[("epochs", "1"), ("batch", "64"), ("label", "contrast")]),
        ("style", None, &[]),
        (
            "style",
            None,
            &[("content", "dots"), ("style", "clouds"), ("scales", "5"), ("rounds", "5"), ("strength", "0.7")],
        ),
        ("recurrent", None, &[("steps", "30")]),
        ("recurrent", Some("wine"), &[("steps", "30"), ("activation", "relu"), ("gain", "2.5"), ("length", "4")]),
        ("rms-norm", None, &[("steps", "20")]),
    ] {
        let request = RunRequest { slug: slug.into(), ..request(data, settings) };
        for message in [ToExperiments::Describe(request.clone()), ToExperiments::Run(request.clone())] {
            let native = natively(&message);
            let mut found = answer(&page, &message);
            let timing = take_timing(&mut found);
            let is_timed = slug == "rms-norm" && matches!(message, ToExperiments::Run(_));
            assert_eq!(timing.len(), usize::from(is_timed), "{message:?}");
            assert!(matches!(found, FromExperiments::Done { .. } | FromExperiments::Described { .. }), "{message:?}");
            // As text: what has diverged is NaN, which is not equal to itself.
            assert!(format!("{found:?}") == format!("{native:?}"), "{message:?}");
        }
    }
    for (slug, data) in
        [("descent", Some("shifted")), ("outliers", Some("iris")), ("shape", None), ("evaluation-mode", Some("wine"))]
    {
        let message = ToExperiments::Seeds(RunRequest { slug: slug.into(), ..request(data, &[]) }, 3);
        assert!(answer(&page, &message) == natively(&message), "{message:?}");
    }
}

/// Takes the tables of times out of an answer.
fn take_timing(answer: &mut FromExperiments) -> Vec<Table> {
    match answer {
        FromExperiments::Done { report, .. } => report.take_timing(),
        _ => Vec::new(),
    }
}

#[test]
fn a_step_of_training_is_timed_in_the_tab() {
    let page = Page::open("");
    start(&page, "");
    for width in ["16", "128"] {
        let settings = [("steps", "10"), ("starts", "2"), ("width", width)];
        let message = ToExperiments::Run(RunRequest { slug: "rms-norm".into(), ..request(None, &settings) });
        let timing = take_timing(&mut answer(&page, &message)).remove(0);
        assert_eq!(timing.rows.len(), 2);
        let of = |row: usize, column: usize| timing.rows[row][column].replace(',', "").parse::<f64>().unwrap();
        for column in [1, 2] {
            let (norm, step) = (of(0, column), of(1, column));
            assert!(norm > 0.0 && step > norm && step < 1e5, "{timing:?}");
        }
    }
}

#[test]
fn cancel_is_heard_within_100_milliseconds() {
    let page = Page::open("");
    start(&page, "");
    let network = RunRequest { slug: "learning-rates".into(), ..request(None, &[("depth", "20")]) };
    for message in [
        ToExperiments::Seeds(request(Some("breast-cancer"), &[("model", "logistic")]), 500),
        ToExperiments::Run(network),
    ] {
        page.value("told.length = 0");
        send(&page, &message);
        page.wait_until("told.some(data => data[0] === 2)");
        let cancel = encode(&ToExperiments::Cancel).unwrap();
        let took = page.run(&format!(
            "const sent = performance.now();
            const ended = new Promise(resolve => program.addEventListener('message', ({{ data }}) => data[0] === 5 && resolve()));
            program.postMessage(new Uint8Array({cancel:?}));
            await ended;
            return performance.now() - sent;"
        ));
        assert!(took.as_f64().unwrap() < 100.0, "{took} milliseconds");
    }
}

#[test]
fn a_program_that_does_not_arrive_is_told_as_missing() {
    for (part, fault) in [("experiments.js", Fault::Missing), ("experiments_bg.wasm", Fault::Html)] {
        let page = Page::open("");
        page.server.spoil(part, fault);
        start(&page, "");
        page.wait_until("told.length === 1");
        assert_eq!(page.value("told[0]"), "missing", "{part}");
        page.take_complaints();
    }
}

#[test]
fn the_policy_of_the_page_holds_for_it() {
    let page = Page::open("");
    let elsewhere = Server::start();
    let probe = format!(
        "fetch('http://{}/anything').then(() => postMessage('fetched'), () => postMessage('refused'));\n",
        elsewhere.host()
    );
    start(&page, &probe);
    page.wait_until("told.length === 1");
    assert_eq!(page.value("told[0]"), "refused");
    assert_eq!(elsewhere.requests(), [""; 0]);
    page.take_complaints();
    assert!(matches!(answer(&page, &ToExperiments::List), FromExperiments::List(_)));
}

/// The answer of the same code outside of a browser.
fn natively(message: &ToExperiments) -> FromExperiments {
    finished(serve(all(), message, &BundledFiles, &NativeHost)).unwrap()
}

/// The bundled samples.
struct BundledFiles;

impl Files for BundledFiles {
    fn read<'a>(&'a self, file: &'a str) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + 'a>> {
        let path = format!("{}/../../static/data/{file}", env!("CARGO_MANIFEST_DIR"));
        Box::pin(ready(std::fs::read(path).map_err(|error| error.to_string())))
    }
}
