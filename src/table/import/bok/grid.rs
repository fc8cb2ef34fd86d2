//! Figures between rows and columns that are known by code or name, wherever they stand in a sheet.

use super::labels::{self, Figures};
use crate::error::Result;
use crate::lang::Text;
use crate::table::import::sheets::Sheet;
use crate::table::import::sums;
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;

/// A row or a column that is no sector.
#[derive(Debug, Clone)]
pub(super) struct Other {
    /// Where it stands, as [`Grid::number`] takes it.
    pub(super) at: usize,
    /// Its code, "" without one.
    pub(super) code: String,
    /// Its name.
    pub(super) label: String,
}

/// How the rows and columns of a grid lie in its sheet.
pub(super) enum Lie {
    /// As they are: rows supply, columns use.
    Across,
    /// A line a purchaser.
    Down,
    /// A line a figure: the line of each pair, and the column of the figures.
    Long {
        line: HashMap<(usize, usize), usize>,
        column: usize,
    },
}

/// The figures of a sheet.
pub(in crate::table::import) struct Grid<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) lie: Lie,
    pub(super) figures: Figures,
    /// All that is said of the figures, with the name of the sheet, a line each.
    pub(super) titles: String,
    /// The year, where it is said.
    pub(super) year: Option<i32>,
    /// Codes and names.
    pub(super) sectors: Vec<(String, Text)>,
    /// The row of each sector.
    pub(super) rows: Vec<usize>,
    /// The column of each sector; none in a table of employment and of items of final demand.
    pub(super) columns: Vec<usize>,
    pub(super) other_rows: Vec<Other>,
    pub(super) other_columns: Vec<Other>,
    /// The year that stands above a column, of columns where one does.
    pub(super) years: Vec<(usize, i32)>,
}

impl Grid<'_> {
    /// Where a figure stands in the sheet.
    fn place(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        match &self.lie {
            Lie::Across => Some((row, column)),
            Lie::Down => Some((column, row)),
            Lie::Long { line, column: at } => line.get(&(row, column)).map(|line| (*line, *at)),
        }
    }

    /// A figure; 0 where there is none.
    pub(super) fn number(&self, row: usize, column: usize) -> Result<f64> {
        let Some((row, column)) = self.place(row, column) else {
            return Ok(0.0);
        };
        Ok(self.sheet.number(row, column)?.unwrap_or(0.0))
    }

    /// Checks a total against its parts, where it stands in the sheet.
    pub(super) fn check(&self, row: usize, column: usize, parts: &[f64]) -> Result<()> {
        match self.place(row, column) {
            Some((row, column)) => sums::check(self.sheet, row, column, parts),
            None => Ok(()),
        }
    }

    /// The figures of sectors by sectors, n x n.
    pub(super) fn matrix(&self) -> Result<DMatrix<f64>> {
        let n = self.sectors.len();
        let mut matrix = DMatrix::zeros(n, n);
        for (i, row) in self.rows.iter().enumerate() {
            for (j, column) in self.columns.iter().enumerate() {
                matrix[(i, j)] = self.number(*row, *column)?;
            }
        }
        Ok(matrix)
    }

    /// The figures of a column for all sectors, n.
    pub(super) fn column(&self, column: usize) -> Result<DVector<f64>> {
        let values = self.rows.iter().map(|row| self.number(*row, column));
        Ok(DVector::from_vec(values.collect::<Result<Vec<f64>>>()?))
    }

    /// The figures of a row for all sectors, n.
    pub(super) fn row(&self, row: usize) -> Result<DVector<f64>> {
        let values = self.columns.iter().map(|column| self.number(row, *column));
        Ok(DVector::from_vec(values.collect::<Result<Vec<f64>>>()?))
    }

    /// The title: the first line that is said of the figures.
    pub(super) fn title(&self) -> &str {
        let lines = self.titles.lines().skip(1);
        let first = lines.map(str::trim).find(|line| !line.is_empty());
        first.unwrap_or(self.sheet.name())
    }
}

/// The year of a text of several lines: of one that says nothing else, or of any.
pub(super) fn year_of(titles: &str) -> Option<i32> {
    let alone = titles
        .lines()
        .filter(|line| line.trim().chars().count() <= 6);
    let alone = alone.filter_map(labels::year).next();
    alone.or_else(|| labels::year(titles))
}

/// Whether the rows of a block are purchasers and its columns products, by what stands behind the sectors.
pub(super) fn lies_down<'a>(
    rows: impl Iterator<Item = (&'a str, &'a str)>,
    columns: impl Iterator<Item = (&'a str, &'a str)>,
) -> bool {
    let (mut down, mut across) = (0, 0);
    for (code, label) in rows {
        down += usize::from(labels::is_use(code, label));
        across += usize::from(labels::is_input(code, label));
    }
    for (code, label) in columns {
        down += usize::from(labels::is_input(code, label));
        across += usize::from(labels::is_use(code, label));
    }
    down > across
}
