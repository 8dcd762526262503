//! The whole table as comma separated values, piece by piece.
//!
//! Numbers have as many digits as it takes to read them back to the last bit. Text comes from anybody's file: what a
//! spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection), unless it is a plain number.

use std::fmt::Write;

use super::{Loaded, QueryError, Session, Yield, table};
use normlab_data::{Column, SavedFit, Values, shown_name};
use normlab_engine::GroupStatistics;
use normlab_protocol::SaveTable;

/// So many features are named in a message.
const NAMED: usize = 8;
/// Values between two yields.
const AT_ONCE: usize = 1 << 14;
/// Numbers of other sizes are written with an exponent.
const PLAIN: std::ops::Range<f64> = 1e-5..1e17;

/// The saved statistics of these features.
///
/// # Errors
/// Which feature they lack.
pub fn groups(saved: &SavedFit, names: &[String]) -> Result<Vec<GroupStatistics>, QueryError> {
    let group = |name: &String| match saved.feature(name) {
        Some(feature) => Ok(feature.group()),
        None => {
            let theirs: Vec<_> = saved.features.iter().take(NAMED).map(|one| shown_name(&one.name)).collect();
            let more = if saved.features.len() > NAMED { ", \u{2026}" } else { "" };
            Err(QueryError::Because(format!(
                "The saved statistics have no column \u{201c}{}\u{201d}, only {}{more}. Take it out of the features, or fit \
                 on these data.",
                shown_name(name),
                theirs.join(", ")
            )))
        }
    };
    names.iter().map(group).collect()
}

impl Session {
    /// What the last view found, as JSON; `data` is what the data are called.
    ///
    /// # Errors
    /// When there has been no view.
    pub fn save_fit(&self, data: &str) -> Result<String, QueryError> {
        let Loaded { chosen, info, .. } = self.loaded.as_ref().ok_or(QueryError::Cancelled)?;
        let chosen = chosen.as_ref().ok_or(QueryError::Cancelled)?;
        let computed = chosen.computed.as_ref().ok_or(QueryError::Cancelled)?;
        let names = chosen.columns.iter().map(|&column| info.columns[column].name.clone());
        Ok(computed.saved(&names.collect::<Vec<_>>(), data).to_json())
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> u64 {
        self.loaded.as_ref().map_or(0, |loaded| loaded.dataset.rows as u64)
    }

    /// Every row: text and label columns, then the chosen features after the method of the last view, and before it when
    /// asked for. `sink` takes the pieces, with the number of rows in them and before them.
    ///
    /// # Errors
    /// [`QueryError::Cancelled`] when overtaken or when there has been no view.
    pub async fn save_table(
        &mut self,
        save: &SaveTable,
        yielder: &impl Yield,
        mut sink: impl FnMut(&str, u64),
    ) -> Result<u64, QueryError> {
        let Loaded { dataset, chosen, .. } = self.loaded.as_ref().ok_or(QueryError::Cancelled)?;
        let chosen = chosen.as_ref().ok_or(QueryError::Cancelled)?;
        if chosen.after.dim() != chosen.before.dim() {
            return Err(QueryError::Cancelled);
        }
        let labels = table::labels(dataset, chosen);
        let (rows, features, positions) = chosen.before.dim();
        let mut text = String::new();
        let mut fields = LineFields { text: &mut text, first: true };
        labels.iter().for_each(|column| fields.text(&column.name));
        let names = chosen.columns.iter().map(|&column| &dataset.columns[column].name);
        for name in names {
            for position in 1..=positions {
                let place = if positions == 1 { name.clone() } else { format!("{name} [{position}]") };
                if save.before {
                    fields.text(&place);
                    fields.text(&format!("{place} ({})", save.method));
                } else {
                    fields.text(&place);
                }
            }
        }
        fields.end();
        // A line of nothing is no row to those who read it.
        let alone = labels.len() + features * positions * (1 + usize::from(save.before)) == 1;
        let at_once = (AT_ONCE / (labels.len() + features * positions).max(1)).max(1);
        for start in (0..rows).step_by(at_once) {
            let end = rows.min(start + at_once);
            for row in start..end {
                let mut fields = LineFields { text: &mut text, first: true };
                labels.iter().for_each(|column| fields.label(column, row));
                for feature in 0..features {
                    for position in 0..positions {
                        let at = [row, feature, position];
                        if save.before {
                            fields.number(chosen.before[at], alone);
                        }
                        fields.number(chosen.after[at], alone);
                    }
                }
                fields.end();
            }
            sink(&text, end as u64);
            text.clear();
            yielder.yield_now().await?;
        }
        Ok(rows as u64)
    }
}

/// The fields of a line.
struct LineFields<'a> {
    text: &'a mut String,
    first: bool,
}

/// What a spreadsheet may run what follows after; some read the wide forms of East Asian text as the plain ones.
const STARTS_OF_FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

impl LineFields<'_> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.text.push(',');
        }
    }

    fn end(self) {
        self.text.push('\n');
    }

    fn number(&mut self, value: f64, alone: bool) {
        self.separate();
        // Writing into a string does not fail.
        let _ = match value.abs() {
            _ if value.is_nan() => write!(self.text, "{}", if alone { "NaN" } else { "" }),
            size if size == 0.0 || PLAIN.contains(&size) => write!(self.text, "{value}"),
            _ => write!(self.text, "{value:e}"),
        };
    }

    fn label(&mut self, column: &Column, row: usize) {
        match &column.values {
            Values::Text(text) => self.text(text.get(row).unwrap_or_default()),
            Values::Number(numbers) => {
                self.number(numbers.get(row * column.positions).copied().unwrap_or(f64::NAN), false);
            }
        }
    }

    /// As RFC 4180 quotes it.
    fn text(&mut self, text: &str) {
        self.separate();
        let runs = text.starts_with(STARTS_OF_FORMULAS) && text.trim().parse::<f64>().is_err();
        let quoted =
            text.contains([',', '"', '\n', '\r', ';', '\t', '|']) || text.starts_with(' ') || text.ends_with(' ');
        if quoted {
            self.text.push('"');
        }
        if runs {
            self.text.push('\'');
        }
        if quoted {
            for part in text.split_inclusive('"') {
                self.text.push_str(part);
                if part.ends_with('"') {
                    self.text.push('"');
                }
            }
            self.text.push('"');
        } else {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_runs_is_neutralized_at_full_width_too() {
        for start in ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'] {
            let mut text = String::new();
            LineFields { text: &mut text, first: true }.text(&format!("{start}SUM(A1)"));
            assert!(text.starts_with('\''), "{text}");
        }
    }
}
