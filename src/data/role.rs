//! What a column is for, guessed from its name and values.

use serde::{Deserialize, Serialize};

use super::Values;

/// What a column is for. Every numeric column can be chosen; only [`Role::Feature`] is chosen by default.
///
/// The rule, first match wins:
/// 1. text is [`Role::Text`];
/// 2. no value at all is [`Role::Empty`];
/// 3. the name (any case) is `target`, `label`, `class`, `y`, `response` or `outcome`: [`Role::Label`];
/// 4. the name is `id`, `index`, `row`, `#` or the like or ends with ` id` or `_id`, or 20 or more whole numbers go
///    up by exactly 1 from row to row: [`Role::Identifier`];
/// 5. the name is `year`, `yr` or the like or ends with ` year` or `_year`, and the values are whole numbers from 1000 to
///    2999: [`Role::Year`];
/// 6. all values are equal (and there are two or more): [`Role::Constant`];
/// 7. otherwise [`Role::Feature`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A number that describes the example.
    Feature,
    /// What one would predict.
    Label,
    /// Says which row it is, not how it is.
    Identifier,
    /// Says when the row was recorded, not how it is.
    Year,
    /// The same number in every row.
    Constant,
    /// Only missing values.
    Empty,
    /// Not numbers.
    Text,
}

const LABELS: &[&str] = &["target", "label", "class", "y", "response", "outcome"];
const IDENTIFIERS: &[&str] = &["id", "index", "idx", "row", "no", "no.", "nr", "#", "rowid", "unnamed: 0"];
const YEARS: &[&str] = &["year", "years", "yr", "yyyy"];
/// Fewer consecutive numbers than this may well be somebody's little example 1, 2, 3, 4, 5.
const COUNTING_ROWS: usize = 20;

impl Role {
    /// Guesses by the rule above.
    pub fn guess(name: &str, values: &Values) -> Self {
        let Values::Number(numbers) = values else { return Self::Text };
        let name = name.trim().to_ascii_lowercase();
        let mut present = numbers.iter().filter(|value| !value.is_nan());
        let Some(first) = present.next() else { return Self::Empty };
        if LABELS.contains(&name.as_str()) {
            Self::Label
        } else if IDENTIFIERS.contains(&name.as_str())
            || name.ends_with(" id")
            || name.ends_with("_id")
            || counts_rows(numbers)
        {
            Self::Identifier
        } else if (YEARS.contains(&name.as_str()) || name.ends_with(" year") || name.ends_with("_year"))
            && are_years(numbers)
        {
            Self::Year
        } else if numbers.len() > 1 && present.all(|value| value == first) {
            Self::Constant
        } else {
            Self::Feature
        }
    }
}

fn counts_rows(numbers: &[f64]) -> bool {
    numbers.len() >= COUNTING_ROWS
        && numbers[0].fract() == 0.0
        && numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0)
}

/// Whether all values that are there could be years.
fn are_years(numbers: &[f64]) -> bool {
    numbers.iter().filter(|value| !value.is_nan()).all(|year| year.fract() == 0.0 && (1000.0..3000.0).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(name: &str, numbers: &[f64]) -> Role {
        Role::guess(name, &Values::Number(numbers.to_vec()))
    }

    #[test]
    fn the_rule() {
        assert_eq!(guess("height", &[1.0, 2.0, 4.0]), Role::Feature);
        assert_eq!(guess(" Target ", &[0.0, 1.0, 1.0]), Role::Label);
        assert_eq!(guess("user_id", &[7.0, 3.0]), Role::Identifier);
        assert_eq!(guess("height", &[5.0, f64::NAN, 5.0]), Role::Constant);
        assert_eq!(guess("height", &[5.0]), Role::Feature);
        assert_eq!(guess("y", &[f64::NAN]), Role::Empty);
    }

    #[test]
    fn a_year_says_when_and_is_no_feature() {
        assert_eq!(guess("year", &[2007.0, f64::NAN, 2009.0]), Role::Year);
        assert_eq!(guess("Model Year", &[70.0, 82.0]), Role::Feature, "70 may be anything");
        assert_eq!(guess("model_year", &[1970.0, 1982.0]), Role::Year);
        assert_eq!(guess("years", &[2.0, 3.5]), Role::Feature, "a duration");
        assert_eq!(guess("yearly", &[2007.0, 2008.0]), Role::Feature);
    }

    #[test]
    fn counting_is_an_identifier_only_when_it_goes_on() {
        let count = |n: i32| (5..5 + n).map(f64::from).collect::<Vec<_>>();
        assert_eq!(guess("t", &count(19)), Role::Feature);
        assert_eq!(guess("t", &count(20)), Role::Identifier);
        assert_eq!(guess("t", &count(20).iter().map(|v| v + 0.5).collect::<Vec<_>>()), Role::Feature);
    }
}
