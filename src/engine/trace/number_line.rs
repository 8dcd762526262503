//! A value on its way to the result: one number line for each step, with the group it belongs to.

use super::{Application, CenterStep, ScaleStep, Step, Trace};

/// The values of a group on a line, after so many steps.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberLine {
    /// What was done last.
    pub step: &'static str,
    /// The ends of what is drawn.
    pub low: f64,
    pub high: f64,
    pub members: Vec<f64>,
    pub value: f64,
    /// Where the centre is; `None` when nothing is subtracted.
    pub center: Option<f64>,
    /// How far the scale reaches, from where to where; `None` when nothing is divided.
    pub scale: Option<(f64, f64)>,
}

impl NumberLine {
    /// Where a value stands, from 0 to 1.
    pub fn part(&self, value: f64) -> f64 {
        let half = self.high / 2.0 - self.low / 2.0;
        if half > 0.0 { ((value / 2.0 - self.low / 2.0) / half).clamp(0.0, 1.0) } else { 0.5 }
    }
}

impl Trace {
    /// The line of the value before, and one for each step after it, in plain units; `members` are values of the group. None
    /// where there is nothing to compute, or what comes out is not finite.
    pub fn number_lines(&self, members: &[f64]) -> Vec<NumberLine> {
        let Application::Steps(steps) = &self.application.step else { return Vec::new() };
        let (center, scale) = (self.group.statistics.center, self.group.statistics.scale);
        let plain = self.application.exponent == 0;
        let centered = self.center.step != CenterStep::None;
        let scaled = self.scale.step != ScaleStep::None;
        // The centre, where the scale begins, where it ends, the value, then the group.
        let from = if centered { center } else { 0.0 };
        let mut marks: Vec<f64> =
            [center, from, from + scale, self.value].into_iter().chain(members.iter().copied()).collect();
        let mut lines = vec![line("the value", &marks, centered, scaled)];
        for (index, step) in steps.iter().enumerate() {
            let (name, change): (_, Box<dyn Fn(f64) -> f64>) = match *step {
                Step::Subtract { low, .. } if plain => ("minus the centre", Box::new(move |at| (at - center) - low)),
                Step::Subtract { .. } => ("minus the centre", Box::new(move |at| at - center)),
                Step::Divide { .. } => ("divided by the scale", Box::new(move |at| at / scale)),
                Step::Range { low, high, .. } => ("to the chosen range", Box::new(move |at| low + at * (high - low))),
                Step::Clip { low, high, .. } => ("clipped", Box::new(move |at: f64| at.max(low).min(high))),
                Step::Gamma { gamma, .. } => ("times gamma", Box::new(move |at| at * gamma)),
                Step::Beta { beta, .. } => ("plus beta", Box::new(move |at| at + beta)),
            };
            marks.iter_mut().for_each(|mark| *mark = change(*mark));
            if index + 1 == steps.len() {
                marks[3] = self.output;
            } else if plain {
                marks[3] = step.result();
            }
            lines.push(line(name, &marks, centered, scaled));
        }
        let drawn = lines.iter().all(|line| line.low.is_finite() && line.high.is_finite() && line.value.is_finite());
        if drawn { lines } else { Vec::new() }
    }
}

fn line(step: &'static str, marks: &[f64], centered: bool, scaled: bool) -> NumberLine {
    let (center, scale, value, members) = (marks[0], (marks[1], marks[2]), marks[3], &marks[4..]);
    let mut shown: Vec<f64> = members.to_vec();
    shown.push(value);
    shown.extend(centered.then_some(center));
    shown.extend(if scaled { vec![scale.0, scale.1] } else { Vec::new() });
    let low = shown.iter().copied().fold(f64::INFINITY, f64::min);
    let high = shown.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    NumberLine {
        step,
        low,
        high,
        members: members.to_vec(),
        value,
        center: centered.then_some(center),
        scale: scaled.then_some(scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use crate::trace::{ArrayIndex, StatisticsSource};
    use ndarray::{Array3, array};

    fn lines(slug: &str, x: &Array3<f64>, members: &[f64]) -> Vec<NumberLine> {
        let fitted = Method::from_slug(slug).unwrap().fit(x.view()).unwrap();
        fitted
            .trace(x.view(), StatisticsSource::Values(x.view()), ArrayIndex::new(2, 0, 0))
            .unwrap()
            .number_lines(members)
    }

    #[test]
    fn a_value_and_its_group_go_through_the_steps_together() {
        let x = array![[[2.0]], [[4.0]], [[6.0]]];
        let found = lines("z-score", &x, &[2.0, 4.0, 6.0]);
        let deviation = found[0].scale.unwrap().1 - 4.0;
        assert!((deviation * deviation - 8.0 / 3.0).abs() < 1e-14);
        assert_eq!([found[0].value, found[1].value], [6.0, 2.0]);
        assert_eq!(found[0].center, Some(4.0));
        assert_eq!((found[0].low, found[0].high), (2.0, 6.0));
        let (from, to) = found[2].scale.unwrap();
        assert!(found[2].center == Some(0.0) && from == 0.0 && (to - 1.0).abs() < 1e-15, "{from} {to}");
        assert_eq!(found[2].members, [-found[2].value, 0.0, found[2].value]);
        assert_eq!([2.0, 4.0, 6.0].map(|value| found[0].part(value)), [0.0, 0.5, 1.0]);
    }

    /// As the arithmetic has them: of the value to the last digit, of another of its group but for that.
    #[test]
    fn on_the_way_the_numbers_are_those_of_the_steps() {
        let values = [14.23, 13.2, 13.16, 14.37, 14.83, 0.1];
        let x = Array3::from_shape_vec((6, 1, 1), values.to_vec()).unwrap();
        for method in Method::all().iter().filter(|method| method.shares_examples()) {
            let fitted = method.fit(x.view()).unwrap();
            let trace = |example| {
                fitted.trace(x.view(), StatisticsSource::Values(x.view()), ArrayIndex::new(example, 0, 0)).unwrap()
            };
            for (example, value) in values.into_iter().enumerate() {
                let Application::Steps(steps) = trace(example).application.step else { panic!() };
                let lines = trace(example).number_lines(&values);
                let of_another = trace((example + 1) % 6).number_lines(&values);
                for (index, step) in steps.iter().enumerate() {
                    let slug = method.info().slug;
                    assert_eq!(lines[index + 1].value, step.result(), "{slug}: {value}");
                    let off = of_another[index + 1].members[example] - step.result();
                    assert!(off.abs() <= 2.0 * f64::EPSILON * step.result().abs(), "{slug}: {value}");
                }
            }
        }
    }

    #[test]
    fn the_last_line_has_the_result_of_every_method() {
        let x = array![[[2.0], [1.0]], [[4.0], [5.0]], [[7.0], [9.0]]];
        for method in Method::all() {
            let fitted = method.fit(x.view()).unwrap();
            let trace = fitted.trace(x.view(), StatisticsSource::Values(x.view()), ArrayIndex::new(2, 0, 0)).unwrap();
            let found = trace.number_lines(&[2.0, 7.0]);
            assert_eq!(found.last().unwrap().value, trace.output, "{}", method.info().slug);
            for line in &found {
                assert!(line.low <= line.value && line.value <= line.high, "{line:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_has_no_lines() {
        let x = array![[[2.0]], [[4.0]], [[f64::NAN]]];
        assert!(lines("z-score", &x, &[]).is_empty());
        let huge = array![[[-1.7e308]], [[0.0]], [[1.7e308]]];
        assert!(lines("min-max", &huge, &[-1.7e308, 1.7e308]).iter().all(|line| line.high.is_finite()));
    }
}
