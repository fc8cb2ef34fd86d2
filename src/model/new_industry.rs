//! A new industry inside the Leontief system: "complete inclusion" (Miller & Blair, 3rd ed.,
//! ch. 14).
//!
//! The system grows by one row and one column: the column is what the new industry buys per unit of
//! its output, the row what existing sectors buy of it per unit of theirs. Where those purchases
//! replace others, the replaced coefficients fall by as much.

use super::Model;
use super::radius::closed_loop;
use super::solver::{Solver, is_finite};
use crate::error::{Error, Result};
use crate::lang::said;
use crate::table::Matrix;
use nalgebra::{DMatrix, DVector};

/// A new industry in an economy of `n` sectors; everything per unit of output.
#[derive(Debug, Clone, PartialEq)]
pub struct NewIndustry {
    /// Domestic products it buys per unit of its output, n.
    pub inputs: DVector<f64>,
    /// What each sector buys of it per unit of that sector's output, n.
    pub sales: DVector<f64>,
    /// What it buys of itself per unit of its output.
    pub own_use: f64,
    /// The change of the existing coefficients that its sales replace, n x n (entries <= 0).
    pub replaced: Option<DMatrix<f64>>,
}

/// Outputs with the new industry inside.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Included {
    /// Output of the existing sectors, n.
    pub output: DVector<f64>,
    /// Output of the new industry.
    pub own_output: f64,
}

/// Outputs that satisfy final demand `demand` (n) for the existing products and `own_demand` for the
/// new one.
///
/// ```
/// use leontief::model::new_industry::{NewIndustry, include};
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
/// # let model = Model::new(&table)?;
/// let industry = NewIndustry {
///     inputs: vec![0.1, 0.3].into(),
///     sales: vec![0.0, 0.05].into(), // manufacturing buys .05 of it per unit of its output
///     own_use: 0.0,
///     replaced: None,
/// };
/// let all = include(&model, &industry, &vec![600.0, 1500.0].into(), 100.0)?;
/// assert!((all.output[0] - 1291.43).abs() < 0.01 && (all.output[1] - 1912.61).abs() < 0.01);
/// assert!((all.own_output - 195.63).abs() < 0.01); // 100 and .05 of manufacturing
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// Vectors of the wrong length, values that are not finite, or an extended system that is not
/// productive.
pub fn include(
    model: &Model,
    industry: &NewIndustry,
    demand: &DVector<f64>,
    own_demand: f64,
) -> Result<Included> {
    let n = model.sectors().len();
    if industry.inputs.len() != n || industry.sales.len() != n || demand.len() != n {
        return Err(Error::invalid(said!(
            "a new industry needs vectors of {n} sectors",
            "신산업을 추가하려면 {n}개 부문의 벡터가 필요합니다"
        )));
    }
    let mut a = DMatrix::zeros(n + 1, n + 1);
    a.view_mut((0, 0), (n, n))
        .copy_from(model.coefficients().domestic().dense());
    if let Some(replaced) = &industry.replaced {
        let mut old = a.view_mut((0, 0), (n, n));
        old += replaced;
    }
    a.view_mut((0, n), (n, 1)).copy_from(&industry.inputs);
    a.view_mut((n, 0), (1, n))
        .copy_from(&industry.sales.transpose());
    a[(n, n)] = industry.own_use;
    let a = Matrix::from(a);
    let solver = Solver::new(&a).map_err(|radius| {
        let name = |at: usize| match at {
            at if at == n => "the new industry".to_owned(),
            at => model.sectors().get(at).to_string(),
        };
        Error::NotProductive {
            radius,
            sectors: closed_loop(a.dense()).into_iter().map(name).collect(),
        }
    })?;
    let f = demand.clone().insert_row(n, own_demand);
    if !is_finite(&f) {
        return Err(Error::invalid(said!(
            "demand for the new industry is not finite",
            "신산업에 대한 수요가 유한한 수가 아닙니다"
        )));
    }
    let x = solver.solve(&f);
    Ok(Included {
        output: x.rows(0, n).into_owned(),
        own_output: x[n],
    })
}
