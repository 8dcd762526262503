//! Two settings of one method, told apart.

use super::{BatchNorm, Method, Mode};
use normlab_parameters::{Described, FieldValue};

impl Method {
    /// Its name, with the mode where that is not the usual one: `BatchNorm (evaluation)`.
    pub fn name_with_mode(&self) -> String {
        match self {
            Self::BatchNorm(BatchNorm { mode: Mode::Evaluation, .. }) => format!("{} (evaluation)", self.info().name),
            _ => self.info().name.to_owned(),
        }
    }

    /// The settings that the same method has otherwise in `other`, in words: `evaluation`, `eps 0.1`. What only one of
    /// the two has follows from another setting. Nothing for another method, which its name tells apart.
    pub fn settings_unlike(&self, other: &Self) -> Vec<String> {
        if self.info().slug != other.info().slug {
            return Vec::new();
        }
        let others = other.parameters();
        let differs = |one: &&Described| {
            others.iter().any(|other| other.field.key == one.field.key && other.value.text() != one.value.text())
        };
        let words = |one: &Described| match one.value {
            FieldValue::Choice { .. } => one.value.words(),
            _ => format!("{} {}", one.field.label, one.value.words()),
        };
        self.parameters().iter().filter(differs).map(words).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use normlab_parameters::Parameters;

    #[test]
    fn only_what_differs_is_told() {
        let method = |slug: &str, settings: &[(&str, &str)]| {
            let mut method = Method::from_slug(slug).unwrap();
            settings.iter().for_each(|(key, text)| method.set(key, text).unwrap());
            method
        };
        let training = method("batch-norm", &[("eps", "0.1")]);
        let evaluation = method("batch-norm", &[("mode", "evaluation"), ("momentum", "0.5")]);
        assert_eq!(training.settings_unlike(&evaluation), ["training", "eps 0.1"]);
        assert_eq!(evaluation.settings_unlike(&training), ["evaluation", "eps 1e-5"]);
        assert!(training.settings_unlike(&training).is_empty());
        assert!(training.settings_unlike(&method("layer-norm", &[])).is_empty());
    }
}
