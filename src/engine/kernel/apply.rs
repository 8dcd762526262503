//! Sending the values of a group along its line.

use std::iter::repeat;

use super::line::{ENDS, FACTOR, FINE, PLAIN};
use super::vector::Vector;
use super::{AffineForm, AffineMap, BLOCK, Finish, ask_ahead};
use crate::Real;

/// Gamma or beta along a run: one for all, or one each.
#[derive(Clone, Copy)]
pub struct Vectors<'a, T> {
    pub gamma: &'a [T],
    pub beta: &'a [T],
}

/// One group, contiguous: `out = line(x)`, then gamma and beta where they change along the run.
pub fn apply_run<T: Real>(
    (form, line): (AffineForm, AffineMap<T>),
    finish: Finish,
    vectors: Option<Vectors<T>>,
    x: &[T],
    out: &mut [T],
) {
    // No pointer to one of these: calls through pointers are checked.
    match form {
        // As [`AffineForm::of`] says; no others are compiled.
        AffineForm::Factor if T::SINGLE => run::<T, FACTOR>(line, finish, vectors, x, out),
        _ if T::SINGLE => run::<T, FINE>(line, finish, vectors, x, out),
        AffineForm::Ends => run::<T, ENDS>(line, finish, vectors, x, out),
        _ => run::<T, PLAIN>(line, finish, vectors, x, out),
    }
}

fn run<T: Real, const FORM: u8>(
    line: AffineMap<T>,
    finish: Finish,
    vectors: Option<Vectors<T>>,
    x: &[T],
    out: &mut [T],
) {
    match vectors {
        Some(Vectors { gamma, beta: [beta] }) if gamma.len() > 1 => {
            let same = [*beta; TURN];
            scaled::<T, FORM>(line, x, gamma, (repeat(&same), &same), out);
        }
        Some(Vectors { gamma, beta }) if gamma.len() > 1 => {
            let (turns, rest) = beta.as_chunks();
            scaled::<T, FORM>(line, x, gamma, (turns.iter(), rest), out);
        }
        _ => {
            // What is done in a second pass is still in the first cache.
            for start in (0..x.len()).step_by(BLOCK) {
                let block = start..(start + BLOCK).min(x.len());
                // For the first block, the caller has done so, who sees more memory.
                if start > 0 {
                    ask_ahead(out, block.clone());
                }
                let out = &mut out[block.clone()];
                alone::<T, FORM>(line, &x[block], out);
                range(finish, out);
            }
            if let Some(vectors) = vectors {
                affine(vectors, out);
            }
        }
    }
}

/// Values of a turn of a loop: so many that counting turns costs little.
const TURN: usize = 16;

/// `out = line(x)`.
fn alone<T: Real, const FORM: u8>(line: AffineMap<T>, x: &[T], out: &mut [T]) {
    let lines = line.splat();
    let ((x, x_rest), (out, out_rest)) = (x.as_chunks::<TURN>(), out.as_chunks_mut::<TURN>());
    for (out, x) in out.iter_mut().zip(x) {
        for at in (0..TURN).step_by(T::Vector::LEN) {
            lines.at::<FORM>(register(x, at)).store(&mut out[at..]);
        }
    }
    for (y, x) in out_rest.iter_mut().zip(x_rest) {
        *y = line.at::<FORM>(*x);
    }
}

/// `out = line(x) * gamma + beta`, beta in turns and what is left of it.
fn scaled<'a, T: Real, const FORM: u8>(
    line: AffineMap<T>,
    x: &[T],
    gamma: &[T],
    (beta, beta_rest): (impl Iterator<Item = &'a [T; TURN]>, &[T]),
    out: &mut [T],
) {
    let lines = line.splat();
    let ((x, x_rest), (out, out_rest)) = (x.as_chunks::<TURN>(), out.as_chunks_mut::<TURN>());
    let (gamma, gamma_rest) = gamma.as_chunks::<TURN>();
    for (((out, x), gamma), beta) in out.iter_mut().zip(x).zip(gamma).zip(beta) {
        for at in (0..TURN).step_by(T::Vector::LEN) {
            let y = lines.at::<FORM>(register(x, at)) * register(gamma, at);
            let y = if FORM == FACTOR { y } else { y + register(beta, at) };
            y.store(&mut out[at..]);
        }
    }
    for (((y, x), gamma), beta) in out_rest.iter_mut().zip(x_rest).zip(gamma_rest).zip(beta_rest) {
        let product = line.at::<FORM>(*x) * *gamma;
        *y = if FORM == FACTOR { product } else { product + *beta };
    }
}

/// As many numbers of a turn as a register holds.
#[inline(always)]
fn register<T: Real>(turn: &[T; TURN], at: usize) -> T::Vector {
    T::Vector::of(|lane| turn[at + lane])
}

/// From shares of a range to the range.
pub(super) fn range<T: Real>(finish: Finish, values: &mut [T]) {
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

pub(super) fn affine<T: Real>(Vectors { gamma, beta }: Vectors<T>, values: &mut [T]) {
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
