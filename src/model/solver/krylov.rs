//! (I - A) x = b by passes over A: no factors, no second matrix.
//!
//! GMRES (Saad & Schultz 1986) takes one pass a step and finds the best answer in what the passes have
//! shown, where the power series I + A + A^2 + ... would only add them up. It looks for y with
//! (I - A) M^-1 y = b, x = M^-1 y, where M settles [`Neighbours`] among themselves, which costs next to nothing and
//! saves passes. It ends by what is left over,
//! r = b - (I - A) x, which bounds the error: where w'|A| <= q w' with q < 1 and w >= 1,
//! |error|'w <= |r|'w / (1 - q), and in the other direction each |error_j| / w_j <= max |r / w| / (1 - q).
//! Several right-hand sides go in step, so that each pass serves all of them.

use super::neighbours::Neighbours;
use crate::table::Matrix;
use nalgebra::{DMatrix, DVector};

/// How large the error may be, against the right-hand side: in the sum of sizes, or transposed in the largest.
pub(in crate::model) const TOLERANCE: f64 = 1e-12;

/// Steps before a new start from what is left over, and passes in all before it is given up.
const STEPS: usize = 40;
const MOST_PASSES: usize = 400;

/// Why errors are bounded: weights w >= 1 and q < 1 with w'|A| <= q w'. There is such a pair where, and only
/// where, the spectral radius of |A| is below 1; q for w = 1 is the largest column sum of sizes.
#[derive(Debug, Clone)]
pub(in crate::model) struct Bound {
    weights: DVector<f64>,
    left: f64,
    /// The column sums of |A|.
    inputs: DVector<f64>,
}

/// What a solve took, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::model) struct Passes {
    pub(in crate::model) passes: usize,
    /// The bound of the error against the right-hand side, the worst of several.
    pub(in crate::model) error: f64,
}

/// Which of the two systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Direction {
    /// (I - A) x = b.
    Demand,
    /// (I - A)' x = b.
    Cost,
}

impl Bound {
    /// Looks for weights; `None` where 30 passes do not show any.
    pub(in crate::model) fn of(a: &Matrix) -> Option<Self> {
        let mut weights = DVector::from_element(a.ncols(), 1.0);
        let inputs = a.absolute_tr_mul(&weights);
        let mut used = inputs.clone();
        let mut best: Option<Bound> = None;
        for _ in 0..30 {
            if !used.iter().all(|used| used.is_finite()) {
                return None;
            }
            let q = used.zip_map(&weights, |used, weight| used / weight).max();
            if q < 1.0 && best.as_ref().is_none_or(|best| 1.0 - q > best.left) {
                let weights = weights.clone();
                best = Some(Bound {
                    weights,
                    left: 1.0 - q,
                    inputs: inputs.clone(),
                });
            }
            // A bound of twenty times what is left over is good enough.
            if q < 0.95 {
                break;
            }
            weights = used.add_scalar(1.0);
            used = a.absolute_tr_mul(&weights);
        }
        best
    }

    /// The column sums of |A|, n.
    pub(in crate::model) fn inputs(&self) -> &DVector<f64> {
        &self.inputs
    }

    /// The largest column sum that (I - A)^-1 can have.
    pub(in crate::model) fn multiplier(&self) -> f64 {
        self.weights.max() / self.left
    }

    /// How far x may be from the answer against b, where r = b - (I - A) x is left over.
    fn error(&self, direction: Direction, left_over: &[f64], b: &[f64]) -> f64 {
        let pairs = left_over.iter().zip(&self.weights);
        let (error, size) = match direction {
            Direction::Demand => (
                pairs.map(|(r, w)| r.abs() * w).sum::<f64>(),
                b.iter().map(|b| b.abs()).sum::<f64>(),
            ),
            Direction::Cost => (
                pairs.map(|(r, w)| r.abs() / w).fold(0.0, f64::max) * self.weights.max(),
                b.iter().map(|b| b.abs()).fold(0.0, f64::max),
            ),
        };
        match error == 0.0 {
            true => 0.0,
            false => error / self.left / size,
        }
    }

    /// Between what that bound is for a left-over of a Euclidean length.
    fn error_of_length(&self, direction: Direction, length: f64, size: f64) -> (f64, f64) {
        let scale = length / self.left / size;
        let (root, heaviest) = ((self.weights.len() as f64).sqrt(), self.weights.max());
        match direction {
            Direction::Demand => (scale, scale * root * heaviest),
            Direction::Cost => (scale / root, scale * heaviest),
        }
    }
}

/// Solves for all columns of B; `None` where the bound cannot be met, because rounding is in the way.
pub(in crate::model) fn solve(
    a: &Matrix,
    neighbours: &Neighbours,
    bound: &Bound,
    direction: Direction,
    b: &DMatrix<f64>,
) -> Option<(DMatrix<f64>, Passes)> {
    let pass = |x: &DMatrix<f64>| match direction {
        Direction::Demand => a.times(x),
        Direction::Cost => a.tr_times(x),
    };
    let (n, columns) = b.shape();
    let mut x = DMatrix::zeros(n, columns);
    let mut left_over = b.clone();
    let mut error_before = vec![f64::INFINITY; columns];
    let mut worst: f64 = 0.0;
    let mut passes = 0;
    let mut open: Vec<usize> = (0..columns).filter(|k| b.column(*k).amax() > 0.0).collect();
    let is_number = b.iter().all(|cell| cell.is_finite());
    while is_number && !open.is_empty() && passes < MOST_PASSES {
        let size = |k: usize| match direction {
            Direction::Demand => b.column(k).lp_norm(1),
            Direction::Cost => b.column(k).amax(),
        };
        let mut spaces: Vec<Space> = open
            .iter()
            .map(|k| Space::new(left_over.column(*k).into_owned()))
            .collect();
        for _ in 0..STEPS {
            // Its length says most; what is left over itself is only put together where that is not enough.
            let goes_on = |(space, k): (&Space, &usize)| {
                let (least, most) = bound.error_of_length(direction, space.left, size(*k));
                let error = || {
                    let b = b.column(*k);
                    bound.error(direction, space.left_over().as_slice(), b.as_slice())
                };
                let aim = TOLERANCE / 2.0;
                space.left > 0.0 && most > aim && (least > aim || error() > aim)
            };
            let going: Vec<usize> = (spaces.iter().zip(&open).enumerate())
                .filter_map(|(at, pair)| goes_on(pair).then_some(at))
                .collect();
            if going.is_empty() {
                break;
            }
            let newest: Vec<_> = going
                .iter()
                .map(|at| spaces[*at].newest().clone())
                .collect();
            let settled = neighbours.settle(direction, DMatrix::from_columns(&newest));
            let next = &settled - pass(&settled);
            passes += 1;
            for (at, next) in going.iter().zip(next.column_iter()) {
                spaces[*at].take(next.into_owned());
            }
        }
        let best: Vec<_> = spaces.iter().map(Space::best).collect();
        let best = neighbours.settle(direction, DMatrix::from_columns(&best));
        for (best, k) in best.column_iter().zip(&open) {
            let mut column = x.column_mut(*k);
            column += best;
        }
        // What is left over is looked at itself, not taken from the recurrence.
        let here = x.select_columns(&open);
        let over = b.select_columns(&open) - &here + pass(&here);
        passes += 1;
        let mut still = Vec::new();
        for (over, k) in over.column_iter().zip(&open) {
            let error = bound.error(direction, over.as_slice(), b.column(*k).as_slice());
            left_over.set_column(*k, &over);
            if error <= TOLERANCE {
                worst = worst.max(error);
            } else if error < error_before[*k] / 2.0 {
                still.push(*k);
            } else {
                return None;
            }
            error_before[*k] = error;
        }
        open = still;
    }
    let found = is_number && open.is_empty();
    found.then_some((
        x,
        Passes {
            passes,
            error: worst,
        },
    ))
}

/// What the passes for one right-hand side have shown: an orthonormal basis, and the least-squares problem
/// in it, kept triangular by rotations.
struct Space {
    basis: Vec<DVector<f64>>,
    /// The columns of the triangle.
    triangle: Vec<Vec<f64>>,
    rotations: Vec<(f64, f64)>,
    right: Vec<f64>,
    /// The length of what is left over.
    left: f64,
}

impl Space {
    fn new(left_over: DVector<f64>) -> Self {
        let length = left_over.norm();
        Space {
            basis: vec![left_over / length],
            triangle: Vec::new(),
            rotations: Vec::new(),
            right: vec![length],
            left: length,
        }
    }

    fn newest(&self) -> &DVector<f64> {
        &self.basis[self.basis.len() - 1]
    }

    /// Takes (I - A) times the newest direction.
    fn take(&mut self, mut next: DVector<f64>) {
        let mut column: Vec<f64> = Vec::with_capacity(self.basis.len() + 1);
        for direction in &self.basis {
            let part = direction.dot(&next);
            next.axpy(-part, direction, 1.0);
            column.push(part);
        }
        let length = next.norm();
        for (k, (cos, sin)) in self.rotations.iter().enumerate() {
            let (above, below) = (column[k], column[k + 1]);
            column[k] = cos * above + sin * below;
            column[k + 1] = cos * below - sin * above;
        }
        let last = column.len() - 1;
        let radius = column[last].hypot(length);
        let (cos, sin) = match radius > 0.0 {
            true => (column[last] / radius, length / radius),
            false => (1.0, 0.0),
        };
        column[last] = radius;
        let above = self.right[last];
        self.right[last] = cos * above;
        self.right.push(-sin * above);
        self.left = (sin * above).abs();
        self.rotations.push((cos, sin));
        self.triangle.push(column);
        // A direction of length zero ends the search: the answer lies in what there is.
        self.basis.push(match length > 0.0 {
            true => next / length,
            false => next,
        });
    }

    /// What the best answer leaves over: the part of the right-hand side that the rotations could not reach.
    fn left_over(&self) -> DVector<f64> {
        let mut parts = vec![0.0; self.right.len()];
        if let (Some(part), Some(right)) = (parts.last_mut(), self.right.last()) {
            *part = *right;
        }
        for (k, (cos, sin)) in self.rotations.iter().enumerate().rev() {
            let (above, below) = (parts[k], parts[k + 1]);
            parts[k] = cos * above - sin * below;
            parts[k + 1] = sin * above + cos * below;
        }
        self.sum(&parts)
    }

    fn sum(&self, parts: &[f64]) -> DVector<f64> {
        let mut sum = DVector::zeros(self.basis[0].len());
        for (part, direction) in parts.iter().zip(&self.basis) {
            sum.axpy(*part, direction, 1.0);
        }
        sum
    }

    /// The answer that leaves the least.
    fn best(&self) -> DVector<f64> {
        let steps = self.triangle.len();
        let mut parts = vec![0.0; steps];
        for k in (0..steps).rev() {
            let known: f64 = (k + 1..steps).map(|j| self.triangle[j][k] * parts[j]).sum();
            parts[k] = match self.triangle[k][k] {
                0.0 => 0.0,
                pivot => (self.right[k] - known) / pivot,
            };
        }
        self.sum(&parts)
    }
}
