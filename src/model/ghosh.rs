//! The Ghosh model: how what a sector supplies is distributed forward to its users.
//!
//! B = x^-1 Z (allocation coefficients), G = (I - B)^-1 = x^-1 L x^ (Miller & Blair, ch. 12). Its
//! row sums are the forward linkages. As a model of quantities it is contested: read it as a
//! measure of where a sector's product goes, or of cost (Dietzenbacher 1997).

use crate::error::Result;
use crate::lang::{Text, said};
use crate::model::Model;
use crate::table::{AnyTable, Table};
use nalgebra::{DMatrix, DVector};

/// B, n x n: the share of sector i's output that goes to sector j. Rows of sectors without output
/// are zero.
///
/// ```
/// use leontief::model::ghosh;
/// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
/// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
/// # let table = Table::builder("two", 2022)
/// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
/// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
/// #     .final_demand(Household, [350.0, 1700.0])
/// #     .value_added(Compensation, [250.0, 900.0])
/// #     .value_added(OperatingSurplus, [400.0, 500.0])
/// #     .jobs([300.0, 500.0])
/// #     .build()?;
/// let b = ghosh::allocation_coefficients(table.flows(leontief::Text::same("supply"))?);
/// assert_eq!(b[(0, 1)], 0.5); // half of what sector 1 makes goes to sector 2
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn allocation_coefficients(table: &Table) -> DMatrix<f64> {
    let mut b = table.flows().domestic.dense().clone();
    for (mut row, x) in b.row_iter_mut().zip(table.output().iter()) {
        row *= if *x > 0.0 { 1.0 / x } else { 0.0 };
    }
    b
}

/// G = x^-1 L x^, n x n, from a table of flows.
///
/// ```
/// // Germany 1995 (Eurostat manual): see tests/textbook.rs
/// let table = leontief::AnyTable::open("kr-2023-33")?;
/// let g = leontief::model::ghosh::inverse(&table)?;
/// assert!(g.iter().all(|v| *v > -0.01));
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A table without flows, or one that is not productive.
pub fn inverse(table: &AnyTable) -> Result<DMatrix<f64>> {
    let x = table.flows(forward())?.output();
    let mut g = Model::from_coefficients(table.coefficients())?.leontief_inverse();
    for (i, mut row) in g.row_iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            if i != j {
                *cell *= if x[i] > 0.0 { x[j] / x[i] } else { 0.0 };
            }
        }
    }
    Ok(g)
}

/// Row sums of G, n: forward linkages.
///
/// ```
/// use leontief::model::ghosh;
/// # use leontief::{Model, table::{FinalDemandRole::Household, PrimaryInputRole::*, Table}};
/// # // Miller & Blair (2022), Table 2.3: A = [.15 .25; .2 .05], x = (1000, 2000).
/// # let table = Table::builder("two", 2022)
/// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
/// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
/// #     .final_demand(Household, [350.0, 1700.0])
/// #     .value_added(Compensation, [250.0, 900.0])
/// #     .value_added(OperatingSurplus, [400.0, 500.0])
/// #     .jobs([300.0, 500.0])
/// #     .build()?;
/// let forward = ghosh::forward_linkages(&table)?;
/// assert!((forward[0] - 1.9142).abs() < 1e-4 && (forward[1] - 1.2541).abs() < 1e-4);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// As [`inverse`].
pub fn forward_linkages(table: &AnyTable) -> Result<DVector<f64>> {
    let x = table.flows(forward())?.output();
    // G 1 = x^-1 L x: one right-hand side, no inverse.
    let reached = Model::from_coefficients(table.coefficients())?.output_for(x);
    Ok(reached.zip_map(x, |all, own| if own > 0.0 { all / own } else { 1.0 }))
}

fn forward() -> Text {
    said!("the Ghosh inverse", "고쉬 역행렬")
}
