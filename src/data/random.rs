//! Random numbers that are the same on every machine.

use std::f64::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of random numbers.
///
/// The stream is ChaCha with 8 rounds and a 64-bit block counter (Bernstein; as the `rand_chacha` crate has it). Its
/// 256-bit key is the seed as 8 little-endian bytes followed by the 24 bytes of `Stream::TAG`; the 64-bit nonce is the
/// stream number. Each column of a data set draws from a stream of its own, so that adding rows or columns never
/// changes the numbers that were there.
///
/// Logarithm, sine and the like come from the `libm` crate: the last digits of the platform's own differ.
pub struct Stream {
    rng: ChaCha8Rng,
    /// The second normal number of a Box-Muller pair, when the first was taken.
    spare: Option<f64>,
}

impl Stream {
    const TAG: &'static [u8; 24] = b"normlab random stream v1";
    /// The number of the stream that splits draw from; columns count from 0.
    pub const SPLIT: u64 = u64::MAX;
    /// Of the stream that decides things of whole rows, such as where outliers go.
    pub const ROWS: u64 = u64::MAX - 1;

    pub fn new(seed: u64, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..].copy_from_slice(Self::TAG);
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(number);
        Self { rng, spare: None }
    }

    /// A uniform number strictly between 0 and 1: the middle of one of 2^53 equal parts.
    pub fn uniform(&mut self) -> f64 {
        const PART: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.rng.next_u64() >> 11) as f64 + 0.5) * PART
    }

    /// A uniform whole number below `bound` (which must not be 0), without bias: Lemire, Fast random integer generation
    /// in an interval (2019).
    pub fn below(&mut self, bound: u64) -> u64 {
        loop {
            let product = u128::from(self.rng.next_u64()) * u128::from(bound);
            let low = product as u64;
            if low >= bound || low >= bound.wrapping_neg() % bound {
                return (product >> 64) as u64;
            }
        }
    }

    /// `count` different indices below `n` (at most all of them) in random order: the first of a shuffle by Fisher and
    /// Yates (Knuth, The Art of Computer Programming, vol. 2, algorithm P).
    pub fn choose(&mut self, n: usize, count: usize) -> Vec<usize> {
        let count = count.min(n);
        let mut order: Vec<usize> = (0..n).collect();
        for step in 0..count {
            let pick = step + self.below((n - step) as u64) as usize;
            order.swap(step, pick);
        }
        order.truncate(count);
        order
    }

    /// A normal number of mean 0 and standard deviation 1, by Box and Muller, A note on the generation of random normal
    /// deviates (1958): two uniform numbers make two normal ones, cosine first.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        let (sin, cos) = libm::sincos(TAU * self.uniform());
        self.spare = Some(radius * sin);
        radius * cos
    }
}
