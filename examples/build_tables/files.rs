//! Matrices, and the CSV files that hold them.

use nalgebra::{DMatrix, DVector};

use super::sources::{Result, Sector};

/// Decimals of amounts and coefficients in the files.
pub const FLOW_DECIMALS: usize = 6;
pub const COEFFICIENT_DECIMALS: usize = 9;

/// Path below `tables/` ("kr-2023-33/output.csv") and contents.
pub type File = (String, String);

pub fn codes(sectors: &[Sector]) -> Vec<&str> {
    sectors.iter().map(|sector| sector.code.as_str()).collect()
}

pub fn column(vector: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_columns(std::slice::from_ref(vector))
}

/// A x^: coefficients to flows.
pub fn times_columns(coefficients: &DMatrix<f64>, output: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(coefficients.nrows(), coefficients.ncols(), |i, j| {
        coefficients[(i, j)] * output[j]
    })
}

/// Z x^-1: flows to coefficients.
pub fn over_columns(flows: &DMatrix<f64>, output: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(flows.nrows(), flows.ncols(), |i, j| {
        flows[(i, j)] / output[j]
    })
}

pub fn rounded(matrix: &DMatrix<f64>, decimals: usize) -> DMatrix<f64> {
    let unit = if decimals == FLOW_DECIMALS { 1e6 } else { 1e9 };
    matrix.map(|cell| (cell * unit).round() / unit)
}

/// A number with at most so many decimals: no trailing zeros, no "-0".
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// A matrix with its row and column labels.
pub fn matrix_file<R: AsRef<str>, C: AsRef<str>>(
    corner: &str,
    rows: &[R],
    columns: &[C],
    matrix: &DMatrix<f64>,
    decimals: usize,
) -> Result<String> {
    let header: Vec<&str> = std::iter::once(corner)
        .chain(columns.iter().map(AsRef::as_ref))
        .collect();
    let lines = rows.iter().enumerate().map(|(i, label)| {
        let cells = matrix
            .row(i)
            .iter()
            .map(|&cell| decimal(cell, decimals))
            .collect::<Vec<String>>();
        std::iter::once(label.as_ref().to_owned())
            .chain(cells)
            .collect::<Vec<String>>()
    });
    lines_file(&header, lines)
}

pub fn lines_file<F: AsRef<[u8]>>(
    header: &[&str],
    lines: impl IntoIterator<Item = Vec<F>>,
) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for line in lines {
        writer.write_record(line)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes)?)
}
