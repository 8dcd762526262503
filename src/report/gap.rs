//! How far a prediction was from what came out, in words.

use super::{Fact, FactValue, Prediction, PredictionKind};
use normlab_plot::number::format4;

/// What a visitor predicted.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    Number(f64),
    /// Indices of the items, the highest first.
    Order(Vec<usize>),
    Choice(usize),
}

impl Guess {
    /// The guess of a text as the address has it: `40`, `2-0-1`. `None` when it is none of this kind.
    pub fn read(kind: &PredictionKind, text: &str) -> Option<Self> {
        match kind {
            PredictionKind::Number { low, high, .. } => {
                let number: f64 = text.trim().parse().ok()?;
                (*low..=*high).contains(&number).then_some(Self::Number(number))
            }
            PredictionKind::Order(items) => {
                let order: Vec<usize> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
                let mut sorted = order.clone();
                sorted.sort_unstable();
                sorted.iter().copied().eq(0..items.len()).then_some(Self::Order(order))
            }
            PredictionKind::Choice(options) => {
                let index: usize = text.parse().ok()?;
                (index < options.len()).then_some(Self::Choice(index))
            }
        }
    }

    /// As the address has it.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Order(order) => order.iter().map(usize::to_string).collect::<Vec<_>>().join("-"),
            Self::Choice(index) => index.to_string(),
        }
    }
}

/// One sentence on a guess beside what came out, in the unit of the thing. `None` when the kinds do not fit.
pub fn gap(prediction: &Prediction, guess: &Guess, fact: &Fact) -> Option<String> {
    match (&prediction.kind, guess, &fact.value) {
        (PredictionKind::Number { unit, .. }, Guess::Number(guess), FactValue::Number(fact)) => {
            Some(number_gap(unit, *guess, *fact))
        }
        (PredictionKind::Order(items), Guess::Order(order), FactValue::Order(values)) => {
            order_gap(items, order, values)
        }
        (PredictionKind::Choice(options), Guess::Choice(guess), FactValue::Choice(fact)) => {
            let (guessed, right) = (options.get(*guess)?, options.get(*fact)?);
            Some(match guess == fact {
                true => format!("You chose \u{201c}{guessed}\u{201d}, and so it is."),
                false => format!("You chose \u{201c}{guessed}\u{201d}; it is \u{201c}{right}\u{201d}."),
            })
        }
        _ => None,
    }
}

fn number_gap(unit: &str, guess: f64, fact: f64) -> String {
    let unit = |value: f64| match unit {
        "" => format4(value),
        "%" => format!("{}%", format4(value)),
        unit => format!("{} {unit}", format4(value)),
    };
    let said = format!("You said {}; it is {}", unit(guess), unit(fact));
    let off = guess - fact;
    // What looks the same is the same.
    if format4(guess) == format4(fact) || off.abs() <= fact.abs() * 5e-3 {
        return format!("{said}: right.");
    }
    let which = if off > 0.0 { "too high" } else { "too low" };
    let points = |text: String| text.strip_suffix('%').map_or(text.clone(), |number| format!("{number} points"));
    format!("{said}: {} {which}.", points(unit(off.abs())))
}

fn order_gap(items: &[String], order: &[usize], values: &[f64]) -> Option<String> {
    // Items with equal values may stand in either order.
    let (mut pairs, mut right) = (0, 0);
    let mut first_wrong = None;
    for (place, &above) in order.iter().enumerate() {
        for &below in &order[place + 1..] {
            pairs += 1;
            if values.get(above)? >= values.get(below)? {
                right += 1;
            } else if first_wrong.is_none() {
                first_wrong = Some((above, below));
            }
        }
    }
    Some(match first_wrong {
        None => "Your order is right.".into(),
        Some((above, below)) => format!(
            "Your order has {right} of {pairs} pairs right; {} comes before {}.",
            items.get(below)?,
            items.get(above)?
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: PredictionKind, guess: &str, value: FactValue) -> Option<String> {
        let prediction = Prediction { key: "k".into(), prompt: String::new(), kind };
        let guess = Guess::read(&prediction.kind, guess)?;
        gap(&prediction, &guess, &Fact { key: "k".into(), value, why: String::new() })
    }

    #[test]
    fn a_number_is_off_by_so_much_in_its_unit() {
        let percent = || PredictionKind::Number { unit: "%".into(), low: 0.0, high: 100.0 };
        assert_eq!(
            asked(percent(), "50", FactValue::Number(99.774)).unwrap(),
            "You said 50%; it is 99.77%: 49.77 points too low."
        );
        assert_eq!(
            asked(percent(), "99.5", FactValue::Number(99.774)).unwrap(),
            "You said 99.5%; it is 99.77%: right."
        );
        assert_eq!(asked(percent(), "101", FactValue::Number(99.774)), None, "not a share");
        let rows = PredictionKind::Number { unit: "rows".into(), low: 0.0, high: 178.0 };
        assert_eq!(
            asked(rows, "150", FactValue::Number(124.0)).unwrap(),
            "You said 150 rows; it is 124 rows: 26 rows too high."
        );
    }

    #[test]
    fn of_an_order_pairs_are_counted_and_equals_may_stand_either_way() {
        let items = || PredictionKind::Order(["raw", "min-max", "z-score"].map(String::from).to_vec());
        let values = || FactValue::Order(vec![124.0, 169.0, 169.0]);
        assert_eq!(asked(items(), "1-2-0", values()).unwrap(), "Your order is right.");
        assert_eq!(asked(items(), "2-1-0", values()).unwrap(), "Your order is right.");
        assert_eq!(
            asked(items(), "0-1-2", values()).unwrap(),
            "Your order has 1 of 3 pairs right; min-max comes before raw."
        );
        assert_eq!(asked(items(), "0-0-1", values()), None, "each item once");
    }

    #[test]
    fn a_choice_is_right_or_the_right_one_is_said() {
        let options = || PredictionKind::Choice(["fewer", "more"].map(String::from).to_vec());
        assert_eq!(asked(options(), "1", FactValue::Choice(1)).unwrap(), "You chose “more”, and so it is.");
        assert_eq!(asked(options(), "0", FactValue::Choice(1)).unwrap(), "You chose “fewer”; it is “more”.");
    }
}
