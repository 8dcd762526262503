//! Pictures of bars and paths in words, for those who do not see them.

use super::number::format4;
use super::scene::{Mark, Scene};

/// Sentence by sentence what bars and paths of a scene show. Views say it of the other marks themselves.
pub fn words(scene: &Scene) -> String {
    let mut sentences = Vec::new();
    for mark in &scene.marks {
        match mark {
            Mark::Bars { key, lengths, labels, .. } => {
                let bars = scene.y.names.iter().zip(lengths).enumerate().filter(|(_, (_, length))| length.is_finite());
                let bars: Vec<String> = bars
                    .map(|(index, (name, length))| {
                        let label = labels.get(index).cloned().unwrap_or_else(|| format4(*length));
                        format!("{name} {label}")
                    })
                    .collect();
                sentences.push(format!("{}: {}.", key.name, bars.join(", ")));
            }
            Mark::Path { key, points } => {
                let at = |(x, y): &(f64, f64)| format!("({}, {})", format4(*x), format4(*y));
                if let (Some(first), Some(last)) = (points.first(), points.last()) {
                    sentences.push(format!(
                        "{}: a path of {} points from {} to {}.",
                        key.name,
                        points.len(),
                        at(first),
                        at(last)
                    ));
                }
            }
            _ => {}
        }
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Key};

    #[test]
    fn bars_say_their_labels_and_paths_their_ends() {
        let key = |name: &str| Key { name: name.into(), role: 0 };
        let (lengths, labels) = (vec![99.8, 0.2], vec!["99.8%".to_string()]);
        let scene = Scene {
            y: Axis::of_names(vec!["proline".into(), "alcohol".into()]),
            marks: vec![
                Mark::Bars { key: key("raw"), lengths, labels, slot: 0, slots: 1 },
                Mark::Path { key: key("descent"), points: vec![(0.0, 1.0), (2.0, 0.5), (1.0, 0.25)] },
            ],
            ..Scene::default()
        };
        assert_eq!(
            words(&scene),
            "raw: proline 99.8%, alcohol 0.2. descent: a path of 3 points from (0, 1) to (1, 0.25)."
        );
    }
}
