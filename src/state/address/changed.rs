use crate::parameters::Described;

/// Settings that differ from the usual ones, or are shown only because another differs.
pub(super) fn changed(settings: &[Described], usual: &[Described]) -> Vec<(String, String)> {
    settings
        .iter()
        .filter(|one| {
            !usual.iter().any(|other| other.field.key == one.field.key && other.value.text() == one.value.text())
        })
        .map(|one| (one.field.key.to_string(), one.value.text()))
        .collect()
}
