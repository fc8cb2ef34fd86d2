//! How imports enter the inverse: the domestic, the competitive and the total form of A.

use crate::error::Result;
use crate::lang::said;
use crate::table::{Coefficients, Matrix, Table};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// How imports enter the inverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum ImportTreatment {
    /// (I - Ad)^-1: only domestic inputs propagate (비경쟁수입형). BOK's convention and the default.
    #[default]
    Domestic,
    /// (I - (I - m)A)^-1: every use of a product is imported in the product's average share m
    /// (경쟁수입형), m = imports / (intermediate use + final demand without exports).
    Competitive,
    /// (I - A)^-1: as if every input were made at home; an upper bound.
    Total,
}

/// A' = (I - m)A and its imports mA, m the import share of each product in domestic use.
pub(super) fn competitive(table: &Table) -> Result<Coefficients> {
    let coefficients = table.coefficients();
    coefficients.need_products_of_imports(said!("the competitive-import form", "경쟁수입형"))?;
    let home = import_shares(table).map(|share| 1.0 - share);
    Ok(coefficients.met_at_home(&home))
}

/// m, n: imports of each product over its domestic use (intermediate use and final demand without
/// exports), as the competitive-import form takes it.
///
/// ```
/// use leontief::model::import_shares;
/// # use leontief::table::{FinalDemandRole::Household, Table};
/// let table = Table::builder("imports", 2022)
///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
///     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
///     .imported_flows([[10.0, 20.0], [40.0, 80.0]])
///     .final_demand(Household, [350.0, 1700.0])
///     .build()?;
/// // Of product 1, 30 is imported and 1,000 made at home, all of it used there.
/// let shares = import_shares(table.flows(leontief::Text::same("imports"))?);
/// assert_eq!(shares[0], 30.0 / 1_030.0);
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn import_shares(table: &Table) -> DVector<f64> {
    use crate::table::FinalDemandRole::Exports;
    let f = table.flows();
    let imports = f.imported.column_sum() + f.imported_final_demand.column_sum();
    let exports = table.domestic_demand_for(Exports) + table.imported_demand_for(Exports);
    let r#use = f.domestic.column_sum() + f.domestic_final_demand.column_sum() + &imports - exports;
    imports.zip_map(&r#use, |m, u| {
        if u > 0.0 {
            (m / u).clamp(0.0, 1.0)
        } else {
            0.0
        }
    })
}

/// A = Ad + Am, and nothing imported.
pub(super) fn total(coefficients: &Coefficients) -> Result<Coefficients> {
    coefficients.need_products_of_imports(said!("the total form", "총투입계수형"))?;
    let all = coefficients.domestic().plus(coefficients.imported());
    let none = Matrix::zeros(all.nrows(), all.ncols());
    Ok(coefficients.with_inputs(all.into(), none))
}
