//! What stands beside the result: the values before, a second method, or the same method with other settings.

use crate::engine::Method;
use crate::engine::method::{BatchNorm, Mode};
use crate::protocol::{DataInfo, FitOn, With};
use crate::state::{Action, AppState};

/// A second method beside that of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct WithChoice {
    pub method: Method,
    /// The rows that it is fitted on; `None`: those that the method of the page is fitted on.
    pub fit: Option<FitOn>,
}

impl WithChoice {
    /// This method, fitted as that of the page.
    pub fn of(method: Method) -> Self {
        Self { method, fit: None }
    }

    fn query(&self, fit: &FitOn) -> With {
        let fit = self.fit.as_ref().unwrap_or(fit);
        With {
            method: self.method.clone(),
            // What another method found is nothing to this one.
            fit: match fit {
                FitOn::Train { .. } if self.method.shares_examples() => fit.clone(),
                _ => FitOn::All,
            },
        }
    }
}

impl AppState {
    /// This method with the settings it had last, or the usual ones for these data.
    pub fn with_method(&self, slug: &str, info: &DataInfo) -> Option<WithChoice> {
        let slug = Method::from_slug(slug)?.info().slug;
        let found_method = self.remembered.iter().find(|method| method.info().slug == slug).cloned();
        let usual = || match self.choosing(slug, Some(info)) {
            Action::UseMethod(method) => Some(method),
            _ => self.usual(slug),
        };
        found_method.or_else(usual).map(WithChoice::of)
    }

    /// The method of the page as it is now, to be compared with what its settings will be.
    pub fn kept_as_it_is(&self) -> WithChoice {
        let fit = self.method.shares_examples().then(|| self.fit.clone());
        WithChoice { method: self.method.clone(), fit: fit.filter(|fit| !matches!(fit, FitOn::Saved(_))) }
    }

    /// BatchNorm in the mode that is not chosen, with all else as it is.
    pub fn other_mode(&self) -> Option<WithChoice> {
        let Method::BatchNorm(method) = &self.method else { return None };
        let mode = if method.mode == Mode::Training { Mode::Evaluation } else { Mode::Training };
        Some(WithChoice::of(Method::BatchNorm(BatchNorm { mode, ..method.clone() })))
    }

    /// The method of the page and the one beside it in each other's place.
    pub(super) fn swap_with(&mut self) {
        let Some(with) = self.with.take() else { return };
        let kept = self.kept_as_it_is();
        self.use_method(with.method);
        if let Some(fit) = with.fit {
            self.fit = fit;
        }
        self.with = Some(kept);
    }

    pub(super) fn with_query(&self) -> Option<With> {
        self.with.as_ref().map(|with| with.query(&self.fit))
    }
}
