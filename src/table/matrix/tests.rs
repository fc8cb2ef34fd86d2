use super::*;
use approx::assert_relative_eq;

/// Larger than small, wider than high, with zeros, negative cells and columns of nothing.
fn cells() -> DMatrix<f64> {
    DMatrix::from_fn(515, 530, |i, j| match (i * 31 + j * 17 + i * j) % 7 {
        3 if j % 50 != 0 => (i as f64 + 1.0) / (j as f64 + 2.0),
        5 if j % 50 != 0 => -0.25 - (i % 3) as f64,
        _ => 0.0,
    })
}

fn factors() -> DVector<f64> {
    DVector::from_fn(
        530,
        |j, _| if j == 9 { 0.0 } else { 1.0 / (j as f64 + 3.0) },
    )
}

/// The same matrix in each way of holding it, and what it is.
fn each_way() -> Vec<(Matrix, DMatrix<f64>)> {
    let full = cells();
    let rounded = full.map(|cell| f64::from(cell as f32));
    let few = full.map(|cell| if cell > 0.0 { cell } else { 0.0 });
    let plain = full.rows(0, 400).columns(0, 500).into_owned();
    let ways = [
        (
            Matrix::of(Cells::Double(full.clone())),
            full,
            Storage::Double,
        ),
        (
            Matrix::single(rounded.map(|cell| cell as f32)),
            rounded,
            Storage::Single,
        ),
        (Matrix::from(few.clone()), few, Storage::Sparse),
        (Matrix::from(plain.clone()), plain, Storage::Double),
    ];
    let mut all = Vec::new();
    for (matrix, is, storage) in ways {
        assert_eq!(matrix.storage(), storage);
        let by = factors().rows(0, is.ncols()).into_owned();
        let mut scaled = is.clone();
        for (mut column, factor) in scaled.column_iter_mut().zip(by.iter()) {
            column *= *factor;
        }
        all.push((matrix.per_column(&by), scaled));
        all.push((matrix, is));
    }
    all
}

#[test]
fn however_cells_are_held_sums_products_rows_and_columns_are_those_of_the_full_matrix() {
    for (matrix, is) in each_way() {
        let (rows, columns) = is.shape();
        let name = format!("{:?} {rows} x {columns}", matrix.storage());
        let x = DMatrix::from_fn(columns, 19, |j, k| ((j * 5 + k * 3) % 11) as f64 - 4.0);
        let y = DMatrix::from_fn(rows, 19, |i, k| ((i * 7 + k) % 13) as f64 - 5.0);
        let near = |a: &DMatrix<f64>, b: &DMatrix<f64>| {
            assert!((a - b).amax() <= 1e-12 * (1.0 + b.amax()), "{name}");
        };
        near(&matrix.times(&x), &(&is * &x));
        near(
            &matrix.times(&x.columns(2, 3).into()),
            &(&is * x.columns(2, 3)),
        );
        near(&matrix.tr_times(&y), &is.tr_mul(&y));
        let (x, y) = (x.column(1).into_owned(), y.column(1).into_owned());
        assert_relative_eq!(&matrix * &x, &is * &x, epsilon = 1e-9, max_relative = 1e-12);
        assert_relative_eq!(
            matrix.tr_mul(&y),
            is.tr_mul(&y),
            epsilon = 1e-9,
            max_relative = 1e-12
        );
        assert_relative_eq!(matrix.row_sum(), is.row_sum(), epsilon = 1e-9);
        assert_relative_eq!(matrix.column_sum(), is.column_sum(), epsilon = 1e-9);
        assert_relative_eq!(matrix.sum(), is.sum(), max_relative = 1e-9);
        let sizes = is.abs().row_sum().transpose();
        assert_relative_eq!(
            matrix.absolute_tr_mul(&DVector::from_element(rows, 1.0)),
            sizes,
            epsilon = 1e-9
        );
        assert_eq!(matrix.dense(), &is, "{name}");
        assert_eq!(matrix.column(33), is.column(33));
        assert_eq!(matrix.row(12), is.row(12).transpose());
        assert_eq!(
            (matrix.at(12, 33), matrix[(12, 33)]),
            (is[(12, 33)], is[(12, 33)])
        );
        let used: Vec<bool> = (0..columns).map(|j| matrix.uses(j)).collect();
        let any = |j| is.column(j).amax() != 0.0;
        assert_eq!(used, (0..columns).map(any).collect::<Vec<_>>(), "{name}");
        let mut count = 0;
        matrix.for_each(|i, j, cell| {
            assert_eq!(cell, is[(i, j)]);
            count += 1;
        });
        assert_eq!(
            count,
            is.iter().filter(|cell| **cell != 0.0).count(),
            "{name}"
        );
    }
}

#[test]
fn a_large_matrix_is_not_copied_for_its_coefficients() {
    let flows = Matrix::of(Cells::Double(cells()));
    let coefficients = flows.per_column(&factors());
    assert!(Arc::ptr_eq(&flows.cells, &coefficients.cells));
    assert_eq!(flows.bytes(), 515 * 530 * 8);
    // Another unit, of itself and of what shares its cells.
    let (mut alone, mut shared) = (Matrix::of(Cells::Double(cells())), coefficients.clone());
    alone.scale(1e-3);
    shared.scale(2.0);
    assert!(alone.factors.is_none());
    assert_relative_eq!(alone.at(6, 8), cells()[(6, 8)] * 1e-3, max_relative = 1e-15);
    assert_eq!(shared.at(6, 8), coefficients.at(6, 8) * 2.0);
    assert_eq!(shared.dense().column(9).amax(), 0.0);
}

#[test]
fn what_is_not_a_number_is_found_however_it_is_held() {
    for (matrix, is) in each_way() {
        assert!(matrix.is_finite());
        let mut spoiled = is.clone();
        // Too large to be added up, and finite all the same.
        spoiled.column_mut(4).fill(1e308);
        assert!(Matrix::from(spoiled.clone()).is_finite());
        spoiled[(3, 4)] = f64::NAN;
        assert!(!Matrix::from(spoiled.clone()).is_finite());
        spoiled[(3, 4)] = f64::INFINITY;
        assert!(!Matrix::single(spoiled.map(|cell| cell as f32)).is_finite());
    }
}

#[test]
fn a_sum_has_the_cells_of_both_however_they_are_held() {
    let ways = each_way();
    for (one, cells) in &ways {
        for (other, more) in ways
            .iter()
            .filter(|(other, _)| other.shape() == one.shape())
        {
            assert_eq!(one.plus(other), cells + more);
        }
    }
}

#[test]
fn rows_are_replaced_however_cells_are_held() {
    for (matrix, full) in each_way() {
        let (last, columns) = (full.nrows() - 1, full.ncols());
        let row = DVector::from_fn(
            columns,
            |j, _| if j % 7 == 0 { 0.5 + j as f64 } else { 0.0 },
        );
        let rows = BTreeMap::from([(1, row.clone()), (last, row.clone() * 2.0)]);
        let mut expected = full;
        expected.row_mut(1).copy_from(&row.transpose());
        expected.row_mut(last).copy_from(&(row.transpose() * 2.0));
        let made = matrix.with_rows(&rows);
        assert_eq!(made.dense(), &expected, "{:?}", matrix.storage());
        assert_eq!(
            made.storage() == Storage::Sparse,
            matrix.storage() == Storage::Sparse
        );
    }
}
