//! The mixed model: some sectors' outputs are given, the others follow from final demand.
//!
//! Miller & Blair, 3rd ed., ch. 14. With K the sectors of given output and N the others, x = L f
//! is partitioned: f_K = L_KK^-1 (x_K - L_KN f_N). Only the columns of L that belong to K are
//! formed.

use super::{Model, solver::is_finite};
use crate::error::{Error, Result};
use crate::lang::said;
use nalgebra::{DMatrix, DVector};

/// Outputs and final demands that belong together: x = L f.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Mixed {
    /// x, n: as given for the sectors of given output.
    pub output: DVector<f64>,
    /// f, n: as given for the others; for the sectors of given output, what is left for final use.
    pub final_demand: DVector<f64>,
}

/// Solves the mixed model: `demand` (n) holds for the sectors that are not in `outputs`, and each
/// `(sector, output)` holds for those that are.
///
/// ```
/// // Miller & Blair's two sectors: output of sector 2 held at 1800, see tests/textbook.rs
/// use leontief::{AnyTable, Model, Text, model::given_output};
/// let table = AnyTable::open("kr-2023-33")?;
/// let model = Model::new(&table)?;
/// let f = table.flows(Text::same("final demand"))?.domestic_final_demand_total();
/// let electricity = table.sectors().find("17")?;
/// let unchanged = table.flows(Text::same("output"))?.output()[electricity];
/// let mixed = given_output::solve(&model, &f, &[(electricity, unchanged)])?;
/// assert!((mixed.final_demand[electricity] - f[electricity]).abs() < 1e-3);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A sector named twice or that the model does not have, a demand of another length, or outputs that cannot be met together.
pub fn solve(model: &Model, demand: &DVector<f64>, outputs: &[(usize, f64)]) -> Result<Mixed> {
    let n = model.sectors().len();
    let k = outputs.len();
    model.check_sectors(outputs.iter().map(|(sector, _)| *sector))?;
    if demand.len() != n {
        return Err(Error::invalid(said!(
            "a final demand of {sectors} sectors is asked of a model of {n}",
            "최종수요의 부문은 {sectors}개이나 모형의 부문은 {n}개입니다",
            sectors = demand.len()
        )));
    }
    if k == 0 {
        return Ok(Mixed {
            output: model.output_for(demand),
            final_demand: demand.clone(),
        });
    }
    for (at, (sector, _)) in outputs.iter().enumerate() {
        let before = outputs[..at].iter().map(|(other, _)| other);
        check_once(model, before, *sector)?;
    }
    let mut final_demand = demand.clone();
    for (sector, _) in outputs {
        final_demand[*sector] = 0.0;
    }
    let from_others = model.output_for(&final_demand);
    let mut units = DMatrix::zeros(n, k);
    for (column, (sector, _)) in outputs.iter().enumerate() {
        units[(*sector, column)] = 1.0;
    }
    let columns = model.outputs_for(&units);
    let own = DMatrix::from_fn(k, k, |a, b| columns[(outputs[a].0, b)]);
    let wanted = DVector::from_fn(k, |a, _| outputs[a].1 - from_others[outputs[a].0]);
    let given = own.lu().solve(&wanted).filter(is_finite);
    let given = given.ok_or_else(not_together)?;
    for (column, (sector, _)) in outputs.iter().enumerate() {
        final_demand[*sector] = given[column];
    }
    let output = from_others + columns * given;
    Ok(Mixed {
        output,
        final_demand,
    })
}

/// L_KK^-1, k x k: the final demand for the products of K, a row each, per unit of output that one of them
/// (a column each) is to have, while the others have none beyond it.
///
/// ```
/// # use leontief::{Model, model::given_output, table::{FinalDemandRole::Household, Table}};
/// # let table = Table::builder("two", 2022)
/// #     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
/// #     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
/// #     .final_demand(Household, [350.0, 1700.0])
/// #     .build()?;
/// # let model = Model::new(&table)?;
/// // Miller & Blair's two sectors: of all sectors it is I - A, of one of them 1 / l_jj.
/// let both = given_output::demand_per_output(&model, &[1, 0])?;
/// assert!((both[(0, 1)] + 0.20).abs() < 1e-12); // sector 1 buys .20 of sector 2
/// let one = given_output::demand_per_output(&model, &[0])?;
/// assert!((one[(0, 0)] - 0.797368).abs() < 1e-6); // 1 / 1.254125
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A sector named twice or that the model does not have; outputs that cannot be given together.
pub fn demand_per_output(model: &Model, sectors: &[usize]) -> Result<DMatrix<f64>> {
    let (n, k) = (model.sectors().len(), sectors.len());
    model.check_sectors(sectors.iter().copied())?;
    let mut units = DMatrix::zeros(n, k);
    for (column, sector) in sectors.iter().enumerate() {
        check_once(model, sectors.iter().take(column), *sector)?;
        units[(*sector, column)] = 1.0;
    }
    let columns = model.outputs_for(&units);
    let own = DMatrix::from_fn(k, k, |a, b| columns[(sectors[a], b)]);
    let inverse = own.lu().try_inverse();
    inverse
        .filter(|inverse| inverse.iter().all(|v| v.is_finite()))
        .ok_or_else(not_together)
}

fn check_once<'s>(
    model: &Model,
    mut before: impl Iterator<Item = &'s usize>,
    sector: usize,
) -> Result<()> {
    match before.any(|other| *other == sector) {
        false => Ok(()),
        true => Err(Error::invalid(said!(
            "the output of sector {sector} is given twice",
            "{sector} 부문의 산출이 두 번 지정되었습니다",
            sector = model.sectors().get(sector)
        ))),
    }
}

fn not_together() -> Error {
    Error::invalid(said!(
        "these outputs cannot be given together: the system is singular",
        "이 산출들을 함께 지정할 수 없습니다. 연립방정식의 해가 없거나 하나로 정해지지 않습니다"
    ))
}
