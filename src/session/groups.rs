//! Groups and warnings in words that name rows and features.

use normlab_engine::{
    Center, ExampleSharing, FeatureSharing, Fitted, GroupStatistics, Grouping, Scale, Shape, Sharing, Warning,
};
use normlab_plot::number::whole;
use normlab_protocol::{GroupSummary, Groups};

/// So many groups are described one by one.
const FIRST: usize = 64;

/// The statistics of the first groups.
pub fn describe(fitted: &Fitted, names: &[String]) -> Groups {
    let grouping = fitted.recipe.grouping;
    let first = fitted.groups.iter().take(FIRST).enumerate().map(|(index, group)| GroupSummary {
        name: name(grouping, fitted.shape, index, names),
        count: group.count as u64,
        missing: group.missing as u64,
        center: group.center,
        scale: group.scale,
    });
    Groups {
        total: fitted.groups.len() as u64,
        by_feature: grouping.is_by_feature(fitted.shape),
        first: first.collect(),
    }
}

/// A group in words: `alcohol`, `row 3`, `row 3, alcohol to ash`, `row 3, position 2`.
pub fn name(grouping: Grouping, shape: Shape, group: usize, names: &[String]) -> String {
    let [_, feature, position] = grouping.place(shape, group);
    let mut parts = Vec::new();
    if grouping.examples != ExampleSharing::Together {
        let [rows, ..] = grouping.members(shape, group);
        let [first, last] = [rows.start + 1, rows.end].map(|row| whole(row as u64));
        parts.push(if rows.len() == 1 { format!("row {first}") } else { format!("rows {first} to {last}") });
    }
    match grouping.features {
        FeatureSharing::Together => {}
        FeatureSharing::Separate => parts.extend(names.get(feature).cloned()),
        FeatureSharing::Groups(groups) => {
            let size = shape.features / groups.max(1);
            let ends = (names.get(feature * size), names.get((feature + 1) * size - 1));
            if let (Some(first), Some(last)) = ends {
                parts.push(if size == 1 { first.clone() } else { format!("{first} to {last}") });
            }
        }
    }
    if grouping.positions == Sharing::Separate && shape.positions > 1 {
        parts.push(format!("position {}", position + 1));
    }
    if parts.is_empty() { "all values".into() } else { parts.join(", ") }
}

/// A warning, with the place in the visitor's own names.
pub fn warn(warning: &Warning, fitted: &Fitted, names: &[String]) -> String {
    let grouping = fitted.recipe.grouping;
    let groups = |groups: usize, first: usize| {
        let name = name(grouping, fitted.shape, first, names);
        match groups {
            1 => name,
            2 => format!("{name} and one more group"),
            _ => format!("{name} and {} more groups", groups - 1),
        }
    };
    let values = |values: usize| if values == 1 { "1 value lies".into() } else { format!("{values} values lie") };
    let center = fitted.recipe.center.words().unwrap_or("centre");
    match *warning {
        Warning::Constant { groups: n, first } => {
            format!("Constant: all values of {} are equal, so there is no spread to divide by.", groups(n, first))
        }
        Warning::NoSpread { groups: n, first } => {
            format!("The quantiles of {} are equal although its values differ, so it is not divided.", groups(n, first))
        }
        Warning::AllMissing { groups: n, first } => format!("There is no value at all in {}.", groups(n, first)),
        Warning::SingleValue { groups: n, .. } if n == fitted.groups.len() => format!(
            "Each group contains only one value, so subtracting its {center} gives 0. {} there is nothing to compare.",
            match grouping.examples {
                ExampleSharing::Together => "With one row",
                ExampleSharing::Batches(_) => "With one row per batch",
                ExampleSharing::Separate => "With one value per example",
            }
        ),
        Warning::SingleValue { groups: n, first } => {
            format!("Only one value, so subtracting its {center} gives 0: {}.", groups(n, first))
        }
        Warning::OutsideFitted { values: n } => format!(
            "{} outside the fitted range, so the output goes beyond the range of the method. This is normal for new data.",
            values(n)
        ),
        Warning::Clipped { values: n } => {
            format!("{} outside the fitted range, clipped to it.", values(n))
        }
    }
}

/// That every value was divided by its own size: a warning that only words need.
pub fn only_signs(fitted: &Fitted) -> Option<String> {
    let (center, scale) = (fitted.recipe.center, fitted.recipe.scale);
    let alone = |group: &GroupStatistics| group.count == 1;
    let some = fitted.groups.iter().any(alone);
    let all = fitted.groups.iter().all(|group| alone(group) || group.count == 0 && group.missing > 0);
    let divided = center == Center::None && scale != Scale::None && !scale.is_spread();
    (some && all && divided)
        .then(|| "Each group contains only one value, divided by its own size, so only its sign is left.".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_named_by_rows_and_features() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        let shape = Shape { examples: 2, features: 4, positions: 3 };
        let name = |grouping, group| name(grouping, shape, group, &names);
        assert_eq!(name(Grouping::FEATURE, 2), "c");
        assert_eq!(name(Grouping::EXAMPLE, 1), "row 2");
        assert_eq!(name(Grouping::channel_groups(2), 3), "row 2, c to d");
        assert_eq!(name(Grouping::channel_groups(4), 5), "row 2, b");
        assert_eq!(name(Grouping::INSTANCE, 4), "row 2, a");
        assert_eq!(name(Grouping::POSITION, 5), "row 2, position 3");
        let batches = |size| Grouping { examples: ExampleSharing::Batches(size), ..Grouping::FEATURE };
        assert_eq!(name(batches(2), 3), "rows 1 to 2, d");
        assert_eq!(name(batches(1), 5), "row 2, b");
    }
}
