//! The page of an experiment. It shows any description and any report, and knows no experiment.

use std::rc::Rc;

use gloo_utils::document;
use yew::prelude::*;

use crate::app::experiments::ExperimentsClient;
use crate::app::hooks::{AppContext, ExperimentContext, PresentView, ThemeHandle, use_experiment, use_shown};
use crate::app::parts::experiment::arrays::Arrays;
use crate::app::parts::experiment::controls::control_field;
use crate::app::parts::experiment::experiment_data::experiment_data;
use crate::app::parts::experiment::experiment_head::headline;
use crate::app::parts::experiment::experiment_notes::{crumbs, limits, not_opened, sources};
use crate::app::parts::experiment::experiment_seed::seed_field;
use crate::app::parts::experiment::predictions::predictions;
use crate::app::parts::experiment::report_view::ReportView;
use crate::app::parts::header::{header, undo_buttons};
use crate::app::parts::skip_links::{SkipLink, focus, skip_links_to};
use crate::report::Description;
use crate::state::present::RevealStep;
use crate::state::{ExperimentAction, ExperimentData, Page};

const SKIPS: [SkipLink; 5] = [
    (["#result", ""], "Skip to the result"),
    ([".predictions :is(input, select, button)", ""], "Skip to the prediction"),
    ([".controls :is(input, select)", ""], "Skip to data and settings"),
    (["[data-figure] summary", ""], "Skip to the figures"),
    ([".report-table .scroll", ""], "Skip to the tables"),
];

#[derive(Properties, PartialEq)]
pub struct ExperimentPageProps {
    pub slug: AttrValue,
    pub client: ExperimentsClient,
    /// Explore, whose table an experiment may take.
    pub app: AppContext,
    pub theme: ThemeHandle,
}

#[component]
pub fn ExperimentPage(props: &ExperimentPageProps) -> Html {
    let ExperimentPageProps { slug, client, app, theme } = props;
    let context = &use_experiment(client, slug, app);
    // What a button leads to is said by the headline.
    let context = &ExperimentContext { act: leading(&context.act), ..context.clone() };
    let table = use_table_in_address(context, app);
    let columns = app.answers.info.iter().flat_map(|info| &info.columns);
    let targets = &Rc::new(columns.map(|column| AttrValue::from(column.name.clone())).collect::<Vec<_>>());
    let present = use_context::<Option<PresentView>>().flatten();
    let step = present.as_ref().map(|present| present.step);
    let items = context.answers.report.as_ref().map(|report| report.figures.len() + report.tables.len());
    present.iter().for_each(|present| present.items.0.set(items.unwrap_or(0)));
    // What is to be predicted is not told.
    let context = &if step == Some(RevealStep::Predict) { context.untold() } else { context.clone() };
    let (dark, answers) = (&theme.dark, &context.answers);
    use_effect_with(step.is_some_and(|step| step != RevealStep::Predict) && !context.state.run, {
        let act = context.act.clone();
        move |wanted| {
            if *wanted {
                act.emit(ExperimentAction::Run);
            }
        }
    });
    let page = Page::Experiment(slug.to_string());
    let header = header(app, &page, &theme.toggle, undo_buttons(context.can_undo_redo, &context.undo_or_redo));
    use_shown();
    let question = answers.description.as_ref().map(|description| description.question.clone());
    use_effect_with(question, |question| {
        let title = question.clone().unwrap_or_else(|| "Experiment".into());
        document().set_title(&format!("{title} \u{2013} Normlab"));
    });
    html! {
        <>
            { skip_links_to(&SKIPS) }
            { header.clone() }
            <main class="explore experiment">
                <div class="experiment-head" id="result" tabindex="-1">
                    { crumbs(context) }
                    { problems(context) }
                    if let Some(description) = &answers.description {
                        { headline(context, description, step) }
                    } else if answers.refused.is_some() {
                        { not_opened(slug) }
                    }
                </div>
                <div class="choices">
                    if let Some(description) = &answers.description {
                        { choices(context, description, targets, &table) }
                    }
                </div>
                <div class="result" data-items={items.map(|items| items.to_string())} aria-busy={answers.progress.is_some().to_string()}>
                    if let Some(description) = &answers.description {
                        { found(context, description, app, *dark) }
                    }
                </div>
            </main>
        </>
    }
}

/// What opens the table of Explore, kept in the address of an experiment that runs on it.
#[hook]
fn use_table_in_address(context: &ExperimentContext, app: &AppContext) -> AttrValue {
    let table = AttrValue::from(app.state.table_address());
    use_effect_with((context.state.data.clone(), table.clone()), {
        let act = context.act.clone();
        move |(data, table)| {
            if let ExperimentData::Mine { target, table: old } = data
                && old != table.as_str()
            {
                let (target, table) = (target.clone(), table.to_string());
                act.emit(ExperimentAction::SetData(ExperimentData::Mine { target, table }));
            }
        }
    });
    table
}

/// Actions that lead to another headline take the visitor there.
fn leading(act: &Callback<ExperimentAction>) -> Callback<ExperimentAction> {
    let act = act.clone();
    Callback::from(move |action: ExperimentAction| {
        let leads = matches!(
            action,
            ExperimentAction::Run
                | ExperimentAction::RunMany
                | ExperimentAction::PredictAgain
                | ExperimentAction::OpenState { .. }
        );
        act.emit(action);
        if leads {
            focus("#result");
        }
    })
}

/// What can be chosen, from the prediction on.
fn choices(
    context: &ExperimentContext,
    description: &Rc<Description>,
    targets: &Rc<Vec<AttrValue>>,
    table: &AttrValue,
) -> Html {
    let act = &context.act;
    let set = act.reform(|(key, text)| ExperimentAction::Set { key, text });
    html! {
        <>
            { predictions(context, description) }
            { experiment_data(context, description, targets, table) }
            if !description.controls.is_empty() {
                <section class="controls">
                    <h2>{ "Settings" }</h2>
                    for control in &description.controls {
                        { control_field(control, &set) }
                    }
                </section>
            }
            if description.seeded {
                { seed_field(context) }
            }
        </>
    }
}

/// What was not understood, and what went wrong.
fn problems(context: &ExperimentContext) -> Html {
    let answers = &context.answers;
    let told = context.complaints.iter().chain(&answers.unknown).chain(&context.table_problem).cloned();
    html! {
        <div role="alert">
            for told in told {
                <p class="notice">{ told }</p>
            }
            if let Some(why) = &answers.refused {
                <p class="notice problem">{ why.clone() }</p>
            }
        </div>
    }
}

/// Figures, tables and limits of the report, and what can be read.
fn found(context: &ExperimentContext, description: &Rc<Description>, app: &AppContext, dark: bool) -> Html {
    html! {
        <>
            if let Some(report) = &context.answers.report {
                <ReportView report={report.clone()} description={description.clone()} busy={context.answers.progress.is_some()}
                    {dark} step={context.state.step} act={context.act.clone()} />
                { limits(&report.limits, &context.act) }
                <Arrays report={report.clone()} app={app.clone()} />
            }
            { sources(&description.sources) }
        </>
    }
}
