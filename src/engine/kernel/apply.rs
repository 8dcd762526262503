//! Sending values along the lines of their groups.

use super::{Finish, Line, ROWS, TILE};
use crate::Real;

/// Gamma or beta along a run: one for all, or one each.
#[derive(Clone, Copy)]
pub struct Vectors<'a, T> {
    pub gamma: &'a [T],
    pub beta: &'a [T],
}

/// One group, contiguous: `out = line(x)`, then gamma and beta where they change along the run.
pub fn apply_run<T: Real>(line: Line<T>, finish: Finish, vectors: Option<Vectors<T>>, x: &[T], out: &mut [T]) {
    if line.slope_low == T::zero() {
        run::<T, false>(line, finish, vectors, x, out);
    } else {
        run::<T, true>(line, finish, vectors, x, out);
    }
}

/// What [`apply_run`] or [`apply_panel`] makes of a single value; `fine` says whether they look at the second parts of
/// slopes, which a panel does for all its columns when one of them has such a part.
pub fn apply_one<T: Real>(line: Line<T>, finish: Finish, fine: bool, vectors: Option<Vectors<T>>, x: T) -> T {
    let mut out = [T::zero()];
    if fine {
        run::<T, true>(line, finish, vectors, &[x], &mut out);
    } else {
        run::<T, false>(line, finish, vectors, &[x], &mut out);
    }
    out[0]
}

fn run<T: Real, const FINE: bool>(line: Line<T>, finish: Finish, vectors: Option<Vectors<T>>, x: &[T], out: &mut [T]) {
    match vectors {
        Some(Vectors { gamma, beta: [beta] }) if gamma.len() > 1 => {
            for ((y, x), gamma) in out.iter_mut().zip(x).zip(gamma) {
                *y = line.at::<FINE>(*x) * *gamma + *beta;
            }
        }
        Some(Vectors { gamma, beta }) if gamma.len() > 1 => {
            for (((y, x), gamma), beta) in out.iter_mut().zip(x).zip(gamma).zip(beta) {
                *y = line.at::<FINE>(*x) * *gamma + *beta;
            }
        }
        _ => {
            // What is done in a second pass is still in the first cache.
            for (x, out) in x.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
                for (y, x) in out.iter_mut().zip(x) {
                    *y = line.at::<FINE>(*x);
                }
                range(finish, out);
            }
            if let Some(vectors) = vectors {
                affine(vectors, out);
            }
        }
    }
}

const BLOCK: usize = 1024;

/// From shares of a range to the range.
#[inline(never)]
fn range<T: Real>(finish: Finish, values: &mut [T]) {
    if let Finish::Range { low, high, least, most } = finish {
        values.iter_mut().for_each(|y| *y = ranged(*y, low, high, least, most));
    }
}

/// From the nearer end, so that 0 and 1 give both ends exactly; in f64.
#[inline(always)]
fn ranged<T: Real>(share: T, low: f64, high: f64, least: f64, most: f64) -> T {
    let share = Real::to_f64(share);
    let span = high - low;
    let (from_low, from_high) = (low + share * span, high - (1.0 - share) * span);
    let y = if share < 0.5 { from_low } else { from_high };
    let y = if y < least { least } else { y };
    T::from_f64(if y > most { most } else { y })
}

/// The constants of the lines of a tile, repeated so that a whole number of rows fills the arrays.
struct Repeated<T> {
    center: [T; TILE],
    slope: [T; TILE],
    slope_low: [T; TILE],
    offset: [T; TILE],
}

/// A panel whose columns are groups: `rows` rows, `stride` apart; `vectors(row)` gives gamma and beta along that row.
pub fn apply_panel<'a, T: Real>(
    lines: &[Line<T>],
    finish: Finish,
    vectors: Option<&dyn Fn(usize) -> Vectors<'a, T>>,
    (rows, stride): (usize, usize),
    x: &[T],
    out: &mut [T],
) {
    if lines.iter().all(|line| line.slope_low == T::zero()) {
        panel::<T, false>(lines, finish, vectors, (rows, stride), x, out);
    } else {
        panel::<T, true>(lines, finish, vectors, (rows, stride), x, out);
    }
}

fn panel<'a, T: Real, const FINE: bool>(
    lines: &[Line<T>],
    finish: Finish,
    vectors: Option<&dyn Fn(usize) -> Vectors<'a, T>>,
    (rows, stride): (usize, usize),
    x: &[T],
    out: &mut [T],
) {
    let width = lines.len();
    if vectors.is_none() && finish == Finish::Nothing && width <= NARROW {
        return narrow::<T, FINE>(lines, (rows, stride), x, out);
    }
    let line = |column: usize| lines[column % width];
    let constants = Repeated {
        center: std::array::from_fn(|j| line(j).center),
        slope: std::array::from_fn(|j| line(j).slope),
        slope_low: std::array::from_fn(|j| line(j).slope_low),
        offset: std::array::from_fn(|j| line(j).offset),
    };
    // Where rows follow each other without a gap, several are one long row.
    let together = if vectors.is_none() && stride == width { (TILE / width).min(rows) } else { 1 };
    for index in (0..rows).step_by(together) {
        let from = index * stride;
        let part = from..from + together.min(rows - index) * width;
        let out = &mut out[part.clone()];
        row::<T, FINE>(&constants, &x[part], out);
        range(finish, out);
        if let Some(vectors) = vectors {
            affine(vectors(index), out);
        }
    }
}

#[inline(always)]
fn row<T: Real, const FINE: bool>(constants: &Repeated<T>, x: &[T], out: &mut [T]) {
    let Repeated { center, slope, slope_low, offset } = constants;
    let constants = center.iter().zip(slope).zip(slope_low).zip(offset);
    for ((y, x), (((center, slope), slope_low), offset)) in out.iter_mut().zip(x).zip(constants) {
        *y = Line { center: *center, slope: *slope, slope_low: *slope_low, offset: *offset }.at::<FINE>(*x);
    }
}

#[inline(never)]
fn affine<T: Real>(Vectors { gamma, beta }: Vectors<T>, values: &mut [T]) {
    match (gamma, beta) {
        ([gamma], [beta]) => values.iter_mut().for_each(|y| *y = *y * *gamma + *beta),
        ([gamma], beta) => values.iter_mut().zip(beta).for_each(|(y, beta)| *y = *y * *gamma + *beta),
        (gamma, [beta]) => values.iter_mut().zip(gamma).for_each(|(y, gamma)| *y = *y * *gamma + *beta),
        (gamma, beta) => {
            for ((y, gamma), beta) in values.iter_mut().zip(gamma).zip(beta) {
                *y = *y * *gamma + *beta;
            }
        }
    }
}

/// Up to so many columns are worked on with their constants in registers.
const NARROW: usize = 32;

fn narrow<T: Real, const FINE: bool>(lines: &[Line<T>], (rows, stride): (usize, usize), x: &[T], out: &mut [T]) {
    for first in (0..rows).step_by(ROWS) {
        let (rows, start) = (ROWS.min(rows - first), first * stride);
        let (x, out) = (&x[start..], &mut out[start..]);
        let mut column = 0;
        while column < lines.len() {
            let (lines, x, out) = (&lines[column..], &x[column..], &mut out[column..]);
            column += match lines.len() {
                8.. if !FINE => columns::<T, FINE, 8>(lines, (rows, stride), x, out),
                // More constants: those of eight columns find no room in registers.
                4.. if FINE => columns::<T, FINE, 4>(lines, (rows, stride), x, out),
                2.. => columns::<T, FINE, 2>(lines, (rows, stride), x, out),
                _ => columns::<T, FINE, 1>(lines, (rows, stride), x, out),
            };
        }
    }
}

/// Never inlined: as a function of its own the loop keeps its SIMD form.
#[inline(never)]
fn columns<T: Real, const FINE: bool, const WIDTH: usize>(
    lines: &[Line<T>],
    (rows, stride): (usize, usize),
    x: &[T],
    out: &mut [T],
) -> usize {
    let center: [T; WIDTH] = std::array::from_fn(|w| lines[w].center);
    let slope: [T; WIDTH] = std::array::from_fn(|w| lines[w].slope);
    let slope_low: [T; WIDTH] = std::array::from_fn(|w| lines[w].slope_low);
    let offset: [T; WIDTH] = std::array::from_fn(|w| lines[w].offset);
    let send = |x: &[T], out: &mut [T]| {
        // The values are copied first and the results stored last, as whole arrays: were they not, only a compiler that
        // still knows `x` and `out` apart would make vectors of this.
        if let (Some(&values), Some(out)) = (x.first_chunk::<WIDTH>(), out.first_chunk_mut::<WIDTH>()) {
            *out = std::array::from_fn(|w| {
                let line = Line { center: center[w], slope: slope[w], slope_low: slope_low[w], offset: offset[w] };
                line.at::<FINE>(values[w])
            });
        }
    };
    // Chunks of one length, so that bounds are checked once; the last row may end before the stride does.
    let whole = rows.min(x.len().min(out.len()) / stride);
    let (body, tail) = x.split_at(whole * stride);
    let (out_body, out_tail) = out.split_at_mut(whole * stride);
    for (x, out) in body.chunks_exact(stride).zip(out_body.chunks_exact_mut(stride)) {
        send(x, out);
    }
    for row in 0..rows - whole {
        send(&tail[row * stride..], &mut out_tail[row * stride..]);
    }
    WIDTH
}
