//! The spectral radius of a matrix of coefficients: whether an economy reproduces itself, and how much
//! is left over.
//!
//! An economy is productive where the radius of A is below 1: the power series I + A + A² + ... then has
//! a sum, which is (I - A)^-1 (Miller & Blair, 3rd ed., ch. 2).

use crate::table::Matrix;
use nalgebra::linalg::Schur;
use nalgebra::{DMatrix, DVector};

/// Up to so many sectors all eigenvalues are found; beyond, the largest one by power iteration.
const ALL_EIGENVALUES: usize = 200;

/// Steps of the power iteration, and the change from one to the next at which it ends.
const STEPS: usize = 10_000;
const STEADY: f64 = 1e-14;

/// The spectral radius of a square matrix: the largest modulus of its eigenvalues; NaN where a cell is not
/// a finite number.
///
/// Up to 200 sectors it is found among all eigenvalues, to rounding: 1e-12 or better where the largest
/// stands alone, 1e-8 where several coincide. Beyond, by power iteration on (I + |A|) / 2, whose largest
/// eigenvalue stands alone even where |A| is cyclic: to 1e-12 of itself, as a rule. There small negative
/// entries (by-products) are taken by size, which can only raise the figure.
///
/// ```
/// use leontief::model::spectral_radius;
/// use nalgebra::DMatrix;
/// // Miller & Blair's two sectors: .1 + sqrt(.0025 + .05).
/// let a = DMatrix::from_row_slice(2, 2, &[0.15, 0.25, 0.20, 0.05]);
/// assert!((spectral_radius(&a) - 0.329_128_784_747_792).abs() < 1e-12);
/// ```
///
/// # Panics
/// If `a` is not square.
pub fn spectral_radius(a: &DMatrix<f64>) -> f64 {
    if a.iter().any(|cell| !cell.is_finite()) {
        return f64::NAN;
    }
    if a.is_empty() {
        return 0.0;
    }
    if a.nrows() <= ALL_EIGENVALUES
        && let Some(schur) = Schur::try_new(a.clone(), f64::EPSILON, 100 * a.nrows())
    {
        let moduli = schur
            .complex_eigenvalues()
            .map(|value| value.re.hypot(value.im));
        return moduli.max();
    }
    let abs = a.abs();
    by_power_iteration(a.nrows(), |v| &abs * v)
}

/// The same of a matrix as it is held, without another of its size.
pub(crate) fn spectral_radius_of(a: &Matrix) -> f64 {
    match a.nrows() {
        n if n <= ALL_EIGENVALUES => spectral_radius(a.dense()),
        _ if !a.is_finite() => f64::NAN,
        // |A|' has the eigenvalues of |A|.
        n => by_power_iteration(n, |v| a.absolute_tr_mul(v)),
    }
}

/// The largest eigenvalue of a matrix that is nowhere negative.
fn by_power_iteration(n: usize, times: impl Fn(&DVector<f64>) -> DVector<f64>) -> f64 {
    let mut v = DVector::from_element(n, 1.0);
    let mut radius = f64::INFINITY;
    for _ in 0..STEPS {
        let next = (&v + times(&v)) * 0.5;
        let norm = next.amax();
        let estimate = 2.0 * norm - 1.0;
        v = next / norm;
        if (estimate - radius).abs() <= STEADY * estimate.max(1.0) {
            return estimate;
        }
        radius = estimate;
    }
    radius
}

/// Whether A is productive, the cheap way first: where every column, or every row, of |A| sums to less
/// than 1, so is the radius.
///
/// # Errors
/// The spectral radius, where it is 1 or more, or not a number.
pub(super) fn productive(a: &Matrix) -> Result<(), f64> {
    let n = a.nrows();
    let (mut rows, mut columns) = (DVector::<f64>::zeros(n), DVector::<f64>::zeros(n));
    a.for_each(|i, j, cell| {
        rows[i] += cell.abs();
        columns[j] += cell.abs();
    });
    if n > 0 && columns.max().min(rows.max()) < 1.0 {
        return Ok(());
    }
    let radius = spectral_radius_of(a);
    if radius < 1.0 { Ok(()) } else { Err(radius) }
}

/// How many sectors of a loop are named, and the least part that one has in it, the largest being 1.
const NAMED: usize = 6;
const PART: f64 = 0.05;

/// The sectors among which the largest eigenvalue of |A| arises, those with the largest part first:
/// the loop that uses up what it makes. Where cells are not finite, the columns that hold them.
///
/// The part of sector i is l_i r_i, of the left and the right eigenvector: what is sold into the loop
/// without buying from it, or the other way round, has none.
pub(super) fn closed_loop(a: &DMatrix<f64>) -> Vec<usize> {
    let is_bad = |j: &usize| a.column(*j).iter().any(|cell| !cell.is_finite());
    let bad: Vec<usize> = (0..a.ncols()).filter(is_bad).take(NAMED).collect();
    if !bad.is_empty() || a.is_empty() {
        return bad;
    }
    let abs = a.abs();
    let vector = |step: &dyn Fn(&DVector<f64>) -> DVector<f64>| {
        let mut v = DVector::from_element(a.nrows(), 1.0);
        for _ in 0..1_000 {
            let next = (&v + step(&v)) * 0.5;
            let norm = next.amax();
            v = next / norm;
        }
        v
    };
    let parts = vector(&|v| &abs * v).component_mul(&vector(&|v| abs.tr_mul(v)));
    let mut sectors: Vec<usize> = (0..a.ncols()).collect();
    sectors.sort_by(|i, j| parts[*j].total_cmp(&parts[*i]));
    sectors.retain(|i| parts[*i] >= PART * parts.amax());
    sectors.truncate(NAMED);
    sectors
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use nalgebra::dmatrix;

    #[test]
    fn the_radius_is_the_radius_and_not_a_bound_of_it() {
        // All columns sum to less than 1 (.9, .3), and so do the rows; the radius is .3 + sqrt(.05).
        let a = dmatrix![0.5, 0.1; 0.1, 0.1];
        assert_relative_eq!(spectral_radius(&a), 0.3 + 0.05_f64.sqrt(), epsilon = 1e-12);
        assert_relative_eq!(
            by_power_iteration(a.nrows(), |v| &a * v),
            0.3 + 0.05_f64.sqrt(),
            epsilon = 1e-11
        );
    }

    #[test]
    fn the_radius_of_a_large_matrix_is_that_of_its_cells_however_they_are_held() {
        // Rows and columns unlike, a tenth of the cells negative; held by columns with a factor each.
        let flows = nalgebra::DMatrix::from_fn(520, 520, |i, j| {
            let size = ((i * 7919 + j * 104_729 + i * j) % 1_009) as f64;
            if (i + 2 * j) % 10 == 0 { -size } else { size }
        });
        let by = DVector::from_fn(520, |j, _| 5e-7 * (1.0 + (j % 7) as f64));
        let held = Matrix::from(flows).per_column(&by);
        let radius = spectral_radius(held.dense());
        assert!((0.1..1.0).contains(&radius), "{radius}");
        assert_relative_eq!(spectral_radius_of(&held), radius, max_relative = 1e-11);
        assert!(productive(&held).is_ok());
    }

    #[test]
    fn the_radius_of_cycles_triangles_and_by_products() {
        // Two sectors that only buy of each other: eigenvalues 2 and -2.
        let cycle = dmatrix![0.0, 2.0; 2.0, 0.0];
        assert_relative_eq!(spectral_radius(&cycle), 2.0, epsilon = 1e-12);
        assert_relative_eq!(
            by_power_iteration(cycle.nrows(), |v| &cycle * v),
            2.0,
            epsilon = 1e-11
        );
        // A chain has no loop at all.
        assert_eq!(spectral_radius(&dmatrix![0.0, 5.0; 0.0, 0.0]), 0.0);
        // A by-product: eigenvalues are +-.2 i, and |A| would have .2 as well; with .3 on the diagonal,
        // .3 +- .2 i, where |A| has .5.
        let by_product = dmatrix![0.3, -0.2; 0.2, 0.3];
        assert_relative_eq!(
            spectral_radius(&by_product),
            0.13_f64.sqrt(),
            epsilon = 1e-12
        );
        assert!(spectral_radius(&dmatrix![f64::NAN]).is_nan());
        assert_eq!(spectral_radius(&DMatrix::zeros(0, 0)), 0.0);
    }

    #[test]
    fn the_loop_that_uses_up_what_it_makes_is_found() {
        // 0 and 2 buy all of each other; 1 sells to them, 3 buys of them.
        let a = dmatrix![
            0.0, 0.0, 1.0, 0.5;
            0.0, 0.0, 0.5, 0.0;
            1.0, 0.0, 0.0, 0.0;
            0.0, 0.0, 0.0, 0.1
        ];
        let mut found = closed_loop(&a);
        found.sort();
        assert_eq!(found, [0, 2]);
        assert_eq!(closed_loop(&dmatrix![0.0, f64::NAN; 0.0, 0.0]), [1]);
    }

    #[test]
    fn only_a_radius_below_one_is_productive() {
        // Column sums 1.1 and .2, row sums likewise: only the radius tells.
        assert_eq!(productive(&dmatrix![0.9, 0.2; 0.2, 0.0].into()), Ok(()));
        assert_eq!(productive(&dmatrix![1.0].into()), Err(1.0));
        assert!(productive(&dmatrix![f64::NAN].into()).is_err_and(f64::is_nan));
    }
}
