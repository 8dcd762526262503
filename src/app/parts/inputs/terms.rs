//! Terms of tables and of the page's own settings, a sentence each. Those of a method or a generator have theirs in the
//! [`Field`](crate::parameters::Field) that describes them.

const TERMS: &[(&str, &str)] = &[
    // Statistics.
    ("n", "The number of values that are not missing."),
    ("missing", "The number of missing values."),
    ("mean", "Arithmetic mean: the sum of the values divided by their number."),
    ("sd", "Standard deviation, divisor n: the typical distance of a value from the mean."),
    (
        "sd (n \u{2212} 1)",
        "Standard deviation, divisor n \u{2212} 1 as chosen: the typical distance of a value from the mean.",
    ),
    ("min", "The smallest value."),
    ("25%", "First quartile: a quarter of the values are at or below it."),
    ("median", "Half of the values are at or below it; a few outliers hardly move it."),
    ("75%", "Third quartile: three quarters of the values are at or below it."),
    ("max", "The largest value."),
    ("skewness", "Third standardized moment: 0 when symmetric, positive when the large values reach further out."),
    ("kurtosis", "Excess kurtosis: 0 for a normal distribution, larger with heavier tails."),
    ("correlation", "Correlation between the values before and after: 1 when one is a straight line of the other."),
    ("spread ratio", "How many times wider the widest feature is than the narrowest."),
    // Groups of values that share statistics.
    ("group", "Values that are normalized by the same statistics."),
    ("centre", "What is subtracted from the values of the group."),
    ("scale", "What the values of the group are divided by."),
    // Pictures, by their labels.
    ("Histogram", "How many values lie in each of many small ranges."),
    ("Density", "The histogram as a smooth curve: each value is spread over its surroundings."),
    ("Box", "The box goes from the first quartile to the third, with a line at the median; far values stand alone."),
    ("Strip", "Every value is a point on a line of its feature."),
    ("ECDF", "For each value, the share of values at or below it: a curve that rises from 0 to 1."),
    ("Scatter", "One feature against another, a point for each row."),
    ("Heat map", "The table itself: each value is a cell whose colour says how large it is."),
    ("Images", "Each example as an image, whose pixels are its values."),
    ("Symmetric log", "Powers of ten are equally far apart, also of negative values; near 0 the axis is linear."),
    // The page's own settings.
    ("library", "Libraries differ in their defaults, in what running statistics store, and in what they refuse."),
    ("fit", "Statistics of the training rows are applied to all rows, as to data that come later."),
    ("color", "Colour the plots by feature, or by the categories of a column."),
    ("across", "The feature on the horizontal axis."),
    ("up", "The feature on the vertical axis."),
    ("against-across", "The method whose values are on the horizontal axis."),
    ("against-up", "The method whose values are on the vertical axis."),
    ("compare-feature", "The feature that the table and the pair of methods below show."),
    ("walk", "The feature whose running mean and variance are shown."),
    ("step", "The batch that is marked in the plots."),
    ("what-if", "Type another value, or nothing for a missing one, to see what would change."),
    ("picked", "Type another value, or nothing for a missing one, to change the data."),
    // How own data are read.
    ("delimiter", "The character between the values of a line."),
    ("header", "Whether the first line has the names of the columns or is a row of data."),
    ("line", "The line at which the table starts; lines above it are left out."),
    ("transposed", "Swap rows and columns: each row becomes a column."),
    ("decimal", "The character between whole units and decimals."),
    ("marked", "What to do with numbers that have thousands separators, a currency or a percent sign."),
    ("words", "What to do with text in a column of numbers."),
    ("sheet", "The sheet of the workbook that is read."),
    ("array", "The array of the archive that is read."),
    (
        "dimension",
        "What this dimension counts: examples (rows), features (channels), or positions such as time steps or pixels.",
    ),
];

/// The sentence of a term; nothing for what is not explained here.
pub fn sentence(term: &str) -> &'static str {
    TERMS.iter().find(|(name, _)| *name == term).map_or("", |(_, says)| says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::generator::Generator;
    use crate::engine::Method;

    fn is_a_sentence(says: &str) -> bool {
        says.starts_with(char::is_uppercase) && says.ends_with('.') && says.contains(' ')
    }

    #[test]
    fn every_term_has_one_sentence() {
        for (index, (name, says)) in TERMS.iter().enumerate() {
            assert!(is_a_sentence(says), "{name}: {says:?}");
            assert!(TERMS[..index].iter().all(|(other, _)| other != name), "{name} twice");
        }
        assert_eq!(sentence("nothing of the kind"), "");
    }

    /// Of eps, gamma, beta, mode, positions, momentum and all others.
    #[test]
    fn every_setting_has_its_sentence() {
        let methods = Method::all().into_iter().flat_map(|method| method.parameters());
        let generators = Generator::all().into_iter().flat_map(|generator| generator.parameters());
        let all: Vec<_> = methods.chain(generators).map(|one| one.field).collect();
        assert!(all.len() > 40, "{}", all.len());
        for field in all {
            assert!(is_a_sentence(field.help), "{}: {:?}", field.label, field.help);
        }
    }
}
