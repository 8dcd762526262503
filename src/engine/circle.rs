//! Points of the unit circle. The bits are those of `libm::sincos`, which for the sake of angles of any size brings a table
//! of the digits of 2/pi; here nobody turns more than some times.

/// The first 33 bits of a quarter turn, the rest of it; the second 33, and the rest behind those.
const QUARTER: (f64, f64) = (1.570_796_326_734_125_6, 6.077_100_506_506_192e-11);
const SECOND: (f64, f64) = (6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21);

/// Sine and cosine of so many turns.
pub fn circle(turns: f64) -> (f64, f64) {
    let angle = std::f64::consts::TAU * turns;
    let quarters = (angle * std::f64::consts::FRAC_2_PI).round_ties_even();
    let mut high = angle - quarters * QUARTER.0;
    let mut low = quarters * QUARTER.1;
    let mut near = high - low;
    // Nearly whole quarters: what is left has lost digits, the next bits of a quarter turn have them.
    if near.abs() < angle.abs() / 65536.0 {
        let before = high;
        low = quarters * SECOND.0;
        high = before - low;
        low = quarters * SECOND.1 - ((before - high) - low);
        near = high - low;
    }
    let rest = (high - near) - low;
    let (sin, cos) = (sine(near, rest), cosine(near, rest));
    match quarters as i64 & 3 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// Of `x + rest`, at most an eighth of a turn: the polynomials of fdlibm.
fn sine(x: f64, rest: f64) -> f64 {
    const FIRST: f64 = -1.666_666_666_666_663_2e-1;
    let z = x * x;
    let w = z * z;
    let r = 8.333_333_333_322_49e-3
        + z * (-1.984_126_982_985_795e-4 + z * 2.755_731_370_707_006_8e-6)
        + z * w * (-2.505_076_025_340_686_3e-8 + z * 1.589_690_995_211_55e-10);
    let v = z * x;
    if rest == 0.0 { x + v * (FIRST + z * r) } else { x - ((z * (0.5 * rest - v * r) - rest) - v * FIRST) }
}

fn cosine(x: f64, rest: f64) -> f64 {
    let z = x * x;
    let w = z * z;
    let r = z * (4.166_666_666_666_66e-2 + z * (-1.388_888_888_887_411e-3 + z * 2.480_158_728_947_673e-5))
        + w * w * (-2.755_731_435_139_066_3e-7 + z * (2.087_572_321_298_175e-9 + z * -1.135_964_755_778_819_5e-11));
    let half = 0.5 * z;
    let w = 1.0 - half;
    w + (((1.0 - w) - half) + (z * r - x * rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_those_of_libm() {
        let eighths = (-80..=80).map(|eighth| f64::from(eighth) / 8.0);
        let odd = (0..200_000).map(|index| f64::from(index) * 0.618_033_988_749_894_9 % 3.0 - 1.0);
        for turns in eighths.chain(odd) {
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * turns);
            let found = circle(turns);
            assert_eq!((found.0, found.1), (sin, cos), "{turns}");
        }
    }
}
