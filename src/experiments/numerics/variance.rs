//! The variance of four numbers, three ways, in two precisions.

/// The largest offset as a power of ten: the squares of f32 numbers of this size are still finite.
pub const LARGEST_POWER: f64 = 18.0;

/// What the numbers are before the offset; their variance is [`EXACT`].
const NUMBERS: [f64; 4] = [0.0, 1.0, 2.0, 3.0];
pub const EXACT: f64 = 1.25;

/// The three ways, in the order of the results.
pub const NAMES: [&str; 3] = ["mean of squares minus square of mean", "two passes", "Welford"];

/// What comes out at one offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtOffset {
    pub power: f64,
    pub offset: f64,
    /// In f32 and in f64, in the order of [`NAMES`].
    pub single: [f64; 3],
    pub double: [f64; 3],
    /// In f32, the mean of the squares and the square of the mean.
    pub squares: (f64, f64),
    /// The distance of that mean of squares from the next larger number in f32.
    pub spacing: f64,
    /// The variance of the numbers as f32 and f64 hold them.
    pub held: (f64, f64),
}

impl AtOffset {
    pub fn of(power: f64) -> Self {
        // Powers of ten that are whole come out exactly.
        let offset = libm::exp10(power);
        let double = NUMBERS.map(|number| number + offset);
        let single = double.map(|number| number as f32);
        let squares = of_squares_f32(single);
        let next = f32::from_bits(squares.0.to_bits() + 1);
        let exact = |numbers: [f64; 4]| {
            // Differences of neighbours are exact, so this is too.
            two_passes_f64(numbers.map(|number| number - numbers[0]))
        };
        Self {
            power,
            offset,
            single: [squares.0 - squares.1, two_passes_f32(single), welford_f32(single)].map(f64::from),
            double: [of_squares_f64(double), two_passes_f64(double), welford_f64(double)],
            squares: (f64::from(squares.0), f64::from(squares.1)),
            spacing: f64::from(next) - f64::from(squares.0),
            held: (exact(single.map(f64::from)), exact(double)),
        }
    }
}

/// Whether a result is wrong by more than 1%.
pub fn is_wrong(result: f64) -> bool {
    (result - EXACT).abs() > 0.01 * EXACT
}

fn of_squares_f32(numbers: [f32; 4]) -> (f32, f32) {
    let (sum, squares) =
        numbers.iter().fold((0.0_f32, 0.0_f32), |(sum, squares), number| (sum + number, squares + number * number));
    let mean = sum / 4.0;
    (squares / 4.0, mean * mean)
}

fn of_squares_f64(numbers: [f64; 4]) -> f64 {
    let (sum, squares) =
        numbers.iter().fold((0.0, 0.0), |(sum, squares), number| (sum + number, squares + number * number));
    let mean = sum / 4.0;
    squares / 4.0 - mean * mean
}

fn two_passes_f32(numbers: [f32; 4]) -> f32 {
    let mean = numbers.iter().sum::<f32>() / 4.0;
    numbers.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() / 4.0
}

fn two_passes_f64(numbers: [f64; 4]) -> f64 {
    let mean = numbers.iter().sum::<f64>() / 4.0;
    numbers.iter().map(|number| (number - mean) * (number - mean)).sum::<f64>() / 4.0
}

fn welford_f32(numbers: [f32; 4]) -> f32 {
    let (mut count, mut mean, mut squares) = (0.0_f32, 0.0_f32, 0.0_f32);
    for number in numbers {
        count += 1.0;
        let before = number - mean;
        mean += before / count;
        squares += before * (number - mean);
    }
    squares / count
}

fn welford_f64(numbers: [f64; 4]) -> f64 {
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for number in numbers {
        count += 1.0;
        let before = number - mean;
        mean += before / count;
        squares += before * (number - mean);
    }
    squares / count
}
