//! The price model: what a dearer input does to every price (Leontief cost-push).
//!
//! p' = v'L with p = 1 in the base year (Miller & Blair, 3rd ed., ch. 2). Costs are passed on in
//! full, quantities and coefficients stay: an upper bound of what reaches the buyer.

use super::{Model, solver::is_finite};
use crate::error::{Error, Result};
use crate::lang::said;
use nalgebra::{DMatrix, DVector};

/// Price changes, as shares of the base price (0.2 is 20 % dearer), for `n` sectors.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PriceChange {
    /// By sector.
    pub prices: DVector<f64>,
}

impl PriceChange {
    /// The change of the price of a basket of domestic products, weights of any scale.
    ///
    /// ```
    /// use leontief::model::price;
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
    /// let change = price::from_costs(&model, &vec![0.1, 0.0].into()); // prices rise by .12541 and .03300
    /// let households = change.of_basket(&vec![350.0, 1700.0].into());
    /// assert!((households - 0.048780).abs() < 1e-6);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    pub fn of_basket(&self, weights: &DVector<f64>) -> f64 {
        let all = weights.sum();
        if all == 0.0 {
            0.0
        } else {
            self.prices.dot(weights) / all
        }
    }
}

/// What a change in primary cost per unit of output (n) does to prices: dp' = dv'L.
///
/// ```
/// use leontief::model::price;
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
/// // Primary cost of sector 1 rises by a tenth of its price.
/// let change = price::from_costs(&model, &vec![0.1, 0.0].into());
/// assert!((change.prices[0] - 0.12541).abs() < 1e-5);
/// assert!((change.prices[1] - 0.03300).abs() < 1e-5);
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn from_costs(model: &Model, costs: &DVector<f64>) -> PriceChange {
    PriceChange {
        prices: model.inducement_row(costs),
    }
}

/// What given price changes of some sectors do to all others: those sectors' own prices come out
/// as given, whatever they themselves pay more for.
///
/// The cost change dv_K that brings the given dp_K about solves dv_K' L_KK = dp_K'; then dp' =
/// dv_K' L_K. For one sector k: dp_j = dp_k l_kj / l_kk.
///
/// ```
/// use leontief::model::price;
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
/// // Sector 1 is 10 % dearer; sector 2 uses .25 of it and .05 of itself: .1 x .25 / .95.
/// let change = price::from_prices(&model, &[(0, 0.1)])?;
/// assert!((change.prices[0] - 0.1).abs() < 1e-12);
/// assert!((change.prices[1] - 0.026316).abs() < 1e-6);
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A sector named twice or that the model does not have, or price changes that cannot hold together.
pub fn from_prices(model: &Model, given: &[(usize, f64)]) -> Result<PriceChange> {
    let n = model.sectors().len();
    model.check_sectors(given.iter().map(|(sector, _)| *sector))?;
    if given.is_empty() {
        // nalgebra cannot solve a system of no equations.
        let prices = DVector::zeros(n);
        return Ok(PriceChange { prices });
    }
    let rows: Vec<DVector<f64>> = given
        .iter()
        .map(|(sector, _)| {
            let mut unit = DVector::zeros(n);
            unit[*sector] = 1.0;
            model.inducement_row(&unit)
        })
        .collect();
    let k = given.len();
    // Transposed: (L_KK)' dv_K = dp_K.
    let own = DMatrix::from_fn(k, k, |a, b| rows[b][given[a].0]);
    let wanted = DVector::from_iterator(k, given.iter().map(|(_, change)| *change));
    let costs = own.lu().solve(&wanted).filter(is_finite).ok_or_else(|| {
        Error::invalid(said!(
            "these price changes cannot be given together: a sector is named twice",
            "이 가격 변화들을 함께 지정할 수 없습니다. 두 번 지정된 부문이 있습니다"
        ))
    })?;
    let mut prices = DVector::zeros(n);
    for (row, cost) in rows.iter().zip(costs.iter()) {
        prices += row * *cost;
    }
    Ok(PriceChange { prices })
}

/// What dearer imported products do to domestic prices: `changes` (n) is the price change of each
/// imported product; it adds Am' dpm to unit costs.
///
/// ```
/// use leontief::model::price;
/// # use leontief::{Model, table::{FinalDemandRole::Household, Table}};
/// let table = Table::builder("imports", 2022)
///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
///     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
///     .imported_flows([[10.0, 20.0], [40.0, 80.0]])
///     .final_demand(Household, [350.0, 1700.0])
///     .build()?;
/// // Imported manufactures, .04 of both sectors' output, are 10 % dearer.
/// let change = price::from_import_prices(&Model::new(&table)?, &vec![0.0, 0.1].into());
/// assert!((change.prices[0] - 0.006073).abs() < 1e-6);
/// # Ok::<(), leontief::Error>(())
/// ```
pub fn from_import_prices(model: &Model, changes: &DVector<f64>) -> PriceChange {
    from_costs(model, &model.coefficients().imported().tr_mul(changes))
}
