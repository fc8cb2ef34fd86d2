//! Supply and use tables brought to new totals together (SUT-RAS).

use super::{Balancing, Unbalanced};
use crate::lang::said;
use nalgebra::{DMatrix, DVector};

/// A supply table and a use table of the same products, at one kind of prices.
#[derive(Debug, Clone, PartialEq)]
pub struct SupplyUse {
    /// Products x industries: who makes what.
    pub supply: DMatrix<f64>,
    /// Imports by product.
    pub imports: DVector<f64>,
    /// Products x (industries and categories of final demand): who uses what.
    pub uses: DMatrix<f64>,
}

/// The totals of another year; how much of each product there is is not among them.
#[derive(Debug, Clone, PartialEq)]
pub struct SupplyUseTotals {
    /// Output of each industry: the columns of supply.
    pub output: DVector<f64>,
    /// What each industry and each category of final demand uses in all: the columns of use.
    pub uses: DVector<f64>,
    /// All imports.
    pub imports: f64,
}

impl SupplyUse {
    /// The tables nearest to these that have the totals and in which of each product as much is supplied as
    /// is used (Temurshoev & Timmer 2011). Negative cells are taken as [`gras`](super::gras) takes them.
    ///
    /// ```
    /// use leontief::table::balancing::{SupplyUse, SupplyUseTotals};
    /// use nalgebra::{dmatrix, dvector};
    ///
    /// let tables = SupplyUse {
    ///     supply: dmatrix![90.0, 0.0; 10.0, 100.0],
    ///     imports: dvector![10.0, 5.0],
    ///     uses: dmatrix![12.0, 8.0, 80.0; 10.0, 7.0, 98.0],
    /// };
    /// let totals = SupplyUseTotals {
    ///     output: dvector![110.0, 105.0],
    ///     uses: dvector![24.0, 16.0, 191.0],
    ///     imports: 16.0,
    /// };
    /// let (balanced, _) = tables.balanced(&totals)?;
    /// let supplied = balanced.supply.column_sum() + &balanced.imports;
    /// assert!((supplied - balanced.uses.column_sum()).amax() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Tables or totals that do not fit each other; supply that comes to another sum than use; as
    /// [`Balancing::solve`], with totals in the order output, uses, imports, products.
    pub fn balanced(&self, totals: &SupplyUseTotals) -> Result<(SupplyUse, usize), Unbalanced> {
        let (n, industries) = self.supply.shape();
        let users = self.uses.ncols();
        let fits = self.uses.nrows() == n
            && self.imports.len() == n
            && totals.output.len() == industries
            && totals.uses.len() == users;
        if !fits {
            return Err(Unbalanced::Invalid(said!(
                "supply, imports and uses must be of the same {n} products, and totals of all their columns",
                "공급표·수입·사용표의 생산물은 같은 {n}개여야 하고, 합계는 모든 열에 있어야 합니다"
            )));
        }
        let (supplied, used) = (totals.output.sum() + totals.imports, totals.uses.sum());
        if (supplied - used).abs() > 1e-10 * (supplied.abs() + used.abs()) {
            return Err(Unbalanced::Invalid(said!(
                "output and imports add up to {supplied}, uses to {used}: they must agree",
                "산출과 수입의 합({supplied})과 사용의 합({used})이 다릅니다"
            )));
        }
        let (of_imports, of_uses) = (n * industries, n * (industries + 1));
        let mut cells = self.supply.as_slice().to_vec();
        cells.extend(self.imports.iter());
        cells.extend(self.uses.iter());
        let mut balancing = Balancing::new(cells)?;
        for j in 0..industries {
            balancing.total(j * n..(j + 1) * n, totals.output[j]);
        }
        for j in 0..users {
            balancing.total(of_uses + j * n..of_uses + (j + 1) * n, totals.uses[j]);
        }
        balancing.total(of_imports..of_uses, totals.imports);
        for i in 0..n {
            let supply = (0..=industries).map(|j| i + j * n);
            let uses = (0..users).map(|j| of_uses + i + j * n);
            balancing.difference(supply, uses, 0.0);
        }
        let balanced = balancing.solve()?;
        let cells = &balanced.cells;
        let tables = SupplyUse {
            supply: DMatrix::from_column_slice(n, industries, &cells[..of_imports]),
            imports: DVector::from_column_slice(&cells[of_imports..of_uses]),
            uses: DMatrix::from_column_slice(n, users, &cells[of_uses..]),
        };
        Ok((tables, balanced.sweeps))
    }
}
