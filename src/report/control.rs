//! The settings of an experiment as the page shows them.

use serde::{Deserialize, Serialize};

use normlab_parameters::{Allowed, Described, FieldValue};

/// One setting with its control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// In the address.
    pub key: String,
    pub label: String,
    /// One sentence: what it does.
    pub help: String,
    pub value: ControlValue,
    /// Whether the value is the default, which the address leaves out.
    pub is_default: bool,
    /// Places on the slider that have a name.
    pub landmarks: Vec<Landmark>,
}

/// The value of a setting, and what it may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ControlValue {
    /// Any number from `low` to `high`; infinite ends are open. With `whole`, whole numbers only; with `above`, `low`
    /// itself is not allowed.
    Number {
        value: f64,
        low: f64,
        high: f64,
        above: bool,
        whole: bool,
    },
    Switch(bool),
    /// The slug that is chosen, and all as (slug, label).
    Choice {
        chosen: String,
        options: Vec<(String, String)>,
    },
}

/// A place on a slider that has a name, as the limit of stability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landmark {
    pub at: f64,
    pub label: String,
}

impl Control {
    /// The control of a described parameter; `default` is the same parameter untouched. `None` for what is drawn.
    pub fn of(described: &Described, default: &Described) -> Option<Self> {
        let value = match &described.value {
            FieldValue::Number { value, allowed } => number(*value, *allowed, false),
            FieldValue::Integer { value, allowed } => number(*value as f64, *allowed, true),
            FieldValue::Switch(on) => ControlValue::Switch(*on),
            FieldValue::Choice { chosen, options } => ControlValue::Choice {
                chosen: (*chosen).into(),
                options: options.iter().map(|(slug, label)| ((*slug).into(), (*label).into())).collect(),
            },
            FieldValue::Heights { .. } => return None,
        };
        Some(Self {
            key: described.field.key.into(),
            label: described.field.label.into(),
            help: described.field.help.into(),
            value,
            is_default: described.value == default.value,
            landmarks: Vec::new(),
        })
    }

    /// The value as the address has it.
    pub fn text(&self) -> String {
        match &self.value {
            ControlValue::Number { value, .. } => value.to_string(),
            ControlValue::Switch(on) => on.to_string(),
            ControlValue::Choice { chosen, .. } => chosen.clone(),
        }
    }
}

fn number(value: f64, allowed: Allowed, whole: bool) -> ControlValue {
    let (low, high, above) = match allowed {
        Allowed::Finite => (f64::NEG_INFINITY, f64::INFINITY, false),
        Allowed::Between(low, high) => (low, high, false),
        Allowed::Above(low, high) => (low, high, true),
    };
    ControlValue::Number { value, low, high, above, whole }
}
