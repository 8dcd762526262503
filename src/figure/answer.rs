//! An answer to a question of Practice beside the right one.

use crate::plot::number::format4;
use crate::plot::{Axis, Detail, Key, Mark, Scene};
use crate::report::{FactValue, Guess, PracticeItem, PredictionKind};

const RIGHT: &str = "right";
const YOURS: &str = "yours";

/// The picture of an answer over the right one; `None` where words say it all.
pub fn answered(item: &PracticeItem, guess: &Guess) -> Option<Scene> {
    match (&item.prediction.kind, guess, &item.fact.value) {
        (PredictionKind::Number { unit, .. }, Guess::Number(guess), FactValue::Number(fact)) => {
            number(unit, *guess, *fact)
        }
        (PredictionKind::Curve { labels, unit, most }, Guess::Curve(guess), FactValue::Curve(fact)) => {
            Some(curve(labels, unit, *most, guess, fact))
        }
        _ => None,
    }
}

/// Both numbers on one line, with 0 where that is near.
fn number(unit: &str, guess: f64, fact: f64) -> Option<Scene> {
    let distance = (guess - fact).abs();
    // One line over the other shows nothing.
    if distance <= 5e-3 * fact.abs().max(guess.abs()) {
        return None;
    }
    let (mut low, mut high) = (guess.min(fact), guess.max(fact));
    for near in [0.0, 1.0] {
        if (low - near).abs() <= 2.0 * distance || (high - near).abs() <= 2.0 * distance {
            (low, high) = (low.min(near), high.max(near));
        }
    }
    let room = 0.12 * (high - low);
    let rule = |role, at, name: &str| Mark::Rule { role: Some(role), at, label: format!("{name}: {}", format4(at)) };
    Some(Scene {
        title: "Your answer and the right one".into(),
        x: Axis::new(unit, low - room, high + room),
        y: Axis::bare(1.0),
        marks: vec![rule(0, fact, RIGHT), rule(1, guess, YOURS)],
        description: format!("On a number line: you said {}, right is {}.", format4(guess), format4(fact)),
        ..Scene::default()
    })
}

fn curve(labels: &[String], unit: &str, most: u8, guess: &[u8], fact: &[f64]) -> Scene {
    let steps = |name: &str, role, heights: Vec<f64>| Mark::Steps {
        key: Key { name: name.into(), role },
        low: 0.0,
        high: labels.len() as f64,
        heights,
        ends: None,
        outside: 0,
    };
    let said: Vec<String> = labels
        .iter()
        .zip(guess.iter().zip(fact))
        .map(|(label, (guess, fact))| format!("{label}: you {guess}, right {}", format4(*fact)))
        .collect();
    Scene {
        title: "Your drawing and the right one".into(),
        x: Axis::of_columns(labels.to_vec()),
        y: Axis::new(unit, 0.0, f64::from(most)),
        marks: vec![
            steps(RIGHT, 0, fact.to_vec()),
            steps(YOURS, 1, guess.iter().map(|height| f64::from(*height)).collect()),
        ],
        description: format!("{}.", said.join("; ")),
        ..Scene::default()
    }
}

/// How often what was said with a sureness was right: `counts` are (sure in percent, right in percent, answers).
pub fn calibration_scene(counts: &[(f64, f64, usize)]) -> Scene {
    let points = counts.iter().map(|(sure, right, _)| (*sure, *right)).collect();
    let said: Vec<String> = counts
        .iter()
        .map(|(sure, right, answers)| format!("{sure}% sure: {}% of {answers} right", format4(*right)))
        .collect();
    Scene {
        title: "How sure, how right".into(),
        x: Axis::new("how sure, in %", 45.0, 105.0),
        y: Axis::new("right, in %", 0.0, 105.0),
        marks: vec![
            Mark::Diagonal,
            Mark::Points { key: Key { name: "your answers".into(), role: 0 }, points, places: Vec::new() },
        ],
        detail: Detail::Full,
        description: format!("{}. On the dashed line, as many are right as you were sure of.", said.join("; ")),
        ..Scene::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_stand_on_one_line_and_equal_ones_need_none() {
        let scene = number("sd", 0.62, 0.238).unwrap();
        let at: Vec<f64> = scene
            .marks
            .iter()
            .filter_map(|mark| if let Mark::Rule { at, .. } = mark { Some(*at) } else { None })
            .collect();
        assert_eq!(at, [0.238, 0.62]);
        assert!(scene.x.range().0 < 0.0, "0 is near, so it is there");
        assert_eq!(number("sd", 0.238, 0.238_01), None);
    }

    #[test]
    fn a_drawing_lies_over_the_right_one() {
        let scene = curve(&["a".into(), "b".into()], "%", 100, &[10, 20], &[12.5, 20.0]);
        assert_eq!(scene.keys().len(), 2);
        assert_eq!(scene.description, "a: you 10, right 12.5; b: you 20, right 20.");
    }

    #[test]
    fn calibration_is_drawn_as_counted() {
        let scene = calibration_scene(&[(90.0, 50.0, 2)]);
        assert!(scene.description.starts_with("90% sure: 50% of 2 right."));
    }
}
