//! A second method on the chosen columns, beside that of the view.

use ndarray::Array3;

use super::{Chosen, feature_values};
use normlab_data::{Dataset, split};
use normlab_engine::{Method, Summary, relate, summarize_near};
use normlab_protocol::{Beside, FitOn, ViewQuery, With};

/// What a second method made of the chosen columns.
pub(super) struct Second {
    pub method: Method,
    /// In the shape of the values before, and in memory as they are.
    pub values: Array3<f64>,
    pub summaries: Vec<Summary>,
}

impl Chosen {
    /// What the query asks to stand beside the result, or why there is nothing; `None` when it asks for the values
    /// before.
    pub(super) fn second(
        &mut self,
        query: &ViewQuery,
        dataset: &Dataset,
        scratch: &mut Vec<f64>,
    ) -> Option<Result<Second, String>> {
        let earlier = self.beside.take();
        let with = query.with.as_ref()?;
        let values = earlier.map(|second| second.values).filter(|values| values.dim() == self.before.dim());
        let values = values.unwrap_or_else(|| self.before.clone());
        Some(self.run_second(query, with, values, (dataset, scratch)).map_err(|(name, why)| {
            format!("There is nothing of {name} to compare with: {why} \u{201c}Before\u{201d} shows the values before.")
        }))
    }

    fn run_second(
        &self,
        query: &ViewQuery,
        with: &With,
        mut values: Array3<f64>,
        (dataset, scratch): (&Dataset, &mut Vec<f64>),
    ) -> Result<Second, (String, String)> {
        let method = &with.method;
        // Rows that the view is fitted on are at hand.
        let own = match with.fit {
            FitOn::Train { share, seed } if with.fit != query.fit => {
                let rows = split::train_rows(dataset.rows, share, seed);
                Some(dataset.array(&self.columns, Some(&rows)))
            }
            _ => None,
        };
        let same = self.train.as_ref().filter(|train| train.fit == with.fit).map(|train| train.rows.view());
        let train = own.as_ref().map(|rows| rows.view()).or(same);
        let ran = method.under(query.conventions).run_into(self.before.view(), train, values.view_mut());
        ran.map_err(|error| (method.info().name.to_owned(), error.to_string()))?;
        let mut gathered = Vec::new();
        let summaries = (0..self.columns.len()).map(|feature| {
            let quartile_hints = self.quartile_hints.get(feature).copied().unwrap_or_default();
            summarize_near(feature_values(&values, feature, &mut gathered), &quartile_hints, scratch)
        });
        let summaries = summaries.collect();
        Ok(Second { method: method.clone(), values, summaries })
    }
}

impl Second {
    /// What the page gets to know of it, beside the result of `method`.
    pub fn beside(&self, query: &ViewQuery, method: &Method, chosen: &Chosen) -> Beside {
        let (mut gathered, mut others) = (Vec::new(), Vec::new());
        let relations = (0..self.summaries.len()).map(|feature| {
            relate(
                feature_values(&self.values, feature, &mut gathered),
                feature_values(&chosen.after, feature, &mut others),
            )
        });
        let fit = query.with.as_ref().map(|with| &with.fit).unwrap_or(&query.fit);
        Beside {
            names: [name((&self.method, fit), (method, &query.fit)), name((method, &query.fit), (&self.method, fit))],
            relations: relations.collect(),
            features: self.summaries.clone(),
        }
    }
}

/// A method with what tells it from the other: `z-score`, `BatchNorm (evaluation)`, `z-score (fitted on all rows)`.
fn name((method, fit): (&Method, &FitOn), (other, other_fit): (&Method, &FitOn)) -> String {
    let mut unlike = method.settings_unlike(other);
    if fit != other_fit && method.shares_examples() && method.info().slug == other.info().slug {
        unlike.push(match fit {
            FitOn::All => "fitted on all rows".into(),
            FitOn::Saved(_) => "saved fit".into(),
            FitOn::Train { share, seed } => format!("training share {share}, split {seed}"),
        });
    }
    let name = method.info().name;
    if unlike.is_empty() { name.to_owned() } else { format!("{name} ({})", unlike.join(", ")) }
}
