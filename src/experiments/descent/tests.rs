//! The numbers that were measured elsewhere, exact laws, and data that lack something.

use normlab::data::Sample;
use normlab::report::{OwnTable, RunRequest};

use super::*;
use crate::Files;
use crate::tests::{Bundled, TestHost, finished, request, run};

fn ctr() -> ExperimentTable {
    let sample = Sample::from_slug("ctr-revenue").unwrap();
    ExperimentTable::of_sample(sample, &finished(Bundled.read(sample.file)).unwrap()).unwrap()
}

fn outcome_of(descent: &Descent, data: &ExperimentTable, seed: u64) -> DescentOutcome {
    let host = TestHost::default();
    let show = |_: &DescentOutcome| Report::default();
    finished(descent.run(data, seed, &RunControl::new(&host, &show))).unwrap()
}

#[test]
fn look() {
    for rate in [0.0001,0.0002,0.0003,0.0005,0.002,0.003,0.005,0.02,0.03,0.05,0.2,0.3,0.5] {
        let d = Descent { optimizer: Optimizer::Adam, rate, steps: 20_000, ..Descent::default() };
        let f = TwoFeatures::of(&ctr(), (1.0,0.0), 0).unwrap();
        let l = d.lane(&f, Rescaling::Raw).unwrap();
        println!("{rate} left {:e} least {:e}", l.last().unwrap().left, l.trail.iter().map(|s| s.left).fold(9.9, f64::min));
    }
    for rate in [1e-3, 1e-6, 1e-9, 0.1] {
        let found = outcome_of(&Descent { rule: RateRule::Number, rate, ..Descent::default() }, &ctr(), 0);
        println!("{rate} {:?} z {:?}", found.lanes[0].diverged, found.lanes[4].reached);
    }
    let ask = [("plain", vec![]), ("own", vec![("axes","own")]), ("steep", vec![("axes","steepest")]), ("orth", vec![]), ("orth3", vec![("stretch","0.3"),("share","1.8")]), ("shift", vec![("axes","steepest")]), ("adam", vec![("optimizer","adam"),("rate","0.1")]), ("mom", vec![("optimizer","momentum")]), ("div", vec![("rule","number"),("rate","0.1")]), ("closed", vec![("optimizer","closed")])];
    for (name, settings) in ask {
        let data = if name.starts_with("orth") { Some("orthogonal") } else if name == "shift" { Some("shifted") } else { None };
        let at = std::time::Instant::now();
        let report = run(request("descent", data, &settings)).unwrap();
        println!("== {name} {:?}\n{}\n{}", at.elapsed(), report.headline, report.sentences.join("\n"));
        for fact in &report.facts { println!("fact {fact:?}"); }
        for limit in &report.limits { println!("limit {limit:?}"); }
        for row in &report.tables[0].rows { println!("{row:?}"); }
        println!("marks {}", report.figures.iter().flat_map(|f| &f.frames).flat_map(|f| &f.marks).map(|m| if let normlab::plot::Mark::Path { points, .. } = m { points.len() } else { 1 }).sum::<usize>());
        let mut html = String::from("<body style='width:1240px;margin:10px;font:12px sans-serif'>");
        for f in &report.figures {
            let mut scene = f.scene.clone();
            if let Some(fr) = f.frames.last() { scene.marks.extend(fr.marks.clone()); }
            let w = if f.key == "loss" { 1200 } else { 390 };
            html += &format!("<div style='display:inline-block;width:{w}px'><b>{}</b>{}<p>{}</p></div>", scene.title, normlab::plot::svg(&scene, &normlab::plot::Theme::light(), w, 260), scene.note);
        }
        std::fs::create_dir_all("/tmp/descent_look").unwrap();
        std::fs::write(format!("/tmp/descent_look/{name}.html"), html).unwrap();
    }
}
