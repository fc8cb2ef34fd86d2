//! A social accounting matrix made from a table, and its multipliers (사회계정행렬, SAM).
//!
//! Rows receive, columns pay. Endogenous are the sectors (activities), the factors that they pay (labour, mixed
//! income where it is told apart, capital) and households; exogenous are government, the capital account (saving
//! and investment, and what enterprises keep or distribute) and the rest of the world. With S the average (or
//! stated) propensities to pay, column by column,
//!
//! ```text
//!     | Ad  0   c |     sectors       Ad: domestic inputs;  c: domestic products bought per unit of income of households
//! S = | V   0   0 |     factors       V: what factors earn per unit of output (f x n)
//!     | 0   d'  0 |     households    d: the part of what a factor earns that households get
//!
//! M = (I - S)^-1 = M3 M2 M1                                 (Pyatt & Round 1979, Economic Journal 89)
//! M1 = (I - S~)^-1, S~ the diagonal blocks: transfers, here L between sectors
//! M2 = I + S* + S*^2, S* = M1 (S - S~): open loops, from one group of accounts to the others
//! M3 = (I - S*^3)^-1: closed loops, once round all groups and so back to the first
//! M  = I + (M1 - I) + (M2 - I) M1 + (M3 - I) M2 M1          additive (Stone 1978, in Pyatt & Round 1985)
//! ```
//!
//! A unit that is paid into an account ends with government, the capital account or the rest of the world: the
//! leaks of each add up to 1.
//!
//! **What is assumed.** A table of one year tells neither who gets operating surplus nor what households save. All
//! households are one account. Their income is compensation of employees and operating surplus, so that the average
//! share which they spend is consumption over both, as in the household closure of Type II ([`Earnings`]); the part
//! of operating surplus of capital that they get *because* output rises is stated
//! ([`SamOptions::capital_share`]) and is nothing by default: then M between sectors is the inverse of Type II, to
//! rounding. The rest reaches them by way of the capital account, as consumption of fixed capital stays there.
//! Taxes on imports are those of the product, whoever uses it.
//!
//! Nothing of M is formed but what is asked for: S differs from Ad by one rank, so that with L c, V L and
//! g = d'V L c all of it follows from L (Sherman, Morrison & Woodbury).

mod flows;
mod matrices;
mod paths;
mod system;

pub use matrices::SamMatrices;
pub use paths::{SamPath, SamPaths};

use super::Provenance;
use crate::error::{Error, Result};
use crate::lang::said;
use crate::model::{Closure, Earnings, ImportTreatment, Model};
use crate::table::{AnyTable, SectorName};
use serde::{Deserialize, Serialize};
use system::System;

/// An account of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum SamAccount {
    /// A sector, by its position.
    Sector(usize),
    /// All sectors together.
    Activities,
    /// Labour: compensation of employees.
    Labour,
    /// Mixed income of the self-employed, where it is told apart.
    MixedIncome,
    /// Capital: the rest of operating surplus, and consumption of fixed capital.
    Capital,
    /// Households.
    Households,
    /// Government: taxes, and what it consumes.
    Government,
    /// The capital account: saving and investment, and what enterprises keep or distribute.
    SavingInvestment,
    /// The rest of the world.
    RestOfWorld,
}

impl SamAccount {
    /// Its name: "mixed_income"; of a sector "sector".
    pub fn id(self) -> &'static str {
        match self {
            SamAccount::Sector(_) => "sector",
            SamAccount::Activities => "activities",
            SamAccount::Labour => "labour",
            SamAccount::MixedIncome => "mixed_income",
            SamAccount::Capital => "capital",
            SamAccount::Households => "households",
            SamAccount::Government => "government",
            SamAccount::SavingInvestment => "saving_investment",
            SamAccount::RestOfWorld => "rest_of_world",
        }
    }
}

/// What is assumed of households.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub struct SamOptions {
    /// What they earn and spend, as in the household closure; mixed income is an account of its own where it is
    /// part of it. A share of 0 leaves households out: the open model.
    pub earnings: Earnings,
    /// The part of the operating surplus of capital (without mixed income) that households get as output rises,
    /// 0 to 1.
    #[serde(default)]
    pub capital_share: f64,
}

/// The matrix of a table and its multipliers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sam {
    /// The table behind it.
    pub provenance: Provenance,
    /// The sectors, n.
    pub sectors: Vec<SectorName>,
    /// What is assumed of households.
    pub assumed: SamOptions,
    /// The share of their income (after taxes, where these are stated) that they spend.
    pub share_spent: f64,
    /// g: of a unit of income of households, what comes back to them once round.
    pub again: f64,
    /// The accounts of `flows`: sectors together, factors, households, and the exogenous ones.
    pub accounts: Vec<SamAccount>,
    /// What each account (row) receives of each (column), in the table's unit of money; rows and columns of an
    /// account have one sum.
    pub flows: Vec<Vec<f64>>,
    /// Of a unit paid into each endogenous account: the sectors in their order, the factors, households.
    pub multipliers: Vec<SamMultipliers>,
}

/// What a unit paid into an account makes others receive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SamMultipliers {
    /// The account that it is paid into.
    pub account: SamAccount,
    /// What all sectors receive: output.
    pub output: SamEffects,
    /// What each factor earns.
    pub factors: Vec<(SamAccount, SamEffects)>,
    /// What households get.
    pub households: SamEffects,
    /// Where it ends.
    pub leaks: SamLeaks,
}

/// A multiplier in Stone's additive parts.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SamEffects {
    /// The unit itself.
    pub initial: f64,
    /// M1 - I: within its group of accounts, between sectors.
    pub transfer: f64,
    /// (M2 - I) M1: on the way to other groups.
    pub open_loop: f64,
    /// (M3 - I) M2 M1: of the rounds through all groups.
    pub closed_loop: f64,
}

impl SamEffects {
    /// All of them: of M.
    pub fn total(&self) -> f64 {
        self.initial + self.transfer + self.open_loop + self.closed_loop
    }
}

/// Where a unit ends: together 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SamLeaks {
    /// Taxes less subsidies on production, on products and on imports; income taxes and contributions where they
    /// are stated.
    pub government: f64,
    /// What households save, and what of capital's earnings they do not get.
    pub saving: f64,
    /// Imports.
    pub rest_of_world: f64,
}

impl SamLeaks {
    /// All of it: 1, but of a sector that makes nothing.
    pub fn total(&self) -> f64 {
        self.government + self.saving + self.rest_of_world
    }
}

impl Sam {
    /// The matrix of a table and its multipliers.
    ///
    /// ```
    /// use leontief::AnyTable;
    /// use leontief::analysis::sam::{Sam, SamOptions};
    ///
    /// let table = AnyTable::open("kr-2023-33")?;
    /// let sam = Sam::of(&table, SamOptions::default())?;
    /// let construction = &sam.multipliers[table.sectors().find("건설")?];
    /// // Type I is BOK's inducement coefficient, 2.058383; households add the closed loop.
    /// let output = construction.output;
    /// assert!((output.initial + output.transfer - 2.058383).abs() < 1e-5);
    /// assert!(output.open_loop == 0.0 && output.closed_loop > 0.5);
    /// assert!((construction.leaks.total() - 1.0).abs() < 1e-9);
    /// # Ok::<(), leontief::Error>(())
    /// ```
    ///
    /// # Errors
    /// A table of coefficients, without compensation or household consumption; what
    /// [`Earnings::per_output`] refuses; a part of operating surplus outside 0..1; households of whose income
    /// all or more comes back to them.
    pub fn of(table: &AnyTable, assumed: SamOptions) -> Result<Self> {
        let open = Model::with(table, ImportTreatment::Domestic, Closure::Open)?;
        Self::of_model(table, &open, assumed)
    }

    /// The same with the open model of the table in the domestic form, where there is one already.
    ///
    /// # Errors
    /// As [`Sam::of`].
    pub fn of_model(table: &AnyTable, model: &Model, assumed: SamOptions) -> Result<Self> {
        let flows = table.flows(said!("a social accounting matrix", "사회계정행렬(SAM)"))?;
        let system = System::of_model(table, flows, model, assumed)?;
        let (accounts, matrix) = flows::of(flows, &system);
        Ok(Sam {
            provenance: Provenance::of(table.meta()),
            sectors: SectorName::all(table.sectors()),
            assumed,
            share_spent: system.share_spent,
            again: system.again,
            accounts,
            flows: matrix,
            multipliers: system.multipliers(),
        })
    }
}

fn check_part(share: f64) -> Result<()> {
    if (0.0..=1.0).contains(&share) {
        return Ok(());
    }
    Err(Error::invalid(said!(
        "households get {share} of operating surplus: it is a share from 0 to 1",
        "가계가 받는 영업잉여의 비율이 {share}입니다. 0에서 1 사이여야 합니다"
    )))
}

#[cfg(test)]
mod tests;
