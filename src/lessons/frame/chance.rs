//! Random choices that are the same on every machine.

use normlab_data::random::Stream;

/// Random numbers of one item.
pub struct Chance(Stream);

/// What the numbers of a column are about.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// With a capital letter: `Delivery time`.
    pub name: &'static str,
    pub unit: &'static str,
    low: f64,
    high: f64,
}

const STORIES: &[Story] = &[
    Story { name: "Delivery time", unit: "minutes", low: 12.0, high: 45.0 },
    Story { name: "Height", unit: "cm", low: 150.0, high: 195.0 },
    Story { name: "Weight", unit: "kg", low: 48.0, high: 96.0 },
    Story { name: "Rent", unit: "euros per square metre", low: 8.0, high: 24.0 },
    Story { name: "Temperature", unit: "\u{b0}C", low: -8.0, high: 31.0 },
    Story { name: "Speed", unit: "km/h", low: 22.0, high: 88.0 },
    Story { name: "Salary", unit: "thousand euros", low: 28.0, high: 92.0 },
    Story { name: "Blood pressure", unit: "mmHg", low: 95.0, high: 165.0 },
];

impl Chance {
    /// Of an item.
    pub fn new(seed: u32, number: u64) -> Self {
        Self(Stream::new(u64::from(seed), number))
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: u64, high: u64) -> u64 {
        low + self.0.below(high - low + 1)
    }

    pub fn index(&mut self, count: usize) -> usize {
        self.0.below(count.max(1) as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.index(of.len())]
    }

    /// A number with so many digits after the point, from `low` to `high`.
    pub fn decimal(&mut self, low: f64, high: f64, digits: i32) -> f64 {
        let parts = 10_f64.powi(digits);
        let (from, to) = ((low * parts).round(), (high * parts).round());
        (from + self.0.below((to - from) as u64 + 1) as f64) / parts
    }

    /// So many different ones.
    pub fn decimals(&mut self, count: usize, low: f64, high: f64, digits: i32) -> Vec<f64> {
        let mut found = Vec::with_capacity(count);
        while found.len() < count {
            let next = self.decimal(low, high, digits);
            if !found.contains(&next) {
                found.push(next);
            }
        }
        found
    }

    /// Different indices below `n`, in random order.
    pub fn choose(&mut self, n: usize, count: usize) -> Vec<usize> {
        self.0.choose(n, count)
    }

    pub fn normal(&mut self) -> f64 {
        self.0.normal()
    }

    pub fn story(&mut self) -> Story {
        self.pick(STORIES)
    }

    /// Different stories, in random order.
    pub fn stories(&mut self, count: usize) -> Vec<Story> {
        self.choose(STORIES.len(), count).into_iter().map(|index| STORIES[index]).collect()
    }
}

impl Story {
    /// So many different values, to one digit after the point.
    pub fn values(&self, chance: &mut Chance, count: usize) -> Vec<f64> {
        chance.decimals(count, self.low, self.high, 1)
    }

    /// As `Height (cm)`.
    pub fn title(&self) -> String {
        format!("{} ({})", self.name, self.unit)
    }

    /// In the middle of a sentence.
    pub fn inside(&self) -> String {
        self.name.to_lowercase()
    }

    /// Between the usual ends, as far above the upper one as the range times `factor`.
    pub fn far(&self, chance: &mut Chance, factor: (f64, f64)) -> f64 {
        let range = self.high - self.low;
        chance.decimal(self.high + factor.0 * range, self.high + factor.1 * range, 1)
    }
}
