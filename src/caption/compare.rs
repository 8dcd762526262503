//! A comparison in words: whose shape is kept, and how two methods go together.

use super::pointed::place;
use super::{capital, varies};
use crate::data::shown_name;
use crate::engine::LinearRelation;
use crate::plot::number::format4;
use crate::protocol::{ComparedMethod, ComparedOutcome, Followed, MethodComparison};

/// Less than this part of the range of a feature is what rounding left of an offset.
const NOISE: f64 = 1e-12;

/// Which methods leave the shape of the feature as it was, and which do not.
pub fn relation(comparison: &MethodComparison) -> String {
    let feature = shown_name(comparison.features.get(comparison.feature as usize).map_or("", String::as_str));
    if comparison.before.is_none_or(|before| before.min.partial_cmp(&before.max) != Some(std::cmp::Ordering::Less)) {
        return format!("All values of {feature} are the same, so there is no shape to keep.");
    }
    let (mut lines, mut flat, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for panel in &comparison.panels {
        let Ok(found) = &panel.outcome else { continue };
        let name = name(panel).to_owned();
        if is_flat(comparison, found) {
            flat.push(name);
        } else if found.relation.line.is_some() {
            lines.push(name);
        } else {
            others.push(name);
        }
    }
    let mut sentences = Vec::new();
    if let [_, ..] = lines.as_slice() {
        let they = if lines.len() == 1 { "it only shifts and stretches" } else { "they only shift and stretch" };
        sentences.push(format!("{} keeps its shape with {}: {they} it.", capital(&feature), listed(&lines)));
    }
    if let [_, ..] = others.as_slice() {
        let its = if lines.is_empty() { format!("the shape of {feature}") } else { "its shape".into() };
        let change = if others.len() == 1 { "changes" } else { "change" };
        let far = furthest(comparison).map_or_else(String::new, |(panel, found)| {
            let correlation = correlation(found.relation.correlation);
            match others.len() {
                1 => format!(" (correlation {correlation} with the original values)"),
                _ => format!("; {} is least like the original values (correlation {correlation})", name(panel)),
            }
        });
        sentences.push(format!("{} {change} {its}{far}.", capital(&listed(&others))));
    }
    if let [_, ..] = flat.as_slice() {
        let make = if flat.len() == 1 { "makes" } else { "make" };
        sentences.push(format!("{} {make} all its values the same.", capital(&listed(&flat))));
    }
    sentences.join(" ")
}

/// Whether a method leaves nothing of the feature but a single value, and what rounding adds to it.
pub fn is_flat(comparison: &MethodComparison, found: &ComparedOutcome) -> bool {
    comparison.before.is_none_or(|before| !varies(&before, &found.summary))
}

/// Which value is followed through the methods, and how to follow one.
pub fn followed(comparison: &MethodComparison) -> String {
    let Some(Followed { cell, feature, value }) = &comparison.followed else {
        return "Choose a value in a plot above or in the table below to follow it through all methods.".into();
    };
    let name = shown_name(comparison.features.get(*feature as usize).map_or("", String::as_str));
    let place = place(*cell, comparison.positions > 1);
    if value.is_nan() {
        return format!("{place}: {name} is missing.");
    }
    let line = match (comparison.drawn.contains(feature), comparison.query.zoom) {
        (false, _) => "",
        (true, false) => "; the dashed line marks it",
        (true, true) => "; the dashed line marks it, unless it is among the hidden extreme 2%",
    };
    format!(
        "{place}: {name} {}. Its value after each method is shown beside the name of the method{line}.",
        format4(*value)
    )
}

/// The method whose values have least to do with those before.
fn furthest(comparison: &MethodComparison) -> Option<(&ComparedMethod, &ComparedOutcome)> {
    let found = comparison.panels.iter().filter_map(|panel| Some((panel, panel.outcome.as_ref().ok()?)));
    let bent = found.filter(|(_, found)| found.relation.line.is_none() && !is_flat(comparison, found));
    bent.reduce(|a, b| if b.1.relation.correlation.abs() < a.1.relation.correlation.abs() { b } else { a })
}

/// How the two methods that are drawn against each other go together.
pub fn related(comparison: &MethodComparison) -> Option<String> {
    let found = comparison.pair_plot.as_ref()?;
    let panel = |index: u32| comparison.panels.get(index as usize);
    let (across, up) = (panel(found.pair.0)?, panel(found.pair.1)?);
    let relation = &found.relation;
    let (a, b) = (name(across), name(up));
    if relation.count == 0 {
        return Some("There are no values to compare.".into());
    }
    if relation.largest == 0.0 {
        return Some(format!("{a} and {b} give exactly the same values."));
    }
    let apart =
        format!("They differ by at most {}, by {} on average.", format4(relation.largest), format4(relation.mean));
    let flat = |panel: &ComparedMethod| {
        panel.outcome.as_ref().ok().filter(|found| is_flat(comparison, found)).map(|found| found.summary.median)
    };
    if let Some((median, one, other)) =
        flat(up).map(|median| (median, b, a)).or(flat(across).map(|median| (median, a, b)))
    {
        return Some(format!("{one} makes every value {}, whatever {other} gives. {apart}", format4(median)));
    }
    if let Some(line) = relation.line {
        let size = up.outcome.as_ref().map_or(0.0, |found| found.summary.max.abs().max(found.summary.min.abs()));
        return Some(format!(
            "Exactly a straight line: {b} {}. Both show the same shape. {apart}",
            formula(line, a, size)
        ));
    }
    let correlation = correlation(relation.correlation);
    Some(format!("Not a straight line: their correlation is {correlation}, so they show different shapes. {apart}"))
}

/// `= 0.25 × z-score + 0.5`; where a number is rounded, `≈ 0.213 × z-score + 0.5186`.
fn formula(line: LinearRelation, name: &str, size: f64) -> String {
    let (slope, mut exact) = digits(line.slope, NOISE * line.slope.abs());
    let mut text = if slope == "1" { name.to_owned() } else { format!("{slope} \u{d7} {name}") };
    if line.offset.abs() > NOISE * size {
        let (offset, whole) = digits(line.offset.abs(), NOISE * size);
        let sign = if line.offset < 0.0 { '\u{2212}' } else { '+' };
        text += &format!(" {sign} {offset}");
        exact &= whole;
    }
    format!("{} {text}", if exact { '=' } else { '\u{2248}' })
}

/// A number as it is read, and whether it is that but for what rounding left. One that four digits would make whole is
/// written with the digits that it is not.
fn digits(value: f64, noise: f64) -> (String, bool) {
    let near = |other: f64| (value - other).abs() <= noise;
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    if near(rounded) || near(value.round()) {
        return (format4(if near(rounded) { rounded } else { value.round() }), true);
    }
    if rounded != rounded.round() || rounded.abs() >= 1000.0 {
        return (format4(value), false);
    }
    let decimals = (-libm::log10((value - rounded).abs())).ceil().max(1.0) as usize;
    let minus = if value < 0.0 { "\u{2212}" } else { "" };
    (format!("{minus}{:.decimals$}", value.abs()), false)
}

/// Three decimals; what is not 1 is not called 1.
pub fn correlation(value: f64) -> String {
    const NEARLY: f64 = 0.9995;
    if value.abs() >= NEARLY {
        return if value > 0.0 { "more than 0.999".into() } else { "less than \u{2212}0.999".into() };
    }
    format4((value * 1000.0).round() / 1000.0)
}

fn name(panel: &ComparedMethod) -> &'static str {
    panel.method.info().name
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Method, Summary, relate, summarize};
    use crate::protocol::PairPlot;

    const BEFORE: [f64; 4] = [1.0, 2.0, 4.0, 9.0];

    fn summary(values: &[f64]) -> Summary {
        summarize(values, &mut Vec::new())
    }

    /// These methods on `BEFORE`, as if their values were these.
    fn comparison(methods: &[(&str, [f64; 4])]) -> MethodComparison {
        let panels = methods.iter().map(|(slug, values)| ComparedMethod {
            method: Method::from_slug(slug).unwrap(),
            outcome: Ok(ComparedOutcome {
                curves: Vec::new(),
                ends: None,
                summary: summary(values),
                relation: relate(&BEFORE, values),
                spread: f64::NAN,
            }),
            value: None,
        });
        MethodComparison {
            features: vec!["ash".into()],
            before: Some(summary(&BEFORE)),
            panels: panels.collect(),
            ..MethodComparison::default()
        }
    }

    fn sentence_of_pair(a: [f64; 4], b: [f64; 4]) -> String {
        let relation = relate(&a, &b);
        let found = PairPlot { pair: (0, 1), across: Vec::new(), up: Vec::new(), relation, drawn: 4, all: 4 };
        let both = comparison(&[("z-score", a), ("layer-norm", b)]);
        related(&MethodComparison { pair_plot: Some(found), ..both }).unwrap()
    }

    #[test]
    fn the_sentence_tells_lines_clouds_and_constants_apart() {
        let (line, bent, flat) = (BEFORE.map(|x| 2.0 * x - 1.0), [1.0, 3.0, 3.0, 2.0], [0.0; 4]);
        assert_eq!(
            relation(&comparison(&[
                ("z-score", line),
                ("min-max", line),
                ("layer-norm", bent),
                ("instance-norm", flat)
            ])),
            "Ash keeps its shape with z-score and min-max: they only shift and stretch it. LayerNorm changes \
             its shape (correlation 0.098 with the original values). InstanceNorm makes all its values the same."
        );
        assert_eq!(
            relation(&comparison(&[("layer-norm", bent), ("rms-norm", [9.0, 4.0, 2.0, 3.0])])),
            "LayerNorm and RMSNorm change the shape of ash; LayerNorm is least like the original values (correlation \
             0.098)."
        );
        assert!(
            relation(&MethodComparison { before: Some(summary(&[4.0, 4.0])), ..comparison(&[]) })
                .contains("All values of ash are the same")
        );
        assert!(!relation(&MethodComparison::default()).is_empty());
    }

    #[test]
    fn two_methods_are_a_line_or_a_cloud_or_the_same() {
        assert_eq!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 0.5 * x - 3.0)),
            "Exactly a straight line: LayerNorm = 0.5 \u{d7} z-score \u{2212} 3. Both show the same shape. They differ by \
             at most 7.5, by 5 on average."
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| x + 2.0))
                .starts_with("Exactly a straight line: LayerNorm = z-score + 2.")
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 3.0 * x))
                .starts_with("Exactly a straight line: LayerNorm = 3 \u{d7} z-score.")
        );
        assert!(
            sentence_of_pair(BEFORE, [1.0, 3.0, 3.0, 2.0])
                .starts_with("Not a straight line: their correlation is 0.098,")
        );
        assert!(sentence_of_pair(BEFORE, [1.0, 2.0, 4.0, 9.01]).contains("more than 0.999"));
        assert!(sentence_of_pair(BEFORE, [-1.0, -2.0, -4.0, -9.01]).contains("less than \u{2212}0.999"));
        // A slope that four digits make 1 is told with the digits that it is not; what is rounded is about so.
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 0.999_992_4 * x))
                .starts_with("Exactly a straight line: LayerNorm \u{2248} 0.999992 \u{d7} z-score. Both")
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 3.000_04 * x + 1.0))
                .contains("LayerNorm \u{2248} 3.00004 \u{d7} z-score + 1.")
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 0.123_456 * x - 2.0))
                .contains("LayerNorm \u{2248} 0.1235 \u{d7} z-score \u{2212} 2.")
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 2.0 * x + 1.0 / 3.0))
                .contains("LayerNorm \u{2248} 2 \u{d7} z-score + 0.3333.")
        );
        assert!(
            sentence_of_pair(BEFORE, BEFORE.map(|x| 123_457.0 * x)).contains("LayerNorm = 123,457 \u{d7} z-score.")
        );
        assert_eq!(sentence_of_pair(BEFORE, BEFORE), "z-score and LayerNorm give exactly the same values.");
        assert!(
            sentence_of_pair(BEFORE, [5.0; 4]).starts_with("LayerNorm makes every value 5, whatever z-score gives.")
        );
        let nearly = [-1.0, -1.0, -1.0 + 4e-16, -1.0];
        assert!(
            sentence_of_pair(nearly, BEFORE).starts_with("z-score makes every value \u{2212}1, whatever LayerNorm")
        );
        assert!(relation(&comparison(&[("layer-norm", nearly)])).ends_with("LayerNorm makes all its values the same."));
        assert!(sentence_of_pair([f64::NAN; 4], BEFORE).contains("no values"));
        assert_eq!(related(&comparison(&[])), None);
    }
}
