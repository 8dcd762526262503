//! What the outcome looks like: four pictures, the statistics of their channels, and what moves the output of each norm.

use normlab_plot::number::{digits, format4, whole};
use normlab_plot::{Axis, Key, Mark, Scene, Shades, Spacing, Tint};
use normlab_report::{Figure, Table};

use super::StyleTransfer;
use super::filters::channel_name;
use super::outcome::{ChannelStatistics, StyleNorm, StyleOutcome};
use super::pictures::SIDE;
use crate::wording::{capital, listed};

pub fn figures(settings: &StyleTransfer, outcome: &StyleOutcome) -> Vec<Figure> {
    let figure = |key: &str, row, scene| Figure { key: key.into(), scene, row, ..Figure::default() };
    let (content, style) = (settings.content.name(), settings.style.name());
    let title = format!("{content} in the style of {style}, strength {}", format4(settings.strength));
    let mut figures = vec![
        figure("content", 0, picture(&format!("Content: {content}"), &outcome.content, Some((0.0, 255.0)))),
        figure("style", 0, picture(&format!("Style: {style}"), &outcome.style, Some((0.0, 255.0)))),
    ];
    if outcome.is_done {
        figures.push(figure("styled", 1, picture(&capital(&title), &outcome.styled, Some((0.0, 255.0)))));
    }
    let title = format!("{} after InstanceNorm", capital(content));
    figures.push(figure("normalized", 1, picture(&title, &outcome.normalized, None)));
    if outcome.is_done {
        figures.push(figure("deviations", 2, deviations(settings, outcome)));
        figures.push(figure("moved", 2, moved(outcome)));
    }
    figures
}

/// A picture in grey levels, from white to black between these ends or its own.
fn picture(title: &str, pixels: &[f64], ends: Option<(f64, f64)>) -> Scene {
    let least = pixels.iter().copied().fold(f64::INFINITY, f64::min);
    let most = pixels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = ends.unwrap_or((least, most));
    let label = if ends.is_some() { "grey level, 255 is black" } else { "sum of the normalized channels" };
    let shades = Shades { low, high, spacing: Spacing::Linear, tint: Tint::Grey, label: label.into() };
    let side = SIDE as f64;
    let beyond = pixels.iter().filter(|pixel| **pixel < low || **pixel > high).count();
    let mut x = Axis::bare(side);
    x.label = "pixels".into();
    Scene {
        title: title.into(),
        x,
        y: Axis::bare(side),
        marks: vec![Mark::Cells {
            x: (0.0, side),
            y: (0.0, side),
            columns: SIDE,
            groups: 1,
            parts: pixels.iter().map(|pixel| shades.part(*pixel) as f32).collect(),
            rows: Vec::new(),
        }],
        description: format!(
            "{title}. A picture of {SIDE} by {SIDE} pixels from {} to {}.",
            format4(least),
            format4(most)
        ),
        note: if beyond > 0 {
            format!("Beyond white or black: {} of {} pixels.", whole(beyond as u64), whole(pixels.len() as u64))
        } else {
            String::new()
        },
        shades: Some(shades),
        square: true,
        ..Scene::default()
    }
}

/// Name, colour and statistics of the three pictures whose channels are compared.
fn compared<'a>(settings: &StyleTransfer, outcome: &'a StyleOutcome) -> [(String, &'a ChannelStatistics); 3] {
    let (content, style) = (settings.content.name(), settings.style.name());
    [
        (format!("content, {content}"), &outcome.of_content),
        (format!("style, {style}"), &outcome.of_style),
        ("result, filtered again".into(), &outcome.of_styled),
    ]
}

fn names(settings: &StyleTransfer) -> Vec<String> {
    let scales = settings.scales as usize;
    (0..super::filters::n_channels(scales)).map(|channel| channel_name(channel, scales)).collect()
}

fn deviations(settings: &StyleTransfer, outcome: &StyleOutcome) -> Scene {
    let names = names(settings);
    let y = Axis::of_names(names.clone());
    let compared = compared(settings, outcome);
    let all = compared.iter().flat_map(|(_, statistics)| &statistics.deviations).copied();
    let (least, most) = all.fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), sd| (least.min(sd), most.max(sd)));
    let said: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(channel, name)| {
            let [content, style, result] = compared.each_ref().map(|(_, of)| format4(of.deviations[channel]));
            format!("{name}: {content}, {style}, {result}")
        })
        .collect();
    let marks = compared.into_iter().enumerate().map(|(role, (name, statistics))| Mark::Points {
        key: Key { name, role },
        points: statistics.deviations.iter().enumerate().map(|(channel, sd)| (*sd, y.row(channel))).collect(),
        places: Vec::new(),
    });
    Scene {
        title: "Standard deviation of each channel".into(),
        x: Axis::new("standard deviation in grey levels", least / 1.3, most * 1.3).spaced(Spacing::Log),
        marks: marks.collect(),
        y,
        description: format!("Standard deviations of content, style and result, by channel. {}.", said.join("; ")),
        ..Scene::default()
    }
}

/// How far each norm moves, in words.
pub fn said_moved(outcome: &StyleOutcome) -> String {
    let each = StyleNorm::EACH
        .iter()
        .zip(&outcome.moved)
        .map(|(norm, moved)| format!("{} {}", norm.name(), digits(*moved, 2)));
    each.collect::<Vec<_>>().join(", ")
}

fn moved(outcome: &StyleOutcome) -> Scene {
    let most = outcome.moved.iter().copied().fold(0.1, f64::max);
    Scene {
        title: "How far the output moves".into(),
        x: Axis::new("root mean square of the change", 0.0, most * 1.25),
        y: Axis::of_names(StyleNorm::EACH.map(|norm| norm.name().to_owned()).to_vec()),
        marks: vec![Mark::Bars {
            key: Key { name: "change of the output".into(), role: 0 },
            lengths: outcome.moved.clone(),
            labels: outcome.moved.iter().map(|moved| digits(*moved, 2)).collect(),
            slot: 0,
            slots: 1,
        }],
        description: format!(
            "Channels times 0.3, 1 and 2.5 in turn, plus 1, 0 and \u{2212}1 of their standard deviations, move the output by: {}.",
            said_moved(outcome)
        ),
        note: "Each channel gets another mean and standard deviation: times 0.3, 1 or 2.5, plus 1, 0 or \u{2212}1 of its own.".into(),
        ..Scene::default()
    }
}

const OF_THE_LAST: &str = "The means of all channels but the last are 0; those of the last are";

pub fn tables(settings: &StyleTransfer, outcome: &StyleOutcome) -> Vec<Table> {
    if !outcome.is_done {
        return Vec::new();
    }
    let compared = compared(settings, outcome);
    let columns = std::iter::once("channel".to_owned()).chain(compared.iter().map(|(name, _)| name.clone()));
    let row = |(channel, name): (usize, String)| {
        std::iter::once(name).chain(compared.iter().map(|(_, of)| format4(of.deviations[channel]))).collect()
    };
    let means = compared.iter().filter_map(|(_, of)| of.means.last().map(|mean| format4(*mean)));
    vec![Table {
        title: "Standard deviation of each channel".into(),
        columns: columns.collect(),
        rows: names(settings).into_iter().enumerate().map(row).collect(),
        note: format!(
            "In grey levels. {} {}.",
            if settings.scales == 0 { "The means are" } else { OF_THE_LAST },
            listed(&means.collect::<Vec<_>>())
        ),
        ..Table::default()
    }]
}
