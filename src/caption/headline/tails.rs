//! Skewed data and heavy tails: no few values are far from the others, the values thin out.

use super::super::wording::capital;
use super::outliers::{SQUEEZED, interval};
use super::{OF_OTHER_UNITS, SeenView, lower};
use crate::data::shown_name;
use crate::engine::{Scale, Summary};
use crate::plot::number::format4;
use crate::protocol::{FarValues, Feature};

/// Where the values of a feature thin out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    Left,
    Right,
    Both,
}

impl Tail {
    fn of(feature: &Feature, far: &FarValues) -> Self {
        match far {
            FarValues { both: true, .. } => Self::Both,
            far if far.greatest > feature.before.q3 => Self::Right,
            _ => Self::Left,
        }
    }

    /// What is so of one feature, or of several.
    const fn words(self, several: bool) -> &'static str {
        match (self, several) {
            (Self::Left, false) => "is skewed, with a long tail to the left",
            (Self::Left, true) => "are skewed, with long tails to the left",
            (Self::Right, false) => "is skewed, with a long tail to the right",
            (Self::Right, true) => "are skewed, with long tails to the right",
            (Self::Both, false) => "has heavy tails on both sides",
            (Self::Both, true) => "have heavy tails on both sides",
        }
    }
}

/// What long tails do to the rest of their feature.
pub(super) fn tails(seen: &SeenView) -> Option<String> {
    let (view, recipe) = (seen.view, seen.recipe.as_ref()?);
    if !view.groups.by_feature {
        return None;
    }
    let tail = |index: usize| {
        let far = view.facts.outliers.get(index)?.as_ref().filter(|far| !far.detached)?;
        Some(Tail::of(&view.features[index], far))
    };
    let sd = |index: &usize| view.features[*index].before.sd;
    let widest = (0..view.features.len()).map(|index| sd(&index)).fold(0.0, f64::max);
    // The tails of a feature that is next to nothing beside another are not what matters.
    let told = (0..view.features.len()).filter(|index| tail(*index).is_some() && sd(index) * OF_OTHER_UNITS >= widest);
    let index = told.reduce(|a, b| if sd(&b) > sd(&a) { b } else { a })?;
    let (feature, kind) = (&view.features[index], tail(index)?);
    let name = shown_name(&feature.name);
    let Summary { q1, q3, min, max, .. } = feature.after;
    let (after, only) = (lower(&seen.after), interval(q1, q3));
    let several = view.features.len() > 1 && (0..view.features.len()).all(|index| tail(index) == Some(kind));
    let half = if several { format!("the middle half of {name}") } else { "its middle half".into() };
    let became = match recipe.scale {
        Scale::Range | Scale::MaxAbs if q3 - q1 < SQUEEZED * (max - min) => format!("takes only {only} {after}"),
        Scale::StandardDeviation(_) if q3 - q1 < 1.0 => format!("takes only {only} {after}"),
        Scale::InterquantileRange { .. } => {
            let reach = match kind {
                Tail::Left => format!("the tail reaches {}", format4(min)),
                Tail::Right => format!("the tail reaches {}", format4(max)),
                Tail::Both => format!("the tails reach {} and {}", format4(min), format4(max)),
            };
            format!("is {} wide {after}, and {reach}", format4(q3 - q1))
        }
        _ => return None,
    };
    let who = match view.features.as_slice() {
        [a, b] if several => format!("{} and {}", capital(&shown_name(&a.name)), shown_name(&b.name)),
        all if several => format!("All {} features", all.len()),
        _ => capital(&name),
    };
    Some(format!("{who} {}: {half} {became}.", kind.words(several)))
}
