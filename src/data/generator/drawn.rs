//! A distribution that is drawn by hand.

use super::{Generate, GeneratorInfo, LARGE, TableShape, feature};
use crate::Dataset;
use crate::random::Stream;
use normlab_engine::Error;
use normlab_parameters::{Allowed, Field, Fields, Parameters};

/// Bars of the drawing.
const BARS: usize = 24;
/// The highest bar.
const MOST: u8 = 100;
/// Two humps: a mean that lies where little is.
const TWO_HUMPS: [u8; BARS] = [2, 6, 16, 34, 58, 80, 88, 80, 58, 34, 16, 8, 6, 6, 10, 18, 28, 36, 40, 36, 26, 14, 6, 2];

/// One column whose histogram is the drawn one: bars of equal width from `low` to `high`, and in each as many examples
/// as its height asks for, at uniform places inside of it.
///
/// The counts are not left to chance: each bar has its exact share of the rows, rounded down, and the rows that are left
/// over go to the largest remainders (Hamilton's method), the left bar first where those are equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    size: TableShape,
    low: f64,
    high: f64,
    heights: [u8; BARS],
}

impl Default for Drawn {
    fn default() -> Self {
        Self { size: TableShape { rows: 1000, columns: 1 }, low: 0.0, high: 100.0, heights: TWO_HUMPS }
    }
}

impl Parameters for Drawn {
    fn fields<F: Fields>(&mut self, fields: &mut F) {
        let help = "Draw with the mouse or a finger, or set the bars with the arrow keys.";
        fields.heights(Field { key: "heights", label: "Your distribution", help }, MOST, &mut self.heights);
        self.size.rows(fields);
        let allowed = Allowed::Between(-LARGE, LARGE);
        fields.number(
            Field { key: "low", label: "Low end", help: "Where the first bar begins." },
            allowed,
            &mut self.low,
        );
        fields.number(
            Field { key: "high", label: "High end", help: "Where the last bar ends." },
            allowed,
            &mut self.high,
        );
    }
}

impl Drawn {
    /// How many rows each bar gets; `None` when nothing is drawn.
    fn counts(&self) -> Option<[u64; BARS]> {
        let total: u64 = self.heights.iter().map(|height| u64::from(*height)).sum();
        if total == 0 {
            return None;
        }
        let mut counts = self.heights.map(|height| u64::from(height) * self.size.rows / total);
        let mut remainders = self.heights.map(|height| u64::from(height) * self.size.rows % total);
        for _ in counts.iter().sum::<u64>()..self.size.rows {
            let mut largest = 0;
            for bar in 1..BARS {
                if remainders[bar] > remainders[largest] {
                    largest = bar;
                }
            }
            counts[largest] += 1;
            remainders[largest] = 0;
        }
        Some(counts)
    }
}

impl Generate for Drawn {
    const INFO: GeneratorInfo = GeneratorInfo {
        slug: "drawn",
        name: "Drawn by hand",
        summary: "Draw any shape and see what becomes of it: methods that shift and scale keep it, whatever it is.",
    };

    fn generate(&self, seed: u64) -> Result<Dataset, Error> {
        if self.low >= self.high {
            let allowed = format!("less than the high end, which is {}", self.high);
            return Err(Error::Parameter { name: "low", value: self.low.to_string(), allowed });
        }
        let counts = self.counts().ok_or_else(|| Error::Parameter {
            name: "heights",
            value: "nothing".into(),
            allowed: "at least one bar above 0".into(),
        })?;
        let edge = |bar: usize| {
            let part = bar as f64 / BARS as f64;
            self.low * (1.0 - part) + self.high * part
        };
        let mut stream = Stream::new(seed, 0);
        let mut values = Vec::with_capacity(self.size.rows as usize);
        for (bar, count) in counts.into_iter().enumerate() {
            let (from, to) = (edge(bar), edge(bar + 1));
            for _ in 0..count {
                // Rounding must not carry a value over the edge of its bar.
                values.push((from + (to - from) * stream.uniform()).clamp(from, to));
            }
        }
        // Rows in no order: Fisher and Yates.
        for last in (1..values.len()).rev() {
            values.swap(last, stream.below(last as u64 + 1) as usize);
        }
        Ok(Dataset::table(Self::INFO.name, self.size.rows as usize, vec![feature("x", values)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(rows: u64, heights: &[u8]) -> Drawn {
        let mut drawn = Drawn { size: TableShape { rows, columns: 1 }, ..Drawn::default() };
        drawn.heights[..heights.len()].copy_from_slice(heights);
        drawn.heights[heights.len()..].fill(0);
        drawn
    }

    fn counted(drawn: &Drawn, seed: u64) -> Vec<u64> {
        let dataset = drawn.generate(seed).unwrap();
        let mut counts = vec![0; BARS];
        for value in dataset.columns[0].numbers().unwrap() {
            let part = (value - drawn.low) / (drawn.high - drawn.low);
            counts[((part * BARS as f64) as usize).min(BARS - 1)] += 1;
        }
        counts
    }

    #[test]
    fn left_over_rows_go_to_the_largest_remainders() {
        assert_eq!(drawn(10, &[1, 1, 1]).counts().unwrap()[..4], [4, 3, 3, 0]);
        assert_eq!(drawn(7, &[50, 25, 25]).counts().unwrap()[..3], [3, 2, 2]);
        assert_eq!(drawn(1_000_000, &[100; BARS]).counts().unwrap().iter().sum::<u64>(), 1_000_000);
    }

    #[test]
    fn nothing_drawn_says_what_is_needed() {
        let error = drawn(10, &[]).generate(1).unwrap_err();
        assert!(error.to_string().contains("at least one bar"), "{error}");
    }

    #[test]
    fn heights_are_read_and_refused_as_a_whole() {
        let mut drawn = Drawn::default();
        let text: Vec<String> = (0..BARS as u64).map(|bar| bar.to_string()).collect();
        drawn.set("heights", &text.join("-")).unwrap();
        assert_eq!(drawn.heights[23], 23);
        let before = drawn.clone();
        let most = [vec!["101".to_string()], text[1..].to_vec()].concat().join("-");
        for wrong in ["", "1-2-3", "a", &most, &format!("{}-x", text[1..].join("-"))] {
            let error = drawn.set("heights", wrong).unwrap_err();
            assert!(error.to_string().contains("24 whole numbers from 0 to 100"), "{error}");
            assert_eq!(drawn, before);
        }
    }

    proptest! {
        #[test]
        fn the_histogram_is_the_drawn_one(
            heights in prop::collection::vec(0..=MOST, BARS), rows in 1..3_000_u64, seed: u64,
            low in -1e6..1e6_f64, width in 1e-3..1e6_f64,
        ) {
            let drawn = Drawn { low, high: low + width, ..drawn(rows, &heights) };
            let total: u64 = heights.iter().map(|height| u64::from(*height)).sum();
            prop_assume!(total > 0);
            let counts = counted(&drawn, seed);
            prop_assert_eq!(counts.iter().sum::<u64>(), rows);
            for (count, height) in counts.iter().zip(&heights) {
                let share = f64::from(*height) * rows as f64 / total as f64;
                prop_assert!((*count as f64 - share).abs() < 1.0 + 1e-9, "{} for a share of {}", count, share);
            }
        }
    }
}
