//! Parameters of methods and generators, listed once: the controls on the page, the address and the checks all read
//! the same list.

use super::Error;

/// Which numbers a parameter accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowed {
    /// Any finite number.
    Finite,
    /// From the first to the second, both included.
    Between(f64, f64),
    /// Greater than the first, up to the second.
    Above(f64, f64),
}

impl Allowed {
    pub fn accepts(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Finite => true,
                Self::Between(low, high) => (low..=high).contains(&value),
                Self::Above(low, high) => value > low && value <= high,
            }
    }

    /// In words, as `0 or more`, `from 1 to 64`.
    pub fn describe(self) -> String {
        match self {
            Self::Finite => "any finite number".into(),
            Self::Between(low, f64::INFINITY) => format!("{low} or more"),
            Self::Between(low, high) => format!("from {low} to {high}"),
            Self::Above(low, f64::INFINITY) => format!("more than {low}"),
            Self::Above(low, high) => format!("more than {low}, up to {high}"),
        }
    }
}

/// What a reader sees of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// In the address and in errors, as `eps`.
    pub key: &'static str,
    /// On the page, as `Divisor of the variance`.
    pub label: &'static str,
    /// One sentence: what it does.
    pub help: &'static str,
}

/// A closed choice: every option with its slug (address) and its label (page).
pub trait Options: Copy + PartialEq + 'static {
    const ALL: &'static [(Self, &'static str, &'static str)];
}

/// Walks over the parameters of something. Implemented by describing, reading and setting.
pub trait Fields {
    fn number(&mut self, field: Field, allowed: Allowed, value: &mut f64);
    fn integer(&mut self, field: Field, allowed: Allowed, value: &mut u64);
    fn switch(&mut self, field: Field, value: &mut bool);
    fn choice<O: Options>(&mut self, field: Field, value: &mut O);
}

/// The value of a parameter as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    Number {
        value: f64,
        allowed: Allowed,
    },
    Integer {
        value: u64,
        allowed: Allowed,
    },
    Switch(bool),
    /// Slug of the chosen option, and all options as (slug, label).
    Choice {
        chosen: &'static str,
        options: Vec<(&'static str, &'static str)>,
    },
}

/// One parameter, described: for the controls on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    pub field: Field,
    pub value: FieldValue,
}

impl FieldValue {
    /// As in the address: `0.001`, `true`, `n-1`.
    pub fn text(&self) -> String {
        match self {
            Self::Number { value, .. } => value.to_string(),
            Self::Integer { value, .. } => value.to_string(),
            Self::Switch(on) => on.to_string(),
            Self::Choice { chosen, .. } => (*chosen).into(),
        }
    }
}

/// Collects every parameter.
#[derive(Default)]
pub struct Describe(pub Vec<Described>);

impl Describe {
    fn push(&mut self, field: Field, value: FieldValue) {
        self.0.push(Described { field, value });
    }
}

impl Fields for Describe {
    fn number(&mut self, field: Field, allowed: Allowed, value: &mut f64) {
        self.push(field, FieldValue::Number { value: *value, allowed });
    }
    fn integer(&mut self, field: Field, allowed: Allowed, value: &mut u64) {
        self.push(field, FieldValue::Integer { value: *value, allowed });
    }
    fn switch(&mut self, field: Field, value: &mut bool) {
        self.push(field, FieldValue::Switch(*value));
    }
    fn choice<O: Options>(&mut self, field: Field, value: &mut O) {
        let chosen = O::ALL.iter().find(|(option, ..)| option == value).map_or("", |(_, slug, _)| slug);
        let options = O::ALL.iter().map(|&(_, slug, label)| (slug, label)).collect();
        self.push(field, FieldValue::Choice { chosen, options });
    }
}

/// Sets the parameter of one key from text; `result` says how it went, `None` when no parameter has the key.
pub struct Set<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub result: Option<Result<(), Error>>,
}

impl Set<'_> {
    fn refuse(&mut self, field: Field, allowed: String) {
        self.result = Some(Err(Error::Parameter { name: field.key, value: self.text.into(), allowed }));
    }
}

impl Fields for Set<'_> {
    fn number(&mut self, field: Field, allowed: Allowed, value: &mut f64) {
        if field.key != self.key {
            return;
        }
        match self.text.trim().replace('\u{2212}', "-").parse::<f64>() {
            Ok(number) if allowed.accepts(number) => {
                *value = number;
                self.result = Some(Ok(()));
            }
            _ => self.refuse(field, allowed.describe()),
        }
    }
    fn integer(&mut self, field: Field, allowed: Allowed, value: &mut u64) {
        if field.key != self.key {
            return;
        }
        match self.text.trim().parse::<u64>() {
            Ok(number) if allowed.accepts(number as f64) => {
                *value = number;
                self.result = Some(Ok(()));
            }
            _ => self.refuse(field, format!("a whole number {}", allowed.describe())),
        }
    }
    fn switch(&mut self, field: Field, value: &mut bool) {
        if field.key != self.key {
            return;
        }
        match self.text {
            "true" | "false" => {
                *value = self.text == "true";
                self.result = Some(Ok(()));
            }
            _ => self.refuse(field, "true or false".into()),
        }
    }
    fn choice<O: Options>(&mut self, field: Field, value: &mut O) {
        if field.key != self.key {
            return;
        }
        match O::ALL.iter().find(|(_, slug, _)| *slug == self.text) {
            Some((option, ..)) => {
                *value = *option;
                self.result = Some(Ok(()));
            }
            None => {
                let slugs: Vec<_> = O::ALL.iter().map(|(_, slug, _)| *slug).collect();
                self.refuse(field, slugs.join(", "));
            }
        }
    }
}

/// Something with parameters.
pub trait Parameters {
    /// Visits every parameter that has an effect in the present state.
    fn fields<F: Fields>(&mut self, fields: &mut F);

    /// Every parameter that has an effect, for the controls on the page.
    fn describe(&self) -> Vec<Described>
    where
        Self: Clone,
    {
        let mut all = Describe::default();
        self.clone().fields(&mut all);
        all.0
    }

    /// Sets one parameter from text.
    ///
    /// # Errors
    /// Names the key, the text and what is allowed; nothing has changed then.
    fn set(&mut self, key: &str, text: &str) -> Result<(), Error> {
        let mut set = Set { key, text, result: None };
        self.fields(&mut set);
        set.result.unwrap_or(Err(Error::Parameter {
            name: "parameter",
            value: key.into(),
            allowed: "a parameter of the chosen method".into(),
        }))
    }
}
