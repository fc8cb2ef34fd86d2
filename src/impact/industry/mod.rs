//! A new industry: inside the Leontief system, and by the simpler final-demand approach.
//!
//! *Complete inclusion* (Miller & Blair, 3rd ed., ch. 14; [`crate::model::new_industry`]): what
//! it buys per unit of its sales is a new column, what it sells to sectors a new row, and the
//! system is solved with and without it. *Final demand*: its purchases are a demand
//! like any other, its own sales are added, and nobody's inputs change.
//!
//! Sectors that buy from it and replace nothing spend more per unit of their output: their own value
//! added falls by as much, so that every column still adds up to 1. Final use of the new product
//! abroad and at home is new demand. How far that goes rests on what the buyers replace, so the system
//! is solved for several shares of it. Type I; as if the phase happens.

mod account;
mod study;

use crate::error::{Error, Result};
use crate::lang::{Text, said};
use crate::model::Model;
use crate::scenario::plan::Industry;
use crate::scenario::{Note, Phase};
use crate::table::AnyTable;
use account::{Buyers, Purchases, Sales, ValueAdded, labour_share};
use serde::{Deserialize, Serialize};
use study::Study;

/// What a new industry does in a full year; money in millions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IndustryImpact {
    /// What it is.
    pub name: Text,
    /// Its sales as planned.
    pub sales: f64,
    /// Its purchases from domestic producers.
    pub domestic_inputs: f64,
    /// Its purchases of imports.
    pub imported_inputs: f64,
    /// Taxes on the products it buys.
    pub product_tax: f64,
    /// Its own value added: sales less all purchases.
    pub own_value_added: f64,
    /// Compensation of its employees.
    pub compensation: f64,
    /// The rest of its value added.
    pub surplus: f64,
    /// The part of the surplus that belongs to owners abroad, with what suppliers by recipe pay them.
    pub foreign_surplus: f64,
    /// Sales abroad.
    pub exports: f64,
    /// Sales to final users at home.
    pub final_sales: f64,
    /// Sales to sectors.
    pub intermediate_sales: f64,
    /// Persons it employs itself, where the scenario says so.
    #[serde(default)]
    pub staff: Option<f64>,
    /// With it inside the system.
    pub included: Difference,
    /// What buyers pay for it that replaces nothing, with it inside the system: it comes out of their
    /// own value added, as their prices stay.
    #[serde(default)]
    pub unreplaced: f64,
    /// By the final-demand approach.
    pub as_final_demand: Difference,
    /// Inside the system, for several shares of what buyers pay for it that replace another product;
    /// empty where nothing is replaced.
    #[serde(default)]
    pub by_replaced_share: Vec<AtShare>,
    /// The largest share that every buyer can replace, 1 at most: he buys no more of the other product.
    #[serde(default)]
    pub most_replaced_share: Option<f64>,
    /// What must be said of it.
    pub notes: Vec<Note>,
}

/// The economy with the new industry against the economy without it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Difference {
    /// Output of the new industry.
    pub own_output: f64,
    /// Output of all other sectors.
    pub other_output: f64,
    /// Value added of the new industry.
    pub own_value_added: f64,
    /// Value added of all other sectors.
    pub other_value_added: f64,
    /// Imported inputs, its own among them, with duties and VAT on them.
    pub imports: f64,
    /// Taxes on products that are in no value added: those in what imports cost, and those set aside
    /// on its own purchases; `None` where the table does not know the taxes on imports.
    #[serde(default)]
    pub product_taxes: Option<f64>,
    /// Jobs in all other sectors, without its own staff.
    pub jobs: f64,
    /// Value added that stays, before depreciation: without the surplus of owners abroad.
    pub national_income: f64,
}

/// The economy with a new industry, where its sales replace another product for a share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "report", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AtShare {
    /// The share of what buyers pay for it that replaces the other product.
    pub share: f64,
    /// Whether it is the scenario's own share.
    pub own: bool,
    /// Against today; `None` where buyers buy less of the other product than that (of the scenario's own
    /// share what they can).
    pub included: Option<Difference>,
}

/// The shares for which a new industry is worked out beside the scenario's own.
pub const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

impl Difference {
    /// Value added of the new industry and of all others: net taxes on home products are in it, those on
    /// imports are not.
    pub fn value_added(&self) -> f64 {
        self.own_value_added + self.other_value_added
    }

    /// The change of GDP at market prices: value added and the taxes on products that are in none.
    pub fn gdp(&self) -> Option<f64> {
        Some(self.value_added() + self.product_taxes?)
    }
}

impl IndustryImpact {
    /// Works a new industry out; `phase` is its budget of purchases, `persons` the factor that brings
    /// the table's labour coefficients to the years of the phase.
    ///
    /// # Errors
    /// Sales of nothing; buyers on a table without outputs, or a buyer without output; a system with
    /// it that is not productive.
    pub fn of(
        table: &AnyTable,
        model: &Model,
        industry: &Industry,
        phase: &Phase,
        persons: f64,
    ) -> Result<Self> {
        if industry.sales.is_nan() || industry.sales <= 0.0 {
            return Err(Error::invalid(said!(
                "a new industry must sell something",
                "신산업의 매출은 0보다 커야 합니다"
            )));
        }
        let mut notes = Vec::new();
        let bought = Purchases::of(phase, model.sectors().len());
        let sold = Sales::of(industry, &mut notes);
        let buyers = Buyers::of(table, model, &sold)?;
        let labour_share = labour_share(table, model, industry, &mut notes);
        let own = ValueAdded::of(&bought, &sold, labour_share, industry.foreign_ownership);
        let study = Study::new(table, model, &bought, &sold, buyers, &own, persons);

        let replaced = industry.replaces.filter(|_| sold.to_sectors() > 0.0);
        let as_stated = replaced.map(|(product, share)| study.replacing(product, share));
        let (included, unreplaced) = study.included(as_stated.as_ref())?;
        let mut by_replaced_share = Vec::new();
        if let Some((product, own_share)) = replaced {
            notes.extend(study.replaces_all_bought(table, industry, product, own_share)?);
            by_replaced_share = study.by_replaced_share(product, own_share, included)?;
        }
        if unreplaced.abs() > 1e-9 * sold.all {
            notes.push(Note::BuyersPricesStay {
                industry: industry.name.clone(),
                unreplaced,
                other_value_added: included.other_value_added,
                currency: table.meta().currency.clone(),
            });
        }
        notes.push(Note::IncomeBeforeDepreciation {
            industry: industry.name.clone(),
            national_income: included.national_income,
        });
        Ok(IndustryImpact {
            name: industry.name.clone(),
            sales: sold.all,
            domestic_inputs: bought.domestic(),
            imported_inputs: bought.imported(),
            product_tax: bought.tax,
            own_value_added: own.all,
            compensation: own.compensation,
            surplus: own.surplus,
            foreign_surplus: own.foreign_surplus,
            exports: sold.exports,
            final_sales: sold.final_use,
            intermediate_sales: sold.to_sectors(),
            staff: industry.staff,
            included,
            unreplaced,
            as_final_demand: study.as_final_demand(),
            by_replaced_share,
            most_replaced_share: replaced.map(|(product, _)| study.most_replaced(product)),
            notes,
        })
    }
}
