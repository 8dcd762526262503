//! What the program of the experiments answered last. What was shown stays until something newer comes.

use std::rc::Rc;

use crate::report::{Description, FromExperiments, PauseCommand, Report};

/// What the page of an experiment knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExperimentAnswers {
    /// The id of the newest description that was asked for.
    description_id: u64,
    /// The id of the newest run that was asked for; 0: none that is still wanted.
    run_id: u64,
    pub description: Option<Rc<Description>>,
    /// Settings of the address that the experiment does not have or does not allow, a sentence each.
    pub unknown: Vec<String>,
    pub report: Option<Rc<Report>>,
    /// How much of what is running is done, from 0 to 1.
    pub progress: Option<f32>,
    /// Whether what is running stands still.
    pub paused: bool,
    /// How much was done when the visitor paused or stepped, or when something new was shown after that.
    pub paused_at: f32,
    /// Why there is no newer report.
    pub refused: Option<String>,
}

/// What happened between the page and the program.
#[derive(Clone, Debug, PartialEq)]
pub enum ExperimentEvent {
    AskedToDescribe(u64),
    AskedToRun(u64),
    /// There is nothing to run any more, and nothing to show of earlier runs.
    Forgotten,
    /// The visitor stopped the run.
    Cancelled,
    /// The run was paused, or goes on.
    PauseChanged(PauseCommand),
    /// The program did not come, or ended: why, for the visitor.
    Stopped(String),
    Answered(Box<FromExperiments>),
}

impl ExperimentAnswers {
    #[must_use]
    pub fn after(&self, event: ExperimentEvent) -> Self {
        let mut next = self.clone();
        match event {
            ExperimentEvent::AskedToDescribe(id) => next.description_id = id,
            ExperimentEvent::AskedToRun(id) => {
                (next.run_id, next.progress, next.paused, next.refused) = (id, Some(0.0), false, None);
            }
            ExperimentEvent::Forgotten => {
                (next.run_id, next.report, next.progress, next.refused) = (0, None, None, None);
            }
            ExperimentEvent::Cancelled => {
                (next.run_id, next.progress) = (0, None);
                next.refused = Some("The run was stopped.".into());
            }
            ExperimentEvent::PauseChanged(command) => {
                next.paused = command != PauseCommand::Continue;
                next.paused_at = next.progress.unwrap_or(0.0);
            }
            ExperimentEvent::Stopped(why) => (next.run_id, next.progress, next.refused) = (0, None, Some(why)),
            ExperimentEvent::Answered(answer) => next.answer(*answer),
        }
        next
    }

    /// Answers to what is not asked any more are dropped.
    fn answer(&mut self, answer: FromExperiments) {
        match answer {
            FromExperiments::Described { id, description, unknown } if id == self.description_id => {
                (self.description, self.unknown) = (Some(Rc::new(description)), unknown);
            }
            FromExperiments::Progress { id, done } if id == self.run_id => self.progress = Some(done),
            FromExperiments::Partial { id, report } if id == self.run_id => {
                self.report = Some(Rc::new(report));
                self.paused_at = self.progress.unwrap_or(0.0);
            }
            FromExperiments::Done { id, report } if id == self.run_id => {
                (self.report, self.progress, self.refused) = (Some(Rc::new(report)), None, None);
            }
            FromExperiments::Refused { id, why } if id == self.run_id || id == self.description_id => {
                (self.progress, self.refused) = (None, Some(why));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(headline: &str) -> Report {
        Report { headline: headline.into(), ..Report::default() }
    }

    fn done(id: u64, headline: &str) -> ExperimentEvent {
        ExperimentEvent::Answered(Box::new(FromExperiments::Done { id, report: report(headline) }))
    }

    fn headline(answers: &ExperimentAnswers) -> Option<&str> {
        answers.report.as_ref().map(|report| report.headline.as_str())
    }

    #[test]
    fn an_answer_to_what_is_not_asked_any_more_is_dropped() {
        let answers = ExperimentAnswers::default()
            .after(ExperimentEvent::AskedToRun(1))
            .after(ExperimentEvent::AskedToRun(2))
            .after(done(1, "old"));
        assert_eq!((headline(&answers), answers.progress), (None, Some(0.0)));
        let answers = answers.after(done(2, "new"));
        assert_eq!((headline(&answers), answers.progress), (Some("new"), None));
        assert_eq!(headline(&answers.after(ExperimentEvent::Forgotten).after(done(2, "new"))), None);
    }

    #[test]
    fn progress_on_the_way_to_the_next_step_is_not_told_as_a_pause() {
        let answered = |answer| ExperimentEvent::Answered(Box::new(answer));
        let progress = |done| answered(FromExperiments::Progress { id: 1, done });
        let paused = ExperimentAnswers::default()
            .after(ExperimentEvent::AskedToRun(1))
            .after(progress(0.25))
            .after(ExperimentEvent::PauseChanged(PauseCommand::Pause))
            .after(progress(0.5));
        assert_eq!((paused.progress, paused.paused_at), (Some(0.5), 0.25));
        let stepped = paused.after(answered(FromExperiments::Partial { id: 1, report: report("more") }));
        assert_eq!(stepped.paused_at, 0.5);
    }

    #[test]
    fn a_refusal_and_a_stop_leave_what_was_shown() {
        let shown = ExperimentAnswers::default().after(ExperimentEvent::AskedToRun(1)).after(done(1, "first"));
        let why = FromExperiments::Refused { id: 2, why: "no target".into() };
        let refused = shown.after(ExperimentEvent::AskedToRun(2)).after(ExperimentEvent::Answered(Box::new(why)));
        assert_eq!((headline(&refused), refused.refused.as_deref()), (Some("first"), Some("no target")));
        let stopped = shown.after(ExperimentEvent::AskedToRun(2)).after(ExperimentEvent::Cancelled);
        assert_eq!((headline(&stopped), stopped.progress), (Some("first"), None));
        // Asking again takes the reason away.
        assert_eq!(refused.after(ExperimentEvent::AskedToRun(3)).refused, None);
    }
}
