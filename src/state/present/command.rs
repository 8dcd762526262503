//! The keys of a presentation: those of reveal.js, which many lecturers know.

/// What a key does while something is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentCommand {
    Next,
    Back,
    First,
    Last,
    Black,
    FullScreen,
    Jump,
    Overview,
    Speaker,
    Pointer,
    QrCode,
    Help,
    Leave,
}

impl PresentCommand {
    /// In the order of the help: command, its keys as `KeyboardEvent.key` calls them, and as they are written for people.
    pub const KEYS: [(Self, &'static [&'static str], &'static str, &'static str); 13] = [
        (
            Self::Next,
            &["ArrowRight", "ArrowDown", " ", "n", "PageDown"],
            "\u{2192}, \u{2193}, Space, N, Page Down",
            "Next",
        ),
        (Self::Back, &["ArrowLeft", "ArrowUp", "p", "PageUp"], "\u{2190}, \u{2191}, P, Page Up", "Previous"),
        (Self::First, &["Home"], "Home", "First entry"),
        (Self::Last, &["End"], "End", "Last entry"),
        (Self::Black, &["b", "."], "B, .", "Black screen"),
        (Self::FullScreen, &["f"], "F", "Full screen"),
        (Self::Jump, &["g"], "G", "Jump to a number"),
        (Self::Overview, &["o"], "O", "Overview"),
        (Self::Speaker, &["s"], "S", "Notes in a window"),
        (Self::Pointer, &["l"], "L", "Pointer on or off"),
        (Self::QrCode, &["q"], "Q", "QR code of this page"),
        (Self::Help, &["?"], "?", "This help"),
        (Self::Leave, &["Escape"], "Esc", "Close what is open, then leave"),
    ];

    /// What a key does; letters may be capital.
    pub fn of_key(key: &str) -> Option<Self> {
        let key = if key.len() == 1 { key.to_ascii_lowercase() } else { key.into() };
        Self::KEYS.iter().find(|(_, keys, ..)| keys.contains(&key.as_str())).map(|(command, ..)| *command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        let mut all: Vec<&str> = PresentCommand::KEYS.iter().flat_map(|(_, keys, ..)| *keys).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!(PresentCommand::of_key("N"), Some(PresentCommand::Next));
        assert_eq!(PresentCommand::of_key("x"), None);
    }
}
