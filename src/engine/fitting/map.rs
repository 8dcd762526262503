//! One value of a group, forth and back, with care for every magnitude.

use crate::statistics::double::power_of_two;
use crate::{GroupStatistics, Recipe};

/// Centre and scale of a group in units in which nothing overflows, and what follows.
pub(crate) struct Map {
    power: f64,
    center: f64,
    center_low: f64,
    scale: f64,
    exponent: i32,
    range: (f64, f64),
    clip: Option<(f64, f64)>,
}

impl Map {
    pub fn new(recipe: &Recipe, group: &GroupStatistics) -> Self {
        let (center, center_low, scale) = group.reduced;
        let (range, clip, exponent) = (recipe.range, recipe.clip, group.exponent);
        Self { power: power_of_two(-exponent), center, center_low, scale, exponent, range, clip }
    }

    #[inline(always)]
    pub fn forward(&self, x: f64, gamma: f64, beta: f64) -> f64 {
        let share = ((x * self.power - self.center) - self.center_low) / self.scale;
        let (low, high) = self.range;
        // From the nearer end, so that 0 and 1 give both ends exactly.
        let y = if low == 0.0 && high == 1.0 {
            share
        } else if share < 0.5 {
            low + share * (high - low)
        } else {
            high - (1.0 - share) * (high - low)
        };
        let y = match self.clip {
            Some((low, _)) if y < low => low,
            Some((_, high)) if y > high => high,
            _ => y,
        };
        y * gamma + beta
    }

    pub fn backward(&self, y: f64, gamma: f64, beta: f64) -> f64 {
        let (low, high) = self.range;
        let share = ((y - beta) / gamma - low) / (high - low);
        let x = (share * self.scale + self.center_low) + self.center;
        x * power_of_two(self.exponent)
    }
}
