//! An item while it is made.

use normlab_engine::trace::{ArrayIndex, Trace};
use normlab_engine::{Error, Method};
use normlab_plot::Scene;
use normlab_report::{FactValue, ItemTable, PredictionKind, Slip, WorkingLine};

use super::{ExploreLink, Grid, tidy};

/// Numbers beyond these are no answer to anything here.
const LARGEST: f64 = 1e9;
/// A wrong answer this near to the right one would be right to three digits.
const APART: f64 = 0.02;

/// Everything of an item that its template says.
#[derive(Clone, Debug)]
pub struct Draft {
    pub setting: String,
    pub data: ItemTable,
    pub given: Vec<(String, f64)>,
    pub picture: Option<Scene>,
    pub prompt: String,
    pub kind: PredictionKind,
    pub answer: FactValue,
    pub why: String,
    pub exact: bool,
    pub slips: Vec<Slip>,
    pub trace: Option<Trace>,
    pub working: Vec<WorkingLine>,
    pub open: String,
    pub experiment: String,
}

/// One value of a result and where it comes from.
pub struct TracedValue {
    pub output: f64,
    pub trace: Trace,
}

impl TracedValue {
    /// What a method makes of a cell, by the statistics of the data themselves or of those it is fitted on.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn of(method: &Method, grid: &Grid, train: Option<&Grid>, cell: ArrayIndex) -> Result<Self, Error> {
        let train = train.map(Grid::view);
        let outcome = method.run(grid.view(), train)?;
        let trace = outcome.fitted.trace(grid.view(), method.source(grid.view(), train), cell)?;
        Ok(Self { output: tidy(outcome.values[[cell.example, cell.feature, cell.position]]), trace })
    }
}

impl Draft {
    /// A question on these data; the rest is said by what follows.
    pub fn new(setting: impl Into<String>, grid: &Grid) -> Self {
        Self {
            setting: setting.into(),
            data: grid.shown(),
            given: Vec::new(),
            picture: None,
            prompt: String::new(),
            kind: PredictionKind::Cells { rows: 0, columns: 0 },
            answer: FactValue::Cells(Vec::new()),
            why: String::new(),
            exact: false,
            slips: Vec::new(),
            trace: None,
            working: Vec::new(),
            open: String::new(),
            experiment: String::new(),
        }
    }

    /// A number that is given besides the table.
    #[must_use]
    pub fn given(mut self, name: &str, value: f64) -> Self {
        self.given.push((name.into(), value));
        self
    }

    /// Asks for a number, right to three significant digits.
    #[must_use]
    pub fn number(self, prompt: impl Into<String>, unit: &str, answer: f64) -> Self {
        let kind = PredictionKind::Number { unit: unit.into(), low: -LARGEST, high: LARGEST };
        Self { prompt: prompt.into(), kind, answer: FactValue::Number(tidy(answer)), ..self }
    }

    /// Asks for a count, of which every digit is to be right.
    #[must_use]
    pub fn count(self, prompt: impl Into<String>, unit: &str, answer: usize) -> Self {
        let kind = PredictionKind::Number { unit: unit.into(), low: 0.0, high: LARGEST };
        Self { prompt: prompt.into(), kind, answer: FactValue::Number(answer as f64), exact: true, ..self }
    }

    #[must_use]
    pub fn asked(self, prompt: impl Into<String>, kind: PredictionKind, answer: FactValue) -> Self {
        Self { prompt: prompt.into(), kind, answer, ..self }
    }

    /// Why the answer is what it is.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }

    /// A wrong answer that people give; left out where it would pass for right, or is there already.
    #[must_use]
    pub fn slip(mut self, answer: f64, when: &str) -> Self {
        let FactValue::Number(right) = self.answer else { return self };
        let answer = tidy(answer);
        let near = |a: f64, b: f64| (a - b).abs() <= APART * a.abs().max(b.abs());
        let same = |other: f64| if self.exact { answer == other } else { near(answer, other) };
        if answer.is_finite() && !same(right) && !self.slips.iter().any(|slip| same(slip.answer)) {
            self.slips.push(Slip { answer, when: when.into() });
        }
        self
    }

    #[must_use]
    pub fn traced(self, value: TracedValue) -> Self {
        Self { trace: Some(value.trace), ..self }
    }

    #[must_use]
    pub fn worked(mut self, lines: impl IntoIterator<Item = WorkingLine>) -> Self {
        self.working.extend(lines);
        self
    }

    #[must_use]
    pub fn pictured(self, scene: Scene) -> Self {
        Self { picture: Some(scene), ..self }
    }

    /// Where the same data and settings are in Explore.
    #[must_use]
    pub fn in_explore(self, link: ExploreLink) -> Self {
        Self { open: link.address(), ..self }
    }

    /// The state of an experiment that is about what was asked: its slug, and settings behind a question mark.
    #[must_use]
    pub fn in_experiment(self, state: &str) -> Self {
        Self { experiment: format!("/experiment/{state}"), ..self }
    }
}
