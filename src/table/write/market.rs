//! A table for numerical programs: its matrices in Matrix Market's exchange format, beside the texts of the folder.
//!
//! `scipy.io.mmread("domestic_flows.mtx")`, Julia's `MatrixMarket.mmread` and R's `Matrix::readMM` read them. Rows and
//! columns have the order of `sectors.csv` and of the lists in `table.toml`. Source: Boisvert, Pozo, Remington (1996),
//! "The Matrix Market Exchange Formats", NISTIR 5935.

use super::native::{Block, blocks, texts};
use crate::error::Result;
use crate::table::{AnyTable, Matrix};
use std::fmt::Write;

/// The share of cells other than zero up to which only those are written.
const SPARSE_UP_TO: f64 = 0.5;

/// The files, each with its name in the folder. Numbers are written in the shortest form that reads back as the same value.
///
/// ```
/// use leontief::table::{AnyTable, write};
/// let files = write::market::write(&AnyTable::open("kr-2023-33")?)?;
/// let (_, output) = files.iter().find(|(name, _)| name == "output.mtx").expect("written");
/// assert!(output.starts_with("%%MatrixMarket matrix array real general\n"));
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Metadata that cannot be written as TOML.
pub fn write(table: &AnyTable) -> Result<Vec<(String, String)>> {
    let mut files = texts(table.meta(), table.sectors(), table.deflators())?;
    for Block {
        name,
        rows,
        columns,
        figures,
        ..
    } in blocks(table)
    {
        files.push((format!("{name}.mtx"), matrix(&rows, &columns, &figures)));
    }
    Ok(files)
}

fn matrix(rows: &[&str], columns: &[&str], figures: &Matrix) -> String {
    let (m, n) = figures.shape();
    let mut filled = 0;
    figures.for_each(|_, _, _| filled += 1);
    let is_sparse = filled as f64 <= SPARSE_UP_TO * (m * n) as f64;
    let kind = if is_sparse { "coordinate" } else { "array" };
    let mut text = format!("%%MatrixMarket matrix {kind} real general\n");
    for (what, codes) in [("rows", rows), ("columns", columns)] {
        // A line of the format has up to 1,024 characters.
        for some in codes.chunks(20) {
            let codes: Vec<&str> = some.iter().map(|code| first(code)).collect();
            let _ = writeln!(text, "% {what}: {}", codes.join(" "));
        }
    }
    match is_sparse {
        true => {
            let _ = writeln!(text, "{m} {n} {filled}");
            figures.for_each(|i, j, value| {
                let _ = writeln!(text, "{} {} {value}", i + 1, j + 1);
            });
        }
        false => {
            let _ = writeln!(text, "{m} {n}");
            for j in 0..n {
                for value in figures.column(j).iter() {
                    let _ = writeln!(text, "{value}");
                }
            }
        }
    }
    text
}

/// A code, or its first characters.
fn first(code: &str) -> &str {
    code.char_indices()
        .nth(40)
        .map_or(code, |(at, _)| &code[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::dmatrix;

    #[test]
    fn full_and_sparse_matrices_go_column_by_column() {
        let full = matrix(
            &["a", "b"],
            &["x", "y"],
            &dmatrix![1.0, 2.5; -3.0, 0.0].into(),
        );
        assert_eq!(
            full,
            "%%MatrixMarket matrix array real general\n% rows: a b\n% columns: x y\n2 2\n1\n-3\n2.5\n0\n"
        );
        let sparse = matrix(
            &["a", "b"],
            &["x", "y"],
            &dmatrix![0.0, 0.1; -3.0, 0.0].into(),
        );
        assert_eq!(
            sparse,
            "%%MatrixMarket matrix coordinate real general\n% rows: a b\n% columns: x y\n2 2 2\n2 1 -3\n1 2 0.1\n"
        );
    }
}
