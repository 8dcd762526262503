//! The running statistics of BatchNorm, batch by batch.

use std::rc::Rc;

use crate::plot::number::{format4, whole};
use crate::plot::{Axis, Key, Mark, PlotTable, Scene, TickFormat};
use crate::protocol::{BatchSummary, RunningStats};

/// A series that is a solid line, one that is never a line, and one that is neutral and dotted.
const RUNNING: usize = 0;
const BATCHES: usize = 4;
const WHOLE: usize = 7;

/// Running mean and running variance against the batches, with what each batch held and what all rows have; one batch is
/// marked.
pub fn walk_scenes(running_stats: &RunningStats, marked: Option<u64>) -> [Rc<Scene>; 2] {
    let mean = Curve { name: "mean", start: 0.0, whole: running_stats.whole.0, of: |step| (step.mean, step.after.0) };
    let variance =
        Curve { name: "variance", start: 1.0, whole: running_stats.whole.1, of: |step| (step.variance, step.after.1) };
    [mean, variance].map(|curve| Rc::new(curve.scene(running_stats, marked)))
}

/// One of the two statistics.
struct Curve {
    name: &'static str,
    /// Where the running one starts, and that of all rows.
    start: f64,
    whole: f64,
    /// That of the batch, and the running one after it.
    of: fn(&BatchSummary) -> (f64, f64),
}

impl Curve {
    fn scene(&self, running_stats: &RunningStats, marked: Option<u64>) -> Scene {
        let (name, total) = (self.name, running_stats.total() as f64);
        let at = |step: &BatchSummary, value: f64| (step.number as f64, value);
        let own =
            running_stats.steps.iter().map(|step| at(step, (self.of)(step).0)).filter(|(_, value)| value.is_finite());
        let own: Vec<_> = own.collect();
        let running =
            running_stats.steps.iter().map(|step| at(step, (self.of)(step).1)).filter(|(_, value)| value.is_finite());
        let running: Vec<_> = [(0.0, self.start)].into_iter().chain(running).collect();
        let all =
            own.iter().chain(&running).map(|(_, value)| *value).chain([self.whole]).filter(|value| value.is_finite());
        let (low, high) =
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let key = |name: String, role: usize| Key { name, role };
        let end = running.last().map_or(self.start, |(_, value)| *value);
        let description = format!(
            "From {} to {} over {} batches; the {name} of all rows is {}.",
            format4(self.start),
            format4(end),
            whole(running_stats.total()),
            format4(self.whole)
        );
        let mut marks = vec![
            Mark::Points { key: key("each batch".to_owned(), BATCHES), points: own, places: Vec::new() },
            Mark::Line { key: key(format!("running {name}"), RUNNING), points: running, filled: false },
        ];
        if self.whole.is_finite() {
            let points = vec![(0.0, self.whole), (total, self.whole)];
            let key = key(format!("all rows: {}", format4(self.whole)), WHOLE);
            marks.insert(1, Mark::Line { key, points, filled: false });
        }
        if let Some(number) = marked {
            marks.push(Mark::Rule { role: None, at: number as f64, label: format!("batch {}", whole(number)) });
        }
        let mut x = Axis::new("batches taken", 0.0, total);
        x.format = TickFormat::Count;
        Scene {
            title: format!("Running {name} of {}", running_stats.feature),
            x,
            y: Axis::new(name, low, high).rounded(),
            marks,
            description,
            ..Scene::default()
        }
    }
}

/// The numbers behind the pictures, one table each.
pub fn walk_tables(running_stats: &RunningStats) -> [PlotTable; 2] {
    let table = |name: &str, of: fn(&BatchSummary) -> [f64; 2]| {
        let row = |step: &BatchSummary| {
            let [own, running] = of(step).map(format4);
            vec![whole(step.number), whole(step.count), own, running, format4(step.initial)]
        };
        let headers = ["batch", "values", name, &format!("running {name}"), "weight of the start"];
        PlotTable { headers: headers.map(String::from).to_vec(), rows: running_stats.steps.iter().map(row).collect() }
    };
    [table("mean", |step| [step.mean, step.after.0]), table("variance", |step| [step.variance, step.after.1])]
}
