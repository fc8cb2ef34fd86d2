//! What all other sectors lose where the product of one is short (공급지장효과).
//!
//! The supply-driven (Ghosh) model with the sector taken out: what k does not deliver is missing from its
//! buyers, what they do not make from theirs, each in the shares of the table,
//!
//! ```text
//! dx_r' = dx_k b_kr (I - B_rr)^-1,   B = x^-1 Zd        (Miller & Blair, 3rd ed., ch. 12)
//!       = dx_k l_kr x_r / (l_kk x_k)
//! ```
//!
//! Nothing is imported or taken from stocks, which is more than a short stop costs where they help; inputs replace each
//! other by value, which is less than it costs where nothing takes the product's place (Oosterhaven 1988).

use super::Provenance;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Model, price};
use crate::table::{Account, AnyTable, SectorName};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// The output, value added and accounts that the other sectors lose for each unit of output that a sector does
/// not deliver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Shortage {
    /// The table behind it.
    pub provenance: Provenance,
    /// The position of the sector whose product is short.
    pub sector: usize,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// What is not delivered, in the table's unit of money: 1 where only coefficients are asked for.
    pub amount: f64,
    /// Output lost by sector, n, in the unit of `amount`; its own entry is 0.
    pub output: Vec<f64>,
    /// Value added lost by sector, n.
    pub value_added: Vec<f64>,
    /// What is lost of each satellite account, n each, in its own unit.
    pub accounts: Vec<(Account, Vec<f64>)>,
}

impl Shortage {
    /// What others lose where `amount` (in the table's unit of money) of the output of the sector at
    /// position `sector` is not delivered.
    ///
    /// ```
    /// use leontief::{AnyTable, analysis::Shortage};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let electricity = table.sectors().find("17")?;
    /// let shortage = Shortage::of(&table, electricity, 1.0)?;
    /// // Others lose 1.2431 won for each won of electricity that is missing.
    /// assert_eq!(format!("{:.4}", shortage.output.iter().sum::<f64>()), "1.2431");
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table without output; a sector that it does not have, or that makes nothing; an amount that is not
    /// positive, or more than the sector makes.
    pub fn of(table: &AnyTable, sector: usize, amount: f64) -> Result<Self> {
        let model = Model::from_coefficients(table.coefficients())?;
        Self::of_model(table, &model, sector, amount)
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// ```
    /// use leontief::{AnyTable, Model, analysis::Shortage};
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let model = Model::from_coefficients(table.coefficients())?;
    /// let shortage = Shortage::of_model(&table, &model, table.sectors().find("17")?, 1e6)?;
    /// // A trillion won of electricity that is missing takes 1.2431 from others, in millions.
    /// assert_eq!((shortage.output.iter().sum::<f64>() / 1e6 * 1e4).round(), 12431.0);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Shortage::of`].
    pub fn of_model(table: &AnyTable, model: &Model, sector: usize, amount: f64) -> Result<Self> {
        let x = table.needed_output(said!("a supply shortage", "공급지장"))?;
        model.check_sectors([sector])?;
        let coefficients = model.coefficients();
        let name = model.sectors().get(sector);
        if !coefficients.is_made(sector) {
            return Err(Error::invalid(said!(
                "sector {name} has no output: nothing of it can be short",
                "{name} 부문은 산출이 없어 공급지장을 분석할 수 없습니다"
            )));
        }
        if !(amount > 0.0) {
            return Err(Error::invalid(said!(
                "what is short of sector {name} is an amount above nothing",
                "{name} 부문의 공급지장액은 0보다 커야 합니다"
            )));
        }
        if !(amount <= x[sector]) {
            return Err(Error::invalid(said!(
                "{percent:.0} % of the output of sector {name} cannot be short: write an amount up to its output",
                "{name} 부문 산출액의 {percent:.0}%가 부족할 수는 없습니다. 산출액 이하의 금액을 쓰십시오",
                percent = amount / x[sector] * 100.0
            )));
        }
        // l_kj / l_kk is also what a price of k that is given does to the price of j.
        let passed_on = price::from_prices(model, &[(sector, 1.0)])?.prices;
        let output: Vec<f64> = (0..x.len())
            .map(|j| match j == sector {
                true => 0.0,
                false => amount * passed_on[j] * x[j] / x[sector],
            })
            .collect();
        let lost = |per_output: &DVector<f64>| -> Vec<f64> {
            output
                .iter()
                .zip(per_output.iter())
                .map(|(x, v)| x * v)
                .collect()
        };
        let accounts = coefficients.accounts().iter();
        Ok(Shortage {
            provenance: Provenance::of(table.meta()),
            sector,
            sectors: SectorName::all(model.sectors()),
            amount,
            value_added: lost(coefficients.value_added()),
            accounts: accounts
                .map(|(account, per)| (account.clone(), lost(per)))
                .collect(),
            output,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::CoefficientTable;

    /// By the definition, dx_r' = b_kr (I - B_rr)^-1, round by round on the table's own allocation.
    #[test]
    fn others_lose_what_their_rounds_of_supply_lose() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        let k = table.sectors().find("17").expect("electricity");
        let shortage = Shortage::of(&table, k, 1.0).expect("a shortage");
        let flows = table.flows(crate::Text::same("a test")).expect("flows");
        let b = crate::model::ghosh::allocation_coefficients(flows);
        let n = flows.output().len();
        let others = |v: &mut DVector<f64>| v[k] = 0.0;
        let mut round = b.row(k).transpose();
        others(&mut round);
        let mut sum = round.clone();
        for _ in 0..400 {
            round = b.tr_mul(&round);
            others(&mut round);
            sum += &round;
        }
        for j in 0..n {
            assert!((sum[j] - shortage.output[j]).abs() < 1e-10, "{j}");
        }
        // No symmetric reading: who uses electricity loses, not who supplies it.
        let demand = crate::model::Model::new(&table)
            .expect("productive")
            .leontief_inverse();
        let column: f64 = demand.column(k).sum() / demand[(k, k)] - 1.0;
        assert!((column - sum.sum()).abs() > 0.5);
    }

    #[test]
    fn what_cannot_be_short_is_refused() {
        let table = AnyTable::open("kr-2023-33").expect("built in");
        for amount in [0.0, -1.0, f64::NAN, 1e12] {
            assert!(Shortage::of(&table, 16, amount).is_err(), "{amount}");
        }
        assert!(Shortage::of(&table, 99, 1.0).is_err());
        let coefficients = AnyTable::open("kr-2022-33").expect("built in");
        assert!(Shortage::of(&coefficients, 16, 1.0).is_ok());
        // Coefficients alone do not tell who takes how much.
        let alone = CoefficientTable::new(coefficients.coefficients(), String::new());
        let alone = AnyTable::Coefficients(Box::new(alone));
        assert!(Shortage::of(&alone, 16, 1.0).is_err());
    }
}
