//! Figures and tables of a report, and what plays in them.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::hooks::PresentView;
use crate::app::parts::experiment::choose_and_open::ChooseAndOpen;
use crate::app::parts::experiment::player::Player;
use crate::app::parts::inputs::words::with_words;
use crate::app::parts::plot::canvas::Canvas;
use crate::app::parts::plot::handles::HandleContext;
use crate::app::parts::plot::legend::legend;
use crate::app::parts::plot::plot_data::PlotData;
use crate::app::parts::plot::save_plot::{Saved, save_plot};
use crate::app::parts::table::sideways_hint::SidewaysHint;
use crate::caption::WordsSeen;
use crate::plot::Scene;
use crate::report::{CellState, Description, Figure, Handle, Report, Table};
use crate::state::{ByPtr, ExperimentAction};

/// CSS pixels.
const HEIGHT: u32 = 260;

#[derive(Properties, PartialEq)]
pub struct ReportViewProps {
    pub report: Rc<Report>,
    pub description: Rc<Description>,
    /// Whether another outcome is on its way.
    pub busy: bool,
    pub dark: bool,
    /// Which frame is shown; `None`: the last.
    pub step: Option<u32>,
    pub act: Callback<ExperimentAction>,
}

#[component]
pub fn ReportView(props: &ReportViewProps) -> Html {
    let ReportViewProps { report, description, busy, dark, step, act } = props;
    let frames = report.figures.iter().map(|figure| figure.frames.len()).max().unwrap_or(0);
    let last = frames.saturating_sub(1) as u32;
    let shown = step.unwrap_or(last).min(last);
    // In a presentation, one figure or table at a time.
    let only = use_context::<Option<PresentView>>().flatten().map(|view| view.item);
    let rows = use_memo((report.clone(), shown), |(report, shown)| scenes(report, *shown));
    let context = |handles: &ByPtr<Vec<Handle>>| HandleContext {
        handles: handles.clone(),
        description: description.clone(),
        busy: *busy,
        set: act.reform(ExperimentAction::SetMany),
    };
    let words = &mut WordsSeen::default();
    let is_shown = |index: usize| only.is_none_or(|only| only == index);
    let plays = |index: usize| report.figures.get(index).is_some_and(|figure| figure.frames.len() > 1);
    html! {
        <>
            for row in rows.iter() {
                if row.iter().any(|shown| is_shown(shown.index)) {
                    <div class="plots report-row">
                        for shown in row.iter().filter(|shown| is_shown(shown.index)) {
                            { figure(shown, context(&shown.handles), *dark, act) }
                        }
                    </div>
                }
            }
            if frames > 1 && only.is_none_or(plays) {
                <Player {last} {shown} label={label(report, shown)} act={act.clone()} />
            }
            for (index, table) in report.tables.iter().enumerate() {
                if is_shown(report.figures.len() + index) { { table_view(table, words) } }
            }
        </>
    }
}

/// A figure as it is at a frame.
struct ShownFigure {
    /// Among all figures of the report.
    index: usize,
    key: AttrValue,
    scene: Rc<Scene>,
    handles: ByPtr<Vec<Handle>>,
    cells: Vec<CellState>,
}

/// Figures beside each other.
type FigureRow = Vec<ShownFigure>;

/// The scenes of the figures, row by row, as they are at a frame.
fn scenes(report: &Report, shown: u32) -> Vec<FigureRow> {
    let mut rows: Vec<(u32, FigureRow)> = Vec::new();
    for (index, figure) in report.figures.iter().enumerate() {
        let entry = ShownFigure {
            index,
            key: figure.key.clone().into(),
            scene: Rc::new(at_frame(figure, shown)),
            handles: ByPtr::new(figure.handles.clone()),
            cells: figure.cells.clone(),
        };
        match rows.last_mut() {
            Some((row, entries)) if *row == figure.row => entries.push(entry),
            _ => rows.push((figure.row, vec![entry])),
        }
    }
    rows.into_iter().map(|(_, entries)| entries).collect()
}

/// A figure whose frames are fewer stays at its last.
fn at_frame(figure: &Figure, shown: u32) -> Scene {
    let mut scene = figure.scene.clone();
    let frame = figure.frames.get(shown as usize).or(figure.frames.last());
    if let Some(frame) = frame {
        scene.marks.extend(frame.marks.iter().cloned());
    }
    scene
}

fn label(report: &Report, shown: u32) -> AttrValue {
    let frame = report.figures.iter().find_map(|figure| figure.frames.get(shown as usize));
    frame.map_or_else(AttrValue::default, |frame| frame.label.clone().into())
}

fn figure(
    ShownFigure { key, scene, handles, cells, .. }: &ShownFigure,
    context: HandleContext,
    dark: bool,
    act: &Callback<ExperimentAction>,
) -> Html {
    let open = (!cells.is_empty()).then(|| {
        let (cells, act) = (cells.clone(), act.clone());
        Callback::from(move |index: usize| {
            if let Some(cell) = cells.get(index) {
                act.emit(ExperimentAction::OpenState { data: None, settings: cell.settings.clone() });
            }
        })
    });
    let keys = scene.keys();
    let hints: Vec<String> = handles.iter().map(|handle| format!("Drag the ring: {}.", handle.label)).collect();
    html! {
        <figure class="plot" key={key.to_string()} data-figure={key.clone()}>
            <figcaption>
                <span class="plot-title">{ scene.title.clone() }</span>
                if keys.len() > 1 {
                    { legend(&keys, true, None) }
                }
            </figcaption>
            <Canvas scene={scene.clone()} {dark} height={HEIGHT} handles={(!handles.is_empty()).then_some(context)}
                cells={open.clone()} />
            for hint in hints {
                <p class="plot-note">{ hint }</p>
            }
            if let Some(open) = open {
                { choose_cell(cells, open) }
            }
            if !scene.note.is_empty() {
                <p class="plot-note">{ scene.note.clone() }</p>
            }
            <PlotData scene={scene.clone()} />
            <p class="save-plots">{ save_plot(&Saved::One(scene.clone()), dark, HEIGHT, scene.title.clone()) }</p>
        </figure>
    }
}

/// The states behind the cells of a heat map as a list. Where several cells are of one state, it stands there once.
fn choose_cell(cells: &[CellState], open: Callback<usize>) -> Html {
    let is_new = |(index, cell): &(usize, &CellState)| !cells[..*index].contains(cell);
    let (places, options): (Vec<usize>, Vec<String>) =
        cells.iter().enumerate().filter(is_new).map(|(index, cell)| (index, cell.label.clone())).unzip();
    let open = open.reform(move |chosen: usize| places.get(chosen).copied().unwrap_or(0));
    html! { <ChooseAndOpen label="Click a cell to open its runs, or choose" button="Open" {options} {open} /> }
}

fn table_view(table: &Table, seen: &mut WordsSeen) -> Html {
    html! {
        <section class="card report-table">
            <h2>{ table.title.clone() }</h2>
            <SidewaysHint />
            <div class="scroll" tabindex="0" role="region" aria-label={table.title.clone()}>
                <table>
                    <thead><tr>for column in &table.columns { <th scope="col">{ with_words("table", column, seen) }</th> }</tr></thead>
                    <tbody>
                        for row in &table.rows {
                            <tr>
                                for (index, cell) in row.iter().enumerate() {
                                    if index == 0 {
                                        <th scope="row">{ cell.clone() }</th>
                                    } else {
                                        <td>{ cell.clone() }</td>
                                    }
                                }
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
            if !table.note.is_empty() {
                <p class="about">{ with_words("table", &table.note, seen) }</p>
            }
        </section>
    }
}
