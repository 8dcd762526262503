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
    /// 0: less, 1: equal, 2: more.
    Sign(usize),
    Curve(Vec<u8>),
    /// Indices of cells in ascending order.
    Cells(Vec<u32>),
}

/// Which of the three words for a sign is right.
pub fn sign(value: f64) -> usize {
    if value < 0.0 {
        0
    } else if value > 0.0 {
        2
    } else {
        1
    }
}

/// Whether a guess is as good as right: the same to three significant digits, or off by half a percent at most.
pub fn near(guess: f64, fact: f64) -> bool {
    format4(guess) == format4(fact) || (guess - fact).abs() <= fact.abs() * 5e-3
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
            PredictionKind::Sign(words) => {
                let index: usize = text.parse().ok()?;
                (index < words.len()).then_some(Self::Sign(index))
            }
            PredictionKind::Curve { labels, most, .. } => {
                let heights: Vec<u8> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
                let fits = heights.len() == labels.len() && heights.iter().all(|height| height <= most);
                fits.then_some(Self::Curve(heights))
            }
            PredictionKind::Cells { rows, columns } => {
                let cells: Vec<u32> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
                let fits = cells.is_sorted_by(|one, next| one < next) && cells.last()? < &(rows * columns);
                fits.then_some(Self::Cells(cells))
            }
        }
    }

    /// As the address has it.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Order(order) => joined(order),
            Self::Choice(index) | Self::Sign(index) => index.to_string(),
            Self::Curve(heights) => joined(heights),
            Self::Cells(cells) => joined(cells),
        }
    }
}

fn joined<T: ToString>(parts: &[T]) -> String {
    parts.iter().map(T::to_string).collect::<Vec<_>>().join("-")
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
        (PredictionKind::Sign(words), Guess::Sign(guess), FactValue::Sign(fact)) => {
            let (guessed, right) = (words.get(*guess)?, words.get(sign(*fact))?);
            Some(match *guess == sign(*fact) {
                true => format!("You said \u{201c}{guessed}\u{201d}, and so it is."),
                false => format!("You said \u{201c}{guessed}\u{201d}; it is \u{201c}{right}\u{201d}."),
            })
        }
        (PredictionKind::Curve { labels, unit, .. }, Guess::Curve(guess), FactValue::Curve(fact)) => {
            curve_gap(labels, unit, guess, fact)
        }
        (PredictionKind::Cells { .. }, Guess::Cells(guess), FactValue::Cells(fact)) => Some(cells_gap(guess, fact)),
        _ => None,
    }
}

/// How far drawn heights are from the right ones on average.
pub fn curve_off(guess: &[u8], fact: &[f64]) -> f64 {
    let off = guess.iter().zip(fact).map(|(guess, fact)| (f64::from(*guess) - fact).abs());
    off.sum::<f64>() / fact.len().max(1) as f64
}

fn curve_gap(labels: &[String], unit: &str, guess: &[u8], fact: &[f64]) -> Option<String> {
    let off = |index: usize| f64::from(guess[index]) - fact[index];
    let worst = (0..labels.len().min(guess.len()).min(fact.len()))
        .reduce(|worst, index| if off(index).abs() > off(worst).abs() { index } else { worst })?;
    let mean = with_unit(curve_off(guess, fact), unit);
    if off(worst).abs() <= 0.5 {
        return Some("Your drawing is right: every height is the nearest that can be drawn.".into());
    }
    let which = if off(worst) > 0.0 { "too high" } else { "too low" };
    let most = with_unit(off(worst).abs(), unit);
    Some(format!("Your drawing is {mean} off on average, and most at {}: {most} {which}.", labels[worst]))
}

fn with_unit(value: f64, unit: &str) -> String {
    match unit {
        "" => format4(value),
        "%" => format!("{} points", format4(value)),
        unit => format!("{} {unit}", format4(value)),
    }
}

fn cells_gap(guess: &[u32], fact: &[u32]) -> String {
    let found = guess.iter().filter(|cell| fact.contains(cell)).count();
    let (wrong, all) = (guess.len() - found, fact.len());
    if found == all && wrong == 0 {
        return format!("You marked exactly the right cells: {all}.");
    }
    let right = if all == 1 { "1 cell is right".to_owned() } else { format!("{all} cells are right") };
    format!("{right}: you marked {found} of them, and {wrong} that do not belong.")
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
    if near(guess, fact) {
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
    fn a_sign_is_said_in_the_words_of_the_question() {
        let words = || PredictionKind::Sign(["falls", "stays", "rises"].map(String::from));
        assert_eq!(asked(words(), "2", FactValue::Sign(0.3)).unwrap(), "You said “rises”, and so it is.");
        assert_eq!(asked(words(), "2", FactValue::Sign(0.0)).unwrap(), "You said “rises”; it is “stays”.");
        assert_eq!(asked(words(), "3", FactValue::Sign(0.0)), None);
    }

    #[test]
    fn of_a_drawing_the_mean_and_the_worst_height_are_told() {
        let kind = || PredictionKind::Curve {
            labels: ["1×", "2×", "4×"].map(String::from).to_vec(),
            unit: "%".into(),
            most: 100,
        };
        let fact = || FactValue::Curve(vec![100.0, 50.0, 25.0]);
        assert_eq!(
            asked(kind(), "100-50-40", fact()).unwrap(),
            "Your drawing is 5 points off on average, and most at 4×: 15 points too high."
        );
        assert!(asked(kind(), "100-50-25", fact()).unwrap().starts_with("Your drawing is right"));
        assert_eq!((asked(kind(), "100-50", fact()), asked(kind(), "101-50-25", fact())), (None, None));
    }

    #[test]
    fn of_cells_those_that_are_missing_and_too_many_are_counted() {
        let kind = || PredictionKind::Cells { rows: 2, columns: 3 };
        let fact = || FactValue::Cells(vec![0, 3]);
        assert_eq!(asked(kind(), "0-3", fact()).unwrap(), "You marked exactly the right cells: 2.");
        assert_eq!(
            asked(kind(), "0-1-2", fact()).unwrap(),
            "2 cells are right: you marked 1 of them, and 2 that do not belong."
        );
        for wrong in ["", "6", "1-0", "1-1"] {
            assert_eq!(asked(kind(), wrong, fact()), None, "{wrong}");
        }
    }

    #[test]
    fn a_choice_is_right_or_the_right_one_is_said() {
        let options = || PredictionKind::Choice(["fewer", "more"].map(String::from).to_vec());
        assert_eq!(asked(options(), "1", FactValue::Choice(1)).unwrap(), "You chose “more”, and so it is.");
        assert_eq!(asked(options(), "0", FactValue::Choice(1)).unwrap(), "You chose “fewer”; it is “more”.");
    }
}
