//! The categories of a column, to colour plots by.

use normlab_data::{Dataset, Values};
use normlab_engine::{order, sort, sort_by};

/// More categories than this are drawn together as `other`.
const AT_MOST: usize = 8;
const OTHER: &str = "other";
const MISSING: &str = "(missing)";

/// A category for every row.
pub struct Categories {
    pub names: Vec<String>,
    pub codes: Vec<usize>,
}

impl Categories {
    /// The categories of a column: the texts of a text column, the values of a numeric one; the most frequent first
    /// when there are too many. `None` when there is no such column.
    pub fn of(dataset: &Dataset, column: usize) -> Option<Self> {
        let column = dataset.columns.get(column)?;
        let (texts, codes): (Vec<String>, Vec<usize>) = match &column.values {
            Values::Text(text) => {
                let missing = text.dictionary.len();
                let codes = text.codes.iter().map(|&code| (code as usize).min(missing)).collect();
                (text.dictionary.iter().map(ToString::to_string).chain([MISSING.to_string()]).collect(), codes)
            }
            Values::Number(values) => {
                // The first position of each row stands for the row.
                let rows: Vec<f64> = values.iter().step_by(column.positions.max(1)).copied().collect();
                let ascending = order(&rows, false).into_iter().map(|index| rows[index as usize]);
                let mut distinct: Vec<f64> = ascending.filter(|value| !value.is_nan()).collect();
                distinct.dedup();
                let code = |value: &f64| distinct.partition_point(|other| other < value);
                let codes = rows.iter().map(|v| if v.is_nan() { distinct.len() } else { code(v) }).collect();
                (distinct.iter().map(ToString::to_string).chain([MISSING.to_string()]).collect(), codes)
            }
        };
        Some(Self::fold(&texts, &codes))
    }

    /// The rows of each category.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.names.len()];
        for (row, &code) in self.codes.iter().enumerate() {
            members[code].push(row as u32);
        }
        members
    }

    /// Leaves out what does not occur, and puts all but the most frequent together.
    fn fold(texts: &[String], codes: &[usize]) -> Self {
        let mut counts = vec![0usize; texts.len()];
        for &code in codes {
            counts[code] += 1;
        }
        let mut present: Vec<usize> = (0..texts.len()).filter(|&code| counts[code] > 0).collect();
        if present.len() > AT_MOST {
            sort_by(&mut present, |a, b| counts[*a] > counts[*b]);
            present.truncate(AT_MOST - 1);
            sort(&mut present);
        }
        let other = present.len();
        let mut place = vec![other; texts.len()];
        for (index, &code) in present.iter().enumerate() {
            place[code] = index;
        }
        let codes: Vec<usize> = codes.iter().map(|&code| place[code]).collect();
        let mut names: Vec<String> = present.iter().map(|&code| texts[code].clone()).collect();
        if codes.contains(&other) {
            names.push(OTHER.into());
        }
        Self { names, codes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_categories_fold_into_other() {
        let texts: Vec<String> = (0..20).map(|i| format!("c{i}")).collect();
        let codes: Vec<usize> = (0..20).chain(0..7).collect();
        let folded = Categories::fold(&texts, &codes);
        assert_eq!(folded.names.len(), AT_MOST);
        assert_eq!(folded.names.last().map(String::as_str), Some(OTHER));
        assert_eq!(&folded.codes[..8], &[0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn absent_categories_are_left_out() {
        let folded = Categories::fold(&["a".into(), "b".into(), "c".into()], &[2, 0, 2]);
        assert_eq!(folded.names, ["a", "c"]);
        assert_eq!(folded.codes, [1, 0, 1]);
    }
}
