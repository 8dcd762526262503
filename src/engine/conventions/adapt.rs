//! A method with the defaults of a library, and what that changed.

use super::{Conventions, FloatPrecision, Offer};
use crate::method::Mode;
use crate::{Method, Shape};
use normlab_parameters::Described;

/// A method as a library would have it.
#[derive(Clone, Debug, PartialEq)]
pub struct Adapted {
    pub method: Method,
    pub offer: Offer,
    /// In the order of the settings.
    pub changes: Vec<SettingChange>,
    /// What else is different there and is no setting here: one sentence each.
    pub remarks: Vec<String>,
}

/// A setting that has another value now, in the words of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingChange {
    pub key: &'static str,
    pub label: &'static str,
    /// `None` where the setting had no effect before.
    pub from: Option<String>,
    pub to: String,
}

impl Conventions {
    /// The method with the library's defaults, for arrays of this shape and precision. Where the library lacks the
    /// method, it stays as it is.
    ///
    /// BatchNorm's changes are told with those of evaluation (momentum, running variance), also in training.
    pub fn adapt(self, method: &Method, shape: Shape, precision: FloatPrecision) -> Adapted {
        let mut adapted = method.clone();
        let offer = self.offer(method);
        let mut remarks = Vec::new();
        if offer != Offer::Lacks {
            self.set_defaults(&mut adapted, shape, precision);
            remarks = self.remarks(&adapted, shape);
        }
        Adapted { changes: changes(method, &adapted), method: adapted, offer, remarks }
    }
}

fn changes(before: &Method, after: &Method) -> Vec<SettingChange> {
    let before = in_full(before);
    let changed = in_full(after).into_iter().filter_map(|after| {
        let before = before.iter().find(|one| one.field.key == after.field.key);
        let from = before.map(|before| before.value.words());
        let to = after.value.words();
        (from.as_ref() != Some(&to)).then_some(SettingChange {
            key: after.field.key,
            label: after.field.label,
            from,
            to,
        })
    });
    changed.collect()
}

/// Every setting, also those of evaluation.
fn in_full(method: &Method) -> Vec<Described> {
    let mut method = method.clone();
    if let Method::BatchNorm(method) = &mut method {
        method.mode = Mode::Evaluation;
    }
    method.parameters()
}
