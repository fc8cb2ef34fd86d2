//! Supply and trade mixes: producers buy other products, or the same ones elsewhere.
//!
//! Coefficients change, final demand does not (comparative statics, as `update_supply_mix` and
//! `update_trade_mix` of MARIO: Tahavori, Golinucci, Rinaldi and others, 2023). In column j of the users
//!
//! ```text
//! trade    with s the imported share of all that the users buy of product i, and t the one asked for:
//!          t < s   am_ij t/s,               the rest of it is bought at home
//!          t > s   ad_ij (1 - t)/(1 - s),   the rest of it is imported
//! supply   q = share (ad_ij + am_ij) of product i is not bought; price q of product k is, at home and abroad as
//!          the user bought k before, or all producers where the user bought none; v_j takes up (1 - price) q
//! then     x* = (I - Ad*)^-1 f,   Z* = A* x*^,   V* = v* x*^
//! ```
//!
//! Columns keep their sum; those that use more of an import share than others keep doing so. What differs from
//! MARIO: it gives every user the same shares, of domestic or of imported rows by themselves, and changes final
//! demand too where that is not excluded; for one user both are the same (tests/peers/other_programs.py).

mod mixing;

pub(crate) use mixing::Mixing;

use crate::error::Result;
use crate::table::{Account, AnyTable};
use nalgebra::DVector;
use serde::{Deserialize, Serialize};

/// A change in what producers buy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Mix {
    /// Another part of a product is bought abroad.
    Trade {
        /// The position of the product.
        product: usize,
        /// The imported share of all that the users buy of it.
        imported: Imported,
        /// Positions of who buys so; `None` for all producers.
        users: Option<Vec<usize>>,
    },
    /// A part of a product is replaced by another.
    Supply {
        /// The position of the product that is bought less.
        from: usize,
        /// The position of the product that is bought instead.
        to: usize,
        /// How much of what they buy of the first, in `[0, 1]`.
        share: f64,
        /// Money paid for the second for one of the first.
        price: f64,
        /// Positions of who buys so; `None` for all producers.
        users: Option<Vec<usize>>,
    },
}

/// An imported share, or a change of it in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
pub enum Imported {
    /// It becomes this.
    To(f64),
    /// It changes by this.
    By(f64),
}

/// A mix, and what it came to in the table's year, after the mixes before it; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MixDone {
    /// What was asked for.
    pub mix: Mix,
    /// What the users bought of the product, of a supply mix of what is bought less, at home and abroad.
    pub bought: f64,
    /// The imported share of that.
    pub imported_before: f64,
    /// The imported share after it; of a supply mix that of what is bought instead.
    pub imported_after: f64,
    /// What the users save by the price of what they buy instead, below 0 where they pay more: their value added
    /// takes it up.
    pub saved: f64,
}

/// The whole economy at the table's final demand, before the mixes and with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MixEffect {
    /// The mixes, in their order.
    pub mixes: Vec<MixDone>,
    /// x, by sector, in millions.
    pub output: BeforeAfter,
    /// Value added, by sector, in millions.
    pub value_added: BeforeAfter,
    /// Imported inputs, by the sector that uses them, in millions; final demand imports what it did.
    pub imports: BeforeAfter,
    /// Accounts, jobs among them, by sector.
    pub accounts: Vec<(Account, BeforeAfter)>,
    /// Positions of the sectors whose value added falls below 0.
    pub below_zero: Vec<usize>,
}

/// Figures by sector before and after.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BeforeAfter {
    /// As the table has them.
    pub before: Vec<f64>,
    /// With the mixes.
    pub after: Vec<f64>,
}

impl MixEffect {
    /// Accounts per output that it does not tell yet.
    pub(crate) fn add_accounts(&mut self, of: &[(Account, DVector<f64>)]) {
        for (account, per_output) in of {
            if self
                .accounts
                .iter()
                .any(|(known, _)| known.id == account.id)
            {
                continue;
            }
            let times = |x: &[f64]| x.iter().zip(per_output).map(|(x, per)| x * per).collect();
            let figures = BeforeAfter {
                before: times(&self.output.before),
                after: times(&self.output.after),
            };
            self.accounts.push((account.clone(), figures));
        }
    }
}

impl BeforeAfter {
    /// Both in all.
    pub fn sums(&self) -> (f64, f64) {
        (self.before.iter().sum(), self.after.iter().sum())
    }

    /// By how much each sector's changes.
    pub fn changes(&self) -> impl Iterator<Item = f64> {
        self.after.iter().zip(&self.before).map(|(a, b)| a - b)
    }
}

/// The table that mixes make of another, one after the other: balanced, at the same final demand; and what they
/// change for the whole economy.
///
/// ```
/// use leontief::model::mix::{Imported, Mix, mixed_table};
/// # use leontief::table::{FinalDemandRole::Household, PrimaryInputRole::*, Table};
/// let table = Table::builder("two", 2023)
///     .sectors([("1", "Agriculture"), ("2", "Manufacturing")])
///     .domestic_flows([[150.0, 500.0], [200.0, 100.0]])
///     .imported_flows([[50.0, 100.0], [0.0, 0.0]])
///     .final_demand(Household, [350.0, 1700.0])
///     .value_added(OperatingSurplus, [600.0, 1300.0])
///     .build()?;
/// // Of 800 of the first product 150 are imported; none is to be.
/// let home = Mix::Trade { product: 0, imported: Imported::To(0.0), users: None };
/// let (mixed, effect) = mixed_table(&table, &[home])?;
/// // (I - [.2 .3; .2 .05])^-1 (350, 1700), with a determinant of .7.
/// let x = mixed.output().expect("flows");
/// assert!((x[0] - (0.95 * 350.0 + 0.3 * 1700.0) / 0.7).abs() < 1e-9);
/// assert_eq!(effect.imports.sums(), (150.0, 0.0));
/// # Ok::<(), leontief::Error>(())
/// ```
///
/// # Errors
/// A table of coefficients only, or one that does not tell imports by product; a table of several regions without
/// imports from beyond them, of a trade mix; a sector that there is not; a share outside `[0, 1]`; a product that
/// the users do not buy, that is not made at home; output below 0; what does not fit into memory.
pub fn mixed_table(table: &AnyTable, mixes: &[Mix]) -> Result<(AnyTable, MixEffect)> {
    let mut mixing = Mixing::of(table)?;
    for mix in mixes {
        mixing.change(mix)?;
    }
    mixing.table()
}

#[cfg(test)]
mod tests;
