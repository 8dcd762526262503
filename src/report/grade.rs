//! Whether the answer to a question of Practice is right, and what a wrong one tells.

use super::gap::{curve_off, near, sign};
use super::{FactValue, Guess, PracticeItem, PredictionKind, gap};

/// A drawing is right when its heights are off by so much of the whole height on average, or less.
const DRAWN_OFF: f64 = 0.05;

/// What counts as right for this kind of answer, where that needs saying.
pub fn rule(item: &PracticeItem) -> &'static str {
    match &item.prediction.kind {
        PredictionKind::Number { .. } if item.exact => "Every digit counts.",
        PredictionKind::Number { .. } => "Three significant digits are right.",
        PredictionKind::Curve { .. } => "Right: heights off by 5% of the whole height on average, or less.",
        _ => "",
    }
}

/// Whether a guess is right.
pub fn is_right(item: &PracticeItem, guess: &Guess) -> bool {
    match (&item.prediction.kind, guess, &item.fact.value) {
        (_, Guess::Number(guess), FactValue::Number(fact)) if item.exact => guess == fact,
        (_, Guess::Number(guess), FactValue::Number(fact)) => near(*guess, *fact),
        // Items with equal values may stand in either order.
        (_, Guess::Order(order), FactValue::Order(values)) => {
            order.windows(2).all(|pair| values.get(pair[0]) >= values.get(pair[1]))
        }
        (_, Guess::Choice(guess), FactValue::Choice(fact)) => guess == fact,
        (_, Guess::Sign(guess), FactValue::Sign(fact)) => *guess == sign(*fact),
        (PredictionKind::Curve { most, .. }, Guess::Curve(guess), FactValue::Curve(fact)) => {
            curve_off(guess, fact) <= DRAWN_OFF * f64::from(*most)
        }
        (_, Guess::Cells(guess), FactValue::Cells(fact)) => guess == fact,
        _ => false,
    }
}

/// The gap, and the mistake that leads to just this answer, where it is a known one.
pub fn told(item: &PracticeItem, guess: &Guess) -> Vec<String> {
    let gap = match (guess, &item.fact.value) {
        // Every digit counts, so that what is near is not right.
        (Guess::Number(guess), FactValue::Number(fact)) if item.exact && guess != fact && near(*guess, *fact) => {
            Some(format!("You said {guess}; it is {fact}."))
        }
        _ => gap(&item.prediction, guess, &item.fact),
    };
    gap.into_iter().chain(slip(item, guess)).collect()
}

fn slip(item: &PracticeItem, guess: &Guess) -> Option<String> {
    let Guess::Number(guess) = guess else { return None };
    let slip = item.slips.iter().find(|slip| near(*guess, slip.answer))?;
    (!near(*guess, number(item)?)).then(|| format!("That is what comes out when {}.", slip.when))
}

fn number(item: &PracticeItem) -> Option<f64> {
    if let FactValue::Number(number) = item.fact.value { Some(number) } else { None }
}

/// The answer that is right, as a guess; of a drawing the nearest that can be drawn.
pub fn perfect(item: &PracticeItem) -> Guess {
    match &item.fact.value {
        FactValue::Number(number) => Guess::Number(*number),
        FactValue::Order(values) => Guess::Order(right_order(values)),
        FactValue::Choice(index) => Guess::Choice(*index),
        FactValue::Sign(value) => Guess::Sign(sign(*value)),
        FactValue::Curve(heights) => Guess::Curve(heights.iter().map(|height| height.round() as u8).collect()),
        FactValue::Cells(cells) => Guess::Cells(cells.clone()),
    }
}

/// The order of items with these values: the highest first.
pub fn right_order(values: &[f64]) -> Vec<usize> {
    normlab_engine::order(values, true).into_iter().map(|index| index as usize).collect()
}
