//! Words of the field in sentences, each with a sentence of its own: shown where the word stands first.

use std::collections::BTreeSet;

/// A word and its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is kept in the table.
    pub key: &'static str,
    /// The forms in which it occurs, in small letters.
    forms: &'static [&'static str],
    pub says: &'static str,
}

const WORDS: &[Word] = &[
    // Methods.
    Word {
        key: "z-score",
        forms: &["z-score", "z-scores", "standardization"],
        says: "Mean subtracted, divided by the standard deviation: every feature then has mean 0 and standard deviation 1.",
    },
    Word {
        key: "min-max",
        forms: &["min-max"],
        says: "Minimum subtracted, divided by the range: every feature then goes from 0 to 1.",
    },
    Word {
        key: "max-abs",
        forms: &["max-abs"],
        says: "Divided by the largest absolute value: every feature then lies between \u{2212}1 and 1, and 0 stays 0.",
    },
    Word {
        key: "robust",
        forms: &["robust"],
        says: "Median subtracted, divided by the distance between the quartiles, which a few far values hardly move.",
    },
    Word {
        key: "batch-norm",
        forms: &["batchnorm"],
        says: "In training, each channel is normalized by the mean and variance of the batch; in evaluation, by running statistics.",
    },
    Word {
        key: "layer-norm",
        forms: &["layernorm"],
        says: "Each example is normalized by the mean and variance of its own features, whatever else is in the batch.",
    },
    Word {
        key: "rms-norm",
        forms: &["rmsnorm"],
        says: "Each example is divided by its root mean square; no mean is subtracted.",
    },
    Word {
        key: "group-norm",
        forms: &["groupnorm"],
        says: "The channels of an example are parted into groups, and each group is normalized by its own mean and variance.",
    },
    Word {
        key: "instance-norm",
        forms: &["instancenorm"],
        says: "Each channel of each example is normalized by itself, over its positions.",
    },
    Word {
        key: "unit-length",
        forms: &["unit length"],
        says: "Each row is divided by its length, so that only its direction is left.",
    },
    Word {
        key: "yeo-johnson",
        forms: &["yeo-johnson"],
        says: "A power transformation, also of negative values, whose power is chosen so that the result is as normal as it gets.",
    },
    // Data and their parts.
    Word { key: "feature", forms: &["feature", "features"], says: "One measured quantity: a column of a table." },
    Word {
        key: "example",
        forms: &["example", "examples"],
        says: "One thing that was measured: a row of a table, an image of a batch.",
    },
    Word {
        key: "channel",
        forms: &["channel", "channels"],
        says: "A feature that is measured at many positions, such as one map of a convolution.",
    },
    Word {
        key: "batch",
        forms: &["batch", "batches"],
        says: "The examples that a network is given together in one step of training.",
    },
    Word {
        key: "outlier",
        forms: &["outlier", "outliers"],
        says: "A value that lies far from all others, rightly or by mistake.",
    },
    Word {
        key: "training-rows",
        forms: &["training rows"],
        says: "The rows that a model is fitted on; the others only test it.",
    },
    Word {
        key: "test-rows",
        forms: &["test rows", "test set"],
        says: "Rows that were kept back to find out how good a fitted model is.",
    },
    Word {
        key: "scaler",
        forms: &["scaler"],
        says: "What remembers the statistics it was fitted on, and normalizes any rows by them.",
    },
    Word {
        key: "weight",
        forms: &["weight", "weights"],
        says: "A number by which a model multiplies a feature, found by fitting.",
    },
    Word { key: "bias", forms: &["bias"], says: "The number that a model or a layer adds, whatever the features are." },
    // Statistics.
    Word {
        key: "standard-deviation",
        forms: &["standard deviation", "standard deviations"],
        says: "The square root of the variance: the typical distance of a value from the mean.",
    },
    Word { key: "variance", forms: &["variance", "variances"], says: "The mean squared distance from the mean." },
    Word {
        key: "running-mean",
        forms: &["running mean", "running means"],
        says: "A mean that each batch moves a little; evaluation uses it instead of that of a batch.",
    },
    Word {
        key: "running-variance",
        forms: &["running variance"],
        says: "A variance that each batch moves a little; evaluation uses it instead of that of a batch.",
    },
    Word {
        key: "running-statistics",
        forms: &["running statistics"],
        says: "Mean and variance that each batch moves a little, used in evaluation.",
    },
    Word {
        key: "standard-error",
        forms: &["standard error", "standard errors"],
        says: "How far a mean over repetitions typically is from the true mean.",
    },
    Word { key: "median", forms: &["median"], says: "Half of the values are at or below it." },
    Word {
        key: "quartile",
        forms: &["quartile", "quartiles"],
        says: "A quarter of the values is at or below the first, a quarter at or above the third.",
    },
    Word {
        key: "quantile",
        forms: &["quantile", "quantiles"],
        says: "The value that a given share of all values is at or below.",
    },
    Word {
        key: "skewness",
        forms: &["skewness", "skewed"],
        says: "0 when a distribution is symmetric, positive when the large values reach further out.",
    },
    Word {
        key: "kurtosis",
        forms: &["excess kurtosis", "kurtosis"],
        says: "How heavy the tails are, 0 for a normal distribution.",
    },
    Word {
        key: "correlation",
        forms: &["correlation", "correlated"],
        says: "1 when one is a rising straight line of the other, \u{2212}1 when a falling one, 0 when a line says nothing.",
    },
    Word {
        key: "chance",
        forms: &["chance alone"],
        says: "How often a difference as large would come about if the methods did not differ: an exact test on the rows where they do.",
    },
    Word {
        key: "lognormal",
        forms: &["lognormal"],
        says: "Its logarithm is normally distributed: positive, with a long tail of large values.",
    },
    Word {
        key: "ecdf",
        forms: &["ecdf"],
        says: "Empirical cumulative distribution function: for each value, the share of values at or below it.",
    },
    // Models.
    Word {
        key: "leave-one-out",
        forms: &["leave-one-out"],
        says: "Each row is predicted from all others, so that none judges itself.",
    },
    Word {
        key: "nearest-neighbours",
        forms: &["nearest neighbours", "nearest neighbour"],
        says: "A row is given the class of most of the rows at the smallest distances from it.",
    },
    Word {
        key: "squared-distance",
        forms: &["squared distance"],
        says: "The sum over all features of the squared differences of two rows.",
    },
    Word {
        key: "decision-tree",
        forms: &["decision tree"],
        says: "Asks of one feature at a time whether it is above a threshold, so any scale of a feature will do.",
    },
    Word {
        key: "least-squares",
        forms: &["ordinary least squares", "least squares"],
        says: "The line or plane with the smallest sum of squared errors.",
    },
    Word {
        key: "ridge",
        forms: &["ridge regression", "ridge"],
        says: "Least squares with a penalty on large weights, which depend on the scale of the features.",
    },
    Word {
        key: "logistic",
        forms: &["logistic regression"],
        says: "A weighted sum of the features, turned into a probability.",
    },
    Word {
        key: "k-means",
        forms: &["k-means"],
        says: "Parts rows into k clusters, each around the mean of its rows, so that squared distances are small.",
    },
    Word {
        key: "principal-components",
        forms: &["principal component", "principal components"],
        says: "The directions in which the rows vary most, each at right angles to those before.",
    },
    // Gradient descent.
    Word {
        key: "gradient-descent",
        forms: &["gradient descent"],
        says: "Goes a step in the direction in which the loss falls fastest, again and again.",
    },
    Word {
        key: "loss",
        forms: &["loss"],
        says: "What fitting makes small: the mean squared error of predicted numbers, or the cross-entropy of classes.",
    },
    Word {
        key: "learning-rate",
        forms: &["learning rate"],
        says: "How far a step goes for a given slope of the loss.",
    },
    Word {
        key: "momentum",
        forms: &["momentum"],
        says: "How much of the last step, or of a running mean, goes on into the next.",
    },
    Word {
        key: "condition-number",
        forms: &["condition number", "condition"],
        says: "The largest curvature of the loss over the smallest: how long and narrow its valley is.",
    },
    Word {
        key: "curvature",
        forms: &["curvature", "\u{3bb}max", "\u{3bb}min"],
        says: "How fast the slope of the loss changes along a direction: \u{3bb}max in the steepest, \u{3bb}min in the flattest.",
    },
    Word {
        key: "adam",
        forms: &["adam"],
        says: "An optimizer that gives each weight steps of its own size, by running means of its gradient and of the square of that.",
    },
    // Floating point.
    Word { key: "f32", forms: &["f32", "single precision"], says: "Numbers with about 7 significant digits." },
    Word { key: "f64", forms: &["f64", "double precision"], says: "Numbers with about 16 significant digits." },
    Word {
        key: "welford",
        forms: &["welford"],
        says: "Updates mean and sum of squared distances with each value, so that nothing large is subtracted from something as large.",
    },
    Word {
        key: "eps",
        forms: &["eps"],
        says: "A small number added under the square root, so that nothing is divided by 0.",
    },
    Word {
        key: "root-mean-square",
        forms: &["root mean square"],
        says: "The square root of the mean of the squared values.",
    },
];

/// Words that were explained already, by key: each is explained once where it is read first.
#[derive(Clone, Debug, Default)]
pub struct WordsSeen(BTreeSet<&'static str>);

impl WordsSeen {
    /// The text in parts, those that are words to explain with what there is to say.
    pub fn parts<'a>(&mut self, text: &'a str) -> Vec<(&'a str, Option<Word>)> {
        let mut parts = Vec::new();
        // Only letters of one byte become small: places are those of the text.
        let small = text.to_ascii_lowercase();
        let (mut start, mut at) = (0, 0);
        while at < text.len() {
            match self.word_at(&small, at) {
                Some((word, length)) => {
                    if start < at {
                        parts.push((&text[start..at], None));
                    }
                    parts.push((&text[at..at + length], Some(word)));
                    self.0.insert(word.key);
                    at += length;
                    start = at;
                }
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        if start < text.len() {
            parts.push((&text[start..], None));
        }
        parts
    }

    /// The longest word that begins here and was not explained, and its length in bytes.
    fn word_at(&self, small: &str, at: usize) -> Option<(Word, usize)> {
        let before = small[..at].chars().next_back();
        if before.is_some_and(is_inner) {
            return None;
        }
        let rest = &small[at..];
        let forms = WORDS.iter().flat_map(|word| word.forms.iter().map(move |form| (*word, *form)));
        let fits = forms.filter(|(_, form)| rest.strip_prefix(form).is_some_and(|after| !after.starts_with(is_inner)));
        let (word, form) = fits.max_by_key(|(_, form)| form.len())?;
        (!self.0.contains(word.key)).then_some((word, form.len()))
    }
}

/// Whether a letter makes what stands beside it a part of a longer word.
fn is_inner(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        let parts = WordsSeen::default().parts(text);
        assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
        parts.into_iter().filter_map(|(part, word)| Some((part, word?.key))).collect()
    }

    #[test]
    fn every_word_has_one_sentence() {
        let mut forms = BTreeSet::new();
        for word in WORDS {
            let says = word.says;
            assert!(
                says.starts_with(char::is_alphanumeric) && says.ends_with('.') && says.contains(' '),
                "{}",
                word.key
            );
            for form in word.forms {
                assert!(forms.insert(form), "{form} twice");
                assert_eq!(form.to_ascii_lowercase(), **form, "{form}");
            }
        }
    }

    #[test]
    fn words_are_found_where_they_stand_alone() {
        assert_eq!(found("Right: z-score 173. Z-score again."), [("z-score", "z-score")]);
        assert_eq!(found("Each row is judged by all others (leave-one-out)"), [("leave-one-out", "leave-one-out")]);
        assert_eq!(found("The condition number"), [("condition number", "condition-number")]);
        assert_eq!(found("bill_depth and lossless, non-robust, batch-norm"), []);
        assert_eq!(found("1/\u{3bb}max, \u{201c}f32\u{201d}"), [("\u{3bb}max", "curvature"), ("f32", "f32")]);
        assert_eq!(found(""), []);
    }

    /// No word is explained that nobody reads.
    #[test]
    fn every_word_occurs_somewhere() {
        let root = env!("CARGO_MANIFEST_DIR");
        let folders = ["src/experiments/snapshots", "src/experiments", "src/lessons/questions", "tests/snapshots"];
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(format!("{root}/{folder}")).unwrap());
        let texts = files.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
        let text = texts.collect::<String>().to_ascii_lowercase();
        for word in WORDS {
            assert!(word.forms.iter().any(|form| text.contains(form)), "{}", word.key);
        }
    }

    #[test]
    fn a_word_is_explained_once() {
        let mut seen = WordsSeen::default();
        assert_eq!(seen.parts("loss").len(), 1);
        assert_eq!(seen.parts("the loss"), [("the loss", None)]);
    }
}
