//! A small fixed bank of filters, whose responses add up to the picture.

use super::pictures::SIDE;
use crate::{Refusal, RunControl};

/// How many channels so many scales make: three directions each, and what is left.
pub const fn n_channels(scales: usize) -> usize {
    3 * scales + 1
}

/// What a channel responds to.
pub fn channel_name(channel: usize, scales: usize) -> String {
    if channel == 3 * scales {
        return if scales == 0 { "the picture".into() } else { "what is left".into() };
    }
    let pixels = 1_usize << (channel / 3);
    format!("{}, {pixels} px", ["upright", "level", "diagonal"][channel % 3])
}

/// `(before + 2 own + after) / 4` with neighbours `step` pixels away, to the side or up and down; beyond an edge the picture goes on at
/// the other.
fn smoothed(values: &[f64], step: usize, is_upright: bool) -> Vec<f64> {
    let at = |line: usize, column: usize| values[line % SIDE * SIDE + column % SIDE];
    let one = |place: usize| {
        let (line, column) = (place / SIDE, place % SIDE);
        let (before, after) = match is_upright {
            true => (at(line + SIDE - step, column), at(line + step, column)),
            false => (at(line, column + SIDE - step), at(line, column + step)),
        };
        (before + 2.0 * values[place] + after) / 4.0
    };
    (0..values.len()).map(one).collect()
}

/// Responses of a picture, channel after channel: at each scale what a smooth picture lacks to the side, up and down, and in both; last
/// what is smooth at all of them. A wavelet transform that leaves no pixel out ("a trous"): Holschneider et al. (1989).
///
/// # Errors
/// [`Refusal::Cancelled`] from the pace.
pub async fn responses<O>(
    picture: &[f64],
    scales: usize,
    control: &RunControl<'_, O>,
    done: f32,
) -> Result<Vec<f64>, Refusal> {
    let mut values = Vec::with_capacity(n_channels(scales) * picture.len());
    let less = |all: &[f64], part: &[f64]| -> Vec<f64> { all.iter().zip(part).map(|(all, part)| all - part).collect() };
    let mut rest = picture.to_vec();
    for scale in 0..scales {
        let step = 1 << scale;
        let smooth = smoothed(&rest, step, false);
        let sharp = less(&rest, &smooth);
        control.yield_now(done).await?;
        let upright = smoothed(&sharp, step, true);
        control.yield_now(done).await?;
        let both = smoothed(&smooth, step, true);
        control.yield_now(done).await?;
        values.extend_from_slice(&upright);
        values.extend(less(&smooth, &both));
        values.extend(less(&sharp, &upright));
        rest = both;
    }
    values.extend(rest);
    control.yield_now(done).await?;
    Ok(values)
}

/// The picture whose responses these are, if they are those of one: their sum.
pub fn picture_of(responses: &[f64]) -> Vec<f64> {
    let mut picture = vec![0.0; SIDE * SIDE];
    for channel in responses.chunks_exact(SIDE * SIDE) {
        picture.iter_mut().zip(channel).for_each(|(sum, value)| *sum += value);
    }
    picture
}
