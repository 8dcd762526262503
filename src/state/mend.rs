//! What mends settings from which nothing can be computed.

use crate::engine::method::{BatchNorm, MinMax, Robust};
use crate::engine::{Conventions, Method, sort_by};
use crate::protocol::{ColumnInfo, DataInfo, FitOn};
use crate::state::{Action, AppState};

/// A change that is offered, and what its button says.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    pub label: String,
    pub action: Action,
}

impl AppState {
    /// Changes after which there is a result of these data, where nothing comes of the settings as they are.
    pub fn mends(&self, info: &DataInfo) -> Vec<Mend> {
        let mut offers: Vec<(String, Action)> = Vec::new();
        if let FitOn::Saved(saved) = &self.fit {
            offers.push(("Fit on these data".into(), Action::SetFit(FitOn::All)));
            let known = self.keys(info, |column| saved.feature(&column.name).is_some());
            if !known.is_empty() {
                offers.push(("Use only features with saved statistics".into(), Action::ChooseColumns(Some(known))));
            }
        }
        offers.extend(self.settings(info));
        if self.conventions != Conventions::Normlab {
            let whole = self.keys(info, |column| column.missing == 0);
            if self.is_computable(info) && !whole.is_empty() && whole.len() < self.chosen_columns(info).len() {
                offers.push(("Leave out features with missing values".into(), Action::ChooseColumns(Some(whole))));
            }
            let action = Action::SetConventions(Conventions::Normlab, self.shape(info), info.precision());
            offers.push(("Follow Normlab\u{2019}s rules".into(), action));
        }
        offers
            .into_iter()
            .filter(|(_, action)| self.after(action.clone()).is_computable(info))
            .map(|(label, action)| Mend { label, action })
            .collect()
    }

    /// Those of the chosen columns that are like this.
    fn keys(&self, info: &DataInfo, like: impl Fn(&ColumnInfo) -> bool) -> Vec<String> {
        let columns = self.chosen_columns(info).into_iter().map(|column| &info.columns[column]);
        columns.filter(|column| like(column)).map(|column| column.key.clone()).collect()
    }

    /// Whether the method fits the shape of the data, and its settings each other.
    fn is_computable(&self, info: &DataInfo) -> bool {
        self.method.under(self.conventions).recipe(self.shape(info)).is_ok()
    }

    /// Settings near these, and the usual ones.
    fn settings(&self, info: &DataInfo) -> Vec<(String, Action)> {
        let mut offers = Vec::new();
        if self.is_computable(info) {
            return offers;
        }
        if let Some(groups) = self.method.parameters().iter().find(|one| one.field.key == "groups") {
            for groups in near(groups.value.text().parse().unwrap_or(1), self.chosen_columns(info).len() as u64) {
                let label = if groups == 1 { "Use 1 group".into() } else { format!("Use {groups} groups") };
                offers.push((label, Action::SetMethod { key: "groups", text: groups.to_string() }));
            }
        }
        let mut offer = |label: String, method: Method| offers.push((label, Action::UseMethod(method)));
        match &self.method {
            Method::MinMax(method) => {
                let MinMax { low, high, clip } = *method;
                for (low, high) in [(high, low), (0.0, 1.0)] {
                    offer(format!("Use {low} to {high}"), Method::MinMax(MinMax { low, high, clip }));
                }
            }
            Method::Robust(method) => {
                let Robust { low, high, unit_variance } = *method;
                offer("Turn off unit variance".into(), Method::Robust(Robust { unit_variance: false, ..*method }));
                for (low, high) in [(high, low), (25.0, 75.0)] {
                    offer(format!("Use {low}% to {high}%"), Method::Robust(Robust { low, high, unit_variance }));
                }
            }
            Method::BatchNorm(method) if method.eps == 0.0 => {
                let eps = BatchNorm::default().eps;
                offer(format!("Use eps {eps}"), Method::BatchNorm(BatchNorm { eps, ..method.clone() }));
            }
            _ => {}
        }
        offers
    }
}

/// Numbers of groups that features can be put in, the nearest to `groups`.
fn near(groups: u64, features: u64) -> Vec<u64> {
    /// So many are offered.
    const MOST: usize = 4;
    let mut fitting: Vec<u64> = (1..=features).filter(|groups| features.is_multiple_of(*groups)).collect();
    sort_by(&mut fitting, |a, b| a.abs_diff(groups) < b.abs_diff(groups));
    fitting.truncate(MOST);
    sort_by(&mut fitting, |a, b| a < b);
    fitting
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn the_nearest_numbers_of_groups_are_offered() {
        assert_eq!((near(5, 12), near(4, 13)), (vec![2, 3, 4, 6], vec![1, 13]));
        assert_eq!((near(3, 64), near(9, 1)), (vec![1, 2, 4, 8], vec![1]));
    }
}
