//! Which page an address is of.

/// A page of Normlab. Each has an address, and its state behind the `?`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// `/explore`: data, a method, before and after.
    #[default]
    Explore,
    /// `/experiments`: all experiments.
    Experiments,
    /// `/experiment/nearest`: the experiment with this slug, whether there is one or not.
    Experiment(String),
    /// `/practice`: questions that the engine makes and grades.
    Practice,
    /// `/present`: playlists of states to show to an audience.
    Present,
}

impl Page {
    /// The page of an address, as it stands behind `#`; `None` when there is no such page.
    pub fn of(address: &str) -> Option<Self> {
        let path = address.split('?').next().unwrap_or_default();
        match path.trim_end_matches('/') {
            "" | "/explore" => Some(Self::Explore),
            "/experiments" | "/experiment" => Some(Self::Experiments),
            "/practice" => Some(Self::Practice),
            "/present" => Some(Self::Present),
            path => {
                let slug = path.strip_prefix("/experiment/")?;
                let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
                slug.bytes().all(plain).then(|| Self::Experiment(slug.into()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_page() {
        let experiment = || Some(Page::Experiment("nearest".into()));
        for (address, page) in [
            ("", Some(Page::Explore)),
            ("/", Some(Page::Explore)),
            ("/explore?data=wine", Some(Page::Explore)),
            ("/experiments", Some(Page::Experiments)),
            ("/experiment/", Some(Page::Experiments)),
            ("/experiment/nearest", experiment()),
            ("/experiment/nearest/?k=1", experiment()),
            ("/experiment/near est", None),
            ("/practice", Some(Page::Practice)),
            ("/practice?seed=21&topics=tables", Some(Page::Practice)),
            ("/present?list=outliers", Some(Page::Present)),
            ("/about", None),
        ] {
            assert_eq!(Page::of(address), page, "{address}");
        }
    }
}
