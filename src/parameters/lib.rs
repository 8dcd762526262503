//! Parameters of methods, generators and experiments, declared once: the controls on the page, the address and the checks all
//! read the same declaration.

mod error;

pub use error::ParameterError;

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
    /// The number that a text says, if it is allowed.
    pub fn read(self, text: &str) -> Option<f64> {
        text.parse().ok().filter(|number| self.accepts(*number))
    }

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
    /// A list of whole numbers up to `most`; how many there are stays.
    fn heights(&mut self, field: Field, most: u8, value: &mut [u8]);

    /// Whether parameters are visited, too, that have no effect in the present state and are kept for another one.
    fn idle(&self) -> bool {
        true
    }
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
    /// A list of whole numbers, each up to `most`.
    Heights {
        heights: Heights,
        most: u8,
    },
}

/// One parameter, described: for the controls on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    pub field: Field,
    pub value: FieldValue,
}

impl FieldValue {
    /// As in the address: `0.001`, `true`, `n-1`, `0-12-40`.
    pub fn text(&self) -> String {
        match self {
            Self::Number { value, .. } => value.to_string(),
            Self::Integer { value, .. } => value.to_string(),
            Self::Switch(on) => on.to_string(),
            Self::Choice { chosen, .. } => (*chosen).into(),
            Self::Heights { heights, .. } => heights.text(),
        }
    }

    /// For a reader: the label of what is chosen, else the value as it would be typed.
    pub fn words(&self) -> String {
        match self {
            Self::Choice { chosen, options } => {
                options.iter().find(|(slug, _)| slug == chosen).map_or(*chosen, |(_, label)| label).into()
            }
            Self::Number { value, .. } if *value != 0.0 && value.abs() < 1e-4 => format!("{value:e}"),
            _ => self.text(),
        }
    }
}

/// Heights of bars, as somebody draws them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heights(pub Vec<u8>);

impl Heights {
    /// The heights of a text like `0-12-40`; what is no whole number is higher than any that is allowed.
    pub fn read(text: &str) -> Self {
        Self(text.split('-').map(|height| height.trim().parse().unwrap_or(u8::MAX)).collect())
    }

    /// As the address has them: `0-12-40`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for height in &self.0 {
            if !text.is_empty() {
                text.push('-');
            }
            text.push_str(&height.to_string());
        }
        text
    }

    /// A stroke from the top of one bar to a place over another: the bars between get the heights between.
    pub fn stroke(&mut self, from: usize, to: usize, height: u8) {
        let Some(start) = self.0.get(from).map(|start| usize::from(*start)) else { return };
        let steps = from.abs_diff(to).max(1);
        for (index, bar) in self.0.iter_mut().enumerate() {
            if (from.min(to)..=from.max(to)).contains(&index) {
                let left = index.abs_diff(to);
                *bar = ((start * left + usize::from(height) * (steps - left)) / steps) as u8;
            }
        }
    }
}

/// Collects every parameter.
pub struct Describe {
    all: Vec<Described>,
    idle: bool,
}

impl Describe {
    fn push(&mut self, field: Field, value: FieldValue) {
        self.all.push(Described { field, value });
    }
}

impl Fields for Describe {
    fn idle(&self) -> bool {
        self.idle
    }
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
    fn heights(&mut self, field: Field, most: u8, value: &mut [u8]) {
        self.push(field, FieldValue::Heights { heights: Heights(value.to_vec()), most });
    }
}

/// Sets the parameter of one key from text; `result` says how it went, `None` when no parameter has the key.
pub struct Set<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub result: Option<Result<(), ParameterError>>,
}

impl Set<'_> {
    fn refuse(&mut self, field: Field, allowed: String) {
        self.result = Some(Err(ParameterError::Refused { name: field.key, value: self.text.into(), allowed }));
    }
}

impl Fields for Set<'_> {
    fn number(&mut self, field: Field, allowed: Allowed, value: &mut f64) {
        if field.key != self.key {
            return;
        }
        match allowed.read(&self.text.trim().replace('\u{2212}', "-")) {
            Some(number) => {
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
    fn heights(&mut self, field: Field, most: u8, value: &mut [u8]) {
        if field.key != self.key {
            return;
        }
        let Heights(read) = Heights::read(self.text);
        if read.len() == value.len() && read.iter().all(|height| *height <= most) {
            value.copy_from_slice(&read);
            self.result = Some(Ok(()));
        } else {
            let allowed = format!("{} whole numbers from 0 to {most} with hyphens between them", value.len());
            self.refuse(field, allowed);
        }
    }
}

/// Something with parameters.
pub trait Parameters {
    /// Visits every parameter that has an effect in the present state, and those that [`Fields::idle`] asks for.
    fn fields<F: Fields>(&mut self, fields: &mut F);

    /// Every parameter that has an effect, for the controls on the page.
    fn describe(&self) -> Vec<Described>
    where
        Self: Clone,
    {
        self.described(false)
    }

    /// Every parameter that is kept: what the address holds.
    fn describe_all(&self) -> Vec<Described>
    where
        Self: Clone,
    {
        self.described(true)
    }

    /// Either of them.
    fn described(&self, idle: bool) -> Vec<Described>
    where
        Self: Clone,
    {
        let mut describe = Describe { all: Vec::new(), idle };
        self.clone().fields(&mut describe);
        describe.all
    }

    /// Sets one parameter from text.
    ///
    /// # Errors
    /// Names the key, the text and what is allowed; nothing has changed then.
    fn set(&mut self, key: &str, text: &str) -> Result<(), ParameterError> {
        let mut set = Set { key, text, result: None };
        self.fields(&mut set);
        set.result.unwrap_or_else(|| Err(ParameterError::Unknown { name: key.into() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_leaves_no_bar_out() {
        let mut heights = Heights::read("0-9-9-9-9-7");
        heights.stroke(0, 4, 40);
        assert_eq!(heights.text(), "0-10-20-30-40-7");
        heights.stroke(4, 2, 0);
        assert_eq!(heights.text(), "0-10-0-20-40-7");
        heights.stroke(5, 5, 100);
        assert_eq!(heights.text(), "0-10-0-20-40-100");
        heights.stroke(9, 0, 1);
        assert_eq!(heights.text(), "0-10-0-20-40-100", "there is no such bar");
    }
}
