//! A system of equations solved once and thrown away, in tiles of 4 x 4.
//!
//! The elimination is that of the textbook, column by column. Tiles give the processor blocks of a
//! fixed size to keep in its registers, and let it use the widest ones it has (found out as the program
//! runs). Multiplications and additions stay apart, so that the digits are the same on any processor.

// Indices as in the textbook: rows and columns are told apart at a glance.
#![allow(clippy::needless_range_loop)]

use pulp::{Arch, NullaryFnOnce};

/// Rows and columns of a tile.
pub(super) const SIDE: usize = 4;

/// Four columns of four rows.
pub(super) type Tile = [[f64; SIDE]; SIDE];

const EMPTY: Tile = [[0.0; SIDE]; SIDE];

/// A square matrix and right-hand sides.
#[derive(Debug, Default, Clone)]
pub(super) struct Tiles {
    /// Tiles in a column of tiles.
    height: usize,
    /// The matrix: one column of tiles after the other. What is beyond its last row and column is
    /// a unit matrix.
    matrix: Vec<Tile>,
    /// Right-hand sides, four in a column of tiles.
    sides: Vec<Tile>,
}

impl Tiles {
    /// Makes room for a matrix of n x n, all of whose numbers must then be written.
    pub(super) fn resize(&mut self, n: usize) {
        let height = n.div_ceil(SIDE);
        if height != self.height {
            self.height = height;
            self.matrix.clear();
            self.matrix.resize(height * height, EMPTY);
        }
        for i in n..height * SIDE {
            self.column_mut(i).for_each(|rows| *rows = [0.0; SIDE]);
            *self.cell_mut(i, i) = 1.0;
        }
    }

    /// A column of the matrix, four rows at a time; rows beyond the last are 0.
    pub(super) fn column_mut(&mut self, j: usize) -> impl Iterator<Item = &mut [f64; SIDE]> {
        let from = j / SIDE * self.height;
        let tiles = &mut self.matrix[from..from + self.height];
        tiles.iter_mut().map(move |tile| &mut tile[j % SIDE])
    }

    /// A number of the matrix.
    pub(super) fn cell_mut(&mut self, i: usize, j: usize) -> &mut f64 {
        &mut self.matrix[j / SIDE * self.height + i / SIDE][j % SIDE][i % SIDE]
    }

    /// Makes `turned` of its matrix with rows for columns.
    pub(super) fn turn(&self, turned: &mut Tiles) {
        let height = self.height;
        turned.height = height;
        turned.matrix.resize(height * height, EMPTY);
        for (at, tile) in self.matrix.iter().enumerate() {
            let into = &mut turned.matrix[at % height * height + at / height];
            *into = std::array::from_fn(|j| std::array::from_fn(|i| tile[i][j]));
        }
    }

    /// Solves for right-hand sides of n numbers each, one after the other, in place. The matrix is
    /// used up.
    ///
    /// Gaussian elimination without exchange of rows, which is stable where columns are diagonally
    /// dominant. `None` where a pivot is not positive.
    pub(super) fn solve(&mut self, n: usize, sides: &mut [f64]) -> Option<()> {
        self.sides.clear();
        for four in sides.chunks(SIDE * n) {
            let from = self.sides.len();
            self.sides.resize(from + self.height, EMPTY);
            for (j, side) in four.chunks(n).enumerate() {
                for (i, value) in side.iter().enumerate() {
                    self.sides[from + i / SIDE][j][i % SIDE] = *value;
                }
            }
        }
        Arch::new().dispatch(Elimination(self))?;
        for (j, side) in sides.chunks_mut(n).enumerate() {
            let from = j / SIDE * self.height;
            for (i, value) in side.iter_mut().enumerate() {
                *value = self.sides[from + i / SIDE][j % SIDE][i % SIDE];
            }
        }
        Some(())
    }
}

struct Elimination<'a>(&'a mut Tiles);

// All of it is inlined: only what is compiled into `call` uses the processor's wide registers.
impl NullaryFnOnce for Elimination<'_> {
    type Output = Option<()>;

    #[inline(always)]
    fn call(self) -> Option<()> {
        let height = self.0.height;
        for j in 0..height {
            let (done, rest) = self.0.matrix.split_at_mut(j * height);
            let column = &mut rest[..height];
            eliminate(done, column);
            factorise(&mut column[j..])?;
        }
        for side in self.0.sides.chunks_exact_mut(height) {
            eliminate(&self.0.matrix, side);
            substitute(&self.0.matrix, side);
        }
        Some(())
    }
}

/// Takes the columns that are done, all as long as it, out of a column of tiles.
#[inline(always)]
fn eliminate(done: &[Tile], column: &mut [Tile]) {
    for (k, lower) in done.chunks_exact(column.len()).enumerate() {
        let (above, below) = column.split_at_mut(k + 1);
        let pivot = &mut above[k];
        for side in pivot.iter_mut() {
            for a in 0..SIDE {
                for i in a + 1..SIDE {
                    side[i] -= lower[k][a][i] * side[a];
                }
            }
        }
        let by = *pivot;
        for (tile, lower) in below.iter_mut().zip(&lower[k + 1..]) {
            subtract_product(tile, lower, &by);
        }
    }
}

/// Splits a column of tiles, from its diagonal on, into a lower matrix with units on the diagonal and
/// an upper one.
#[inline(always)]
fn factorise(column: &mut [Tile]) -> Option<()> {
    let (diagonal, below) = column.split_first_mut()?;
    let mut inverse = [0.0; SIDE];
    for k in 0..SIDE {
        let pivot = diagonal[k][k];
        if pivot <= 0.0 || pivot.is_nan() {
            return None;
        }
        inverse[k] = 1.0 / pivot;
        for i in k + 1..SIDE {
            diagonal[k][i] *= inverse[k];
        }
        for j in k + 1..SIDE {
            for i in k + 1..SIDE {
                diagonal[j][i] -= diagonal[k][i] * diagonal[j][k];
            }
        }
    }
    let upper = *diagonal;
    for tile in below {
        for k in 0..SIDE {
            for i in 0..SIDE {
                tile[k][i] *= inverse[k];
            }
            for j in k + 1..SIDE {
                for i in 0..SIDE {
                    tile[j][i] -= tile[k][i] * upper[j][k];
                }
            }
        }
    }
    Some(())
}

/// Solves with the upper matrix, from the last row up.
#[inline(always)]
fn substitute(matrix: &[Tile], side: &mut [Tile]) {
    let height = side.len();
    for k in (0..height).rev() {
        let column = &matrix[k * height..k * height + k + 1];
        let (above, x) = side.split_at_mut(k);
        let upper = &column[k];
        for x in &mut x[0] {
            for a in (0..SIDE).rev() {
                x[a] /= upper[a][a];
                for i in 0..a {
                    x[i] -= upper[a][i] * x[a];
                }
            }
        }
        for (tile, upper) in above.iter_mut().zip(column) {
            subtract_product(tile, upper, &x[0]);
        }
    }
}

#[inline(always)]
fn subtract_product(tile: &mut Tile, a: &Tile, b: &Tile) {
    for j in 0..SIDE {
        for k in 0..SIDE {
            for i in 0..SIDE {
                tile[j][i] -= a[k][i] * b[j][k];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use nalgebra::DMatrix;

    #[test]
    fn any_size_is_solved() {
        let mut tiles = Tiles::default();
        // Up and down: what one size leaves behind must not disturb the next.
        for (n, sides) in [(1, 1), (5, 4), (8, 5), (6, 3), (5, 2), (7, 9), (33, 3)] {
            let matrix = DMatrix::from_fn(n, n, |i, j| {
                f64::from(u8::from(i == j)) - (1 + (7 * i + 3 * j) % 5) as f64 / (6 * n) as f64
            });
            let right = DMatrix::from_fn(n, sides, |i, j| ((i + 2 * j) % 7) as f64);
            tiles.resize(n);
            for i in 0..n {
                for j in 0..n {
                    *tiles.cell_mut(i, j) = matrix[(i, j)];
                }
            }
            let mut turned = Tiles::default();
            tiles.turn(&mut turned);
            let mut x = right.as_slice().to_vec();
            tiles.solve(n, &mut x).expect("dominant");
            let exact = matrix.clone().lu().solve(&right).expect("regular");
            assert_relative_eq!(DMatrix::from_vec(n, sides, x), exact, epsilon = 1e-12);
            let mut x = right.as_slice().to_vec();
            turned.solve(n, &mut x).expect("dominant");
            let exact = matrix.transpose().lu().solve(&right).expect("regular");
            assert_relative_eq!(DMatrix::from_vec(n, sides, x), exact, epsilon = 1e-12);
        }
    }

    #[test]
    fn a_pivot_that_is_not_positive_is_refused() {
        for bad in [0.0, -1.0, f64::NAN] {
            let mut tiles = Tiles::default();
            tiles.resize(2);
            *tiles.cell_mut(0, 0) = 1.0;
            *tiles.cell_mut(1, 1) = bad;
            assert!(tiles.solve(2, &mut [1.0, 1.0]).is_none());
        }
    }
}
