//! What a unit of final demand for each sector sets off: the rows that all sums of a demand rest on.
//!
//! Everything is linear in demand: of a demand f output is 1'L f, value added v'L f, imported inputs
//! 1'Am L f, jobs e'L f and labour income w'L f. What households spend is h = s w'L f / (1 - s w'Lc), and
//! each unit of it sets off 1'Lc of output and so on (Miller & Blair, 3rd ed., ch. 2 and 6).

use super::{Households, Model};
use crate::units::Measures;
use nalgebra::DVector;

/// The rows of a model, solved for once ([`Model::rows`]); money in the table's unit, jobs in persons per
/// unit of it.
///
/// ```
/// use leontief::{AnyTable, Model};
///
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let construction = table.sectors().find("건설")?;
/// let rows = model.rows();
/// assert!((rows.type1.output[construction] - 2.058383).abs() < 1e-5); // BOK, 2023
/// // Each won ends as value added or as imports.
/// let ends = rows.type1.value_added[construction] + rows.type1.imports[construction];
/// assert!((ends - 1.0).abs() < 1e-9);
/// assert!(rows.total().output[construction] > rows.type1.output[construction]);
/// # Ok::<(), leontief::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rows {
    /// Per unit of output: 1, v, 1'Am, e; n each.
    pub per_output: Measures<DVector<f64>>,
    /// Per unit of final demand, Type I: 1'L, v'L, 1'Am L, e'L; n each.
    pub type1: Measures<DVector<f64>>,
    /// What households do; `None` in an open model.
    pub households: Option<HouseholdRows>,
}

/// What households earn of a demand, and what their spending sets off.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HouseholdRows {
    /// w'L, n: labour income per unit of final demand.
    pub income: DVector<f64>,
    /// w'Lc: income that a unit of their spending leads to.
    pub again: f64,
    /// Per unit that they spend: 1'Lc, v'Lc, 1'Am Lc and what they import themselves, e'Lc.
    pub per_spending: Measures<f64>,
    /// Spending in all rounds per unit of first income, s / (1 - s w'Lc).
    pub multiplier: f64,
}

impl Rows {
    pub(super) fn of(model: &Model) -> Self {
        let per_output = model.coefficients().per_output();
        Rows {
            type1: per_output.as_ref().map(|row| model.inducement_row(row)),
            households: model.households().map(|h| {
                let income = model.inducement_row(h.income());
                HouseholdRows::of(h, income, &per_output)
            }),
            per_output,
        }
    }

    /// Per unit of final demand, with what households add (Type II), n each; of an open model those of
    /// Type I.
    pub fn total(&self) -> Measures<DVector<f64>> {
        match &self.households {
            None => self.type1.clone(),
            Some(households) => {
                let per_spending = households.per_spending;
                let rows = self.type1.as_ref().zip_map(per_spending, |first, per| {
                    first + &households.income * (households.multiplier * per)
                });
                rows
            }
        }
    }
}

impl HouseholdRows {
    fn of(
        households: &Households,
        income: DVector<f64>,
        per_output: &Measures<DVector<f64>>,
    ) -> Self {
        let output = households.output_per_spending();
        let mut per_spending = per_output.as_ref().map(|row| row.dot(output));
        per_spending.imports += households.imported_basket().sum();
        HouseholdRows {
            income,
            again: households.income().dot(output),
            per_spending,
            multiplier: households.spending_per_first_income(),
        }
    }
}
