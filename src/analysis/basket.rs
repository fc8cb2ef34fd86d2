//! What a unit of final demand for several products together sets off.

use super::multipliers::{Multipliers, OwnCoefficients, SectorMultipliers};
use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::table::{Basket, Sector};

impl Multipliers {
    /// The multipliers of a basket, under a name: by linearity those of its products, each times its share.
    /// So are the indices: the influence of a unit of demand for it, the mean sensitivity of what is in it.
    ///
    /// ```
    /// use leontief::analysis::Multipliers;
    /// use leontief::table::{Basket, SplitBy};
    /// use leontief::{AnyTable, Model};
    /// let table = AnyTable::open("kr-2020-83")?;
    /// let all = Multipliers::of(&Model::new(&table)?, Default::default())?;
    /// let basket = Basket::parse("50+51", &table, SplitBy::Output)?;
    /// let construction = all.of_basket(&basket, "construction")?;
    /// assert_eq!(format!("{:.3}", construction.output), "2.017"); // KIET, January 2025
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// Multipliers of some sectors of a table only, or of another table than the basket's.
    pub fn of_basket(&self, basket: &Basket, name: impl Into<String>) -> Result<SectorMultipliers> {
        let mut parts = Vec::with_capacity(basket.parts().len());
        for (at, share) in basket.parts() {
            parts.push((
                *share,
                self.sectors.get(*at).ok_or_else(|| {
                    Error::invalid(said!(
                        "the basket has a sector at position {at}, the multipliers are of {n} sectors",
                        "묶음에는 위치 {at}의 부문이 있으나 승수의 부문은 {n}개입니다",
                        n = self.sectors.len()
                    ))
                })?,
            ));
        }
        let sum = |of: fn(&SectorMultipliers) -> f64| -> f64 {
            parts.iter().map(|(share, s)| share * of(s)).sum()
        };
        let some = |of: fn(&SectorMultipliers) -> Option<f64>| -> Option<f64> {
            parts.iter().map(|(share, s)| Some(share * of(s)?)).sum()
        };
        let accounts = |of: fn(&SectorMultipliers) -> &[f64]| -> Vec<f64> {
            let account = |at: usize| parts.iter().map(|(share, s)| share * of(s)[at]).sum();
            (0..self.accounts.len()).map(account).collect()
        };
        let ratio = |all: f64, own: f64| (own != 0.0).then(|| all / own);
        let own = OwnCoefficients {
            value_added: sum(|s| s.own.value_added),
            imports: sum(|s| s.own.imports),
            income: some(|s| s.own.income),
            production_taxes: some(|s| s.own.production_taxes),
            product_taxes: some(|s| s.own.product_taxes),
            accounts: accounts(|s| &s.own.accounts),
        };
        let (income, set_off) = (some(|s| s.income), accounts(|s| &s.accounts));
        let code = name.into();
        let codes: Vec<&str> = parts.iter().map(|(_, s)| s.sector.code.as_str()).collect();
        Ok(SectorMultipliers {
            sector: Sector {
                name: Text::same(codes.join(" + ")),
                code,
                group: None,
            },
            output: sum(|s| s.output),
            value_added: sum(|s| s.value_added),
            imports: sum(|s| s.imports),
            income,
            income_ratio: income
                .zip(own.income)
                .and_then(|(all, own)| ratio(all, own)),
            production_taxes: some(|s| s.production_taxes),
            product_taxes: some(|s| s.product_taxes),
            account_ratios: set_off
                .iter()
                .zip(&own.accounts)
                .map(|(all, own)| ratio(*all, *own))
                .collect(),
            accounts: set_off,
            own,
            made: parts.iter().any(|(_, s)| s.made),
            influence: sum(|s| s.influence),
            sensitivity: sum(|s| s.sensitivity),
        })
    }
}
