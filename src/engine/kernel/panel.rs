//! Sending the columns of a panel along the lines of their groups.

use super::apply::{Vectors, affine, range};
use super::line::{ENDS, FACTOR, FINE, PLAIN};
use super::vector::Vector;
use super::{AffineForm, AffineMap, Finish, TILE, ask_ahead, at_once, blocks};
use crate::Real;

/// The constants of the lines of a tile, repeated so that a whole number of rows fills the arrays.
struct Repeated<T> {
    center: [T; TILE],
    slope: [T; TILE],
    slope_low: [T; TILE],
    offset: [T; TILE],
}

impl<T: Real> Repeated<T> {
    fn new(lines: &[AffineMap<T>]) -> Self {
        let line = |column: usize| lines[column % lines.len()];
        Self {
            center: std::array::from_fn(|j| line(j).center),
            slope: std::array::from_fn(|j| line(j).slope),
            slope_low: std::array::from_fn(|j| line(j).slope_low),
            offset: std::array::from_fn(|j| line(j).offset),
        }
    }

    /// Those of as many columns as a register holds.
    #[inline(always)]
    fn register(&self, column: usize) -> AffineMap<T::Vector> {
        let load = |constants: &[T]| T::Vector::of(|lane| constants[column + lane]);
        AffineMap {
            center: load(&self.center),
            slope: load(&self.slope),
            slope_low: load(&self.slope_low),
            offset: load(&self.offset),
        }
    }
}

/// A panel whose columns are groups: `rows` rows, `stride` apart; `vectors(row)` gives gamma and beta along that row.
pub fn apply_panel<'a, T: Real>(
    (form, lines): (AffineForm, &[AffineMap<T>]),
    finish: Finish,
    vectors: Option<&dyn Fn(usize) -> Vectors<'a, T>>,
    panel: (usize, usize),
    x: &[T],
    out: &mut [T],
) {
    let apply = match form {
        // As [`AffineForm::of`] says; no others are compiled.
        AffineForm::Factor if T::SINGLE => apply::<T, FACTOR>,
        _ if T::SINGLE => apply::<T, FINE>,
        AffineForm::Ends => apply::<T, ENDS>,
        _ => apply::<T, PLAIN>,
    };
    apply(lines, finish, vectors, panel, x, out);
}

fn apply<'a, T: Real, const FORM: u8>(
    lines: &[AffineMap<T>],
    finish: Finish,
    vectors: Option<&dyn Fn(usize) -> Vectors<'a, T>>,
    (rows, stride): (usize, usize),
    x: &[T],
    out: &mut [T],
) {
    let (width, constants) = (lines.len(), Repeated::new(lines));
    if vectors.is_none() && finish == Finish::Nothing && width <= NARROW {
        return narrow::<T, FORM>(lines, &constants, (rows, stride), x, out);
    }
    // Where rows follow each other without a gap, several are one long row.
    let together = if vectors.is_none() && stride == width { (TILE / width).min(rows) } else { 1 };
    for index in (0..rows).step_by(together) {
        let from = index * stride;
        let part = from..from + together.min(rows - index) * width;
        let out = &mut out[part.clone()];
        row::<T, FORM>(&constants, &x[part], out);
        range(finish, out);
        if let Some(vectors) = vectors {
            affine(vectors(index), out);
        }
    }
}

#[inline(always)]
fn row<T: Real, const FORM: u8>(constants: &Repeated<T>, x: &[T], out: &mut [T]) {
    let Repeated { center, slope, slope_low, offset } = constants;
    let constants = center.iter().zip(slope).zip(slope_low).zip(offset);
    for ((y, x), (((center, slope), slope_low), offset)) in out.iter_mut().zip(x).zip(constants) {
        *y = AffineMap { center: *center, slope: *slope, slope_low: *slope_low, offset: *offset }.at::<FORM>(*x);
    }
}

/// Up to so many columns are worked on with their constants in registers.
const NARROW: usize = 32;

/// Registers full of columns that are worked on at once: the constants of more would find no room in registers.
const WIDEST: usize = 5;

fn narrow<T: Real, const FORM: u8>(
    lines: &[AffineMap<T>],
    constants: &Repeated<T>,
    (rows, stride): (usize, usize),
    x: &[T],
    out: &mut [T],
) {
    let width = lines.len();
    // At least the last row, which may end before the stride does, is left.
    let each = rows.saturating_sub(1) / HALVES;
    let (halves, rest) = (each * stride, HALVES * each * stride);
    let (first_out, second_out) = out[..rest].split_at_mut(halves);
    for (first, rows) in blocks(each, width) {
        let start = first * stride;
        if stride == width {
            ask_ahead(first_out, start..start + rows * stride);
            ask_ahead(second_out, start..start + rows * stride);
        }
        let mut column = 0;
        while column < width {
            let from = start + column;
            let (panel, x) = ((rows, stride), [&x[from..], &x[halves + from..]]);
            let out = [&mut first_out[from..], &mut second_out[from..]];
            column += match at_once((width - column) / T::Vector::LEN, WIDEST) {
                0 => single::<T, FORM>(lines[column], panel, x, out),
                1 => columns::<T, FORM, 1>(constants, column, panel, x, out),
                2 => columns::<T, FORM, 2>(constants, column, panel, x, out),
                3 => columns::<T, FORM, 3>(constants, column, panel, x, out),
                4 => columns::<T, FORM, 4>(constants, column, panel, x, out),
                _ => columns::<T, FORM, 5>(constants, column, panel, x, out),
            };
        }
    }
    for row in (rest..rows * stride).step_by(stride) {
        for ((y, x), line) in out[row..].iter_mut().zip(&x[row..]).zip(lines) {
            *y = line.at::<FORM>(*x);
        }
    }
}

/// Parts that are worked on side by side: see `PARTS`. More would be too many places to write to.
const HALVES: usize = 2;

/// As many columns as `REGISTERS` hold: how many.
fn columns<T: Real, const FORM: u8, const REGISTERS: usize>(
    constants: &Repeated<T>,
    column: usize,
    (rows, stride): (usize, usize),
    x: [&[T]; HALVES],
    out: [&mut [T]; HALVES],
) -> usize {
    let len = T::Vector::LEN;
    let lines: [_; REGISTERS] = std::array::from_fn(|register| constants.register(column + register * len));
    let send = |x: &[T], out: &mut [T]| {
        let (x, out) = (&x[..REGISTERS * len], &mut out[..REGISTERS * len]);
        for (register, line) in lines.iter().enumerate() {
            line.at::<FORM>(T::Vector::of(|lane| x[register * len + lane])).store(&mut out[register * len..]);
        }
    };
    let ([mut x, mut other_x], [mut out, mut other_out]) = (x, out);
    for _ in 1..rows {
        let rows = (x.split_at(stride), other_x.split_at(stride));
        let out_rows = (out.split_at_mut(stride), other_out.split_at_mut(stride));
        send(rows.0.0, out_rows.0.0);
        send(rows.1.0, out_rows.1.0);
        (x, other_x, out, other_out) = (rows.0.1, rows.1.1, out_rows.0.1, out_rows.1.1);
    }
    // The last row may end before the stride does.
    send(x, out);
    send(other_x, other_out);
    REGISTERS * len
}

/// A column that fills no register.
fn single<T: Real, const FORM: u8>(
    line: AffineMap<T>,
    (rows, stride): (usize, usize),
    x: [&[T]; HALVES],
    out: [&mut [T]; HALVES],
) -> usize {
    for (x, out) in x.into_iter().zip(out) {
        for (y, x) in out.iter_mut().step_by(stride).zip(x.iter().step_by(stride)).take(rows) {
            *y = line.at::<FORM>(*x);
        }
    }
    1
}
