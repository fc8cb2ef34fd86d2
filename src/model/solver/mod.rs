//! The linear systems behind the model: (I - A) x = b and (I - A)' x = b.
//!
//! Two ways, chosen by what is asked. Factors cost two thirds of n^3 once and two passes over n^2 for each
//! right-hand side; passes over A ([`krylov`]) cost about a dozen for each, and no second matrix. A small
//! system is factorised at once; a large one when as many right-hand sides have been asked for as
//! make up for it.

mod krylov;
mod lu;
mod neighbours;

use super::radius::{productive, spectral_radius_of};
use crate::memory;
use crate::table::Matrix;
use crate::table::matrix::SMALL;
use krylov::{Bound, Direction, Passes};
use lu::Factors;
use nalgebra::{DMatrix, DVector};
use neighbours::Neighbours;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// Up to so many sectors a system is factorised at once.
const FACTORISED_AT_ONCE: usize = SMALL / 2;

/// The sectors for each right-hand side from which passes cost more than factors: a dozen passes of n^2 each
/// against n^3 / 3 operations, which a processor does in blocks several times faster.
const PER_RIGHT_HAND_SIDE: usize = 32;

/// The largest multiplier that is believed: how much one unit may set off in all. A condition of this
/// size leaves eight right digits of sixteen; those of economies are below 10.
pub const LARGEST_MULTIPLIER: f64 = 1e8;

/// What solves with I - A.
#[derive(Debug)]
pub(super) struct Solver {
    a: Matrix,
    /// Formed when they pay.
    factors: OnceLock<Factors>,
    /// Why passes over A lead to the answer; `None` where nothing shows that.
    bound: Option<Bound>,
    /// Formed with the first pass.
    neighbours: OnceLock<Neighbours>,
    asked: AtomicUsize,
    passes: AtomicUsize,
    /// The bits of the largest bound of an error; those of numbers from 0 on have their order.
    error: AtomicU64,
}

/// How a model's systems were solved so far: (I - A) x = b, and transposed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Solves {
    /// Right-hand sides.
    pub right_hand_sides: usize,
    /// Whether I - A was factorised (LU with partial pivoting).
    pub factorised: bool,
    /// Passes over A (GMRES), where it was not or not yet.
    pub passes: usize,
    /// Blocks along the diagonal of I - A that were factorised to need fewer passes.
    pub blocks: usize,
    /// What the error of an answer that came of passes is at most: of x = L f the sum of sizes against that of
    /// f, of a row v'L the largest size against that of v. 0 where there were none.
    pub error: f64,
}

impl Solver {
    /// Judges whether I - A can be solved, and how.
    ///
    /// # Errors
    /// The spectral radius of A where it is 1 or more, 1 to rounding, or not a number.
    pub(super) fn new(a: &Matrix) -> Result<Self, f64> {
        let mut solver = Solver {
            a: a.clone(),
            factors: OnceLock::new(),
            bound: None,
            neighbours: OnceLock::new(),
            asked: AtomicUsize::new(0),
            passes: AtomicUsize::new(0),
            error: AtomicU64::new(0),
        };
        if a.nrows() > FACTORISED_AT_ONCE {
            solver.bound = Bound::of(a).filter(|bound| bound.multiplier() <= LARGEST_MULTIPLIER);
            if solver.bound.is_some() {
                return Ok(solver);
            }
        }
        // Nothing is added to the diagonal to get past this: an economy that uses up more than it
        // makes has no answer, and the caller says which sectors.
        productive(a)?;
        match solver.factorise() {
            Some(factors) if a.nrows() == 0 || is_sound(&factors, a) => {
                solver.factors = OnceLock::from(factors);
                Ok(solver)
            }
            _ => Err(spectral_radius_of(a)),
        }
    }

    /// The factors of I - A; `None` where it is singular.
    fn factorise(&self) -> Option<Factors> {
        let n = self.a.nrows();
        let mut system = DMatrix::identity(n, n);
        self.a.for_each(|i, j, cell| system[(i, j)] -= cell);
        Factors::of(system)
    }

    /// How it went so far.
    pub(super) fn solves(&self) -> Solves {
        Solves {
            right_hand_sides: self.asked.load(Ordering::Relaxed),
            factorised: self.factors.get().is_some(),
            passes: self.passes.load(Ordering::Relaxed),
            blocks: self.neighbours.get().map_or(0, Neighbours::blocks),
            error: f64::from_bits(self.error.load(Ordering::Relaxed)),
        }
    }

    /// The factors. They are there or can be formed: a system has either been factorised and judged when the
    /// solver was made, or its rows are dominated by the diagonal once weighted, and no pivot of it is zero.
    fn factors(&self) -> &Factors {
        self.factors.get_or_init(|| {
            self.factorise()
                .expect("a bound of the errors is a bound of the pivots: see Bound")
        })
    }

    fn neighbours(&self, bound: &Bound) -> &Neighbours {
        let of = || Neighbours::of(&self.a, bound.inputs());
        self.neighbours.get_or_init(of)
    }

    fn solve_in(&self, direction: Direction, b: DMatrix<f64>) -> DMatrix<f64> {
        let asked = self.asked.fetch_add(b.ncols(), Ordering::Relaxed) + b.ncols();
        let n = self.a.nrows();
        let pays = asked * PER_RIGHT_HAND_SIDE > n;
        if let Some(bound) = &self.bound
            && self.factors.get().is_none()
            // Factors are another matrix: where there is no room for one, passes do.
            && !(pays && memory::has_room_for(1, n))
            && let Some((x, Passes { passes, error })) =
                krylov::solve(&self.a, self.neighbours(bound), bound, direction, &b)
        {
            self.passes.fetch_add(passes, Ordering::Relaxed);
            self.error.fetch_max(error.to_bits(), Ordering::Relaxed);
            return x;
        }
        match direction {
            Direction::Demand => self.factors().solve(b),
            Direction::Cost => self.factors().solve_transposed(b),
        }
    }

    /// (I - A)^-1 b.
    pub(super) fn solve(&self, b: &DVector<f64>) -> DVector<f64> {
        vector(self.solve_in(Direction::Demand, matrix(b)))
    }

    /// (I - A)^-1 B.
    pub(super) fn solve_many(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        self.solve_in(Direction::Demand, b.clone())
    }

    /// (I - A)'^-1 b.
    pub(super) fn solve_transposed(&self, b: &DVector<f64>) -> DVector<f64> {
        vector(self.solve_in(Direction::Cost, matrix(b)))
    }

    /// (I - A)'^-1 B.
    pub(super) fn solve_transposed_many(&self, b: &DMatrix<f64>) -> DMatrix<f64> {
        self.solve_in(Direction::Cost, b.clone())
    }

    /// (I - A)^-1.
    pub(super) fn inverse(&self) -> DMatrix<f64> {
        self.factors().inverse()
    }
}

/// Whether factors solve (I - A) x = 1 and x' (I - A) = 1': no answer is larger than is believed, and
/// what is left over is rounding.
fn is_sound(factors: &Factors, a: &Matrix) -> bool {
    let ones = DVector::from_element(a.nrows(), 1.0);
    let down = vector(factors.solve(matrix(&ones)));
    let across = vector(factors.solve_transposed(matrix(&ones)));
    let left = (
        &down - a * &down - &ones,
        &across - a.tr_mul(&across) - &ones,
    );
    let is_right = |answer: &DVector<f64>, left: &DVector<f64>| {
        answer.amax() <= LARGEST_MULTIPLIER && left.amax() <= 1.0 / LARGEST_MULTIPLIER
    };
    is_right(&down, &left.0) && is_right(&across, &left.1)
}

fn matrix(b: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_column_slice(b.len(), 1, b.as_slice())
}

fn vector(x: DMatrix<f64>) -> DVector<f64> {
    DVector::from_vec(x.data.into())
}

/// Whether an answer consists of numbers.
pub(super) fn is_finite(answer: &DVector<f64>) -> bool {
    answer.iter().all(|v| v.is_finite())
}

#[cfg(test)]
mod tests;
