//! Pairs of sectors: how far apart they are, and which coefficients between them matter.
//!
//! A coefficient a_ij that changes by Δ changes the inverse by Δ L_i L_j' / (1 - l_ji Δ), L_i the column of i
//! and L_j' the row of j (Sherman and Morrison 1950): an outer product, no second inverse. Its field of
//! influence, Δ small and all cells summed, is (1'L_i)(L_j'1). Outputs change by l_ki x_j Δ / (1 - l_ji Δ), and
//! the share of itself by which a_ij may change until some output has changed by the share p is
//!
//! ```text
//! r_ij = p / (a_ij (p l_ji + x_j max_k l_ki / x_k))
//! ```

use super::{NOTHING, Work, all};
use crate::analysis::sheet::{FigureUnit, Sheet};
use crate::error::Result;
use crate::lang::said;
use crate::memory;
use crate::table::SectorName;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Pairs of sectors with their figures, the strongest first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pairs {
    /// What the figures are: names and units.
    pub columns: Vec<(String, FigureUnit)>,
    /// The pairs.
    pub pairs: Vec<Pair>,
}

/// A supplying and a using sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pair {
    /// Who supplies.
    pub supplier: SectorName,
    /// Who uses.
    pub user: SectorName,
    /// A figure a column.
    pub values: Vec<f64>,
}

impl Work<'_> {
    fn pairs(&self, columns: &[(&str, FigureUnit)], found: Vec<(usize, usize, Vec<f64>)>) -> Pairs {
        let name = |at: usize| SectorName::from(self.model.sectors().get(at));
        let columns = columns.iter();
        Pairs {
            columns: columns
                .map(|(id, unit)| ((*id).to_owned(), unit.clone()))
                .collect(),
            pairs: found
                .into_iter()
                .map(|(i, j, values)| Pair {
                    supplier: name(i),
                    user: name(j),
                    values,
                })
                .collect(),
        }
    }

    fn inverse(&self) -> Result<DMatrix<f64>> {
        memory::check_matrices(2, self.n(), &said!("pairs of sectors", "부문 쌍 분석에"))?;
        Ok(self.model.leontief_inverse())
    }

    /// The strongest connections, by the mean of what is bought back and what is passed on per unit,
    /// ((L - I) + (G - I)) / 2, each with the average number of rounds that it takes.
    pub(super) fn strongest(&self) -> Result<Pairs> {
        let x = self.output()?;
        let l = self.inverse()?;
        let n = self.n();
        let beyond = |i: usize, j: usize| l[(i, j)] - f64::from(u8::from(i == j));
        let strength = |i: usize, j: usize| beyond(i, j) * (1.0 + x[j] / x[i]) / 2.0;
        let made = (0..n).filter(|i| self.made[*i] && x[*i] > 0.0);
        let cells = made.flat_map(|i| (0..n).map(move |j| (i, j)));
        // Whoever sells another nothing, by no chain, is not connected with it.
        let cells = cells.filter(|(i, j)| self.made[*j] && beyond(*i, *j).abs() > NOTHING);
        let found = largest(cells, self.options.pairs, strength);
        let found = found.into_iter().map(|(i, j)| {
            let rounds = l.row(i).transpose().dot(&l.column(j)) - l[(i, j)];
            (i, j, vec![strength(i, j), rounds / beyond(i, j)])
        });
        let columns = [
            ("strength", FigureUnit::Ratio),
            ("rounds", FigureUnit::Rounds),
        ];
        Ok(self.pairs(&columns, found.collect()))
    }

    /// Of each sector how many of its inputs and of its sales are important coefficients; the most important
    /// ones, of all or of the column and the row of one sector.
    pub(super) fn influence(&self, figures: &mut Sheet, one: Option<usize>) -> Result<Pairs> {
        let x = self.output()?;
        let l = self.inverse()?;
        let n = self.n();
        let p = self.options.tolerated;
        let down = l.row_sum().transpose();
        let across = l.column_sum();
        // The most that any output feels of a unit of demand for i, as a share of itself.
        let felt = DVector::from_fn(n, |i, _| {
            let column = l.column(i);
            let made = column.iter().zip(x.iter()).filter(|(_, x)| **x > 0.0);
            made.map(|(l, x)| l / x).fold(0.0, f64::max)
        });
        let a = self.model.coefficients().domestic();
        let limit = |i: usize, j: usize, a: f64| p / (a * (p * l[(j, i)] + x[j] * felt[i]));
        let mut cells = Vec::new();
        let (mut inputs, mut sales) = (DVector::zeros(n), DVector::zeros(n));
        a.for_each(|i, j, a| {
            if a > 0.0 && self.made[i] && self.made[j] && x[j] > 0.0 {
                let limit = limit(i, j, a);
                if limit <= self.options.important {
                    inputs[j] += 1.0;
                    sales[i] += 1.0;
                }
                if one.is_none_or(|one| i == one || j == one) {
                    cells.push((i, j));
                }
            }
        });
        figures.add(("important_inputs", ""), FigureUnit::Count, all(&inputs));
        figures.add(("important_sales", ""), FigureUnit::Count, all(&sales));
        let found = largest(cells.into_iter(), self.options.pairs, |i, j| {
            -limit(i, j, a.at(i, j))
        });
        let total = x.sum();
        let found = found.into_iter().map(|(i, j)| {
            let cell = a.at(i, j);
            let change = p * cell;
            let output = down[i] * x[j] * change / (1.0 - l[(j, i)] * change) / total;
            let field = down[i] * across[j];
            (i, j, vec![cell, limit(i, j, cell), field, output])
        });
        let columns = [
            ("coefficient", FigureUnit::Ratio),
            ("tolerable_change", FigureUnit::Share),
            ("field_of_influence", FigureUnit::Times),
            ("change_of_output", FigureUnit::Share),
        ];
        Ok(self.pairs(&columns, found.collect()))
    }
}

/// The `count` cells of the largest values, the largest first; equal ones in the order they had.
fn largest(
    cells: impl Iterator<Item = (usize, usize)>,
    count: usize,
    value: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = cells.map(|(i, j)| (value(i, j), i, j)).collect();
    let order = |a: &(f64, usize, usize), b: &(f64, usize, usize)| {
        b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2)))
    };
    if count < all.len() {
        all.select_nth_unstable_by(count, order);
        all.truncate(count);
    }
    all.sort_by(order);
    all.into_iter().map(|(_, i, j)| (i, j)).collect()
}
