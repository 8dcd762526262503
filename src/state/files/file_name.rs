//! What a file that is taken away is called.

use crate::state::{AppState, DataChoice};

/// Longer names are cut.
const LONGEST: usize = 80;

impl AppState {
    /// The data and the method, as `wine z-score`.
    pub fn stem(&self) -> String {
        let data = self.data_name();
        let user_file = matches!(self.data, DataChoice::UserFile(_));
        let data = data.rsplit_once('.').filter(|_| user_file).map_or(data.as_str(), |(stem, _)| stem);
        let with = self.with.as_ref().map_or(String::new(), |with| format!("{} and ", with.method.info().slug));
        format!("{data} {with}{}", self.method.info().slug)
    }

    /// What the data are called, as `wine`, `heights.csv`.
    pub fn data_name(&self) -> String {
        match &self.data {
            DataChoice::Sample(slug) => (*slug).into(),
            DataChoice::Generated { generator, .. } => generator.info().slug.into(),
            DataChoice::UserFile(user_file) => user_file.name.clone(),
        }
    }
}

/// A name that every system takes, from parts that may hold anything.
pub fn file_name(stem: &str, extension: &str) -> String {
    let kept = |c: char| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || turns || "/\\:*?\"<>|".contains(c) { ' ' } else { c }
    };
    let mut name = String::new();
    let plain: String = stem.chars().map(kept).collect();
    for word in plain.split_whitespace() {
        if name.chars().count() + word.chars().count() >= LONGEST {
            name.extend(word.chars().take(LONGEST.saturating_sub(name.chars().count())));
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    let name = name.trim_matches(['.', ' ']);
    format!("{}.{extension}", if name.is_empty() { "normlab" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;

    #[test]
    fn files_are_called_after_what_is_in_them() {
        let wine = AppState::default().after(Action::ChooseData(DataChoice::Sample("wine")));
        assert_eq!(file_name(&format!("{}  after", wine.stem()), "png"), "wine z-score after.png");
        let user_file = wine.after(Action::OpenUserFile { name: "my.data.csv".into(), awaited: false });
        assert_eq!(user_file.stem(), "my.data z-score");
    }

    #[test]
    fn any_name_becomes_one_that_can_be_written() {
        assert_eq!(file_name("../../etc/pass:wd", "csv"), "etc pass wd.csv");
        assert_eq!(file_name(" \u{202e}gpj.\n\0", "csv"), "gpj.csv");
        assert_eq!(file_name("??", "csv"), "normlab.csv");
        assert_eq!(file_name(&"\u{e9}".repeat(500), "csv").chars().count(), LONGEST + 4);
    }
}
